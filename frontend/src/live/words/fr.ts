import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  'http.offline': 'Pas de connexion à l’événement. Vérifiez le Wi-Fi ou les données mobiles, puis réessayez.',
  'http.broken': 'Le serveur n’a pas pu répondre. Réessayez dans un instant.',
} satisfies Translation<typeof en>;
