export default {
  'ui.loading': 'One moment…',
  'ui.reconnecting': 'Reconnecting… You see what we last knew.',
  'ui.plan': 'Plan of the room',
  'ui.plan.entrance': 'Entrance',
  'ui.plan.here': 'Plan of the room. Coming in, table {number} is {way}.',
  'ui.plan.ahead': 'straight ahead',
  'ui.plan.ahead_left': 'ahead on your left',
  'ui.plan.ahead_right': 'ahead on your right',
  'ui.plan.left': 'on your left',
  'ui.plan.right': 'on your right',
};
