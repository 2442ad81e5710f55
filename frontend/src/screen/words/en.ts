/** Every word on the big screen. */
export default {
  loading: 'One moment…',

  'join.scan': 'Scan to check in',
  'join.late': 'Just arrived? Scan here',
  'join.none': 'The code comes in a moment',
  'join.away': 'No connection just now. The code comes back by itself; until then ask the people at the door',
  'poster.how': 'Open your phone’s camera and hold it before the code. No app, no account.',
  'poster.change': 'New code in {count} s',

  'join.alt': 'QR code that opens the check-in page',

  'doors.planned': 'Doors open soon',
  'doors.nobody': 'Be the first to check in',
  'doors.here': { one: '{count} person is here', other: '{count} people are here' },
  'doors.how': 'Scan with your phone’s camera, no app, no account. We find you a table of people who share an interest with you.',
  'doors.topics': 'They would like to talk about',
  'doors.latest': 'Just arrived',

  'find.title': 'Find your table',
  'find.plan': 'Plan of the room',
  'find.range': '{from} – {to}',
  'find.tables': 'Tables {from} – {to}',
  'find.one_table': 'Table {from}',
  'find.starts_in': 'starts in',
  'find.others': '+{count}',
  'find.table': 'Table {number}',
  'find.open': 'Open table',
  'find.page': 'Page {page} of {pages}',

  'moves.from': 'from table {number}',

  'talk.round': 'Round {number}',
  'talk.left': 'left to talk',
  'talk.soon': 'Last two minutes: finish your thought',
  paused: 'The clock is paused',

  'thank.title': 'Thank your table',
  'thank.text': 'Time is up. The next tables are shown here.',

  'ended.title': 'Thank you for coming',
  'ended.text': 'Whom would you like to talk with again?',

  'refused.title': 'This screen is not connected to an event',
  'refused.text': 'Open the screen’s link from the console again.',
  'gone.title': 'This evening has been deleted',
  'gone.text': 'Nothing of it is shown any more.',
};
