"""One attempt at the door: what is known of it once its event is locked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from checkin import presence
from checkin.models import CheckIn, Station
from events.models import Attendee, Event, Ticket
from events.selectors import tickets_read, which_read
from events.services import lock_event

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from checkin.batch import Batch
    from tablemates.accounts.models import Organiser

Act = CheckIn.Act
TICK = timedelta(microseconds=1)


class DeviceScan(NamedTuple):
    """A scan that a device decided without network, and brings later."""

    at: datetime
    """By the device's clock, as it said."""
    happened_at: datetime
    """By ours, as far as the device's clock could be corrected."""
    shown: str
    """The outcome that the device told the person at the door."""
    batch: Batch | None = None
    """The scans that it comes with: they are read, written and told of together."""


@dataclass
class Attempt:
    """One attempt, and what is known of it once the event is locked."""

    event: Event
    station: Station
    nonce: str
    act: CheckIn.Act
    device: DeviceScan | None = None
    ticket: Ticket | None = None
    person: Attendee | None = None
    undoes: CheckIn | None = None
    organiser: Organiser | None = None
    rows: list[CheckIn] = field(default_factory=list)

    def meet(self, text: str, attendee: Attendee | None) -> None:
        """Lock the event, and find whom the attempt is about, as they are now: one statement where they are found.

        The event comes first among the locked rows: whoever waits for it holds nothing that others wait for. The
        person's row is locked too, or we would see it as it was before the wait.
        """
        if self.batch:
            self.ticket, self.person = self.batch.find(text, attendee)
            self.event = self.batch.event
            return
        if attendee:
            people = Attendee.objects.filter(event=self.event).select_related("event")
            self.person = _locked(people, "event", "self").get(pk=attendee.pk)
        else:
            read = tickets_read(event=self.event, text=text).select_related("event", "attendee")
            self.ticket = which_read(_locked(read, "event", "attendee", "self"), text)
        if self.ticket:
            self.person = self.ticket.attendee
            self.person.event = self.ticket.event
        self.event = self.person.event if self.person else lock_event(self.event)

    def earlier_row(self) -> CheckIn | None:
        """The row this nonce has already, if any; reads all that the door has seen of the person with it."""
        if self.batch:
            self.rows = self.batch.rows_of(self.person)
            return self.batch.by_nonce.get(self.nonce)
        about = Q(event=self.event, nonce=self.nonce)
        if self.person:
            about |= Q(attendee=self.person, counts=True) | Q(attendee=self.person, act=Act.UNDO)
        self.rows = list(CheckIn.objects.filter(about))
        same = (row for row in self.rows if (row.event_id, row.nonce) == self.key)
        return next(same, None)

    @property
    def batch(self) -> Batch | None:
        return self.device.batch if self.device else None

    @property
    def key(self) -> tuple[Any, str]:
        return self.event.pk, self.nonce

    @property
    def undone(self) -> set[Any]:
        return {row.undoes_id for row in self.rows if row.undoes_id}

    @property
    def steps(self) -> list[presence.Step]:
        """What counts of the person so far."""
        return [_step_of(row) for row in self.rows if row.counts and row.pk not in self.undone]

    def steps_without(self, undone: CheckIn) -> list[presence.Step]:
        return [step for step in self.steps if step.nonce != undone.nonce]

    @property
    def turns(self) -> int:
        return max((row.turn or 0 for row in self.rows), default=0)

    def moment(self) -> datetime:
        """When it happened. Time never runs backwards for a person, even if the server's clock does."""
        if self.device:
            return self.device.happened_at
        latest = max((step.happened_at for step in self.steps), default=None)
        now = timezone.now()
        return max(now, latest + TICK) if latest else now


def _locked(rows: QuerySet[Any], *relations: str) -> QuerySet[Any]:
    """The rows, locked in this order of relations."""
    return rows.select_for_update(of=relations, no_key=True)


def _step_of(row: CheckIn) -> presence.Step:
    return presence.Step(row.happened_at, row.nonce, "in" if row.act == Act.IN else "out")
