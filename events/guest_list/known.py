"""Who is registered already, as far as an import has to know, and how a person is found again."""

from __future__ import annotations

import re
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from events import names
from events.importing.row import UNNAMED
from events.models import Attendee

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from events.importing import Guest, GuestList
    from events.models import Event

PLUS_ONE = re.compile(r"(.+)\+guest(\d+)")


@dataclass(slots=True, eq=False)
class Person:
    """An attendee in few words: a list may know hundreds of thousands."""

    pk: UUID
    name: str
    email: str
    company: str
    status: str
    intent: str
    ask: str
    offer: str
    trade: str
    needs: list[str]
    source: str
    source_id: str
    set_here: list[str]
    present: bool
    has_interests: bool

    @classmethod
    def of(cls, source: str, guest: Guest) -> Person:
        """Somebody new."""
        return cls(
            pk=uuid.uuid4(),
            name=" ".join(guest.name.split()),
            email=guest.email,
            company=guest.company,
            status=Attendee.Status.REGISTERED,
            intent=guest.intent,
            ask=guest.ask,
            offer=guest.offer,
            trade=guest.trade,
            needs=list(guest.needs),
            source=source,
            source_id=guest.source_id,
            set_here=[],
            present=False,
            has_interests=bool(guest.interests),
        )


class KnownGuests:
    """Finds people by what a file says of them; remembers whom this file has named."""

    def __init__(self, event: Event, guests: GuestList) -> None:
        self.event = event
        self.source = guests.source
        self.named: set[UUID] = set()
        self._by_key: dict[tuple[str, ...], Person] = {}
        self._of_mail: dict[str, Person | None] = {}
        self._plus_ones: dict[str, dict[int, Person]] = defaultdict(dict)
        self._claimed: dict[UUID, str] = {}
        self._ids_in_file = {guest.source_id for guest in guests.guests}
        self._ids_in_file |= {absence.guest.source_id for absence in guests.absences}
        self._mails_in_file = Counter(guest.email.casefold() for guest in guests.guests)
        for person in _people(event):
            self._add(person)
            # Two people with one address are told apart by their names only.
            mail = person.email.casefold()
            self._of_mail[mail] = None if mail in self._of_mail else person

    def add(self, guest: Guest) -> Person:
        """Somebody whom the file brings."""
        person = Person.of(self.source, guest)
        self._add(person)
        self.name(person, guest)
        return person

    def name(self, person: Person, guest: Guest) -> None:
        """This row was about this person."""
        self.named.add(person.pk)
        self._claimed[person.pk] = guest.source_id

    def find(self, guest: Guest) -> Person | None:
        """By the source's id, else by e-mail and name, else by an e-mail that only one person has, here and in the file."""
        keys = _keys(self.source, guest.source_id, guest.email, guest.name)
        hits = [*(self._by_key.get(key) for key in keys), self._only_one_with(guest)]
        return next((hit for hit in hits if hit and not self._is_someone_else(hit, guest)), None)

    def find_registered_by_source(self, guest: Guest) -> Person | None:
        """The one whom an earlier file of this source brought: nobody else is cancelled by it."""
        keys = _keys(self.source, guest.source_id, guest.email, guest.name)
        hit = self._by_key.get(keys[0])
        if hit and hit.source == self.source and hit.source_id == guest.source_id:
            return hit
        return None

    def plus_one(self, guest: Guest) -> Person | None:
        """The unnamed guest with this id, and nobody else."""
        return self._by_key.get(("id", self.source, guest.source_id))

    def surplus(self, of: str, count: int) -> list[Person]:
        """Unnamed guests of this person beyond the first `count`."""
        return [person for number, person in self._plus_ones.get(of, {}).items() if number > count]

    def _add(self, person: Person) -> None:
        for key in _keys(person.source, person.source_id, person.email, person.name):
            self._by_key.setdefault(key, person)
        if person.source == self.source and (found := PLUS_ONE.fullmatch(person.source_id)):
            self._plus_ones[found[1]][int(found[2])] = person

    def _is_someone_else(self, person: Person, guest: Guest) -> bool:
        # Two tickets of one buyer may carry one name and one e-mail: the source's ids keep them apart.
        if not guest.source_id:
            return False
        own = person.source_id if person.source == self.source else ""
        # Exports of one system may number the tickets of an order in other ways.
        if (
            own not in self._ids_in_file
            and own.partition("-")[0] == guest.source_id.partition("-")[0]
        ):
            own = ""
        return (own or self._claimed.get(person.pk, "")) not in ("", guest.source_id)

    def _only_one_with(self, guest: Guest) -> Person | None:
        mail = guest.email.casefold()
        person = self._of_mail.get(mail) if mail else None
        if person is None or self._mails_in_file[mail] > 1:
            return None
        same = _first(person.name) == _first(guest.name) or UNNAMED in (person.name, guest.name)
        return person if same or "name" in person.set_here else None


def plus_one_base(guest: Guest) -> str:
    """What the ids of somebody's unnamed guests begin with: their own id, else who they are."""
    own = guest.source_id or f"{guest.email} {_folded(guest.name)}"
    return own if guest.source_id and len(own) <= 80 else uuid.uuid5(uuid.NAMESPACE_OID, own).hex


def _people(event: Event) -> Iterable[Person]:
    names_of = [f.name for f in fields(Person) if f.name not in ("present", "has_interests")]
    picks = Attendee.interests.through.objects.filter(attendee_id=OuterRef("pk"))
    rows = event.attendees.order_by("created_at", "pk").values_list(
        *names_of, "present_since", Exists(picks)
    )
    for *facts, present_since, has_interests in rows.iterator():
        yield Person(*facts, present_since is not None, has_interests)  # type: ignore[call-arg]


def _keys(source: str, source_id: str, email: str, name: str) -> list[tuple[str, ...]]:
    person = ("person", email.casefold(), _folded(name))
    return [("id", source, source_id), person] if source_id else [person]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _first(name: str) -> str:
    return names.first_name(name).casefold()
