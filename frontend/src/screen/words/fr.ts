/** Every word on the big screen. */
import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  loading: 'Un instant…',

  'join.scan': 'Scannez pour entrer',
  'join.late': 'Vous arrivez ? Scannez',
  'join.none': 'Le code arrive dans un instant',
  'join.away': 'Pas de connexion pour l’instant. Le code reviendra de lui-même ; d’ici là, demandez à l’entrée',
  'poster.how': 'Ouvrez l’appareil photo de votre téléphone et visez le code. Sans application ni compte.',
  'poster.change': 'Nouveau code dans {count} s',

  'join.alt': 'QR code qui ouvre la page d’arrivée',

  'doors.planned': 'Les portes ouvrent bientôt',
  'doors.nobody': 'Ouvrez le bal',
  'doors.here': { one: '{count} personne est là', other: '{count} personnes sont là' },
  'doors.how': 'Scannez avec votre téléphone, sans application ni compte. Nous vous trouvons une table de gens qui partagent un de vos intérêts.',
  'doors.topics': 'Ils aimeraient parler de',
  'doors.latest': 'Viennent d’arriver',

  'find.title': 'Votre table',
  'find.plan': 'Plan de la salle',
  'find.range': '{from} – {to}',
  'find.tables': 'Tables {from} – {to}',
  'find.one_table': 'Table {from}',
  'find.starts_in': 'début dans',
  'find.others': '+{count}',
  'find.table': 'Table {number}',
  'find.open': 'Table ouverte',
  'find.page': 'Page {page} sur {pages}',

  'moves.from': 'de la table {number}',

  'talk.round': 'Tour {number}',
  'talk.left': 'pour parler',
  'talk.soon': 'Encore deux minutes : achevez votre pensée',
  paused: 'L’horloge est en pause',

  'thank.title': 'Merci à votre table',
  'thank.text': 'C’est l’heure. Les prochaines tables s’affichent ici.',

  'ended.title': 'Merci de votre présence',
  'ended.text': 'Avec qui aimeriez-vous parler de nouveau ?',

  'refused.title': 'Cet écran n’est relié à aucun événement',
  'refused.text': 'Rouvrez le lien de l’écran depuis la console.',
  'gone.title': 'Cette soirée a été effacée',
  'gone.text': 'On n’en montre plus rien ici.',
} satisfies Translation<typeof en>;
