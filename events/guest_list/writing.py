"""Writes what an import decided, many rows at a time, and says so."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from events import payloads
from events.models import Attendee, Ticket, make_code
from events.selectors import interests_by_key, room_now
from events.services import interests_from_labels, room_facts
from tablemates.live.publish import Facts, publish

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from events.guest_list.known import Person
    from events.importing import Guest
    from events.models import Event

BATCH = 500
MOST_TOLD = 300
"""People told one by one; of more, whoever listens fetches the whole state, which is shorter."""
SEEN_BY_THEMSELVES = frozenset(("name", "intent", "ask", "offer", "trade", "needs", "interests"))


class GuestWriter:
    """Collects rows and writes them in batches. Must run in the transaction that has locked the event."""

    def __init__(self, event: Event, source: str) -> None:
        self._event = event
        self._source = source
        self._topics = interests_by_key(event)
        taken = event.tickets.values_list("secret", "code")
        self._secrets, self._codes = set(), set()
        for secret, code in taken.iterator():
            self._secrets.add(secret)
            self._codes.add(code)
        self._attendees: list[Attendee] = []
        self._tickets: list[Ticket] = []
        self._picks: list[Any] = []
        self._changed: dict[tuple[str, ...], list[Attendee]] = defaultdict(list)
        self._touched: list[UUID] = []
        self._told_themselves: set[UUID] = set()

    def create(self, person: Person, guest: Guest) -> None:
        """A new person with a ticket of ours."""
        facts = {
            name: getattr(person, name)
            for name in (
                "name",
                "email",
                "company",
                "intent",
                "ask",
                "offer",
                "trade",
                "needs",
                "source",
                "source_id",
            )
        }
        self._attendees.append(
            Attendee(
                pk=person.pk,
                event=self._event,
                first_timer=guest.first_timer,
                host=guest.host,
                **facts,
            )
        )
        self._tickets.append(
            Ticket(event=self._event, attendee_id=person.pk, code=self._free_code())
        )
        self._pick(person, guest.interests)
        self._touched.append(person.pk)

    def change(self, person: Person, changes: dict[str, Any], interests: Iterable[str]) -> None:
        """Other facts of a person who is known, and interests of one who had none."""
        if changes:
            row = Attendee(pk=person.pk, **changes)
            self._changed[tuple(sorted(changes))].append(row)
        self._pick(person, interests)
        self._touched.append(person.pk)
        if interests or SEEN_BY_THEMSELVES & changes.keys():
            self._told_themselves.add(person.pk)

    def keep_secrets(self, person: Person, guest: Guest) -> None:
        """People come with the QR they already have: keep it as a ticket, unless someone else came with it first."""
        for secret in guest.secrets:
            if secret not in self._secrets:
                self._secrets.add(secret)
                self._tickets.append(
                    Ticket(
                        event=self._event,
                        attendee_id=person.pk,
                        secret=secret,
                        issuer=self._source,
                        code="",
                    )
                )

    def flush(self, *, least: int = 1) -> None:
        """Write what has gathered, if it is `least` rows."""
        changed = sum(map(len, self._changed.values()))
        if len(self._attendees) + len(self._tickets) + len(self._picks) + changed < least:
            return
        Attendee.objects.bulk_create(self._attendees)
        Ticket.objects.bulk_create(self._tickets)
        Attendee.interests.through.objects.bulk_create(self._picks)
        for names, rows in self._changed.items():
            Attendee.objects.bulk_update(rows, names, batch_size=BATCH)
        for written in (self._attendees, self._tickets, self._picks, self._changed):
            written.clear()

    def tell(self) -> None:
        """One message for the whole file."""
        if not self._touched:
            return
        few = len(self._touched) <= MOST_TOLD
        audiences: dict[str, Facts] = {
            "console": self._for_console(few=few),
            **room_facts(self._event, room_now(self._event)),
        }
        about = audiences["phones"]["set"]
        if len(self._told_themselves) > MOST_TOLD:
            audiences["phones"]["reload"] = True
        else:
            for attendee in _with_what_they_hold(self._told_themselves):
                me = payloads.attendee_for_phone(attendee)
                audiences[f"attendee:{attendee.pk}"] = {"set": {**about, "me": me}}
        publish(stream=self._event.pk, type="guests.imported", audiences=audiences, ring=True)

    def _for_console(self, *, few: bool) -> Facts:
        # Whoever is here may sit at a table, and the matcher learns from this who changed.
        people = _with_what_they_hold(self._touched, here_only=not few)
        told: Facts = {
            "set": {f"attendees/{a.pk}": payloads.attendee_for_console(a) for a in people}
        }
        return told if few else {**told, "reload": True}

    def _pick(self, person: Person, labels: Iterable[str]) -> None:
        through = Attendee.interests.through
        self._picks += [
            through(attendee_id=person.pk, interest_id=topic.pk)
            for topic in interests_from_labels(self._event, labels, self._topics)
        ]

    def _free_code(self) -> str:
        code = make_code()
        while code in self._codes:
            code = make_code()
        self._codes.add(code)
        return code


def _with_what_they_hold(people: Iterable[UUID], *, here_only: bool = False) -> Iterable[Attendee]:
    wanted = list(people)
    for start in range(0, len(wanted), BATCH):
        found = Attendee.objects.filter(pk__in=wanted[start : start + BATCH])
        if here_only:
            found = found.filter(present_since__isnull=False)
        yield from found.prefetch_related("interests", "tickets")
