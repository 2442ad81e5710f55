/** Words of the steps behind a poster's first page. */
export default {
  'ticket_entry.title': 'Your ticket',
  'ticket_entry.label': 'Link or short code from your invitation',
  'ticket_entry.hint': 'Paste the whole link, or type the code as it is printed.',
  'ticket_entry.missing': 'Paste the link or type the code first.',

  'new.title': 'Welcome',
  'new.name.label': 'Your name',
  'new.name.hint': 'Others see your first name and an initial.',
  'new.name.missing': 'Type a name first. A first name is enough.',
  'new.interests.title': 'What would you enjoy talking about?',
  'new.interests.hint': 'Pick one to eight. You sit with people who picked the same.',
  'new.skip': 'Check in without a topic',

  'spent.title': 'This code has changed',
  'spent': 'The code at the door is a new one every half minute. Scan the screen at the door again.',
  'spent.evening': 'To my evening',

  'inside.title': 'You are in, {name}',
  'inside': 'Your own page, with your table on it, opens by the link in your invitation. No link at hand? The people at the door help.',

  'mail.title': 'A code by e-mail',
  'mail.label': 'Your e-mail address',
  'mail.hint': 'The one you signed up with.',
  'mail.missing': 'Type your e-mail address first.',
  'mail.send': 'Send me the code',
  'mail.code.title': 'Type the code',
  'mail.code': 'If {email} is on the guest list, a mail with six digits is on its way. Keep this page open.',
  'mail.code.label': 'Code from the mail',
  'mail.code.missing': 'Type the six digits from the mail.',
  'mail.again': 'Send it again',
  'mail.again.in': { one: 'Send it again in {count} second', other: 'Send it again in {count} seconds' },
  'mail.other': 'Another address',
  'mail.waiting': 'No connection to the event just now. We keep trying; nothing you typed is lost.',
  'mail.choose.title': 'Who are you?',
  'mail.choose': 'Several people signed up with this address.',
};
