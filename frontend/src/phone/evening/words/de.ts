/** Words that an evening comes to later. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'done.title': 'Die Zeit ist um',
  'done.thank': 'Die Zeit ist um. Danken Sie Ihrem Tisch.',
  'done.next': 'Bleiben Sie da: Ihr nächster Tisch erscheint hier.',
  'done.people': 'Sie saßen mit',
  'done.longer': 'Mit jemandem länger reden?',
  'done.skip': 'Überspringen',
  'done.enough': 'Fertig',

  'sitting_out.title': 'Kein freier Stuhl in dieser Runde',
  'sitting_out.text': 'Gerade sind alle Stühle besetzt. Wird einer frei, gehört er Ihnen und erscheint hier. Wenn nicht, sind Sie in der nächsten Runde dabei, gleich nach dieser.',
  'sitting_out.until': 'Diese Runde endet in',

  'resting.title': 'Sie setzen diesmal aus',
  'resting.round': 'Lassen Sie sich Zeit. In der nächsten Runde sind Sie wieder dabei, oder früher, wenn Sie mögen.',
  'resting.open': 'Lassen Sie sich Zeit. Niemand sucht einen Stuhl für Sie, bis die nächste Runde vorbei ist oder Sie zurück sind.',
  'resting.back': 'Ich bin zurück',

  'errand.title': '{name} würde sich über Gesellschaft freuen',
  'errand.text': 'Sie sind heute Gastgeber: Sagen Sie Hallo, und bleiben Sie dabei, bis es einen Tisch gibt.',
  'errand.done': 'Wir haben uns getroffen',

  'ended.title': 'Danke, dass Sie da waren, {name}',
  'ended.text': 'Gute Gespräche gehen nach dem Abend weiter.',
  'ended.people': 'Zuletzt saßen Sie mit',

  'me.title': 'Was Sie herführt',
  'me.topics': 'Ich rede gern über',
  'me.intent': 'Ich bin hier, um …',
  'me.intent.hint': 'Seien Sie ehrlich, alles ist willkommen. Nur die Veranstalter sehen es, um die Tische gut zu mischen.',
  'me.intent.sell': 'Kundschaft zu finden',
  'me.intent.buy': 'einen Anbieter zu finden',
  'me.intent.hire': 'Leute einzustellen',
  'me.intent.find_work': 'Arbeit zu finden',
  'me.intent.peers': 'Leute aus meinem Fach zu treffen',
  'me.intent.learn': 'etwas zu lernen',
  'me.intent.help': 'anderen zu helfen',
  'me.ask': 'Was ich suche',
  'me.ask.hint': 'Ein Satz. Ihr Tisch liest ihn.',
  'me.offer': 'Womit ich helfen kann',
  'me.offer.hint': 'Ein Satz. Ihr Tisch liest ihn.',
  'me.saving': 'Wird gespeichert …',
  'me.saved': 'Gespeichert',
  'me.failed': 'Noch nicht gespeichert: keine Verbindung. Wir versuchen es weiter.',
  'me.table': 'Sie haben einen Tisch: {number}',
  'me.show_table': 'Meinen Tisch zeigen',
  'me.done': 'Fertig',
  'me.trade': 'Was ich tue',
  'me.trade.hint': 'In ein, zwei Wörtern. Nur die Veranstalter sehen es, um die Tische gut zu mischen.',
  'me.needs': 'Mein Tisch soll … sein',
  'me.needs.hint': 'Nur die Veranstalter sehen es. Die anderen kommen zu Ihnen.',
  'me.needs.step_free': 'ohne Stufen erreichbar',
  'me.needs.quiet': 'an einem ruhigen Platz',
  'me.needs.stay': 'den ganzen Abend derselbe',
} satisfies Translation<typeof en>;
