"""Import of a guest list: all of it or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import transaction

from events import payloads
from events.importing import read_guest_list
from events.models import Attendee, Ticket
from events.services import (
    attendee_facts,
    interests_from_labels,
    lock_event,
    register_attendee,
)
from tablemates.live.publish import publish, ring_bell

if TYPE_CHECKING:
    from events.importing import Guest, GuestList
    from events.models import Event

COUNTED = {"created": "created", "updated": "updated", "skipped": "skipped"} | {
    "duplicate": "duplicates",
    "error": "errors",
}


@transaction.atomic
def import_guest_list(
    *, event: Event, data: bytes, filename: str = "", dry_run: bool = False
) -> dict[str, Any]:
    """Read an export and register its people; returns `{source, created, ..., rows: [{line, outcome, reason}]}`.

    A person is found again by the source's id, else by e-mail and name. What a person has said of themselves (interests,
    why, ask, offer) is only filled in where it is empty. `dry_run` answers the same and keeps nothing.
    Raises `events.importing.UnreadableGuestList`.
    """
    guests = read_guest_list(data, filename=filename)
    event = lock_event(event)
    known = _Known(event)
    rows = [{"line": n.line, "outcome": n.outcome, "reason": n.reason} for n in guests.notes]
    touched: list[Attendee] = []
    for guest in guests.guests:
        attendee, outcome, reason = _take_in(event, guests.source, guest, known)
        rows.append({"line": guest.line, "outcome": outcome, "reason": reason})
        if outcome in ("created", "updated"):
            touched.append(attendee)
    if touched:
        _publish(event, touched)
    if dry_run:
        transaction.set_rollback(True)
    return _summary(guests, rows)


class _Known:
    """Who is registered already, by what a file can say of a person; and who this file has named."""

    def __init__(self, event: Event) -> None:
        self.by_key: dict[tuple[str, ...], Attendee] = {}
        self.named: set[object] = set()
        for attendee in event.attendees.prefetch_related("interests", "tickets"):
            self.add(attendee)

    def add(self, attendee: Attendee) -> None:
        for key in _keys(attendee.source, attendee):
            self.by_key.setdefault(key, attendee)

    def find(self, source: str, guest: Guest) -> Attendee | None:
        hits = (self.by_key.get(key) for key in _keys(source, guest))
        return next((h for h in hits if h and not self._is_someone_else(h, source, guest)), None)

    @staticmethod
    def _is_someone_else(attendee: Attendee, source: str, guest: Guest) -> bool:
        # Two tickets of one buyer may carry one name and one e-mail: the source's ids keep them apart.
        return (
            bool(guest.source_id)
            and attendee.source == source
            and attendee.source_id not in ("", guest.source_id)
        )


def _keys(source: str, person: Attendee | Guest) -> list[tuple[str, ...]]:
    name = " ".join(person.name.split()).casefold()
    keys: list[tuple[str, ...]] = []
    if person.source_id:
        keys.append(("id", source, person.source_id))
    keys.append(("person", person.email.casefold(), name))
    return keys


def _take_in(event: Event, source: str, guest: Guest, known: _Known) -> tuple[Attendee, str, str]:
    attendee = known.find(source, guest)
    if attendee is None:
        attendee = register_attendee(
            event=event,
            name=guest.name,
            interests=guest.interests,
            source=source,
            source_id=guest.source_id,
            **_facts(guest),
        )
        known.add(attendee)
        outcome, reason = "created", ""
    elif attendee.pk in known.named:
        return attendee, "duplicate", "The same person stands further up in this file."
    else:
        outcome, reason = _update(attendee, source, guest), ""
    known.named.add(attendee.pk)
    _keep_secrets(attendee, source, guest)
    return attendee, outcome, reason


def _facts(guest: Guest) -> dict[str, Any]:
    return {
        "email": guest.email,
        "company": guest.company,
        "intent": guest.intent,
        "ask": guest.ask,
        "offer": guest.offer,
        "first_timer": guest.first_timer,
        "host": guest.host,
    }


def _update(attendee: Attendee, source: str, guest: Guest) -> str:
    fresh = {"name": " ".join(guest.name.split()), "email": guest.email, "company": guest.company}
    if guest.source_id:
        fresh |= {"source": source, "source_id": guest.source_id}
    for own in ("intent", "ask", "offer"):
        if not getattr(attendee, own):
            fresh[own] = getattr(guest, own)
    changes = {k: v for k, v in fresh.items() if v and v != getattr(attendee, k)}
    for name, value in changes.items():
        setattr(attendee, name, value)
    if changes:
        attendee.save()
    if guest.interests and not attendee.interests.all():
        attendee.interests.set(interests_from_labels(attendee.event, guest.interests))
        return "updated"
    return "updated" if changes else "unchanged"


def _keep_secrets(attendee: Attendee, source: str, guest: Guest) -> None:
    """People come with the QR they already have: keep it as a ticket, unless someone else came with it first."""
    for secret in guest.secrets:
        Ticket.objects.get_or_create(
            event=attendee.event,
            secret=secret,
            defaults={"attendee": attendee, "issuer": source, "code": ""},
        )


def _publish(event: Event, touched: list[Attendee]) -> None:
    told = attendee_facts(touched[0])
    told["console"] = {
        "set": {f"attendees/{a.pk}": payloads.attendee_for_console(a) for a in touched}
    }
    publish(
        stream=event.pk,
        type="guests.imported",
        audiences={name: told[name] for name in ("console", "screen", "phones")},
    )
    ring_bell(event.pk)


def _summary(guests: GuestList, rows: list[dict[str, Any]]) -> dict[str, Any]:
    counts = Counter(row["outcome"] for row in rows)
    totals = {name: counts[outcome] for outcome, name in COUNTED.items()}
    return {"source": guests.source, **totals, "rows": sorted(rows, key=lambda r: r["line"])}
