/** Words of the steps behind a poster's first page. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'ticket_entry.title': 'Su entrada',
  'ticket_entry.label': 'Enlace o código corto de su invitación',
  'ticket_entry.hint': 'Pegue el enlace entero o escriba el código tal como está impreso.',
  'ticket_entry.missing': 'Pegue primero el enlace o escriba el código.',

  'new.title': 'Le damos la bienvenida',
  'new.name.label': 'Su nombre',
  'new.name.hint': 'Los demás ven su nombre y una inicial.',
  'new.name.missing': 'Escriba primero un nombre. Basta con el de pila.',
  'new.interests.title': '¿De qué le gustaría hablar?',
  'new.interests.hint': 'Elija de uno a ocho. Se sentará con quienes eligieron lo mismo.',
  'new.skip': 'Entrar sin tema',

  'spent.title': 'Este código ha cambiado',
  spent: 'El código de la entrada cambia cada medio minuto. Escanee de nuevo la pantalla de la entrada.',
  'spent.evening': 'A mi velada',

  'inside.title': 'Ya está dentro, {name}',
  inside: 'Su propia página, con su mesa, se abre con el enlace de su invitación. ¿No lo tiene a mano? En la entrada le ayudan.',

  'mail.title': 'Un código por correo',
  'mail.label': 'Su dirección de correo',
  'mail.hint': 'La que usó al inscribirse.',
  'mail.missing': 'Escriba primero su dirección de correo.',
  'mail.send': 'Enviarme el código',
  'mail.code.title': 'Escriba el código',
  'mail.code': 'Si {email} está en la lista de invitados, va de camino un correo con seis cifras. Deje esta página abierta.',
  'mail.code.label': 'Código del correo',
  'mail.code.missing': 'Escriba las seis cifras del correo.',
  'mail.again': 'Enviar de nuevo',
  'mail.again.in': { one: 'Enviar de nuevo en {count} segundo', other: 'Enviar de nuevo en {count} segundos' },
  'mail.other': 'Otra dirección',
  'mail.waiting': 'Ahora mismo no hay conexión con el evento. Seguimos intentándolo; no se pierde nada de lo escrito.',
  'mail.choose.title': '¿Quién es usted?',
  'mail.choose': 'Varias personas se inscribieron con esta dirección.',
} satisfies Translation<typeof en>;
