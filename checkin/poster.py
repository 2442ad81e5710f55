"""The rotating poster: a stamp that changes every half minute, and the pass that a phone gets for a fresh one."""

from __future__ import annotations

from base64 import b32encode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from events.models import Event
from events.payloads import poster_path
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

SLOT = 30
"""Seconds that a stamp is shown; it opens for as long again, for whoever scanned it at the end."""
STAMP_LETTERS = 12
PASS_TIME = timedelta(minutes=15)


def is_rotating(event: Event) -> bool:
    """Whether this event's poster changes on a screen."""
    return event.poster_mode == Event.PosterMode.ROTATING


def scanned_path(*, event: Event, now: datetime) -> str:
    """Path of what the poster's QR opens now; the fragment of a rotating one is its stamp."""
    path = poster_path(event)
    return f"{path}#{stamp_at(event=event, now=now)}" if is_rotating(event) else path


def stamp_at(*, event: Event, now: datetime) -> str:
    """The stamp that a rotating poster of this event shows now."""
    return _stamp(event, _slot(now))


def changes_at(*, event: Event, now: datetime) -> datetime | None:
    """When the QR becomes another one; None: never."""
    if not is_rotating(event):
        return None
    return datetime.fromtimestamp((_slot(now) + 1) * SLOT, UTC)


def pass_for(*, event: Event, stamp: str, now: datetime) -> str | None:
    """The pass for a stamp that is shown now or was just before; None for any other."""
    slot = _slot(now)
    fresh = (_stamp(event, slot), _stamp(event, slot - 1))
    if not (is_rotating(event) and _is_one_of(stamp, fresh)):
        return None
    until = int((now + PASS_TIME).timestamp())
    return f"{until}.{_seal(event, until)}"


def late(*, event: Event, given: object, now: datetime) -> Refusal | None:
    """The refusal of whoever comes to a rotating poster without a valid pass. `given` is what was sent as one."""
    if not is_rotating(event) or _is_valid_pass(event, given, now):
        return None
    return Refusal(
        "poster_expired",
        _("This code has changed. Scan the screen at the door again."),
        status=410,
    )


def _slot(now: datetime) -> int:
    return int(now.timestamp()) // SLOT


def _stamp(event: Event, slot: int) -> str:
    mac = salted_hmac("checkin.poster.stamp", f"{event.poster_code} {slot}", algorithm="sha256")
    return b32encode(mac.digest()).decode()[:STAMP_LETTERS]


def _is_valid_pass(event: Event, given: object, now: datetime) -> bool:
    until, _dot, seal = given.partition(".") if isinstance(given, str) else ("", "", "")
    in_time = until.isascii() and until.isdecimal() and int(until[:12]) > now.timestamp()
    return in_time and _is_one_of(seal, [_seal(event, int(until[:12]))])


def _seal(event: Event, until: int) -> str:
    name = f"{event.poster_code} {until}"
    return salted_hmac("checkin.poster.pass", name, algorithm="sha256").hexdigest()[:32]


def _is_one_of(given: str, expected: Iterable[str]) -> bool:
    return given.isascii() and any(constant_time_compare(given, one) for one in expected)
