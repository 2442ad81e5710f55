export default {
  'app.title': 'Scanner',
  'app.opening': 'Opening the scanner…',
  'app.cancel': 'Cancel',
  'app.retry': 'Try again',

  'unpaired.title': 'Make this device a scanner',
  'unpaired.body':
    'In the console, under Door, the organiser adds a scanner: a code appears. Scan it with this device’s camera, here or in its camera app.',
  'unpaired.link': 'Or paste the link',
  'unpaired.link.hint': 'It ends in /scan/#… and works once, for ten minutes.',
  'unpaired.pair': 'Pair this device',
  'unpaired.not_a_link': 'That is no pairing link. Copy the whole link from the console.',
  'unpaired.not_a_code': 'That is a ticket, or another code. This device must be paired before it can read tickets.',
  'pairing.now': 'Pairing this device…',
  'pairing.failed': 'This device is not paired yet',
  'pairing.used':
    'A link pairs one device, once, within ten minutes. Ask the organiser for a new one: in the console, under Door, “New code” beside this scanner.',

  'switch.title': 'Switch this device?',
  'switch.body': 'It scans for {event} as “{name}”. With the new link it stops doing that and starts anew.',
  'switch.unsent': {
    one: '{count} scan is not sent yet. It is sent first.',
    other: '{count} scans are not sent yet. They are sent first.',
  },
  'switch.yes': 'Switch',
  'switch.failed': 'This device was not switched',
  'switch.still_unsent':
    'Its scans could not be sent yet. Wait until the line above is green; then try again.',

  'elsewhere.title': 'The scanner is open in another tab',
  'elsewhere.body': 'Only one tab of a device scans, so that both count right. Go on there, or take over here.',
  'elsewhere.here': 'Scan here',

  'end.revoked_station.title': 'This device is no scanner any more',
  'end.revoked_station.body': 'The organiser has taken it away. To scan again, ask for a new pairing code.',
  'end.station_expired.title': 'The hours of this scanner are over',
  'end.station_expired.body': 'To go on scanning, ask the organiser for a new pairing code.',
  'end.invalid.title': 'This device is not known any more',
  'end.invalid.body': 'The event may have been removed. Ask the organiser for a new pairing code.',
  'end.unsent': {
    one: '{count} scan of this device was not sent before. It is kept here, and the server writes it down as soon as there is a network.',
    other: '{count} scans of this device were not sent before. They are kept here, and the server writes them down as soon as there is a network.',
  },
  'end.lost': {
    one: '{count} scan of this device could not be sent. Tell the organiser who came in last.',
    other: '{count} scans of this device could not be sent. Tell the organiser who came in last.',
  },
  'end.sent': {
    one: '{count} scan that this device made last was sent: the organiser sees it. It is kept here too until you forget this device.',
    other: '{count} scans that this device made last were sent: the organiser sees them. They are kept here too until you forget this device.',
  },

  'line.green': 'Connected',
  'line.starting': 'Connecting…',
  'line.sending': 'Sending',
  'line.slow': 'Slow network',
  'line.red': 'No network',
  'line.green.queue': 'everything is sent',
  'line.red.queue.none': 'scanning goes on',
  'line.queue': { one: '{count} scan waits', other: '{count} scans wait' },
  'line.red.cannot': 'this device cannot decide without it',

  'count.present': { one: '{count} here', other: '{count} here' },
  'count.of': 'of {count}',

  'act.label': 'What a scan does',
  'act.in': 'In',
  'act.out': 'Out',
  'act.in.deed': 'Check in',
  'act.out.deed': 'Check out',
  'act.in.name': 'Check in {name}',
  'act.out.name': 'Check out {name}',

  'search.label': 'Find by name',
  'search.hint': 'Two letters or more',
  'search.none': 'Nobody on the list is called that.',
  'search.failed': 'No network, and no guest list on this device yet. Type the code of the ticket.',
  'search.here_since': 'Here since {time}',
  'search.cancelled': 'Cancelled',
  'search.blocked': 'Ask the organiser',

  'recent.title': 'Last scans of this device',
  'recent.empty': 'Scans appear here, the latest first.',
  'recent.offline': 'offline',
  'recent.kept': 'kept until there is a network',

  'mark.offline': 'Offline: decided by this device',
  'kept.title': 'Kept for later',
  'kept.body': 'No network, and this device cannot decide alone. It asks again by itself.',

  'advice.unknown': 'Not on the list of this device. Find the person by name; somebody who signed up just now may be known when the network is back.',
  'advice.cancelled': 'This ticket is not valid any more. Ask the organiser.',
  'advice.blocked': 'Ask the organiser what to do.',
  'advice.too_early': 'As far as this device knows, the doors are closed. Ask the organiser.',
  'advice.closed': 'The evening is over.',

  'doors.planned.title': 'The doors are not open',
  'doors.planned.body': 'Scans are refused until the organiser opens them.',
  'doors.ended.title': 'The evening is over',
  'doors.ended.body': 'Nobody can be checked in any more.',

  'difference.title': 'The server says otherwise',
  'difference.body': 'This device decided without network. Look at these; the organiser sees them too.',
  'difference.shown': 'Shown: {outcome}.',
  'difference.server': 'Server: {outcome}.',
  'difference.server.since': 'Server: {outcome}, since {time}.',
  'difference.seen': 'Seen',
  'difference.seen.name': 'Seen: {name}',
  'difference.unknown': 'Unknown ticket',

  'aside.title': {
    one: '{count} scan was set aside',
    other: '{count} scans were set aside',
  },
  'aside.body': {
    one: 'It was changed on this device after the scan, or cannot be read, so it does not count. Scan the person again if they are still at the door; else tell the organiser.',
    other:
      'They were changed on this device after the scan, or cannot be read, so they do not count. Scan the people again if they are still at the door; else tell the organiser.',
  },

  'gap.insecure.title': 'This address is not secure: no camera, and nothing works without network',
  'gap.insecure.body':
    'Browsers give the camera and safe storage to https pages only (and to localhost). Typed codes, a hand scanner and the search by name work as long as there is a network. Ask the organiser for the https address.',
  'gap.tab.title': 'This window forgets everything when it is closed',
  'gap.tab.body': 'It may be a private window. Scans that wait for the network would be lost: open the link in a normal window.',
  'gap.full.title': 'The storage of this device is full',
  'gap.full.body': 'New scans are kept only as long as this page stays open. Free some space, and do not close the page before the line is green.',
  'gap.roster.title': 'No guest list on this device yet',
  'gap.roster.body': 'It comes with the first contact to the server. Until then this device cannot decide without network.',

  'menu.until': '{name}, until {time}',
  'menu.install': 'Install as an app',
  'menu.forget': 'Forget this device',
  'forget.title': 'Forget this device?',
  'forget.body': 'The guest list and the key to the event are removed from it. To scan again it needs a new pairing code.',
  'forget.unsent': {
    one: '{count} scan was not sent yet and would be lost. Better wait for the network.',
    other: '{count} scans were not sent yet and would be lost. Better wait for the network.',
  },
};
