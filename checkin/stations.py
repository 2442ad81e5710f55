"""Scanners: phones that an organiser pairs for one event and some hours, and takes the right away from at once."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from checkin.models import Station
from checkin.payloads import station_for_console
from events.services import lock_event
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from events.models import Event

PAIRING_TIME = timedelta(minutes=10)
CONTACT_EVERY = timedelta(seconds=20)
POSTER = "Poster"


@transaction.atomic
def add_station(*, event: Event, name: str, hours: int) -> tuple[Station, str]:
    """Add a scanner; returns it with the code that pairs one device, within `PAIRING_TIME`."""
    name = " ".join(name.split())
    event = lock_event(event)
    # The poster and the organisers' own pages are stations too, made when they are first used.
    ours = {POSTER, *(str(organiser)[:60] for organiser in event.team.organisers.all())}
    taken = name.casefold() in {own.casefold() for own in ours}
    if taken or event.stations.filter(name__iexact=name).exists():
        raise _name_taken()
    station = Station(event=event, kind=Station.Kind.SCANNER, name=name)
    secret = _invite(station, timedelta(hours=hours))
    try:
        with transaction.atomic():
            station.save(force_insert=True)
    except IntegrityError as race:
        raise _name_taken() from race
    _tell_console(station, "station.added")
    return station, secret


@transaction.atomic
def pair_again(*, station: Station) -> tuple[Station, str]:
    """Give a scanner a new pairing code, revoked or not, for as many hours as before. The device it had stops at once."""
    lock_event(station.event)
    station = _locked(station)
    secret = _invite(station, _hours(station))
    station.token_digest, station.paired_at, station.revoked_at = "", None, None
    station.save()
    _tell_console(station, "station.added")
    return station, secret


@transaction.atomic
def pair(*, secret: str) -> tuple[Station, str]:
    """Make the device that shows a pairing code the scanner; returns it with its token. Works once."""
    waiting = Station.objects.filter(
        pairing_digest=_digest(secret), pairing_until__gt=timezone.now()
    )
    # Two devices with one code wait for each other here; the second finds the code used.
    station = waiting.select_for_update(no_key=True).first()
    if station is None:
        raise Refusal(
            "unknown_pairing",
            _("This pairing code does not work, or not any more. Ask the organiser for a new one."),
            status=404,
        )
    now, token = timezone.now(), _make_token(station)
    station.valid_until, station.paired_at = now + _hours(station), now
    station.pairing_digest, station.pairing_until = "", None
    station.token_digest = _digest(token)
    station.seen_at, station.queue_length = now, 0
    station.save()
    _tell_console(station, "station.paired")
    return station, token


@transaction.atomic
def revoke_station(*, station: Station) -> Station:
    """Take the right to scan away, from the next request on; also a pairing code that nobody has used. Twice is once."""
    # Nobody scans meanwhile: what comes after the lock is refused.
    lock_event(station.event)
    station = _locked(station)
    if station.revoked_at is None:
        station.revoked_at = timezone.now()
        station.pairing_digest = ""
        station.save()
        _tell_console(station, "station.revoked")
    return station


def note_contact(*, station: Station, queue_length: int | None = None, rejected: int = 0) -> None:
    """Note that a scanner was heard of, what waits in its queue, and how many of its entries were tampered with.

    Written and told at most every `CONTACT_EVERY`, unless a number is news.
    """
    changed = queue_length not in (None, station.queue_length) or rejected
    now = timezone.now()
    if not changed and station.seen_at and now - station.seen_at < CONTACT_EVERY:
        return
    news: dict[str, Any] = {"seen_at": now, "rejected": F("rejected") + rejected}
    if queue_length is not None:
        news["queue_length"] = queue_length
    with transaction.atomic():
        Station.objects.filter(pk=station.pk).update(**news)
        station.refresh_from_db(from_queryset=Station.objects.select_related("event"))
        _tell_console(station, "station.seen")


@dataclass
class Pass:
    """A token that we gave to a scanner, and the scanner itself."""

    station: Station
    token_digest: str

    @property
    def ended(self) -> str:
        """Why the token opens nothing any more, as a code; "" while it does."""
        return self.ended_at(timezone.now())

    def ended_at(self, moment: datetime) -> str:
        """The same for something scanned at that moment: what was scanned within the hours counts when it comes later."""
        station = self.station
        current = constant_time_compare(station.token_digest, self.token_digest)
        if station.revoked_at or not current:
            return "revoked_station"
        over = station.valid_until is None or station.valid_until <= moment
        return "station_expired" if over else ""

    def renew(self) -> None:
        """Read again how the scanner stands."""
        self.station = Station.objects.select_related("event").get(pk=self.station.pk)

    def refusal(self) -> Refusal:
        """What a device is told whose right has ended."""
        over = self.ended == "station_expired"
        return Refusal(
            self.ended,
            _("The hours of this scanner are over. Ask the organiser for a new pairing code.")
            if over
            else _("This device is no scanner any more. Ask the organiser for a new pairing code."),
            status=403,
        )


def read_token(token: str) -> Pass | None:
    """The scanner that a token of ours was made for, be it revoked or replaced since; None for any other text.

    A token bears our seal, so that a device that was replaced is told from a stranger: what it still
    has in its queue is written down.
    """
    try:
        raw = urlsafe_b64decode(token)
    except ValueError:
        return None
    if len(raw) != 48 or not constant_time_compare(raw[32:], _seal(raw[:32])):
        return None
    station = Station.objects.select_related("event").filter(pk=UUID(bytes=raw[:16])).first()
    return Pass(station, _digest(token)) if station else None


def signing_key(station: Station) -> bytes:
    """What a scanner signs its queue with. It follows from our own key and is kept nowhere."""
    return salted_hmac("checkin.station.queue", station.pk.hex, algorithm="sha256").digest()


def _make_token(station: Station) -> str:
    body = station.pk.bytes + secrets.token_bytes(16)
    return urlsafe_b64encode(body + _seal(body)).decode()


def _seal(body: bytes) -> bytes:
    return salted_hmac("checkin.station.token", body, algorithm="sha256").digest()[:16]


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _invite(station: Station, hours: timedelta) -> str:
    secret = secrets.token_urlsafe(16)
    station.pairing_digest = _digest(secret)
    station.pairing_until = timezone.now() + PAIRING_TIME
    # Its hours begin with the pairing; until then they are counted from the last moment of that.
    station.valid_until = station.pairing_until + hours
    return secret


def _hours(station: Station) -> timedelta:
    begin = station.paired_at or station.pairing_until
    assert station.valid_until is not None
    assert begin is not None
    return station.valid_until - begin


def _locked(station: Station) -> Station:
    return Station.objects.select_for_update(no_key=True).get(pk=station.pk)


def _name_taken() -> Refusal:
    return Refusal("name_taken", _("Another station has this name. Choose another."), field="name")


def _tell_console(station: Station, type: str) -> None:
    told = {f"stations/{station.pk}": station_for_console(station)}
    publish(stream=station.event_id, type=type, audiences={"console": {"set": told}})
