/** What every surface says of a table: why it sits together, and how to begin. */
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
} satisfies Translation<typeof en>;
