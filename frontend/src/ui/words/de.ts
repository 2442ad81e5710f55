import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  'ui.loading': 'Einen Moment …',
  'ui.reconnecting': 'Verbindung wird gesucht … Sie sehen den letzten Stand.',
  'ui.plan': 'Raumplan',
  'ui.plan.entrance': 'Eingang',
  'ui.plan.here': 'Raumplan. Wenn Sie hereinkommen, ist Tisch {number} {way}.',
  'ui.plan.ahead': 'geradeaus',
  'ui.plan.ahead_left': 'vorne links',
  'ui.plan.ahead_right': 'vorne rechts',
  'ui.plan.left': 'links',
  'ui.plan.right': 'rechts',
} satisfies Translation<typeof en>;
