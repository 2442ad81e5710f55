/** What several surfaces say: of a table, why it sits together and how to begin; of the plan of the room; of a lost connection. */
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

  'ui.language': 'Sprache',
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

  'http.offline': 'Keine Verbindung zur Veranstaltung. Prüfen Sie WLAN oder mobile Daten, und versuchen Sie es noch einmal.',
  'http.broken': 'Der Server konnte nicht antworten. Versuchen Sie es gleich noch einmal.',
} satisfies Translation<typeof en>;
