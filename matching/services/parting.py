"""Nobody sits with whom they keep away from, whatever else a plan would gain, and whoever plans it.

For the search it is one rule among others, the heaviest. Here whoever keeps away sits out where no table is left for them:
never the other, or people could send each other out of the room.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from events.keeping_apart import kept_apart_from, pairs_apart
from matching.core import UNSEATED, Seating

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from uuid import UUID

    from numpy.typing import NDArray

    from events.models import Attendee, Event
    from matching.core import Problem
    from matching.models import Seat, Table


def apart_or_out(
    problem: Problem, away: Collection[tuple[int, int]], search: Callable[[Problem], Seating]
) -> Seating:
    """What `search` finds for this room, or for as many of it as can be kept from whom they keep away from.

    away: who keeps away, and from whom. Raises what `search` raises.
    """
    members = list(range(problem.n))
    while True:
        found = search(problem if len(members) == problem.n else problem.subset(members))
        table_of = np.full(problem.n, UNSEATED, dtype=np.intp)
        table_of[members] = found.table_of
        uneasy = Counter(one for one, other in away if _together(table_of, one, other))
        if not uneasy:
            return Seating(table_of, found.score, found.iterations)
        members.remove(max(uneasy, key=lambda one: (uneasy[one], one)))


def _together(table_of: NDArray[np.intp], one: int, other: int) -> bool:
    return bool(table_of[one] == table_of[other] != UNSEATED)


def seats_to_give_up(event: Event, seats: Iterable[Seat]) -> list[Seat]:
    """Of these seats with their attendees, those of people who sit with somebody they keep away from."""
    seats = list(seats)
    away = pairs_apart(event, [seat.attendee for seat in seats])
    given_up: set[int] = set()
    for one, other in sorted(away):
        if seats[one].table_id == seats[other].table_id and not given_up & {one, other}:
            given_up.add(one)
    return [seats[i] for i in sorted(given_up)]


def at_ease(attendee: Attendee, table: Table, leaving: Iterable[Attendee]) -> bool:
    """Whether a person may sit down at a table: nobody is there, but who is leaving, whom one of them keeps away from."""
    seats = table.seats.filter(left_at=None).exclude(attendee__in=list(leaving))
    here: set[UUID] = set(seats.values_list("attendee_id", flat=True))
    return here.isdisjoint(kept_apart_from(attendee))
