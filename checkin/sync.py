"""What a scanner brings: live scans, and those it decided without network, once they are seen to be its own."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta
from hmac import digest
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from checkin.services import DeviceScan, check_in, check_out, refuse_scan
from checkin.stations import note_contact, signing_key
from events.services import lock_event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from checkin.models import CheckIn
    from checkin.stations import Pass

# So many are written in one transaction: somebody who comes in live waits for no more than these.
AT_ONCE = 10
TICK = timedelta(microseconds=1)

Verdict = Literal["tampered", "invalid"]


class QueuedScan(NamedTuple):
    """A scan in the device's words, as they were signed."""

    nonce: str
    act: str
    secret: str
    attendee: str
    at: str
    shown: str
    mac: str
    device_at: datetime
    """What `at` says."""

    def is_signed_with(self, key: bytes) -> bool:
        """Whether nobody has changed it since the device wrote it down."""
        signed = "\n".join((self.nonce, self.act, self.secret, self.attendee, self.at, self.shown))
        mac = urlsafe_b64encode(digest(key, signed.encode(), "sha256")).decode()
        return constant_time_compare(mac.rstrip("="), self.mac.rstrip("="))


class Clock(NamedTuple):
    """A device's clock beside ours: what it lacks, and between which moments its scans must have been."""

    lacks: timedelta
    earliest: datetime
    latest: datetime

    def correct(self, at: datetime) -> datetime:
        """When it was by our clock; what cannot have been is moved to the nearest moment that can."""
        try:
            at += self.lacks
        except OverflowError:
            return self.latest
        return min(max(at, self.earliest), self.latest)


def scan(*, holder: Pass, act: str, **what: Any) -> CheckIn:
    """Let in or out whom a scanner read; once its right has ended, only write down that it did."""
    deed = check_in if act == "in" else check_out
    if holder.ended:
        deed = refuse_scan
    return deed(event=holder.station.event, station=holder.station, **what)


def sync(
    *, holder: Pass, sent_at: datetime, queue_length: int, entries: Sequence[QueuedScan | None]
) -> list[CheckIn | Verdict]:
    """Write down a part of a scanner's queue, in its order; for each entry its row, or why it has none.

    None stands for an entry that made no sense. `sent_at` is now by the device's clock, which may be wrong by hours;
    `queue_length` is how many more wait on the device.
    """
    station, now = holder.station, timezone.now()
    begin = station.paired_at or station.created_at
    clock = Clock(now - sent_at, begin, now - TICK * len(entries))
    judged = [_judge(entry, signing_key(station)) for entry in entries]
    found: list[CheckIn | Verdict] = []
    for start in range(0, len(judged), AT_ONCE):
        found += _write(holder, clock, start, judged[start : start + AT_ONCE])
    tampered = found.count("tampered")
    if not holder.ended:
        note_contact(station=holder.station, queue_length=queue_length, rejected=tampered)
    elif tampered:
        note_contact(station=holder.station, rejected=tampered)
    return found


def _judge(entry: QueuedScan | None, key: bytes) -> QueuedScan | Verdict:
    if entry is None:
        return "invalid"
    return entry if entry.is_signed_with(key) else "tampered"


@transaction.atomic
def _write(
    holder: Pass, clock: Clock, start: int, judged: Sequence[QueuedScan | Verdict]
) -> list[CheckIn | Verdict]:
    # Whoever revokes the station waits for us here, or we see that it is revoked.
    event = lock_event(holder.station.event)
    holder.renew()
    named = [entry.attendee for entry in judged if isinstance(entry, QueuedScan)]
    people = event.attendees.in_bulk([name for name in named if name])
    found: list[CheckIn | Verdict] = []
    for place, entry in enumerate(judged, start):
        if not isinstance(entry, QueuedScan):
            found.append(entry)
            continue
        # Two scans of one moment keep their order.
        moment = clock.correct(entry.device_at) + TICK * place
        row = scan(
            holder=holder,
            act=entry.act,
            nonce=entry.nonce,
            text=entry.secret,
            attendee=people.get(UUID(entry.attendee)) if entry.attendee else None,
            device=DeviceScan(entry.device_at, moment, entry.shown),
        )
        found.append(row)
    return found
