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

from checkin.batch import Batch
from checkin.services import (
    DeviceScan,
    check_in,
    check_out,
    refuse_check_in,
    refuse_check_out,
)
from checkin.stations import note_contact, signing_key
from checkin.telling import tell_together
from events.services import lock_event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from checkin.models import CheckIn
    from checkin.stations import Pass

# So many are written in one transaction: somebody who comes in live waits for no more than these.
AT_ONCE = 25
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


def scan(*, holder: Pass, act: str, device: DeviceScan | None = None, **what: Any) -> CheckIn:
    """Let in or out whom a scanner read; what it read when its right had ended is only written down."""
    ended = holder.ended_at(device.happened_at) if device else holder.ended
    deeds = (refuse_check_in, refuse_check_out) if ended else (check_in, check_out)
    deed = deeds[0] if act == "in" else deeds[1]
    return deed(event=holder.station.event, station=holder.station, device=device, **what)


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
    scans = [one for one in judged if isinstance(one, QueuedScan)]
    batch = Batch(
        event,
        texts=[one.secret for one in scans if one.secret],
        people=[one.attendee for one in scans if one.attendee],
        nonces=[one.nonce for one in scans],
    )
    for place, one in enumerate(judged, start):
        if isinstance(one, QueuedScan) and one.nonce not in batch.by_nonce:
            # Two scans of one moment keep their order.
            moment = clock.correct(one.device_at) + TICK * place
            scan(
                holder=holder,
                act=one.act,
                nonce=one.nonce,
                text=one.secret,
                attendee=batch.people.get(UUID(one.attendee)) if one.attendee else None,
                device=DeviceScan(one.device_at, moment, one.shown, batch),
            )
    batch.write()
    tell_together(batch)
    return [batch.by_nonce[one.nonce] if isinstance(one, QueuedScan) else one for one in judged]
