/** Words of the steps behind a poster's first page. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'ticket_entry.title': 'Ihr Ticket',
  'ticket_entry.label': 'Link oder Kurzcode aus Ihrer Einladung',
  'ticket_entry.hint': 'Fügen Sie den ganzen Link ein, oder tippen Sie den Code ab.',
  'ticket_entry.missing': 'Fügen Sie zuerst den Link ein, oder tippen Sie den Code.',

  'new.title': 'Willkommen',
  'new.name.label': 'Ihr Name',
  'new.name.hint': 'Andere sehen Ihren Vornamen und einen Anfangsbuchstaben.',
  'new.name.missing': 'Geben Sie zuerst einen Namen ein. Ein Vorname genügt.',
  'new.interests.title': 'Worüber würden Sie gern reden?',
  'new.interests.hint': 'Wählen Sie eins bis acht. Sie sitzen mit Leuten, die dasselbe gewählt haben.',
  'new.skip': 'Ohne Thema einchecken',

  'spent.title': 'Dieser Code hat gewechselt',
  spent: 'Der Code am Eingang wechselt jede halbe Minute. Scannen Sie den Bildschirm am Eingang noch einmal.',
  'spent.evening': 'Zu meinem Abend',

  'inside.title': 'Sie sind da, {name}',
  inside: 'Ihre eigene Seite mit Ihrem Tisch öffnen Sie über den Link in Ihrer Einladung. Kein Link zur Hand? Am Eingang hilft man Ihnen.',

  'mail.title': 'Ein Code per E-Mail',
  'mail.label': 'Ihre E-Mail-Adresse',
  'mail.hint': 'Die, mit der Sie sich angemeldet haben.',
  'mail.missing': 'Geben Sie zuerst Ihre E-Mail-Adresse ein.',
  'mail.send': 'Code schicken',
  'mail.code.title': 'Code eingeben',
  'mail.code': 'Wenn {email} auf der Gästeliste steht, ist eine Mail mit sechs Ziffern unterwegs. Lassen Sie diese Seite offen.',
  'mail.code.label': 'Code aus der Mail',
  'mail.code.missing': 'Geben Sie die sechs Ziffern aus der Mail ein.',
  'mail.again': 'Noch einmal schicken',
  'mail.again.in': { one: 'Noch einmal schicken in {count} Sekunde', other: 'Noch einmal schicken in {count} Sekunden' },
  'mail.other': 'Andere Adresse',
  'mail.waiting': 'Gerade keine Verbindung zur Veranstaltung. Wir versuchen es weiter; nichts geht verloren.',
  'mail.choose.title': 'Wer sind Sie?',
  'mail.choose': 'Mehrere Leute haben sich mit dieser Adresse angemeldet.',
} satisfies Translation<typeof en>;
