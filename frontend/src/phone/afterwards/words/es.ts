/** Words for after the talk. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'afterwards.nobody': 'Esta noche no se ha sentado a ninguna mesa.',
  'afterwards.retry': 'Intentar de nuevo',

  'longer.title': '¿Le gustaría hablar con más calma con alguien la semana que viene?',
  'longer.how': { one: 'Elija a {count} persona, o a nadie.', other: 'Elija hasta {count} personas, o a nadie.' },
  'longer.private': 'Nadie lo sabrá, salvo que ambos se elijan.',
  'longer.reveal.after': 'A quienes se hayan elegido se les presenta una hora después de acabar la velada. Hasta entonces puede cambiar de idea.',
  'longer.reveal.today': 'A quienes se hayan elegido se les presenta a las {time}. Hasta entonces puede cambiar de idea.',
  'longer.reveal.tomorrow': 'A quienes se hayan elegido se les presenta mañana a las {time}. Hasta entonces puede cambiar de idea.',
  'longer.full': {
    one: 'Ha elegido a {count} persona. Retire antes esa elección para hacer otra.',
    other: 'Ha elegido a {count} personas. Retire antes una para hacer otra.',
  },
  'longer.contact': 'Cómo contactarme, si también me eligen',
  'longer.contact.hint': 'Si quiere: un correo, un número. Solo lo leerá {name}, y solo en ese caso.',

  'introductions.spoken': 'Ya están las presentaciones.',
  'introductions.title': 'Se han elegido mutuamente',
  'introductions.text': 'A ambos les gustaría hablar más. Escriba mientras está reciente y diga de qué hablaron.',
  'introductions.no_contact': 'No ha dejado ningún contacto. Si usted dejó el suyo, pueden escribirle.',
  'introductions.none.title': 'Esta vez no hay presentaciones',
  'introductions.none': 'Eso dice poco: una buena conversación no necesita otra. Si alguien se le queda en la cabeza, búsquelo en la próxima velada.',
  'introductions.closed': 'La lista está cerrada, y las elecciones no correspondidas quedan en secreto.',
} satisfies Translation<typeof en>;
