"""Seating that goes on while people arrive: open tables from those who wait, fit in late ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from . import weights
from .construct import grow
from .errors import NoLegalSplit
from .explain import table_topic
from .objective import Objective, seats_of, total_score
from .seating import UNSEATED, Seating, table_index, tables_of
from .sizes import sizes_for
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

    kept_rules: int
    new_faces: int
    shares_topic: bool
    free_chairs: int
    gain: float


def gather(problem: Problem, waiting: Sequence[int]) -> Seating:
    """Open tables now from the `waiting` people; everybody else keeps -1.

    Each table has table_min to table_size people who all hold one topic, which leaves chairs
    for late arrivals. Tables are opened best first, by score per person. People kept apart are
    never together; colleagues, sellers alone and people who met wait for better company while
    at most two tables of people (2 * table_max) wait. Hosts sit where their topics are.
    waiting: distinct indices, longest wait first.
    """
    check_members(waiting, problem.n)
    queue = list(waiting)
    tables: list[list[int]] = []
    objective = Objective(problem, tables=0, hosts=0)
    while (members := _next_table(problem, objective, queue)) is not None:
        queue = [person for person in queue if person not in members]
        tables.append(sorted(members))
    return Seating(table_index(problem.n, tables), total_score(problem, tables))


def seat_one(
    problem: Problem,
    table_of: Sequence[int] | NDArray[np.intp],
    person: int,
    *,
    open_tables: Collection[int] | None = None,
) -> int:
    """The table for a late arrival, or -1 if none has a free chair away from those kept apart.

    table_of: (n,), the seating as it stands; nobody in it moves. open_tables: the tables that
    take people, all by default. Broken rules count first, then people met before, then whether
    the newcomer holds the table's topic, then fair sizes, then the score.
    """
    check_members([person], problem.n)
    tables = tables_of([UNSEATED if i == person else int(t) for i, t in enumerate(table_of)])
    open_ = [
        table
        for table, members in enumerate(tables)
        if members
        and len(members) < problem.table_max
        and (open_tables is None or table in open_tables)
        and not _kept_apart(problem, members, person)
    ]
    if not open_:
        return UNSEATED
    welcomes = _welcomes(problem, [tables[table] for table in open_], person)
    return open_[welcomes.index(max(welcomes))]


def _next_table(problem: Problem, objective: Objective, queue: list[int]) -> list[int] | None:
    groups = _groups(problem, queue, _good_company(problem))
    groups = [members for members in groups if not problem.sellers[members].all()]
    if not groups and len(queue) > 2 * problem.table_max:
        groups = _groups(problem, queue, _any_company(problem))
    if not groups:
        return None
    scores = objective.scores(seats_of(problem, groups))
    return groups[int((scores / [len(members) for members in groups]).argmax())]


def _groups(problem: Problem, queue: list[int], worth: Floats) -> list[list[int]]:
    """Groups from the queue that hold one topic, by topic and by who comes first."""
    groups = []
    for topic in range(len(problem.topics)):
        holders = [person for person in queue if problem.holds[person, topic]]
        if len(holders) < problem.table_min:
            continue
        pool = np.zeros(problem.n, dtype=np.bool_)
        pool[holders] = True
        size = _table_size(problem, len(holders))
        others = max(1, round(size * float(np.mean(~problem.sellers[queue]))))
        groups += [
            _mixed_group(problem, worth, pool, first, size, others) for first in holders[:SEEDS]
        ]
    return [members for members in groups if len(members) >= problem.table_min]


def _mixed_group(
    problem: Problem, worth: Floats, pool: Flags, first: int, size: int, others: int
) -> list[int]:
    """Up to `size` people from `pool` around `first`, at best `others` of them no sellers.

    Taking only a fair share of those who do not sell leaves some for the tables after this one.
    """
    sellers = problem.sellers
    group = grow(worth, pool & ~sellers, others + int(sellers[first]), [first])
    group = grow(worth, pool & sellers, size, group)
    return grow(worth, pool, size, group)


def _table_size(problem: Problem, people: int) -> int:
    """How many of `people` open a table, so that the others can open one too."""
    size = problem.table_size
    try:
        return sizes_for(people, table_min=problem.table_min, table_size=size, table_max=size)[0]
    except NoLegalSplit:
        return min(size, people)


def _good_company(problem: Problem) -> Floats:
    worth = np.where(problem.clashes, -np.inf, problem.pair_score)
    return worth if problem.met is None else np.where(problem.met > 0, -np.inf, worth)


def _any_company(problem: Problem) -> Floats:
    worth = problem.pair_score - weights.BROKEN_RULE * problem.clashes
    for i, j in problem.apart:
        worth[i, j] = worth[j, i] = -np.inf
    return worth


def _welcomes(problem: Problem, tables: list[tuple[int, ...]], person: int) -> list[Welcome]:
    objective = Objective(problem, tables=0, hosts=0)
    joined = [(*members, person) for members in tables]
    gains = objective.scores(seats_of(problem, joined)) - objective.scores(
        seats_of(problem, tables)
    )
    return [
        _welcome(problem, members, person, gain)
        for members, gain in zip(tables, gains.tolist(), strict=True)
    ]


def _welcome(problem: Problem, members: tuple[int, ...], person: int, gain: float) -> Welcome:
    here = list(members)
    topic = table_topic(problem, members)
    met = 0 if problem.met is None else int((problem.met[person, here] > 0).sum())
    broken = problem.clashes[person, here].sum() + problem.sellers[[*here, person]].all()
    return Welcome(
        kept_rules=-int(broken),
        new_faces=-met,
        shares_topic=topic is not None and bool(problem.holds[person, topic]),
        free_chairs=problem.table_max - len(members),
        gain=gain,
    )


def _kept_apart(problem: Problem, members: tuple[int, ...], person: int) -> bool:
    return any((min(person, i), max(person, i)) in problem.apart for i in members)
