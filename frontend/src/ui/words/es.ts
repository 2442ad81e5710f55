import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  'ui.loading': 'Un momento…',
  'ui.reconnecting': 'Reconectando… Ve lo último que supimos.',
  'ui.plan': 'Plano de la sala',
  'ui.plan.entrance': 'Entrada',
  'ui.plan.here': 'Plano de la sala. Al entrar, la mesa {number} está {way}.',
  'ui.plan.ahead': 'todo recto',
  'ui.plan.ahead_left': 'delante a la izquierda',
  'ui.plan.ahead_right': 'delante a la derecha',
  'ui.plan.left': 'a la izquierda',
  'ui.plan.right': 'a la derecha',
} satisfies Translation<typeof en>;
