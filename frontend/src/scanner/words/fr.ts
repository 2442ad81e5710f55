import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  'app.title': 'Scanner',
  'app.opening': 'Ouverture du scanner…',
  'app.cancel': 'Annuler',
  'app.retry': 'Réessayer',

  'unpaired.title': 'Faire de cet appareil un scanner',
  'unpaired.body': 'Dans la console, sous « Entrée », l’organisation ajoute un scanner : un code apparaît. Scannez-le avec la caméra de cet appareil, ici ou dans son application photo.',
  'unpaired.link': 'Ou collez le lien',
  'unpaired.link.hint': 'Il finit par /scan/#… et sert une fois, pendant dix minutes.',
  'unpaired.pair': 'Appairer cet appareil',
  'unpaired.not_a_link': 'Ce n’est pas un lien d’appairage. Copiez le lien entier depuis la console.',
  'unpaired.not_a_code': 'C’est un billet, ou un autre code. Cet appareil doit être appairé avant de lire des billets.',
  'pairing.now': 'Appairage de cet appareil…',
  'pairing.failed': 'Cet appareil n’est pas encore appairé',
  'pairing.used': 'Un lien appaire un appareil, une fois, en dix minutes. Demandez-en un nouveau à l’organisation : dans la console, sous « Entrée », « Nouveau code » à côté de ce scanner.',

  'switch.title': 'Changer l’affectation de cet appareil ?',
  'switch.body': 'Il scanne pour {event} sous le nom « {name} ». Avec le nouveau lien, il arrête et recommence à neuf.',
  'switch.unsent': {
    one: '{count} scan n’est pas encore envoyé. Il l’est d’abord.',
    other: '{count} scans ne sont pas encore envoyés. Ils le sont d’abord.',
  },
  'switch.yes': 'Changer',
  'switch.failed': 'Cet appareil n’a pas changé d’affectation',
  'switch.still_unsent': 'Ses scans n’ont pas encore pu être envoyés. Attendez que la ligne du haut soit verte, puis réessayez.',

  'elsewhere.title': 'Le scanner est ouvert dans un autre onglet',
  'elsewhere.body': 'Un seul onglet par appareil scanne, pour que le compte soit juste. Continuez là-bas, ou reprenez ici.',
  'elsewhere.here': 'Scanner ici',

  'end.revoked_station.title': 'Cet appareil n’est plus un scanner',
  'end.revoked_station.body': 'L’organisation l’a retiré. Pour scanner de nouveau, demandez un nouveau code d’appairage.',
  'end.station_expired.title': 'Les heures de ce scanner sont passées',
  'end.station_expired.body': 'Pour continuer, demandez à l’organisation un nouveau code d’appairage.',
  'end.invalid.title': 'Cet appareil n’est plus connu',
  'end.invalid.body': 'L’événement a peut-être été supprimé. Demandez à l’organisation un nouveau code d’appairage.',
  'end.unsent': {
    one: '{count} scan de cet appareil n’avait pas été envoyé. Il est gardé ici, et le serveur le notera dès qu’il y aura du réseau.',
    other: '{count} scans de cet appareil n’avaient pas été envoyés. Ils sont gardés ici, et le serveur les notera dès qu’il y aura du réseau.',
  },
  'end.lost': {
    one: '{count} scan de cet appareil n’a pas pu être envoyé. Dites à l’organisation qui est entré en dernier.',
    other: '{count} scans de cet appareil n’ont pas pu être envoyés. Dites à l’organisation qui est entré en dernier.',
  },
  'end.sent': {
    one: 'Le dernier scan ({count}) de cet appareil a été envoyé : l’organisation le voit. Il reste aussi ici tant que vous n’oubliez pas cet appareil.',
    other: 'Les {count} derniers scans de cet appareil ont été envoyés : l’organisation les voit. Ils restent aussi ici tant que vous n’oubliez pas cet appareil.',
  },

  'line.green': 'Connecté',
  'line.starting': 'Connexion…',
  'line.sending': 'Envoi',
  'line.slow': 'Réseau lent',
  'line.red': 'Pas de réseau',
  'line.green.queue': 'tout est envoyé',
  'line.red.queue.none': 'on peut continuer à scanner',
  'line.queue': { one: '{count} scan attend', other: '{count} scans attendent' },
  'line.red.cannot': 'cet appareil ne peut pas décider sans lui',

  'count.present': { one: '{count} là', other: '{count} là' },
  'count.of': 'sur {count}',

  'act.label': 'Ce que fait un scan',
  'act.in': 'Entrée',
  'act.out': 'Sortie',
  'act.in.deed': 'Faire entrer',
  'act.out.deed': 'Faire sortir',
  'act.in.name': 'Faire entrer {name}',
  'act.out.name': 'Faire sortir {name}',

  'search.label': 'Chercher par nom',
  'search.hint': 'Deux lettres ou plus',
  'search.none': 'Personne sur la liste ne porte ce nom.',
  'search.failed': 'Pas de réseau, et pas encore de liste d’invités sur cet appareil. Saisissez le code du billet.',
  'search.here_since': 'Là depuis {time}',
  'search.cancelled': 'Annulé',
  'search.blocked': 'Demandez à l’organisation',

  'recent.title': 'Derniers scans de cet appareil',
  'recent.empty': 'Les scans apparaissent ici, le plus récent d’abord.',
  'recent.offline': 'hors ligne',
  'recent.kept': 'gardé jusqu’au retour du réseau',

  'mark.offline': 'Hors ligne : décidé par cet appareil',
  'kept.title': 'Gardé pour plus tard',
  'kept.body': 'Pas de réseau, et cet appareil ne peut pas décider seul. Il redemandera de lui-même.',

  'advice.unknown': 'Absent de la liste de cet appareil. Cherchez la personne par son nom ; quelqu’un qui vient de s’inscrire sera peut-être connu au retour du réseau.',
  'advice.cancelled': 'Ce billet n’est plus valable. Demandez à l’organisation.',
  'advice.blocked': 'Demandez à l’organisation que faire.',
  'advice.too_early': 'Pour autant que cet appareil le sache, les portes sont fermées. Demandez à l’organisation.',
  'advice.closed': 'La soirée est finie.',

  'doors.planned.title': 'Les portes ne sont pas ouvertes',
  'doors.planned.body': 'Les scans sont refusés tant que l’organisation n’ouvre pas.',
  'doors.ended.title': 'La soirée est finie',
  'doors.ended.body': 'Plus personne ne peut entrer.',

  'difference.title': 'Le serveur dit autre chose',
  'difference.body': 'Cet appareil a décidé sans réseau. Regardez ces cas ; l’organisation les voit aussi.',
  'difference.shown': 'Affiché : {outcome}.',
  'difference.server': 'Serveur : {outcome}.',
  'difference.server.since': 'Serveur : {outcome}, depuis {time}.',
  'difference.seen': 'Vu',
  'difference.seen.name': 'Vu : {name}',
  'difference.unknown': 'Billet inconnu',

  'aside.title': { one: '{count} scan a été mis de côté', other: '{count} scans ont été mis de côté' },
  'aside.body': {
    one: 'Il a été modifié sur cet appareil après coup, ou il est illisible : il ne compte pas. Scannez de nouveau la personne si elle est encore à l’entrée ; sinon, prévenez l’organisation.',
    other: 'Ils ont été modifiés sur cet appareil après coup, ou ils sont illisibles : ils ne comptent pas. Scannez de nouveau les gens s’ils sont encore à l’entrée ; sinon, prévenez l’organisation.',
  },

  'gap.insecure.title': 'Cette adresse n’est pas sécurisée : pas de caméra, et rien ne marche sans réseau',
  'gap.insecure.body': 'Les navigateurs ne donnent la caméra et le stockage sûr qu’aux pages https (et à localhost). Codes saisis, douchette et recherche par nom marchent tant qu’il y a du réseau. Demandez l’adresse https à l’organisation.',
  'gap.tab.title': 'Cette fenêtre oublie tout quand on la ferme',
  'gap.tab.body': 'C’est peut-être une fenêtre privée. Les scans en attente de réseau seraient perdus : ouvrez le lien dans une fenêtre normale.',
  'gap.full.title': 'Le stockage de cet appareil est plein',
  'gap.full.body': 'Les nouveaux scans ne sont gardés que tant que cette page reste ouverte. Libérez de la place, et ne fermez pas la page avant que la ligne soit verte.',
  'gap.roster.title': 'Pas encore de liste d’invités sur cet appareil',
  'gap.roster.body': 'Elle arrive au premier contact avec le serveur. D’ici là, cet appareil ne peut pas décider sans réseau.',

  'menu.until': '{name}, jusqu’à {time}',
  'menu.install': 'Installer comme application',
  'menu.forget': 'Oublier cet appareil',
  'forget.title': 'Oublier cet appareil ?',
  'forget.body': 'La liste d’invités et la clé de l’événement en sont retirées. Pour scanner de nouveau, il faut un nouveau code d’appairage.',
  'forget.unsent': {
    one: '{count} scan n’est pas encore envoyé et serait perdu. Mieux vaut attendre le réseau.',
    other: '{count} scans ne sont pas encore envoyés et seraient perdus. Mieux vaut attendre le réseau.',
  },
} satisfies Translation<typeof en>;
