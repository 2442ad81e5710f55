/** What several surfaces say: of a table, why it sits together and how to begin; of the plan of the room; of a lost connection. */
import type { Translation } from '../text';
import type en from './en';

export default {
  'why.one': 'Ici pour {topic}',
  'why.both': 'Les deux ont choisi {topic}',
  'why.all': 'Les {number} ont choisi {topic}',
  'why.some': '{holders} sur {size} ont choisi {topic}',
  'why.open': 'Une table ouverte : personne n’a encore choisi de thème, commencez donc par ce qui vous amène',
  'why.asks': { one: '{who} s’interroge sur {topic}', other: '{number} s’interrogent sur {topic}' },
  'why.offers': { one: '{who} peut aider', other: '{number} peuvent aider' },
  'why.sentence': '{picked}.',
  'why.sentence.help': '{picked} ; {asking}, {offering}.',

  'opener.open': 'Qu’est-ce qui pique votre curiosité en ce moment ?',
  'opener.0': 'Qu’est-ce qui vous a d’abord attiré vers {topic} ?',
  'opener.1': 'Qu’essayez-vous en ce moment du côté de {topic} ?',
  'opener.2': 'Qu’est-ce qui vous a surpris à propos de {topic} ?',
  'opener.3': 'Qu’aimeriez-vous mieux comprendre de {topic} ?',

  'number.2': 'deux',
  'number.3': 'trois',
  'number.4': 'quatre',
  'number.5': 'cinq',
  'number.6': 'six',
  'number.7': 'sept',
  'number.8': 'huit',
  'number.9': 'neuf',
  'number.10': 'dix',

  'ui.language': 'Langue',
  'ui.loading': 'Un instant…',
  'ui.reconnecting': 'Reconnexion… Vous voyez le dernier état connu.',
  'ui.plan': 'Plan de la salle',
  'ui.plan.entrance': 'Entrée',
  'ui.plan.here': 'Plan de la salle. En entrant, la table {number} est {way}.',
  'ui.plan.ahead': 'droit devant',
  'ui.plan.ahead_left': 'devant à gauche',
  'ui.plan.ahead_right': 'devant à droite',
  'ui.plan.left': 'à gauche',
  'ui.plan.right': 'à droite',

  'http.offline': 'Pas de connexion à l’événement. Vérifiez le Wi-Fi ou les données mobiles, puis réessayez.',
  'http.broken': 'Le serveur n’a pas pu répondre. Réessayez dans un instant.',
} satisfies Translation<typeof en>;
