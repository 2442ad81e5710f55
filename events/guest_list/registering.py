"""Import of a guest list: all of it or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction

from events import names
from events.guest_list.known import KnownGuests, plus_one_base
from events.guest_list.writing import BATCH, GuestWriter
from events.importing import Guest, GuestList, Progress, read_guest_list
from events.importing.row import MAX_NAME_LENGTH, UNNAMED
from events.models import Attendee
from events.services import lock_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.guest_list.known import Person
    from events.importing import Absence
    from events.models import Event

COUNTED = {"created": "created", "updated": "updated", "skipped": "skipped"} | {
    "duplicate": "duplicates",
    "error": "errors",
}
REGISTERED, CANCELLED = Attendee.Status.REGISTERED, Attendee.Status.CANCELLED


def import_guest_list(
    *, event: Event, data: bytes, filename: str = "", dry_run: bool = False
) -> dict[str, Any]:
    """Read an export and register its people; returns `{source, columns, created, ..., rows: [{line, outcome, reason}]}`.

    Raises `events.importing.UnreadableGuestList`.
    """
    guests = read_guest_list(data, filename=filename)
    return register_guests(event=event, guests=guests, dry_run=dry_run)


def register_guests(
    *, event: Event, guests: GuestList, dry_run: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Register the people of a file that was read. `dry_run` answers the same, locks nothing and keeps nothing.

    A person is found again by the source's id, else by e-mail and name. What a person has said of themselves (interests,
    why, ask, offer, trade, needs) is only filled in where it is empty, and a name changed here stays. Who is not coming any more
    is cancelled, unless they are here.
    """
    if dry_run:
        return _Registration(event, guests).run(progress)
    with transaction.atomic():
        event = lock_event(event)
        writer = GuestWriter(event, guests.source)
        summary = _Registration(event, guests, writer).run(progress)
        writer.flush()
        writer.tell()
    return summary


