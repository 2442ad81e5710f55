"""What is known of an evening, read once: all figures and plots are counted from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Min, Q

from checkin.models import CheckIn
from events.keeping_apart import pairs_apart
from events.models import Attendee
from events.selectors import merged_topics
from matching.models import Round, Seat
from matching.selectors import Sitting
from tablemates.followup.models import Flag, IntroduceMe, Letter, Pick, Verdict
from tablemates.followup.selectors import grace_until, is_revealed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Set
    from datetime import datetime
    from uuid import UUID

    from events.models import Event

    Pair = tuple[UUID, UUID]

SPEAKS_OF_NOBODY = 5
"""From so many people on, a count says nothing about one of them."""


class Sat(NamedTuple):
    """Somebody's seat in a round that took place, and whether they picked the topic of its table."""

    round: UUID
    number: int
    table: UUID
    sitting: Sitting
    own_topic: bool


@dataclass(frozen=True)
class Record:
    """An evening since its doors opened."""

    opened_at: datetime
    came: Mapping[UUID, datetime]
    """When each person came in first."""
    seats: Collection[Sat]
    """In the order of rounds, and of sitting down."""
    introduced: Set[Pair] | None
    """Whom the evening brought together, each pair once; None before the reveal."""
    wrote: Set[Pair]
    """Of whom one wrote to the other until two days after the end, each pair once."""
    felt_pitched_at: Set[UUID]
    verdicts: Collection[bool]

    @property
    def first_seats(self) -> dict[UUID, datetime]:
        """When each person sat down first."""
        first: dict[UUID, datetime] = {}
        for person, since, _until in (seat.sitting for seat in self.seats):
            first[person] = min(since, first.get(person, since))
        return first

    @property
    def seats_by_number(self) -> dict[int, list[Sat]]:
        """Seats of each round by its number, 0 for rolling tables, of those where enough people sat to be told of."""
        rounds: dict[int, list[Sat]] = {}
        for seat in self.seats:
            rounds.setdefault(seat.number, []).append(seat)
        return {
            number: seats
            for number, seats in sorted(rounds.items())
            if len({seat.sitting.attendee for seat in seats}) >= SPEAKS_OF_NOBODY
        }


def read_record(event: Event) -> Record | None:
    """The evening so far; None before doors.

    An organiser cannot change it afterwards: by how a figure moves when somebody is cancelled or blocked, or an entry is
    taken back, one could read what it says of that person.
    """
    if event.opened_at is None:
        return None
    flags = Flag.objects.filter(table__round__mixer__event=event, kind=Flag.Kind.PITCHED)
    verdicts = Verdict.objects.filter(attendee__event=event)
    return Record(
        opened_at=event.opened_at,
        came=_came(event),
        seats=_seats(event),
        introduced=_introduced(event) if is_revealed(event) else None,
        wrote=_wrote(event),
        felt_pitched_at=set(flags.values_list("reporter", flat=True)),
        verdicts=list(verdicts.values_list("worth", flat=True)),
    )


def _came(event: Event) -> dict[UUID, datetime]:
    entries = CheckIn.objects.filter(event=event, counts=True, act=CheckIn.Act.IN)
    stands = Q(undone_by=None)
    if event.ended_at:
        stands |= Q(undone_by__at__gt=event.ended_at)
    people = entries.filter(stands).order_by().values("attendee")
    return dict(people.annotate(first=Min("happened_at")).values_list("attendee", "first"))


def _seats(event: Event) -> list[Sat]:
    picks = Attendee.interests.through.objects.filter(attendee__event=event)
    holds = set(picks.values_list("attendee", "interest"))
    # A table keeps the topic it sat by, and those who picked that hold the one it was merged into.
    merged = {key: topic.pk for key, topic in merged_topics(event).items()}
    seats = Seat.objects.filter(round__mixer__event=event).exclude(round__status=Round.Status.DRAFT)
    of_a_seat = ("round", "round__number", "table", "attendee", "seated_at", "left_at")
    of_its_table = ("table__topic", "table__topic__key")
    ordered = seats.order_by("round__published_at", "round", "seated_at", "pk")
    return [
        Sat(
            round, number, table, Sitting(who, since, until), (who, merged.get(key, topic)) in holds
        )
        for round, number, table, who, since, until, topic, key in ordered.values_list(
            *of_a_seat, *of_its_table
        )
    ]


def _introduced(event: Event) -> set[Pair]:
    picks = set(Pick.objects.filter(picker__event=event).values_list("picker", "picked"))
    found = {(one, other) for one, other in picks if one < other and (other, one) in picks}
    agreed = IntroduceMe.objects.filter(asker__event=event, status=IntroduceMe.Status.ACCEPTED)
    found |= {in_order(*both) for both in agreed.values_list("asker", "target")}
    people = list(event.attendees.only("event", "person"))
    apart = pairs_apart(event, people)
    return found - {in_order(people[i].pk, people[j].pk) for i, j in apart}


def _wrote(event: Event) -> set[Pair]:
    until = grace_until(event)
    if until is None:
        return set()
    in_time = Letter.objects.filter(sender__event=event, sent_at__lte=until)
    return {in_order(*both) for both in in_time.values_list("sender", "recipient")}


def in_order(one: UUID, other: UUID) -> Pair:
    """Two people as a pair, the lower id first."""
    return (min(one, other), max(one, other))
