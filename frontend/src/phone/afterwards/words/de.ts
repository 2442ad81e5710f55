/** Words for after the talk. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'afterwards.nobody': 'Sie haben heute Abend an keinem Tisch gesessen.',
  'afterwards.retry': 'Noch einmal versuchen',

  'longer.title': 'Möchten Sie in der nächsten Woche mit jemandem länger reden?',
  'longer.how': { one: 'Wählen Sie {count} Person oder niemanden.', other: 'Wählen Sie bis zu {count} Personen oder niemanden.' },
  'longer.private': 'Niemand erfährt davon, außer Sie wählen sich gegenseitig.',
  'longer.reveal.after': 'Wer sich gewählt hat, wird eine Stunde nach Ende des Abends einander vorgestellt. Bis dahin können Sie sich umentscheiden.',
  'longer.reveal.today': 'Wer sich gewählt hat, wird um {time} einander vorgestellt. Bis dahin können Sie sich umentscheiden.',
  'longer.reveal.tomorrow': 'Wer sich gewählt hat, wird morgen um {time} einander vorgestellt. Bis dahin können Sie sich umentscheiden.',
  'longer.full': {
    one: 'Sie haben {count} Person gewählt. Nehmen Sie diese zuerst zurück, um jemand anderen zu wählen.',
    other: 'Sie haben {count} Personen gewählt. Nehmen Sie zuerst eine zurück, um jemand anderen zu wählen.',
  },
  'longer.contact': 'Wie man mich erreicht, falls ich auch gewählt werde',
  'longer.contact.hint': 'Wenn Sie mögen: eine E-Mail-Adresse, eine Nummer. Nur {name} liest es, und nur dann.',

  'introductions.spoken': 'Die Vorstellungen sind da.',
  'introductions.title': 'Sie haben sich gegenseitig gewählt',
  'introductions.text': 'Sie möchten beide länger reden. Schreiben Sie, solange es frisch ist, und sagen Sie, worüber Sie gesprochen haben.',
  'introductions.no_contact': 'Hier wurde kein Kontakt hinterlassen. Wenn Sie Ihren angegeben haben, kann man Ihnen schreiben.',
  'introductions.none.title': 'Diesmal keine Vorstellungen',
  'introductions.none': 'Das sagt wenig: Ein gutes Gespräch braucht kein zweites. Wenn Ihnen jemand im Kopf bleibt, halten Sie am nächsten Abend Ausschau.',
  'introductions.closed': 'Die Liste ist geschlossen, und einseitige Wünsche bleiben geheim.',
} satisfies Translation<typeof en>;
