/** Words of the steps behind a poster's first page. */
import type { Translation } from '../../../lib/text';
import type en from './en';

export default {
  'ticket_entry.title': 'Votre billet',
  'ticket_entry.label': 'Lien ou code court de votre invitation',
  'ticket_entry.hint': 'Collez le lien entier, ou saisissez le code tel qu’il est imprimé.',
  'ticket_entry.missing': 'Collez d’abord le lien, ou saisissez le code.',

  'new.title': 'Bienvenue',
  'new.name.label': 'Votre nom',
  'new.name.hint': 'Les autres voient votre prénom et une initiale.',
  'new.name.missing': 'Saisissez d’abord un nom. Un prénom suffit.',
  'new.interests.title': 'De quoi aimeriez-vous parler ?',
  'new.interests.hint': 'Choisissez-en un à huit. Vous serez avec des gens qui ont fait le même choix.',
  'new.skip': 'Entrer sans thème',

  'spent.title': 'Ce code a changé',
  spent: 'Le code à l’entrée change toutes les trente secondes. Scannez de nouveau l’écran à l’entrée.',
  'spent.evening': 'Vers ma soirée',

  'inside.title': 'Vous y êtes, {name}',
  inside: 'Votre propre page, avec votre table, s’ouvre par le lien de votre invitation. Pas de lien sous la main ? L’accueil vous aide.',

  'mail.title': 'Un code par e-mail',
  'mail.label': 'Votre adresse e-mail',
  'mail.hint': 'Celle de votre inscription.',
  'mail.missing': 'Saisissez d’abord votre adresse e-mail.',
  'mail.send': 'Envoyez-moi le code',
  'mail.code.title': 'Saisissez le code',
  'mail.code': 'Si {email} est sur la liste des invités, un message avec six chiffres est en route. Gardez cette page ouverte.',
  'mail.code.label': 'Code du message',
  'mail.code.missing': 'Saisissez les six chiffres du message.',
  'mail.again': 'Renvoyer',
  'mail.again.in': { one: 'Renvoyer dans {count} seconde', other: 'Renvoyer dans {count} secondes' },
  'mail.other': 'Une autre adresse',
  'mail.waiting': 'Pas de connexion à l’événement pour l’instant. Nous continuons d’essayer ; rien de ce que vous avez saisi n’est perdu.',
  'mail.choose.title': 'Qui êtes-vous ?',
  'mail.choose': 'Plusieurs personnes se sont inscrites avec cette adresse.',
} satisfies Translation<typeof en>;
