"""Who of those who wait sits down where: at free seats first, then at new tables. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone

from matching.core import UNSEATED, MaxIterations, Unsolvable, gather, seat_one, solve, suits
from matching.models import Round, Wish
from matching.payloads import PATIENCE_SECONDS
from matching.services.parting import apart_or_out

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from events.models import Attendee
    from matching.core import Problem, Seating
    from matching.services.hall import Hall

PATIENCE = timedelta(seconds=PATIENCE_SECONDS)


@dataclass(frozen=True)
class Placement:
    """Who sits down where, by table index, -1 for nowhere: `joined` at tables of the hall, `opened` at new ones."""

    hall: Hall
    joined: NDArray[np.intp]
    opened: NDArray[np.intp]

    @property
    def newly_seated(self) -> list[Attendee]:
        """Who gets a seat."""
        seated = np.flatnonzero((self.joined >= 0) | (self.opened >= 0))
        return [self.hall.plan.people[i] for i in seated]

    @property
    def opens(self) -> bool:
        """Whether a new table opens."""
        return bool((self.opened >= 0).any())

    @property
    def joining(self) -> dict[Attendee, int]:
        """Who joins a table, by its number."""
        joined = np.flatnonzero(self.joined >= 0)
        return {self.hall.plan.people[i]: self.hall.numbers[self.joined[i]] for i in joined}


def place_waiting(hall: Hall, round: Round) -> Placement:
    """Seats for who waits, as far as it makes sense."""
    queue = Queue(hall, round)
    joined = queue.join()
    opened = queue.open([i for i in queue.order if joined[i] < 0])
    return Placement(hall, joined, opened)


def best_table(hall: Hall, i: int, table_of: NDArray[np.intp], *, with_host: bool = False) -> int:
    """The best free seat for a person, whatever its topic, -1 if there is none; at a host's table if that is asked."""
    problem = hall.plan.problem
    if with_host:
        hosts = np.flatnonzero(problem.host_flags & (table_of >= 0))
        table = seat_one(problem, table_of, i, open_tables=set(table_of[hosts].tolist()))
        if table >= 0:
            return table
    return seat_one(problem, table_of, i)


class Queue:
    """Who waits for a seat in a round, in the order they get one: who asked to be drawn in comes before all others."""

    def __init__(self, hall: Hall, round: Round) -> None:
        self.hall, self.round = hall, round
        people, now = hall.plan.people, timezone.now()
        asked = Wish.objects.filter(attendee__event=round.mixer.event, kind=Wish.Kind.DRAW_ME_IN)
        since = dict(asked.values_list("attendee_id", "since"))
        self.drawn_in = {i for i in hall.waiting if people[i].pk in since}
        drawn_in = sorted(self.drawn_in, key=lambda i: since[people[i].pk])
        self.order = [*drawn_in, *(i for i in hall.waiting if i not in self.drawn_in)]
        self.impatient = {
            i
            for i in self.order
            if i in self.drawn_in
            or round.kind == Round.Kind.TIMED
            or now - (people[i].present_since or now) > PATIENCE
        }

    def join(self) -> NDArray[np.intp]:
        """Free seats: at tables of a topic one holds, or anywhere for who has waited long enough."""
        table_of, problem = self.hall.table_of.copy(), self.hall.plan.problem
        for i in self.order:
            if i in self.impatient:
                with_host = i in self.drawn_in
                table_of[i] = best_table(self.hall, i, table_of, with_host=with_host)
            else:
                table_of[i] = seat_one(problem, table_of, i, open_tables=self._of_topics_of(i))
        return np.where(self.hall.table_of == UNSEATED, table_of, UNSEATED)

    def _of_topics_of(self, i: int) -> set[int]:
        plan, topics = self.hall.plan, self._topics
        return {t for t, n in enumerate(self.hall.numbers) if plan.holds(i, topics.get(n))}

    @cached_property
    def _topics(self) -> dict[int, str | None]:
        return dict(self.round.tables.values_list("number", "topic__key"))

    def open(self, still: list[int]) -> NDArray[np.intp]:
        """New tables for those still waiting: of one topic, or of whoever has waited long enough."""
        problem, unused = self.hall.plan.problem, self.hall.unused
        opened = gather(problem, still, free_tables=unused).table_of.copy()
        left = [i for i in still if opened[i] < 0]
        if not self.impatient.intersection(left):
            return opened
        next_table = 0
        if unused is None:
            next_table = opened.max(initial=UNSEATED) + 1
        else:
            free = unused.difference(opened.tolist())
            left = [i for i in left if any(suits(problem, i, table) for table in free)]
            problem = _with_tables(problem, free)
        for i, table in self._seat_as_many_as_fit(problem, left).items():
            opened[i] = table + next_table
        return opened

    def _seat_as_many_as_fit(self, problem: Problem, left: list[int]) -> dict[int, int]:
        """Tables of legal sizes for those left, by person; where they are too many for that, the last ones wait on."""
        for count in range(len(left), problem.table_min - 1, -1):
            try:
                room = problem.subset(left[:count])
                rest = apart_or_out(room, self._away(left[:count]), self._search).table_of
            except Unsolvable:
                continue
            return {i: table for i, table in zip(left, rest.tolist(), strict=False) if table >= 0}
        return {}

    def _away(self, people: list[int]) -> set[tuple[int, int]]:
        """Of these people, by place in their list: who keeps away, and from whom."""
        place = {person: i for i, person in enumerate(people)}
        apart = self.hall.plan.apart
        return {(place[i], place[j]) for i, j in apart if i in place and j in place}

    def _search(self, room: Problem) -> Seating:
        return solve(room, stop=MaxIterations(200), seed=self.round.number)


def _with_tables(problem: Problem, free: Collection[int]) -> Problem:
    """The same room with only these tables of its venue to sit at; the others keep their index."""
    venue = [
        table if t in free else replace(table, seats=1) for t, table in enumerate(problem.venue)
    ]
    return replace(problem, venue=tuple(venue))
