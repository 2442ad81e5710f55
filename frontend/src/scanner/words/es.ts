import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  'app.title': 'Escáner',
  'app.opening': 'Abriendo el escáner…',
  'app.cancel': 'Cancelar',
  'app.retry': 'Intentar de nuevo',

  'unpaired.title': 'Convierta este dispositivo en escáner',
  'unpaired.body': 'En la consola, en «Puerta», la organización añade un escáner: aparece un código. Escanéelo con la cámara de este dispositivo, aquí o en su aplicación de cámara.',
  'unpaired.link': 'O pegue el enlace',
  'unpaired.link.hint': 'Termina en /scan/#… y sirve una vez, durante diez minutos.',
  'unpaired.pair': 'Vincular este dispositivo',
  'unpaired.not_a_link': 'No es un enlace de vinculación. Copie el enlace entero de la consola.',
  'unpaired.not_a_code': 'Es una entrada u otro código. Hay que vincular este dispositivo antes de que lea entradas.',
  'pairing.now': 'Vinculando este dispositivo…',
  'pairing.failed': 'Este dispositivo aún no está vinculado',
  'pairing.used': 'Un enlace vincula un dispositivo, una vez, en diez minutos. Pida otro a la organización: en la consola, en «Puerta», «Código nuevo» junto a este escáner.',

  'switch.title': '¿Cambiar este dispositivo?',
  'switch.body': 'Escanea para {event} como «{name}». Con el nuevo enlace deja de hacerlo y empieza de cero.',
  'switch.unsent': {
    one: '{count} lectura no se ha enviado aún. Se envía primero.',
    other: '{count} lecturas no se han enviado aún. Se envían primero.',
  },
  'switch.yes': 'Cambiar',
  'switch.failed': 'Este dispositivo no se ha cambiado',
  'switch.still_unsent': 'Sus lecturas aún no se han podido enviar. Espere a que la línea de arriba esté verde e inténtelo de nuevo.',

  'elsewhere.title': 'El escáner está abierto en otra pestaña',
  'elsewhere.body': 'Solo escanea una pestaña por dispositivo, para que la cuenta sea correcta. Siga allí o continúe aquí.',
  'elsewhere.here': 'Escanear aquí',

  'end.revoked_station.title': 'Este dispositivo ya no es un escáner',
  'end.revoked_station.body': 'La organización lo ha retirado. Para volver a escanear, pida un nuevo código de vinculación.',
  'end.station_expired.title': 'El horario de este escáner ha terminado',
  'end.station_expired.body': 'Para seguir, pida a la organización un nuevo código de vinculación.',
  'end.invalid.title': 'Este dispositivo ya no se conoce',
  'end.invalid.body': 'Quizá se haya eliminado el evento. Pida a la organización un nuevo código de vinculación.',
  'end.unsent': {
    one: '{count} lectura de este dispositivo no se había enviado. Se guarda aquí y el servidor la anotará en cuanto haya red.',
    other: '{count} lecturas de este dispositivo no se habían enviado. Se guardan aquí y el servidor las anotará en cuanto haya red.',
  },
  'end.lost': {
    one: '{count} lectura de este dispositivo no se pudo enviar. Diga a la organización quién entró al final.',
    other: '{count} lecturas de este dispositivo no se pudieron enviar. Diga a la organización quién entró al final.',
  },
  'end.sent': {
    one: 'La última lectura ({count}) de este dispositivo se ha enviado: la organización la ve. También queda aquí hasta que olvide este dispositivo.',
    other: 'Las últimas {count} lecturas de este dispositivo se han enviado: la organización las ve. También quedan aquí hasta que olvide este dispositivo.',
  },

  'line.green': 'Conectado',
  'line.starting': 'Conectando…',
  'line.sending': 'Enviando',
  'line.slow': 'Red lenta',
  'line.red': 'Sin red',
  'line.green.queue': 'todo está enviado',
  'line.red.queue.none': 'se puede seguir escaneando',
  'line.queue': { one: '{count} lectura espera', other: '{count} lecturas esperan' },
  'line.red.cannot': 'este dispositivo no puede decidir sin ella',

  'count.present': { one: '{count} aquí', other: '{count} aquí' },
  'count.of': 'de {count}',

  'act.label': 'Qué hace una lectura',
  'act.in': 'Entrada',
  'act.out': 'Salida',
  'act.in.deed': 'Registrar entrada',
  'act.out.deed': 'Registrar salida',
  'act.in.name': 'Registrar la entrada de {name}',
  'act.out.name': 'Registrar la salida de {name}',

  'search.label': 'Buscar por nombre',
  'search.hint': 'Dos letras o más',
  'search.none': 'Nadie en la lista se llama así.',
  'search.failed': 'Sin red y aún sin lista de invitados en este dispositivo. Escriba el código de la entrada.',
  'search.here_since': 'Aquí desde las {time}',
  'search.cancelled': 'Cancelado',
  'search.blocked': 'Pregunte a la organización',

  'recent.title': 'Últimas lecturas de este dispositivo',
  'recent.empty': 'Aquí aparecen las lecturas, la última primero.',
  'recent.offline': 'sin red',
  'recent.kept': 'guardado hasta que haya red',

  'mark.offline': 'Sin red: decidido por este dispositivo',
  'kept.title': 'Guardado para después',
  'kept.body': 'Sin red, y este dispositivo no puede decidir solo. Volverá a preguntar por sí mismo.',

  'advice.unknown': 'No está en la lista de este dispositivo. Busque a la persona por su nombre; quien acaba de inscribirse quizá aparezca cuando vuelva la red.',
  'advice.cancelled': 'Esta entrada ya no es válida. Pregunte a la organización.',
  'advice.blocked': 'Pregunte a la organización qué hacer.',
  'advice.too_early': 'Que sepa este dispositivo, las puertas están cerradas. Pregunte a la organización.',
  'advice.closed': 'La velada ha terminado.',

  'doors.planned.title': 'Las puertas no están abiertas',
  'doors.planned.body': 'Las lecturas se rechazan hasta que la organización abra.',
  'doors.ended.title': 'La velada ha terminado',
  'doors.ended.body': 'Ya nadie puede entrar.',

  'difference.title': 'El servidor dice otra cosa',
  'difference.body': 'Este dispositivo decidió sin red. Mire estos casos; la organización también los ve.',
  'difference.shown': 'Mostrado: {outcome}.',
  'difference.server': 'Servidor: {outcome}.',
  'difference.server.since': 'Servidor: {outcome}, desde las {time}.',
  'difference.seen': 'Visto',
  'difference.seen.name': 'Visto: {name}',
  'difference.unknown': 'Entrada desconocida',

  'aside.title': { one: '{count} lectura se ha apartado', other: '{count} lecturas se han apartado' },
  'aside.body': {
    one: 'Se modificó en este dispositivo después de leerla, o no se entiende, así que no cuenta. Escanee de nuevo a la persona si sigue en la puerta; si no, avise a la organización.',
    other: 'Se modificaron en este dispositivo después de leerlas, o no se entienden, así que no cuentan. Escanee de nuevo a la gente si sigue en la puerta; si no, avise a la organización.',
  },

  'gap.insecure.title': 'Esta dirección no es segura: sin cámara, y nada funciona sin red',
  'gap.insecure.body': 'Los navegadores solo dan cámara y almacenamiento seguro a páginas https (y a localhost). Escribir códigos, el lector de mano y la búsqueda por nombre funcionan mientras haya red. Pida la dirección https a la organización.',
  'gap.tab.title': 'Esta ventana lo olvida todo al cerrarse',
  'gap.tab.body': 'Puede ser una ventana privada. Las lecturas que esperan a la red se perderían: abra el enlace en una ventana normal.',
  'gap.full.title': 'El almacenamiento de este dispositivo está lleno',
  'gap.full.body': 'Las lecturas nuevas solo se guardan mientras esta página siga abierta. Libere espacio y no cierre la página hasta que la línea esté verde.',
  'gap.roster.title': 'Aún no hay lista de invitados en este dispositivo',
  'gap.roster.body': 'Llega con el primer contacto con el servidor. Hasta entonces este dispositivo no puede decidir sin red.',

  'menu.until': '{name}, hasta las {time}',
  'menu.install': 'Instalar como aplicación',
  'menu.forget': 'Olvidar este dispositivo',
  'forget.title': '¿Olvidar este dispositivo?',
  'forget.body': 'Se quitan de él la lista de invitados y la clave del evento. Para volver a escanear necesita un nuevo código de vinculación.',
  'forget.unsent': {
    one: '{count} lectura no se ha enviado aún y se perdería. Es mejor esperar a la red.',
    other: '{count} lecturas no se han enviado aún y se perderían. Es mejor esperar a la red.',
  },
} satisfies Translation<typeof en>;
