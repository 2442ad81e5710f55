"""Seating that goes on while people arrive: open tables from those who wait, fit in late ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .construct import company_worth
from .errors import Unsolvable
from .explain import table_topic
from .model import BROKEN_UNIT
from .objective import seats_of
from .seating import UNSEATED, Seating
from .sizes import sizes_for
from .standing import Standing, chairs_at, suits
from .validation import check_members

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from .affinity import Floats
    from .construct import Flags
    from .problem import Problem


SEEDS = 8
"""How many of those who wait longest are tried as the first of a table, for each topic."""


class Welcome(NamedTuple):
    """How well a table receives a newcomer, the weightiest reason first; larger is better."""

    mended_rules: int
    new_faces: int
    shares_topic: bool
    fewer_people: int
    gain: int


def gather(
    problem: Problem, waiting: Sequence[int], *, free_tables: Collection[int] | None = None
) -> Seating:
    """Open tables now from the `waiting` people; everybody else keeps -1.

    Each table has table_min to table_size people who all hold one topic, which leaves chairs
    for late arrivals. Tables are opened best first, by score per person. People kept apart are
    never together; colleagues, sellers alone and people who met wait for better company while
    at most two tables of people (2 * table_max) wait. Hosts sit where their topics are.
    waiting: distinct indices, longest wait first. free_tables: the tables of a venue to open,
    all by default; nobody sits at one without what they need.
    """
    check_members(waiting, problem.n)
    gathering = Gathering(problem, waiting)
    table_of = np.full(problem.n, UNSEATED, dtype=np.intp)
    free = set(range(len(problem.venue)) if free_tables is None else free_tables)
    tables = 0
    while group := gathering.next_group(free if problem.venue else {tables}):
        table_of[group.members] = group.table
        free.discard(group.table)
        tables += 1
    return Standing(problem, table_of).seating()


def seat_one(
    problem: Problem,
    table_of: Sequence[int] | NDArray[np.intp],
    person: int,
    *,
    open_tables: Collection[int] | None = None,
) -> int:
    """The table for a late arrival, or -1 if none has a free chair away from those kept apart.

    table_of: (n,), the seating as it stands; nobody in it moves. open_tables: the tables that
    take people, all by default; a person who is pinned, or needs something of a table, only
    gets one that suits. Broken rules count first, then people met before, then whether the
    newcomer holds the table's topic, then fair sizes, then the score.
    """
    check_members([person], problem.n)
    others = np.array(table_of, dtype=np.intp)
    others[person] = UNSEATED
    standing = Standing(problem, others, [person])
    open_ = [
        table
        for table in range(len(standing.members))
        if (open_tables is None or table in open_tables)
        and standing.free_chairs(table)
        and standing.allows({person: table})
    ]
    if not open_:
        return UNSEATED
    gains, _ = standing.gains([{person: table} for table in open_])
    welcomes = [
        _welcome(standing, table, person, gain)
        for table, gain in zip(open_, gains.tolist(), strict=True)
    ]
    return open_[welcomes.index(max(welcomes))]


def _welcome(standing: Standing, table: int, person: int, gain: int) -> Welcome:
    problem, here = standing.problem, standing.members[table]
    topic = table_topic(problem, tuple(here))
    met = 0 if problem.met is None else int((problem.met[person, here] > 0).sum())
    return Welcome(
        mended_rules=round(gain / BROKEN_UNIT),
        new_faces=-met,
        shares_topic=topic is not None and bool(problem.holds[person, topic]),
        fewer_people=-len(here),
        gain=gain,
    )


class Group(NamedTuple):
    """People who could open a table."""

    table: int
    members: list[int]


class Gathering:
    """Those who wait, and the tables they could open.

    queue: all who waited at first, longest wait first. waiting: who of them still does, by
    place in the queue, as in the worth of company here: (q, q), -inf for never together.
    """

    def __init__(self, problem: Problem, queue: Sequence[int]) -> None:
        self.problem = problem
        self.queue = np.array(queue, dtype=np.intp)
        self.waiting = list(range(len(queue)))
        self.suited: dict[int, Flags] = {}
        self.grown: dict[tuple[object, ...], list[int]] = {}
        self.objective = Standing(problem, np.full(problem.n, UNSEATED)).objective
        among = np.ix_(self.queue, self.queue)
        self.any_company = company_worth(self.objective.model)[among].astype(np.float64)
        self.good_company = np.where(problem.clashes[among], -np.inf, self.any_company)
        if problem.met is not None:
            self.good_company[problem.met[among] > 0] = -np.inf
        place = {person: i for i, person in enumerate(queue)}
        for i, j in problem.apart:
            if i in place and j in place:
                self.any_company[place[i], place[j]] = -np.inf
                self.any_company[place[j], place[i]] = -np.inf
        self.holds, self.sells = problem.holds[self.queue], problem.sellers[self.queue]

    def next_group(self, free: Collection[int]) -> Group | None:
        """The best group to open one of the free tables; its people no longer wait."""
        groups = [
            group
            for group in self._groups(self.good_company, free)
            if not self.sells[group.members].all()
        ]
        if not groups and len(self.waiting) > 2 * self.problem.table_max:
            groups = self._groups(self.any_company, free)
        if not groups:
            return None
        sizes = np.array([len(group.members) for group in groups])
        seats = seats_of(self.problem.n, [self._people(group) for group in groups])
        best = groups[int((self.objective.scores(seats) / sizes).argmax())]
        self.waiting = [i for i in self.waiting if i not in best.members]
        return Group(best.table, self._people(best))

    def _people(self, group: Group) -> list[int]:
        return sorted(self.queue[group.members].tolist())

    def _groups(self, worth: Floats, free: Collection[int]) -> list[Group]:
        """Groups of those who wait that hold one topic, by topic and by who comes first."""
        groups = []
        waiting = np.array(self.waiting, dtype=np.intp)
        share = float(np.mean(~self.sells[waiting])) if len(waiting) else 0.0
        for topic in range(len(self.problem.topics)):
            holders = waiting[self.holds[waiting, topic]]
            if len(holders) >= self.problem.table_min:
                for first in range(min(SEEDS, len(holders))):
                    table = self._table_for(holders[first], free)
                    if table is not None:
                        members = self._mixed_group(worth, holders, first, table, share)
                        groups.append(Group(table, members))
        return [group for group in groups if len(group.members) >= self.problem.table_min]

    def _mixed_group(
        self, worth: Floats, holders: NDArray[np.intp], first: int, table: int, share: float
    ) -> list[int]:
        """People around the `first` holder, with at best their fair share of who does not sell.

        Taking only a fair share of those leaves some for the tables after this one. A group is
        grown again only when somebody of its topic waits no longer.
        """
        suited, sells = self._suited(table)[holders], self.sells[holders]
        size = self._size(int(suited.sum()), table)
        others = min(size, max(1, round(size * share)) + int(sells[first]))
        known = (id(worth), holders.tobytes(), first, suited.tobytes(), size, others)
        if known not in self.grown:
            group = Growing(worth[np.ix_(holders, holders)], first)
            group.fill(suited & ~sells, others)
            group.fill(suited & sells, size)
            group.fill(suited, size)
            self.grown[known] = holders[group.members].tolist()
        return self.grown[known]

    def _size(self, people: int, table: int) -> int:
        """How many of `people` open a table, so that the others can open one too."""
        least = self.problem.table_min
        size = min(self.problem.table_size, chairs_at(self.problem, table))
        try:
            return sizes_for(people, table_min=least, table_size=size, table_max=size)[0]
        except Unsolvable:
            return min(size, people)

    def _table_for(self, first: int, free: Collection[int]) -> int | None:
        """The plainest free table that suits a person, of those with chairs enough the smallest."""
        large_enough = [
            table
            for table in free
            if chairs_at(self.problem, table) >= self.problem.table_min
            and self._suited(table)[first]
        ]
        return min(large_enough, key=self._luxury, default=None)

    def _luxury(self, table: int) -> tuple[int, bool, int, int]:
        chairs = chairs_at(self.problem, table)
        features = self.problem.venue[table].features if self.problem.venue else ()
        return len(features), chairs < self.problem.table_size, chairs, table

    def _suited(self, table: int) -> Flags:
        """Who in the queue may sit at a table: (q,)."""
        if table not in self.suited:
            people = self.queue.tolist()
            self.suited[table] = np.array([suits(self.problem, i, table) for i in people])
        return self.suited[table]


class Growing:
    """A group that takes in the best partner of all its members, one after the other.

    company: (h, h), -inf for never together.
    """

    def __init__(self, company: Floats, first: int) -> None:
        self._company = company
        self._pull = company[first].copy()
        self._pull[first] = -np.inf
        self.members = [first]

    def fill(self, pool: Flags, size: int) -> None:
        """Take people of the pool (h,) until there are `size`, or nobody suits."""
        pull = np.where(pool, self._pull, -np.inf)
        while len(self.members) < size and pull.max() > -np.inf:
            best = int(pull.argmax())
            self.members.append(best)
            pull += self._company[best]
            self._pull += self._company[best]
            pull[best] = self._pull[best] = -np.inf
