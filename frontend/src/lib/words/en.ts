/** What every surface says of a table: why it sits together, and how to begin. */
export default {
  'why.one': 'Here for {topic}',
  'why.both': 'Both picked {topic}',
  'why.all': 'All {number} picked {topic}',
  'why.some': '{holders} of {size} picked {topic}',
  'why.open': 'An open table: nobody has picked a topic yet, so start with what brought you here',
  'why.asks': { one: '{who} asks about {topic}', other: '{number} ask about {topic}' },
  'why.offers': { one: '{who} offers it', other: '{number} offer it' },
  'why.sentence': '{picked}.',
  'why.sentence.help': '{picked}; {asking}, {offering}.',

  'opener.open': 'What are you curious about at the moment?',
  'opener.0': 'What first drew you to {topic}?',
  'opener.1': 'What are you trying out in {topic} at the moment?',
  'opener.2': 'What has surprised you about {topic}?',
  'opener.3': 'What would you love to understand better about {topic}?',

  'number.2': 'two',
  'number.3': 'three',
  'number.4': 'four',
  'number.5': 'five',
  'number.6': 'six',
  'number.7': 'seven',
  'number.8': 'eight',
  'number.9': 'nine',
  'number.10': 'ten',
};
