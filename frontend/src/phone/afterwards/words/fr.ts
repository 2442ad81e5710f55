/** Words for after the talk. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'afterwards.nobody': 'Vous ne vous êtes assis à aucune table ce soir.',
  'afterwards.retry': 'Réessayer',

  'longer.title': 'Aimeriez-vous parler plus longuement avec quelqu’un la semaine prochaine ?',
  'longer.how': { one: 'Choisissez {count} personne, ou personne.', other: 'Choisissez jusqu’à {count} personnes, ou personne.' },
  'longer.private': 'Personne ne le saura, sauf si vous vous choisissez mutuellement.',
  'longer.reveal.after': 'Celles et ceux qui se sont choisis sont présentés une heure après la fin de la soirée. D’ici là, vous pouvez changer d’avis.',
  'longer.reveal.today': 'Celles et ceux qui se sont choisis sont présentés à {time}. D’ici là, vous pouvez changer d’avis.',
  'longer.reveal.tomorrow': 'Celles et ceux qui se sont choisis sont présentés demain à {time}. D’ici là, vous pouvez changer d’avis.',
  'longer.full': {
    one: 'Vous avez choisi {count} personne. Annulez d’abord ce choix pour en faire un autre.',
    other: 'Vous avez choisi {count} personnes. Annulez d’abord un choix pour en faire un autre.',
  },
  'longer.contact': 'Comment me joindre, si l’on me choisit aussi',
  'longer.contact.hint': 'Si vous voulez : une adresse e-mail, un numéro. Seul {name} le lira, et seulement dans ce cas.',

  'introductions.spoken': 'Les présentations sont là.',
  'introductions.title': 'Vous vous êtes choisis',
  'introductions.text': 'Vous aimeriez tous deux parler plus longuement. Écrivez tant que c’est frais, et rappelez de quoi vous avez parlé.',
  'introductions.no_contact': 'Aucun contact n’a été laissé ici. Si vous avez laissé le vôtre, on peut vous écrire.',
  'introductions.none.title': 'Pas de présentations cette fois',
  'introductions.none': 'Cela dit peu de chose : une bonne conversation n’a pas besoin de suite. Si quelqu’un vous reste en tête, cherchez-le à la prochaine soirée.',
  'introductions.closed': 'La liste est close, et les choix non réciproques restent secrets.',
} satisfies Translation<typeof en>;
