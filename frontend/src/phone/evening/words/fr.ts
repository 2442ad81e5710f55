/** Words that an evening comes to later. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'done.title': 'C’est l’heure',
  'done.thank': 'C’est l’heure. Remerciez votre table.',
  'done.next': 'Restez dans les parages : votre prochaine table s’affiche ici.',
  'done.people': 'Vous étiez avec',
  'done.longer': 'Parler plus longuement avec quelqu’un ?',
  'done.skip': 'Passer',
  'done.enough': 'Terminé',

  'sitting_out.title': 'Pas de chaise libre dans ce tour',
  'sitting_out.text': 'Toutes les chaises sont prises pour l’instant. Si l’une se libère, elle est à vous et s’affiche ici. Sinon, vous serez du prochain tour, après celui-ci.',
  'sitting_out.until': 'Ce tour se termine dans',

  'resting.title': 'Vous passez ce tour',
  'resting.round': 'Prenez votre temps. Vous serez du prochain tour, ou plus tôt si vous voulez.',
  'resting.open': 'Prenez votre temps. Personne ne vous cherche de chaise avant la fin du prochain tour, ou votre retour.',
  'resting.back': 'Me revoilà',

  'errand.title': '{name} aimerait de la compagnie',
  'errand.text': 'Ce soir, vous accueillez : dites bonjour, et restez là jusqu’à ce qu’il y ait une table.',
  'errand.done': 'Nous nous sommes vus',

  'ended.title': 'Merci de votre présence, {name}',
  'ended.text': 'Les bonnes conversations continuent après la soirée.',
  'ended.people': 'Vous étiez en dernier avec',

  'me.title': 'Ce qui vous amène',
  'me.topics': 'J’aime parler de',
  'me.intent': 'Je viens pour…',
  'me.intent.hint': 'En toute franchise : tout est bienvenu. Seule l’organisation le voit, pour bien mélanger les tables.',
  'me.intent.sell': 'trouver des clients',
  'me.intent.buy': 'trouver un prestataire',
  'me.intent.hire': 'recruter',
  'me.intent.find_work': 'trouver du travail',
  'me.intent.peers': 'rencontrer des gens de mon métier',
  'me.intent.learn': 'apprendre quelque chose',
  'me.intent.help': 'aider les autres',
  'me.ask': 'Ce que je cherche',
  'me.ask.hint': 'Une phrase. Votre table la lit.',
  'me.offer': 'En quoi je peux aider',
  'me.offer.hint': 'Une phrase. Votre table la lit.',
  'me.saving': 'Enregistrement…',
  'me.saved': 'Enregistré',
  'me.failed': 'Pas encore enregistré : pas de connexion. Nous continuons d’essayer.',
  'me.table': 'Vous avez une table : {number}',
  'me.show_table': 'Voir ma table',
  'me.done': 'Terminé',
  'me.trade': 'Ce que je fais',
  'me.trade.hint': 'En un mot ou deux. Seule l’organisation le voit, pour bien mélanger les tables.',
  'me.needs': 'Ma table doit être…',
  'me.needs.hint': 'Seule l’organisation le voit. Les autres viennent à vous.',
  'me.needs.step_free': 'accessible sans marches',
  'me.needs.quiet': 'dans un endroit calme',
  'me.needs.stay': 'la même toute la soirée',
} satisfies Translation<typeof en>;
