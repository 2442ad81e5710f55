/** Words that an evening comes to later. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'done.title': 'Se acabó el tiempo',
  'done.thank': 'Se acabó el tiempo. Dé las gracias a su mesa.',
  'done.next': 'No se vaya: su próxima mesa aparece aquí.',
  'done.people': 'Se sentó con',
  'done.longer': '¿Hablar más con alguien?',
  'done.skip': 'Saltar',
  'done.enough': 'Listo',

  'sitting_out.title': 'No hay silla libre en esta ronda',
  'sitting_out.text': 'Ahora están ocupadas todas las sillas. Si queda una libre, es suya y aparece aquí. Si no, estará en la próxima ronda, después de esta.',
  'sitting_out.until': 'Esta ronda termina en',

  'resting.title': 'Descansa esta ronda',
  'resting.round': 'Tómese su tiempo. Estará en la próxima ronda, o antes si quiere.',
  'resting.open': 'Tómese su tiempo. Nadie le busca silla hasta que pase la próxima ronda o hasta que vuelva.',
  'resting.back': 'Ya he vuelto',

  'errand.title': '{name} agradecería compañía',
  'errand.text': 'Hoy recibe usted: salude y quédese hasta que haya mesa.',
  'errand.done': 'Ya nos hemos visto',

  'ended.title': 'Gracias por venir, {name}',
  'ended.text': 'Las buenas conversaciones siguen después de la velada.',
  'ended.people': 'Al final se sentó con',

  'me.title': 'Qué le trae aquí',
  'me.topics': 'Me gusta hablar de',
  'me.intent': 'He venido a…',
  'me.intent.hint': 'Con sinceridad: todo es bienvenido. Solo lo ve la organización, para mezclar bien las mesas.',
  'me.intent.sell': 'encontrar clientes',
  'me.intent.buy': 'encontrar proveedor',
  'me.intent.hire': 'contratar a alguien',
  'me.intent.find_work': 'encontrar trabajo',
  'me.intent.peers': 'conocer a gente de mi oficio',
  'me.intent.learn': 'aprender algo',
  'me.intent.help': 'ayudar a los demás',
  'me.ask': 'Qué busco',
  'me.ask.hint': 'Una frase. La lee su mesa.',
  'me.offer': 'En qué puedo ayudar',
  'me.offer.hint': 'Una frase. La lee su mesa.',
  'me.saving': 'Guardando…',
  'me.saved': 'Guardado',
  'me.failed': 'Aún sin guardar: no hay conexión. Seguimos intentándolo.',
  'me.table': 'Tiene mesa: {number}',
  'me.show_table': 'Ver mi mesa',
  'me.done': 'Listo',
  'me.trade': 'A qué me dedico',
  'me.trade.hint': 'En una o dos palabras. Solo lo ve la organización, para mezclar bien las mesas.',
  'me.needs': 'Mi mesa debe estar…',
  'me.needs.hint': 'Solo lo ve la organización. Los demás vienen a usted.',
  'me.needs.step_free': 'accesible sin escalones',
  'me.needs.quiet': 'en un lugar tranquilo',
  'me.needs.stay': 'en el mismo sitio toda la velada',
} satisfies Translation<typeof en>;
