"""Seats while people come and go: new tables as soon as some share a topic, free seats for late arrivals.

Nobody who sits is moved. The search runs outside any transaction; a plan made on an older seating is made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from checkin.selectors import present_attendees
from events.models import Event
from matching import payloads
from matching.adapter import RoomPlan, plan_room
from matching.core import MaxIterations, Unsolvable, gather, seat_one, solve
from matching.models import Round, Seat
from matching.selectors import mixer_of, tables_with_people
from matching.services.acting import lock_mixer, round_on
from matching.services.rounds import save_tables
from matching.services.telling import tell_console, tell_tables
from matching.services.wording import reword
from tablemates.live.publish import Facts, publish

if TYPE_CHECKING:
    from uuid import UUID

    from numpy.typing import NDArray

    from matching.models import Mixer, Table

# After this long without company of one's own topic, any table is better than the edge of the room.
PATIENCE = timedelta(seconds=90)
TRIES = 5


def seat_waiting(*, event_id: UUID) -> int:
    """Free the seats of who left, then seat who waits, as far as it makes sense; returns how many sat down.

    Does nothing unless a round is on. Called by the matcher at every bell and tick.
    """
    event = Event.objects.filter(pk=event_id, phase=Event.Phase.OPEN).first()
    if event is None:
        return 0
    for _try in range(TRIES):
        round = round_on(mixer_of(event))
        if round is None:
            return 0
        _free_seats(event, round)
        placed = _place(mixer_of(event), round)
        if placed is not None:
            return placed
    return 0


@dataclass(frozen=True)
class Placement:
    """Who sits down where: `joined` by index into the `numbers` of the tables there are, `opened` by new table."""

    plan: RoomPlan
    numbers: list[int]
    waiting: list[int]
    joined: NDArray[np.intp]
    opened: NDArray[np.intp]

    @property
    def newly_seated(self) -> list[int]:
        """Indices of the people who get a seat."""
        return [i for i in self.waiting if self.joined[i] >= 0 or self.opened[i] >= 0]

    @property
    def changed(self) -> set[int]:
        """Numbers of the tables that someone joins."""
        return {self.numbers[self.joined[i]] for i in self.waiting if self.joined[i] >= 0}


def _place(mixer: Mixer, round: Round) -> int | None:
    """Seat who waits; None if someone took or gave up a seat meanwhile."""
    placement = _decide(mixer.event, round)
    if not placement.newly_seated:
        return 0
    return len(placement.newly_seated) if _write(mixer, round, placement) else None


def _decide(event: Event, round: Round) -> Placement:
    people = list(present_attendees(event))
    seats = dict(round.seats.filter(left_at=None).values_list("attendee_id", "table__number"))
    waiting = [i for i, person in enumerate(people) if person.pk not in seats]
    # Who left a moment ago may still hold a seat: a table of such people only is none to join.
    numbers = sorted({seats[person.pk] for person in people if person.pk in seats})
    table_of = np.array(
        [numbers.index(seats[p.pk]) if p.pk in seats else -1 for p in people], dtype=np.intp
    )
    plan = plan_room(event, people)
    joined = _join(plan, round, numbers, table_of, waiting)
    opened = _open(plan, round, [i for i in waiting if joined[i] < 0])
    return Placement(plan, numbers, waiting, joined, opened)


def _join(
    plan: RoomPlan,
    round: Round,
    numbers: list[int],
    table_of: NDArray[np.intp],
    waiting: list[int],
) -> NDArray[np.intp]:
    """Give free seats, longest wait first: at tables of a topic one holds, or anywhere in a timed round."""
    table_of = table_of.copy()
    topics = dict(round.tables.values_list("number", "topic__key"))
    for i in waiting:
        if round.kind == Round.Kind.TIMED or _impatient(plan, i):
            fits = None
        else:
            fits = {t for t, number in enumerate(numbers) if plan.holds(i, topics[number])}
        table_of[i] = seat_one(plan.problem, table_of, i, open_tables=fits)
    return table_of


def _open(plan: RoomPlan, round: Round, still: list[int]) -> NDArray[np.intp]:
    """New tables for those still waiting: of one topic, or of whoever has waited long enough."""
    opened = gather(plan.problem, still).table_of.copy()
    left = [i for i in still if opened[i] < 0]
    if round.kind == Round.Kind.TIMED or any(_impatient(plan, i) for i in left):
        try:
            rest = solve(plan.problem.subset(left), stop=MaxIterations(200), seed=round.number)
        except Unsolvable:
            return opened
        opened[left] = rest.table_of + (opened.max(initial=-1) + 1)
    return opened


def _impatient(plan: RoomPlan, i: int) -> bool:
    since = plan.people[i].present_since
    return since is not None and timezone.now() - since > PATIENCE


def _write(mixer: Mixer, round: Round, placement: Placement) -> bool:
    """Write joined seats and opened tables in one short transaction; False if the plan is out of date."""
    plan = placement.plan
    with transaction.atomic():
        locked = lock_mixer(mixer.event)
        if locked.seatings != mixer.seatings or round_on(locked) != round:
            return False
        # Lock, then look: whoever left while we were searching gets no seat.
        here = set(present_attendees(mixer.event).values_list("pk", flat=True))
        if not here.issuperset(plan.people[i].pk for i in placement.newly_seated):
            return False
        _count_seating(locked)
        _sit_down(round, placement)
        reword(locked.event, round, placement.changed)
        new = save_tables(round, plan, placement.opened)
        touched = Q(number__in=placement.changed) | Q(pk__in=[table.pk for table in new])
        tables = list(tables_with_people(round.tables.filter(touched)))
        _publish_tables(locked, round, tables, "table.seated")
    return True


def _count_seating(mixer: Mixer) -> None:
    mixer.seatings += 1
    mixer.save(update_fields=["seatings"])


def _sit_down(round: Round, placement: Placement) -> None:
    tables = {table.number: table for table in round.tables.all()}
    for i in placement.waiting:
        if placement.joined[i] >= 0:
            # Who left a table of this round and came back has a row already.
            Seat.objects.update_or_create(
                round=round,
                attendee=placement.plan.people[i],
                defaults={
                    "table": tables[placement.numbers[placement.joined[i]]],
                    "left_at": None,
                    "seated_at": timezone.now(),
                },
            )


def _free_seats(event: Event, round: Round) -> None:
    """Give up the seats of those who left the event, and tell their tables."""
    left = round.seats.filter(left_at=None, attendee__present_since=None)
    if not left.exists():
        return
    with transaction.atomic():
        mixer = lock_mixer(event)
        empty = list(left)
        left.update(left_at=timezone.now())
        _count_seating(mixer)
        tables = round.tables.filter(pk__in={seat.table_id for seat in empty})
        reword(event, round, set(tables.values_list("number", flat=True)))
        gone = [f"attendee:{seat.attendee_id}" for seat in empty]
        _publish_tables(mixer, round, list(tables_with_people(tables)), "table.left", gone)


def _publish_tables(
    mixer: Mixer, round: Round, tables: list[Table], type: str, gone: list[str] | None = None
) -> None:
    told = tell_tables(round, tables)
    told["console"] = tell_console(mixer, [round], tables)
    no_seat: Facts = {"set": {"round": payloads.clock(round), "seat": None}}
    told |= dict.fromkeys(gone or [], no_seat)
    publish(stream=mixer.event_id, type=type, audiences=told)
