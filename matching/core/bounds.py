"""Figures that no seating can beat, to tell how much a better search could still gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import weights
from .affinity import blocks
from .sizes import forced_repeats, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from .affinity import Floats
    from .problem import Problem


def upper_bound(problem: Problem) -> float:
    """A score that no legal seating of one round exceeds.

    The score is a sum over people: the mean affinity to tablemates and the worth of the topic,
    less costs. So nobody adds more than with the best partners that no rule forbids and the
    best topic with enough holders, at the most favourable size of table; who sits out adds 0.
    In a pure problem nobody adds more than half the sum of their best entries above 0, as many
    as the largest table has other chairs. About n * n steps; O(n) memory beside the problem.
    """
    if problem.pure:
        most = max((most for _, most in problem.bounds), default=1)
        return float(sum(best.clip(min=0).sum() for best in _best_entries(problem, most - 1)) / 2)
    sizes = _legal_sizes(problem)
    if not sizes:
        return 0.0
    topics = np.stack([_topic_worth(problem, size) for size in sizes], axis=1)
    mates = np.array(sizes) - 1
    total, first = 0.0, 0
    for best in _best_entries(problem, max(mates)):
        rows = slice(first, first := first + len(best))
        mean = best.cumsum(axis=1)[:, mates - 1] / mates
        worth = mean + weights.TOPIC_WEIGHT * topics[rows]
        total += float(worth.max(axis=1).clip(min=0).sum())
    rounding = 2 * problem.n / problem.scale
    return total + rounding


def forced_repeats_over(n: int, tables: int, rounds: int) -> int:
    """Fewest meetings that must be repeats, over `rounds` rounds on `tables` tables.

    A meeting is a repeat if the two have met in a round before. All rounds have sizes within
    one of each other. The larger of two counts: each round after the first repeats at least
    `forced_repeats` meetings of the first (pigeonhole); and there are n(n - 1)/2 pairs, so
    all meetings beyond that are repeats (as for the social golfer problem, CSPLib prob010).
    """
    if rounds < 1:
        raise ValueError(f"Cannot plan {rounds} rounds: use at least one.")
    again = (rounds - 1) * forced_repeats(n, tables)
    small, larger = divmod(n, tables)
    meetings = tables * small * (small - 1) // 2 + larger * small
    return max(again, rounds * meetings - n * (n - 1) // 2)


def forced_repeats_next(problem: Problem, tables: int) -> int:
    """Fewest pairs that must meet again in the coming round, whoever met whom before.

    Everybody sits, at `tables` tables of sizes within one of each other. The larger of two
    counts. Those who have all met each other (the tables of a round before, or what is left of
    them) send at least so many pairs to one table (pigeonhole); such groups are gathered
    greedily, no person in two. And a person who has fewer left to meet than a table has other
    chairs meets somebody again; two of them share such a meeting.
    """
    if problem.met is None:
        return 0
    met = problem.met > 0
    groups = sum(together(size, tables) for size in _all_met(met))
    others = problem.n // tables - 1
    left = problem.n - 1 - met.sum(axis=1)
    short = int((others - left).clip(min=0).sum())
    return max(groups, -(-short // 2))


def _all_met(met: NDArray[np.bool_]) -> Iterator[int]:
    """The sizes of disjoint groups of people who have all met each other, gathered greedily."""
    free = np.ones(len(met), dtype=np.bool_)
    for person in range(len(met)):
        if free[person]:
            free[person] = False
            size, candidates = 1, met[person] & free
            while candidates.any():
                other = int(candidates.argmax())
                free[other] = False
                size, candidates = size + 1, candidates & met[other]
            yield size


def _legal_sizes(problem: Problem) -> list[int]:
    """The sizes of table that break no rule, in a room with enough people for them."""
    seats = max((table.seats for table in problem.venue), default=problem.table_max)
    return list(range(problem.table_min, min(problem.table_max, seats, problem.n) + 1))


def _topic_worth(problem: Problem, size: int) -> Floats:
    """The best that a common topic can be worth to each person at a table of `size`: (n,)."""
    holders = problem.holds.sum(axis=0)
    full = np.where(holders >= size, problem.topic_worth, 0.0)
    worth = (problem.holds * full).max(axis=1, initial=0.0)
    if size < weights.NEAR_TOPIC_SIZE:
        return np.asarray(worth)
    near = np.where(holders >= size - 1, problem.topic_worth, 0.0).max(initial=0.0)
    return np.asarray(np.maximum(worth, weights.NEAR_TOPIC_SHARE * near))


def _best_entries(problem: Problem, count: int) -> Iterator[Floats]:
    """What each person's best partners bring, best first: (rows, count), block after block.

    Partners whom a rule forbids bring -inf. A pair that met costs its table; each of the two
    pays half, here as at the smallest table, where that weighs least in the mean.
    """
    count = min(count, problem.n - 1)
    for rows in blocks(problem.n) if count > 0 else []:
        worth = _entries(problem, rows)
        worth[problem.clashes[rows]] = -np.inf
        np.fill_diagonal(worth[:, rows], -np.inf)
        yield -np.sort(np.partition(-worth, count - 1, axis=1)[:, :count], axis=1)


def _entries(problem: Problem, rows: slice) -> Floats:
    if problem.pair_affinity is not None:
        return np.array(problem.pair_affinity[rows])
    worth = problem.ticks[rows] / problem.scale
    if problem.met is not None:
        half = weights.MET_COST / 2 * (problem.table_min - 1)
        worth -= half * np.square(problem.met[rows], dtype=np.float64)
    return worth
