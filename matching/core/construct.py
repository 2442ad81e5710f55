"""First seatings: a good one to start the search from, and a random one to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import weights
from .sizes import sizes_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .affinity import Floats
    from .problem import Problem

Flags = NDArray[np.bool_]


def room_sizes(problem: Problem) -> tuple[int, ...]:
    """The table sizes for everybody in the room."""
    return sizes_for(
        problem.n,
        table_min=problem.table_min,
        table_size=problem.table_size,
        table_max=problem.table_max,
    )


def random_tables(problem: Problem, rng: np.random.Generator) -> list[list[int]]:
    """Tables of legal sizes filled at random."""
    order = rng.permutation(problem.n).tolist()
    return [[order.pop() for _ in range(size)] for size in room_sizes(problem)]


def topic_first_tables(problem: Problem) -> list[list[int]]:
    """Tables of legal sizes, each around the rarest topic that still fills it.

    When no topic fills a table any more, the one with most people left leads. Chairs that a
    topic leaves free go to the best partners of those at the table.
    """
    worth = problem.pair_score - weights.BROKEN_RULE * problem.clashes
    free = np.ones(problem.n, dtype=np.bool_)
    tables = []
    for size in room_sizes(problem):
        pool = _leading_holders(problem, free, size)
        hardest_to_please = int(np.where(pool, problem.floor, -np.inf).argmax())
        members = grow(worth, pool, size, [hardest_to_please])
        free[members] = False
        members = grow(worth, free, size, members)
        free[members] = False
        tables.append(members)
    return tables


def grow(worth: Floats, pool: Flags, size: int, members: Sequence[int]) -> list[int]:
    """`members` and their best partners from `pool`, up to `size` people in all.

    worth: (n, n), -inf for pairs never together. pool: (n,) bool.
    """
    group = list(members)
    pull = worth[group].sum(axis=0)
    pull[~pool] = -np.inf
    pull[group] = -np.inf
    while len(group) < size:
        best = int(pull.argmax())
        if pull[best] == -np.inf:
            break
        group.append(best)
        pull += worth[best]
        pull[best] = -np.inf
    return group


def _leading_holders(problem: Problem, free: Flags, size: int) -> Flags:
    """Who is free and holds the topic that the next table is built around: (n,)."""
    holders = problem.holds & free[:, None]
    counts = holders.sum(axis=0)
    if not counts.any():
        return free.copy()
    fills = np.where(counts >= size, 1 + problem.rarity, 0.0)
    return np.asarray(holders[:, int(fills.argmax() if fills.any() else counts.argmax())])
