import { texts } from '../lib/text';

export const t = texts({
  'ui.loading': 'One moment…',
  'ui.reconnecting': 'Reconnecting… You see what we last knew.',
});
