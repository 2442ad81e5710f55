/** Every word on the big screen. */
import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  loading: 'Un momento…',

  'join.scan': 'Escanee para entrar',
  'join.late': '¿Recién llegado? Escanee',
  'join.none': 'El código llega enseguida',
  'join.away': 'Ahora no hay conexión. El código volverá por sí solo; hasta entonces pregunte en la entrada',
  'poster.how': 'Abra la cámara del teléfono y apunte al código. Sin aplicación ni cuenta.',
  'poster.change': 'Código nuevo en {count} s',

  'join.alt': 'Código QR que abre la página de llegada',

  'doors.planned': 'Las puertas se abren pronto',
  'doors.nobody': 'Sea la primera persona en llegar',
  'doors.here': { one: 'Hay {count} persona', other: 'Ya hay {count} personas' },
  'doors.how': 'Escanee con el teléfono, sin aplicación ni cuenta. Le encontramos una mesa con gente que comparte un interés con usted.',
  'doors.topics': 'Les gustaría hablar de',
  'doors.latest': 'Acaban de llegar',

  'find.title': 'Su mesa',
  'find.plan': 'Plano de la sala',
  'find.range': '{from} – {to}',
  'find.tables': 'Mesas {from} – {to}',
  'find.one_table': 'Mesa {from}',
  'find.starts_in': 'empieza en',
  'find.others': '+{count}',
  'find.table': 'Mesa {number}',
  'find.open': 'Mesa abierta',
  'find.page': 'Página {page} de {pages}',

  'moves.from': 'de la mesa {number}',

  'talk.round': 'Ronda {number}',
  'talk.left': 'para hablar',
  'talk.soon': 'Quedan dos minutos: termine su idea',
  paused: 'El reloj está en pausa',

  'thank.title': 'Gracias a su mesa',
  'thank.text': 'Se acabó el tiempo. Aquí aparecerán las próximas mesas.',

  'ended.title': 'Gracias por venir',
  'ended.text': '¿Con quién le gustaría volver a hablar?',

  'refused.title': 'Esta pantalla no está conectada a ningún evento',
  'refused.text': 'Abra de nuevo el enlace de la pantalla desde la consola.',
  'gone.title': 'Esta velada se ha borrado',
  'gone.text': 'Ya no se muestra nada de ella.',
} satisfies Translation<typeof en>;
