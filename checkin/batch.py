"""Scans that come together, as a device brings them: what is known of their people is read at once, and so it is written."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from checkin.models import CheckIn, Conflict
from events.models import Attendee, Event, Ticket
from events.selectors import tickets_by_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Batch:
    """What is known of the people of several scans, and what follows from these. The event is locked until it is written."""

    def __init__(
        self, event: Event, *, texts: Iterable[str], people: Iterable[str], nonces: Iterable[str]
    ) -> None:
        self.event = event
        self.new: list[CheckIn] = []
        self.moved: dict[Any, Attendee] = {}
        self._tickets: Mapping[str, Ticket] = tickets_by_text(event=event, texts=texts)
        owners = {str(ticket.attendee_id) for ticket in self._tickets.values()}
        self.people = event.attendees.in_bulk([*owners, *people])
        about = Q(attendee__in=list(self.people)) & (Q(counts=True) | Q(act=CheckIn.Act.UNDO))
        rows = CheckIn.objects.filter(Q(event=event, nonce__in=list(nonces)) | about)
        self.by_nonce: dict[str, CheckIn] = {}
        self._rows: dict[Any, list[CheckIn]] = defaultdict(list)
        for row in rows:
            self._keep(row)

    def find(self, text: str, attendee: Attendee | None) -> tuple[Ticket | None, Attendee | None]:
        """The ticket and the person that a scan is about."""
        if attendee:
            return None, self.people[attendee.pk]
        ticket = self._tickets.get(text)
        return ticket, self.people[ticket.attendee_id] if ticket else None

    def rows_of(self, person: Attendee | None) -> list[CheckIn]:
        """What the door has seen of a person."""
        return self._rows[person.pk] if person else []

    def add(self, row: CheckIn) -> None:
        """Keep a row, to be written with the others."""
        self.new.append(row)
        self._keep(row)

    def move(self, person: Attendee) -> None:
        """Keep where a person is from now on, to be written with the others."""
        self.moved[person.pk] = person

    def write(self) -> None:
        """Write all that was kept."""
        CheckIn.objects.bulk_create(self.new)
        Conflict.objects.bulk_create([Conflict(checkin=row) for row in self.new if row.is_conflict])
        Attendee.objects.bulk_update(self.moved.values(), ["present_since"])

    def _keep(self, row: CheckIn) -> None:
        self.by_nonce[row.nonce] = row
        self._rows[row.attendee_id].append(row)
