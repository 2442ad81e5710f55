import type { Translation } from '../../lib/text';
import type en from './en';

export default {
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
} satisfies Translation<typeof en>;
