/** Words for after the talk. */
export default {
  'afterwards.nobody': 'You have not sat at a table this evening.',
  'afterwards.retry': 'Try again',

  'longer.title': 'Would you like a longer talk with someone in the next week?',
  'longer.how': { one: 'Pick {count} person, or nobody.', other: 'Pick up to {count} people, or nobody.' },
  'longer.private': 'Nobody learns of it unless both of you pick each other.',
  'longer.reveal.after': 'Those who did are introduced an hour after the evening ends. Until then you can change your mind.',
  'longer.reveal.today': 'Those who did are introduced at {time}. Until then you can change your mind.',
  'longer.reveal.tomorrow': 'Those who did are introduced tomorrow at {time}. Until then you can change your mind.',
  'longer.full': {
    one: 'You have picked {count} person. Take that one back first to pick another.',
    other: 'You have picked {count} people. Take one back first to pick another.',
  },
  'longer.contact': 'How they can reach me, if they pick me too',
  'longer.contact.hint': 'If you like: an e-mail address, a number. Only {name} reads it, and only then.',

  'introductions.spoken': 'The introductions are here.',
  'introductions.title': 'You picked each other',
  'introductions.text': 'You both would like a longer talk. Write while it is fresh, and say what you talked about.',
  'introductions.no_contact': 'They left no way to reach them. If you left yours, they can write to you.',
  'introductions.none.title': 'No introductions this time',
  'introductions.none': 'That says little: a good talk needs no second one. If somebody stays on your mind, look for them at the next evening.',
  'introductions.closed': 'The list is closed, and picks that were not mutual stay private.',
};
