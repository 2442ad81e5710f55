import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  'http.offline': 'Keine Verbindung zur Veranstaltung. Prüfen Sie WLAN oder mobile Daten, und versuchen Sie es noch einmal.',
  'http.broken': 'Der Server konnte nicht antworten. Versuchen Sie es gleich noch einmal.',
} satisfies Translation<typeof en>;
