"""A round that is on as it stands, in the solver's words: who sits where, who waits, which tables nobody sits at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matching.adapter import plan_room
from matching.core import UNSEATED
from matching.models import VenueTable
from matching.selectors import seatable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matching.adapter import RoomPlan
    from matching.core import Problem
    from matching.models import Round


@dataclass(frozen=True)
class Hall:
    """Everybody who sits in a round or wants a seat in it, by when they came.

    numbers: of the tables, by index. table_of: (n,), -1 for who waits. unused: indices of the venue's tables that
    nobody sits at; None where tables are alike and there is always another.
    """

    plan: RoomPlan
    numbers: tuple[int, ...]
    table_of: NDArray[np.intp]
    unused: frozenset[int] | None

    @property
    def waiting(self) -> list[int]:
        """Who has no seat, longest wait first."""
        return np.flatnonzero(self.table_of == UNSEATED).tolist()

    def number_of(self, i: int) -> int:
        """The number of the table that a person sits at."""
        return self.numbers[self.table_of[i]]


def look_around(round: Round) -> Hall:
    """The round as it stands now. Who has left a moment ago counts no more, but their table is not free yet."""
    event = round.mixer.event
    people = list(seatable(event, round).prefetch_related(None))
    seats = dict(round.seats.filter(left_at=None).values_list("attendee_id", "table__number"))
    laid = set(round.tables.values_list("number", flat=True))
    plan = plan_room(event, people, tables=laid, in_haste=True)
    plan = replace(plan, problem=_within_reach(plan.problem))
    mine = [seats.get(person.pk) for person in people]
    numbers = plan.numbers or tuple(sorted({number for number in mine if number is not None}))
    place = {number: i for i, number in enumerate(numbers)}
    table_of = [UNSEATED if number is None else place[number] for number in mine]
    unused = _unused(round, numbers, set(seats.values())) if plan.numbers else None
    return Hall(plan, numbers, np.array(table_of, dtype=np.intp), unused)


def _unused(round: Round, numbers: tuple[int, ...], taken: set[int]) -> frozenset[int]:
    venue = set(VenueTable.objects.filter(mixer=round.mixer).values_list("number", flat=True))
    # A table that is not of the venue any more is there only for those who sit at it.
    there = venue or set(numbers)
    return frozenset(i for i, n in enumerate(numbers) if n in there - taken)


def _within_reach(problem: Problem) -> Problem:
    """The same people without what no table offers: somebody who needs it sits down all the same."""
    if not problem.needs or not any(problem.needs):
        return problem
    offers = [table.features for table in problem.venue if table.seats >= problem.table_min]
    needs = tuple(
        max((need & offer for offer in offers), key=_weight, default=frozenset[str]())
        for need in problem.needs
    )
    return problem if needs == problem.needs else replace(problem, needs=needs)


def _weight(needs: frozenset[str]) -> tuple[int, bool]:
    return len(needs), "step_free" in needs
