/** Every word on the big screen. */
import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  loading: 'Einen Moment …',

  'join.scan': 'Hier einchecken',
  'join.late': 'Gerade da? Hier scannen',
  'join.none': 'Der Code kommt gleich',
  'join.away': 'Gerade keine Verbindung. Der Code kommt von selbst zurück; fragen Sie bis dahin am Eingang',
  'poster.how': 'Öffnen Sie die Kamera Ihres Handys, und halten Sie sie vor den Code. Ohne App, ohne Konto.',
  'poster.change': 'Neuer Code in {count} s',

  'join.alt': 'QR-Code, der die Seite zum Einchecken öffnet',

  'doors.planned': 'Gleich ist Einlass',
  'doors.nobody': 'Machen Sie den Anfang',
  'doors.here': { one: '{count} Person ist da', other: '{count} Leute sind da' },
  'doors.how': 'Mit der Handykamera scannen, ohne App, ohne Konto. Wir finden für Sie einen Tisch mit Leuten, die ein Interesse mit Ihnen teilen.',
  'doors.topics': 'Sie möchten reden über',
  'doors.latest': 'Gerade da',

  'find.title': 'Ihr Tisch',
  'find.plan': 'Raumplan',
  'find.range': '{from} – {to}',
  'find.tables': 'Tische {from} – {to}',
  'find.one_table': 'Tisch {from}',
  'find.starts_in': 'beginnt in',
  'find.others': '+{count}',
  'find.table': 'Tisch {number}',
  'find.open': 'Offener Tisch',
  'find.page': 'Seite {page} von {pages}',

  'moves.from': 'von Tisch {number}',

  'talk.round': 'Runde {number}',
  'talk.left': 'Zeit zum Reden',
  'talk.soon': 'Die letzten zwei Minuten: Runden Sie den Gedanken ab',
  paused: 'Die Uhr steht',

  'thank.title': 'Danke an Ihren Tisch',
  'thank.text': 'Die Zeit ist um. Die nächsten Tische stehen gleich hier.',

  'ended.title': 'Danke, dass Sie da waren',
  'ended.text': 'Mit wem möchten Sie noch einmal reden?',

  'refused.title': 'Dieser Bildschirm gehört zu keiner Veranstaltung',
  'refused.text': 'Öffnen Sie den Link des Bildschirms noch einmal aus der Konsole.',
  'gone.title': 'Dieser Abend ist gelöscht',
  'gone.text': 'Von ihm wird hier nichts mehr gezeigt.',
} satisfies Translation<typeof en>;
