import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  'http.offline': 'Sin conexión con el evento. Compruebe el wifi o los datos móviles e inténtelo de nuevo.',
  'http.broken': 'El servidor no ha podido responder. Inténtelo de nuevo en un momento.',
} satisfies Translation<typeof en>;
