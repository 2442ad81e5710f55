"""Tables as they stand, and what it is worth to give a few people another place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from .errors import InvalidProblem
from .layout import Layout
from .model import model_for
from .objective import Objective, Units, seats_of
from .seating import UNSEATED, Seating
from .validation import check_seating

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from .problem import Problem

    Move = Mapping[int, int]


class Standing:
    """A seating as it stands, improved by moves; a move gives people the table they go to.

    table_of: (n,), -1 for nowhere. coming: people nowhere who will get a seat; they count for
    the host rule. members: the people at each table. scores: (K,) in score units.
    """

    def __init__(
        self,
        problem: Problem,
        table_of: Sequence[int] | NDArray[np.intp],
        coming: Iterable[int] = (),
    ) -> None:
        self.problem = problem
        self.table_of = np.array(table_of, dtype=np.intp)
        check_seating(self.table_of, problem.n)
        self.members = _members(problem, self.table_of)
        self.objective = _objective(problem, self.members, coming)
        self.scores = self._score(range(len(self.members)), self.members)

    def chairs(self, table: int) -> int:
        """How many people a table may have."""
        return chairs_at(self.problem, table)

    def free_chairs(self, table: int) -> int:
        """How many more people a table takes; none if nobody sits there."""
        here = len(self.members[table])
        return max(0, self.chairs(table) - here) if here else 0

    def after(self, move: Move) -> dict[int, list[int]]:
        """The people at each table that a move changes."""
        changed = {*move.values(), *(int(self.table_of[person]) for person in move)} - {UNSEATED}
        return {
            table: [person for person in self.members[table] if person not in move]
            + [person for person, to in move.items() if to == table]
            for table in changed
        }

    def allows(self, move: Move) -> bool:
        """Whether everybody in a move finds a chair, what they need, and nobody to keep from."""
        if not all(suits(self.problem, person, table) for person, table in move.items()):
            return False
        after = self.after(move)
        return all(
            len(after[table]) <= self.chairs(table)
            and not kept_apart(self.problem, person, after[table])
            for person, table in move.items()
        )

    def gains(self, moves: Sequence[Move]) -> tuple[Units, Units]:
        """What each move gains in all, and at the table that gains least: (m,) score units."""
        after = [self.after(move) for move in moves]
        tables = [table for changed in after for table in changed]
        groups = [members for changed in after for members in changed.values()]
        gain = self._score(tables, groups) - self.scores[tables]
        first = np.cumsum([0, *map(len, after)])[:-1]
        if not len(first):
            return gain, gain
        return np.add.reduceat(gain, first), np.minimum.reduceat(gain, first)

    def make(self, move: Move) -> None:
        """Let the people of a move sit down at their new tables."""
        for table, members in self.after(move).items():
            self.members[table] = members
            self.scores[table] = self._score([table], [members])[0]
        for person, table in move.items():
            self.table_of[person] = table

    def seating(self) -> Seating:
        """The tables as they stand now."""
        return Seating(self.table_of, int(self.scores.sum()) / self.objective.model.scale)

    def _score(self, tables: Sequence[int], groups: Sequence[Sequence[int]]) -> Units:
        if not tables:
            return np.zeros(0, dtype=np.int64)
        seats = seats_of(self.problem.n, groups)
        return self.objective.scores(seats, np.asarray(tables, dtype=np.intp))


def chairs_at(problem: Problem, table: int) -> int:
    """How many people a table may have."""
    if problem.venue:
        return min(problem.venue[table].seats, problem.table_max)
    return problem.table_max


def suits(problem: Problem, person: int, table: int) -> bool:
    """Whether a person may sit at a table of the venue: where they are pinned, with their needs."""
    if problem.pins is not None and problem.pins[person] not in (UNSEATED, table):
        return False
    if problem.needs is None or not problem.venue:
        return True
    return problem.needs[person] <= problem.venue[table].features


def kept_apart(problem: Problem, person: int, others: Iterable[int]) -> bool:
    """Whether a person is kept apart from any of the others."""
    return bool(problem.apart) and any(
        (min(person, i), max(person, i)) in problem.apart for i in others
    )


def _members(problem: Problem, table_of: NDArray[np.intp]) -> list[list[int]]:
    """The people at each table, with empty tables to spare, so that few openings add to them."""
    last = int(table_of.max(initial=UNSEATED))
    if problem.venue and last >= len(problem.venue):
        raise InvalidProblem(
            f"There is no table {last}: the venue has {len(problem.venue)}, counted from 0.",
            code="unknown_table",
        )
    laid = len(problem.venue) or 1 << max(4, (last + 1).bit_length())
    members: list[list[int]] = [[] for _ in range(laid)]
    for person, table in enumerate(table_of.tolist()):
        if table >= 0:
            members[table].append(person)
    return members


_KEPT: WeakKeyDictionary[Problem, tuple[tuple[Layout, int], Objective]] = WeakKeyDictionary()
"""The last objective of each room, as one after the other comes to the same tables."""


def _objective(
    problem: Problem, members: Sequence[Sequence[int]], coming: Iterable[int]
) -> Objective:
    tables = tuple(range(len(members)))
    most = max([problem.table_max, *map(len, members)])
    layout = Layout(tables, (problem.table_min,) * len(tables), (most,) * len(tables))
    rule = _host_rule(problem, members, coming)
    kept = _KEPT.get(problem)
    if kept is None or kept[0] != (layout, rule):
        model = replace(model_for(problem, layout), host_rule=rule)
        _KEPT[problem] = kept = (layout, rule), Objective(model)
    return kept[1]


def _host_rule(problem: Problem, members: Sequence[Sequence[int]], coming: Iterable[int]) -> int:
    people = [*coming, *(person for table in members for person in table)]
    hosts = int(problem.host_flags[people].sum())
    if not hosts:
        return 0
    return 1 if hosts >= sum(1 for table in members if table) else 2
