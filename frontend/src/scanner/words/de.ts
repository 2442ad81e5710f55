import type { Translation } from '../../lib/text';
import type en from './en';

export default {
  'app.title': 'Scanner',
  'app.opening': 'Der Scanner öffnet sich …',
  'app.cancel': 'Abbrechen',
  'app.retry': 'Noch einmal versuchen',

  'unpaired.title': 'Dieses Gerät zum Scanner machen',
  'unpaired.body': 'In der Konsole fügen die Veranstalter unter „Einlass“ einen Scanner hinzu: Ein Code erscheint. Scannen Sie ihn mit der Kamera dieses Geräts, hier oder in der Kamera-App.',
  'unpaired.link': 'Oder den Link einfügen',
  'unpaired.link.hint': 'Er endet auf /scan/#… und gilt einmal, zehn Minuten lang.',
  'unpaired.pair': 'Dieses Gerät koppeln',
  'unpaired.not_a_link': 'Das ist kein Kopplungslink. Kopieren Sie den ganzen Link aus der Konsole.',
  'unpaired.not_a_code': 'Das ist ein Ticket oder ein anderer Code. Dieses Gerät muss gekoppelt sein, bevor es Tickets liest.',
  'pairing.now': 'Dieses Gerät wird gekoppelt …',
  'pairing.failed': 'Dieses Gerät ist noch nicht gekoppelt',
  'pairing.used': 'Ein Link koppelt ein Gerät, einmal, innerhalb von zehn Minuten. Bitten Sie die Veranstalter um einen neuen: in der Konsole unter „Einlass“, „Neuer Code“ neben diesem Scanner.',

  'switch.title': 'Dieses Gerät wechseln?',
  'switch.body': 'Es scannt für {event} als „{name}“. Mit dem neuen Link hört das auf, und es beginnt neu.',
  'switch.unsent': {
    one: '{count} Scan ist noch nicht gesendet. Er wird zuerst gesendet.',
    other: '{count} Scans sind noch nicht gesendet. Sie werden zuerst gesendet.',
  },
  'switch.yes': 'Wechseln',
  'switch.failed': 'Dieses Gerät wurde nicht gewechselt',
  'switch.still_unsent': 'Seine Scans konnten noch nicht gesendet werden. Warten Sie, bis die Zeile oben grün ist, und versuchen Sie es noch einmal.',

  'elsewhere.title': 'Der Scanner ist in einem anderen Tab offen',
  'elsewhere.body': 'Nur ein Tab eines Geräts scannt, damit richtig gezählt wird. Machen Sie dort weiter, oder übernehmen Sie hier.',
  'elsewhere.here': 'Hier scannen',

  'end.revoked_station.title': 'Dieses Gerät ist kein Scanner mehr',
  'end.revoked_station.body': 'Die Veranstalter haben ihn weggenommen. Um wieder zu scannen, bitten Sie um einen neuen Kopplungscode.',
  'end.station_expired.title': 'Die Zeit dieses Scanners ist um',
  'end.station_expired.body': 'Um weiterzuscannen, bitten Sie die Veranstalter um einen neuen Kopplungscode.',
  'end.invalid.title': 'Dieses Gerät ist nicht mehr bekannt',
  'end.invalid.body': 'Vielleicht wurde die Veranstaltung entfernt. Bitten Sie die Veranstalter um einen neuen Kopplungscode.',
  'end.unsent': {
    one: '{count} Scan dieses Geräts wurde vorher nicht gesendet. Er bleibt hier, und der Server schreibt ihn auf, sobald es Netz gibt.',
    other: '{count} Scans dieses Geräts wurden vorher nicht gesendet. Sie bleiben hier, und der Server schreibt sie auf, sobald es Netz gibt.',
  },
  'end.lost': {
    one: '{count} Scan dieses Geräts konnte nicht gesendet werden. Sagen Sie den Veranstaltern, wer zuletzt hereinkam.',
    other: '{count} Scans dieses Geräts konnten nicht gesendet werden. Sagen Sie den Veranstaltern, wer zuletzt hereinkam.',
  },
  'end.sent': {
    one: '{count} Scan, den dieses Gerät zuletzt gemacht hat, wurde gesendet: Die Veranstalter sehen ihn. Er bleibt auch hier, bis Sie dieses Gerät vergessen lassen.',
    other: '{count} Scans, die dieses Gerät zuletzt gemacht hat, wurden gesendet: Die Veranstalter sehen sie. Sie bleiben auch hier, bis Sie dieses Gerät vergessen lassen.',
  },

  'line.green': 'Verbunden',
  'line.starting': 'Verbindung wird aufgebaut …',
  'line.sending': 'Wird gesendet',
  'line.slow': 'Langsames Netz',
  'line.red': 'Kein Netz',
  'line.green.queue': 'alles ist gesendet',
  'line.red.queue.none': 'Scannen geht weiter',
  'line.queue': { one: '{count} Scan wartet', other: '{count} Scans warten' },
  'line.red.cannot': 'ohne Netz kann dieses Gerät nicht entscheiden',

  'count.present': { one: '{count} da', other: '{count} da' },
  'count.of': 'von {count}',

  'act.label': 'Was ein Scan tut',
  'act.in': 'Herein',
  'act.out': 'Hinaus',
  'act.in.deed': 'Einchecken',
  'act.out.deed': 'Auschecken',
  'act.in.name': '{name} einchecken',
  'act.out.name': '{name} auschecken',

  'search.label': 'Über den Namen finden',
  'search.hint': 'Zwei Buchstaben oder mehr',
  'search.none': 'Auf der Liste heißt niemand so.',
  'search.failed': 'Kein Netz und noch keine Gästeliste auf diesem Gerät. Tippen Sie den Code des Tickets.',
  'search.here_since': 'Da seit {time}',
  'search.cancelled': 'Abgesagt',
  'search.blocked': 'Fragen Sie die Veranstalter',

  'recent.title': 'Letzte Scans dieses Geräts',
  'recent.empty': 'Hier erscheinen Scans, der neueste zuerst.',
  'recent.offline': 'offline',
  'recent.kept': 'aufbewahrt, bis es Netz gibt',

  'mark.offline': 'Offline: von diesem Gerät entschieden',
  'kept.title': 'Für später aufbewahrt',
  'kept.body': 'Kein Netz, und dieses Gerät kann nicht allein entscheiden. Es fragt von selbst noch einmal.',

  'advice.unknown': 'Nicht auf der Liste dieses Geräts. Suchen Sie die Person über den Namen; wer sich gerade erst angemeldet hat, ist vielleicht bekannt, wenn es wieder Netz gibt.',
  'advice.cancelled': 'Dieses Ticket gilt nicht mehr. Fragen Sie die Veranstalter.',
  'advice.blocked': 'Fragen Sie die Veranstalter, was zu tun ist.',
  'advice.too_early': 'Soweit dieses Gerät weiß, ist der Einlass zu. Fragen Sie die Veranstalter.',
  'advice.closed': 'Der Abend ist vorbei.',

  'doors.planned.title': 'Der Einlass ist nicht offen',
  'doors.planned.body': 'Scans werden abgelehnt, bis die Veranstalter ihn öffnen.',
  'doors.ended.title': 'Der Abend ist vorbei',
  'doors.ended.body': 'Niemand kann mehr einchecken.',

  'difference.title': 'Der Server sagt etwas anderes',
  'difference.body': 'Dieses Gerät hat ohne Netz entschieden. Sehen Sie sich das an; die Veranstalter sehen es auch.',
  'difference.shown': 'Angezeigt: {outcome}.',
  'difference.server': 'Server: {outcome}.',
  'difference.server.since': 'Server: {outcome}, seit {time}.',
  'difference.seen': 'Gesehen',
  'difference.seen.name': 'Gesehen: {name}',
  'difference.unknown': 'Unbekanntes Ticket',

  'aside.title': { one: '{count} Scan wurde beiseitegelegt', other: '{count} Scans wurden beiseitegelegt' },
  'aside.body': {
    one: 'Er wurde nach dem Scannen auf diesem Gerät verändert oder ist nicht lesbar, deshalb zählt er nicht. Scannen Sie die Person noch einmal, wenn sie noch am Eingang ist; sonst sagen Sie es den Veranstaltern.',
    other: 'Sie wurden nach dem Scannen auf diesem Gerät verändert oder sind nicht lesbar, deshalb zählen sie nicht. Scannen Sie die Leute noch einmal, wenn sie noch am Eingang sind; sonst sagen Sie es den Veranstaltern.',
  },

  'gap.insecure.title': 'Diese Adresse ist nicht sicher: keine Kamera, und ohne Netz geht nichts',
  'gap.insecure.body': 'Browser geben Kamera und sicheren Speicher nur https-Seiten (und localhost). Getippte Codes, Handscanner und die Suche nach Namen gehen, solange es Netz gibt. Bitten Sie die Veranstalter um die https-Adresse.',
  'gap.tab.title': 'Dieses Fenster vergisst alles, wenn es geschlossen wird',
  'gap.tab.body': 'Vielleicht ist es ein privates Fenster. Scans, die auf das Netz warten, gingen verloren: Öffnen Sie den Link in einem normalen Fenster.',
  'gap.full.title': 'Der Speicher dieses Geräts ist voll',
  'gap.full.body': 'Neue Scans bleiben nur, solange diese Seite offen ist. Schaffen Sie Platz, und schließen Sie die Seite nicht, bevor die Zeile grün ist.',
  'gap.roster.title': 'Noch keine Gästeliste auf diesem Gerät',
  'gap.roster.body': 'Sie kommt mit dem ersten Kontakt zum Server. Bis dahin kann dieses Gerät ohne Netz nicht entscheiden.',

  'menu.until': '{name}, bis {time}',
  'menu.install': 'Als App installieren',
  'menu.forget': 'Dieses Gerät vergessen',
  'forget.title': 'Dieses Gerät vergessen?',
  'forget.body': 'Gästeliste und Schlüssel zur Veranstaltung werden von ihm entfernt. Um wieder zu scannen, braucht es einen neuen Kopplungscode.',
  'forget.unsent': {
    one: '{count} Scan wurde noch nicht gesendet und ginge verloren. Warten Sie besser auf das Netz.',
    other: '{count} Scans wurden noch nicht gesendet und gingen verloren. Warten Sie besser auf das Netz.',
  },
} satisfies Translation<typeof en>;
