/** What every surface says of a table: why it sits together, and how to begin. */
import type { Translation } from '../text';
import type en from './en';

export default {
  'why.one': 'Hier für {topic}',
  'why.both': 'Beide haben {topic} gewählt',
  'why.all': 'Alle {number} haben {topic} gewählt',
  'why.some': '{holders} von {size} haben {topic} gewählt',
  'why.open': 'Ein offener Tisch: Noch hat niemand ein Thema gewählt, also beginnen Sie damit, was Sie hergeführt hat',
  'why.asks': { one: '{who} fragt nach {topic}', other: '{number} fragen nach {topic}' },
  'why.offers': { one: '{who} kann helfen', other: '{number} können helfen' },
  'why.sentence': '{picked}.',
  'why.sentence.help': '{picked}; {asking}, {offering}.',

  'opener.open': 'Worauf sind Sie zurzeit neugierig?',
  'opener.0': 'Was hat Sie zuerst zu {topic} gebracht?',
  'opener.1': 'Was probieren Sie bei {topic} gerade aus?',
  'opener.2': 'Was hat Sie an {topic} überrascht?',
  'opener.3': 'Was würden Sie an {topic} gern besser verstehen?',

  'number.2': 'zwei',
  'number.3': 'drei',
  'number.4': 'vier',
  'number.5': 'fünf',
  'number.6': 'sechs',
  'number.7': 'sieben',
  'number.8': 'acht',
  'number.9': 'neun',
  'number.10': 'zehn',
} satisfies Translation<typeof en>;
