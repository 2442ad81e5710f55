/** What several surfaces say: of a table, why it sits together and how to begin; of the plan of the room; of a lost connection. */
import type { Translation } from '../text';
import type en from './en';

export default {
  'why.one': 'Aquí por {topic}',
  'why.both': 'Ambas personas eligieron {topic}',
  'why.all': 'Las {number} personas eligieron {topic}',
  'why.some': '{holders} de {size} eligieron {topic}',
  'why.open': 'Una mesa abierta: nadie ha elegido tema todavía, así que empiecen por lo que les trae aquí',
  'why.asks': { one: '{who} pregunta por {topic}', other: '{number} preguntan por {topic}' },
  'why.offers': { one: '{who} puede ayudar', other: '{number} pueden ayudar' },
  'why.sentence': '{picked}.',
  'why.sentence.help': '{picked}; {asking}, {offering}.',

  'opener.open': '¿Qué le despierta la curiosidad ahora mismo?',
  'opener.0': '¿Qué le llevó al principio a {topic}?',
  'opener.1': '¿Qué está probando ahora en {topic}?',
  'opener.2': '¿Qué le ha sorprendido de {topic}?',
  'opener.3': '¿Qué le gustaría entender mejor de {topic}?',

  'number.2': 'dos',
  'number.3': 'tres',
  'number.4': 'cuatro',
  'number.5': 'cinco',
  'number.6': 'seis',
  'number.7': 'siete',
  'number.8': 'ocho',
  'number.9': 'nueve',
  'number.10': 'diez',

  'ui.language': 'Idioma',
  'ui.loading': 'Un momento…',
  'ui.reconnecting': 'Reconectando… Ve lo último que supimos.',
  'ui.plan': 'Plano de la sala',
  'ui.plan.entrance': 'Entrada',
  'ui.plan.here': 'Plano de la sala. Al entrar, la mesa {number} está {way}.',
  'ui.plan.ahead': 'todo recto',
  'ui.plan.ahead_left': 'delante a la izquierda',
  'ui.plan.ahead_right': 'delante a la derecha',
  'ui.plan.left': 'a la izquierda',
  'ui.plan.right': 'a la derecha',

  'http.offline': 'Sin conexión con el evento. Compruebe el wifi o los datos móviles e inténtelo de nuevo.',
  'http.broken': 'El servidor no ha podido responder. Inténtelo de nuevo en un momento.',
} satisfies Translation<typeof en>;