class _Registration:
    """Decides row by row what becomes of people, and has it written if there is a writer."""

    def __init__(self, event: Event, guests: GuestList, writer: GuestWriter | None = None) -> None:
        self.guests = guests
        self.writer = writer
        self.known = KnownGuests(event, guests)
        # A file that says nothing of them takes nobody's plus-ones away.
        self.counts_plus_ones = any(c.field in ("plus_ones", "tickets") for c in guests.columns)
        self.rows = [
            {"line": n.line, "outcome": n.outcome, "reason": n.reason} for n in guests.notes
        ]

    def run(self, progress: Progress | None) -> dict[str, Any]:
        total = len(self.guests.guests) + len(self.guests.absences)
        for done, _ in enumerate(self._steps()):
            if done % BATCH == 0:
                if self.writer:
                    self.writer.flush(least=BATCH)
                if progress:
                    progress(done, total)
        return self._summary()

    def _steps(self) -> Iterator[None]:
        for guest in self.guests.guests:
            self._take_in(guest)
            yield
        # Somebody may have cancelled one ticket and bought another: whoever comes comes.
        for absence in self.guests.absences:
            self._let_go(absence)
            yield

    def _take_in(self, guest: Guest) -> None:
        person = self.known.find(guest)
        if person and person.pk in self.known.named:
            self._row(guest, "duplicate", "The same person stands further up in this file.")
            return
        self._row(guest, *self._register(guest, person))
        for plus_one in _plus_ones(guest):
            outcome, reason = self._register(plus_one, self.known.plus_one(plus_one))
            self._row(guest, outcome, " ".join(filter(None, (f"{plus_one.name}.", reason))))
        if self.counts_plus_ones:
            self._cancel_plus_ones(guest, guest.plus_ones)

    def _register(self, guest: Guest, person: Person | None) -> tuple[str, str]:
        if person is None:
            person = self.known.add(guest)
            if self.writer:
                self.writer.create(person, guest)
            outcome, reason = "created", ""
        else:
            self.known.name(person, guest)
            outcome, reason = self._update(person, guest)
        if self.writer:
            self.writer.keep_secrets(person, guest)
        return outcome, reason

    def _update(self, person: Person, guest: Guest) -> tuple[str, str]:
        was_cancelled = person.status == CANCELLED
        changes = self._changes(person, guest)
        interests = () if person.has_interests else guest.interests
        if changes or interests:
            self._change(person, changes, interests)
        if "status" in changes:
            return "updated", "Registered again: the file has them as coming."
        reason = "Cancelled here by hand: left so." if was_cancelled else ""
        return "updated" if changes or interests else "unchanged", reason

    def _changes(self, person: Person, guest: Guest) -> dict[str, Any]:
        fresh: dict[str, Any] = {"email": guest.email, "company": guest.company}
        if guest.source_id and not person.source_id:
            fresh |= {"source": self.guests.source, "source_id": guest.source_id}
        fresh |= {
            own: getattr(guest, own)
            for own in ("intent", "ask", "offer", "trade")
            if not getattr(person, own)
        }
        if guest.needs and not person.needs:
            fresh["needs"] = list(guest.needs)
        name = " ".join(guest.name.split())
        if name not in (UNNAMED, person.name) and "name" not in person.set_here:
            fresh["name"] = name
        if person.status == CANCELLED and "status" not in person.set_here:
            fresh["status"] = REGISTERED
        return {
            what: said for what, said in fresh.items() if said and said != getattr(person, what)
        }

    def _change(
        self, person: Person, changes: dict[str, Any], interests: tuple[str, ...] = ()
    ) -> None:
        for what, said in changes.items():
            setattr(person, what, said)
        if self.writer:
            self.writer.change(person, changes, interests)

    def _let_go(self, absence: Absence) -> None:
        guest, reason = absence.guest, absence.reason
        person = self.known.find_registered_by_source(guest)
        if person is None or person.pk in self.known.named:
            self._row(guest, "skipped", f"Not coming: {reason}.")
            return
        self._row(guest, *self._cancel(person, reason))
        self._cancel_plus_ones(guest, 0)

    def _cancel(self, person: Person, reason: str) -> tuple[str, str]:
        if person.present:
            return "skipped", f"Not coming: {reason}. But they are here, so they stay registered."
        if person.status != REGISTERED:
            return "skipped", f"Not coming: {reason}."
        if "status" in person.set_here:
            return "skipped", f"Not coming: {reason}. But registered again here by hand: left so."
        self._change(person, {"status": CANCELLED})
        return "updated", f"Cancelled: {reason}."

    def _cancel_plus_ones(self, guest: Guest, count: int) -> None:
        for person in self.known.surplus(plus_one_base(guest), count):
            if person.status == REGISTERED:
                outcome, reason = self._cancel(person, "fewer people come along")
                self._row(guest, outcome, f"{person.name}. {reason}")

    def _row(self, guest: Guest, outcome: str, reason: str) -> None:
        self.rows.append({"line": guest.line, "outcome": outcome, "reason": reason})

    def _summary(self) -> dict[str, Any]:
        counts = Counter(row["outcome"] for row in self.rows)
        return {
            "source": self.guests.source,
            "columns": [asdict(column) for column in self.guests.columns],
            **{name: counts[outcome] for outcome, name in COUNTED.items()},
            "rows": sorted(self.rows, key=lambda row: row["line"]),
        }


def _plus_ones(guest: Guest) -> Iterator[Guest]:
    """People without a name who come along; their ids say whose they are, and which."""
    for number in range(1, guest.plus_ones + 1):
        also = f" ({number})" if number > 1 else ""
        name = f"Guest of {names.first_name(guest.name)}"[: MAX_NAME_LENGTH - len(also)]
        yield Guest(
            line=guest.line,
            source_id=f"{plus_one_base(guest)}+guest{number}",
            name=name + also,
            email="",
            company="",
            interests=(),
            intent="",
            ask="",
            offer="",
            secrets=(),
            first_timer=False,
            host=False,
        )
