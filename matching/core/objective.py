"""What tables are worth, many at once, in whole score units.

The reference in NumPy: the search falls back on it, and the compiled kernel must agree with it
to the last unit.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import weights
from .model import (
    BROKEN_UNIT,
    CLASH,
    IS_NEW,
    MET_UNIT,
    MOST_MET,
    SELLS,
    SHORTFALL_UNIT,
    TOPIC_UNIT,
    WORD,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Model

Seats = NDArray[np.intp]
"""Chairs of tables, (m, S): the person in each chair, or n for an empty one."""
Units = NDArray[np.int64]

NOBODY = -(2**28)
"""Ticks with an empty chair: a worse partner than anybody."""


class Objective:
    """Scores tables of one model.

    A table of two people or more is worth its pairs (each person's mean affinity), its best
    common topic, less the squared shortfalls under each person's floor and the cost of pairs who
    met. Any table pays for broken rules, and for people in the wrong place. A table of a pure
    model is worth the sum of its pairs.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.empty = model.n
        self._pair = np.pad(model.pair, (0, 1), constant_values=NOBODY).ravel()
        self._floor = np.append(model.floor, NOBODY)
        self._topics = TopicMasks(model)
        self._rules = Rules(model)
        self._place = None if model.place is None else np.pad(model.place, ((0, 1), (0, 0)))

    def scores(self, seats: Seats, tables: NDArray[np.intp] | None = None) -> Units:
        """The score of each table in `seats`: (m,).

        tables: (m,), which of the model's tables each is; without it, neither the size of a
        table nor the place of a person costs anything.
        """
        chairs = np.ascontiguousarray(seats.T)
        left, right = pairs_of(len(chairs))
        pairs = chairs[left] * (self.empty + 1) + chairs[right]
        size = (chairs != self.empty).sum(axis=0)
        ticks = self._pair.take(pairs)
        missing = len(left) - size * (size - 1) // 2
        total = np.asarray(ticks.sum(axis=0, dtype=np.int64) - NOBODY * missing)
        if not self.model.pure:
            total *= pair_factors(len(chairs))[size]
            total += TOPIC_UNIT * size * self._topics.best(chairs, size)
            total -= SHORTFALL_UNIT * self._shortfalls(chairs, ticks) * (size > 1)
            total -= self._rules.cost(chairs, pairs, size)
        return total if tables is None else total - self._own_cost(chairs, size, tables)

    def total(self, table_of: Sequence[int] | NDArray[np.intp]) -> int:
        """The score of a whole seating: table_of (n,), each of 0..K-1."""
        seats = seats_at(self.model, table_of)
        return int(self.scores(seats, np.arange(self.model.tables)).sum())

    def _shortfalls(self, chairs: Seats, ticks: NDArray[np.int32]) -> Units:
        best = ticks[_pairs_by_chair(len(chairs))].max(axis=1)
        short = np.maximum(self._floor.take(chairs) - best, 0).astype(np.int64)
        return np.asarray(np.square(short).sum(axis=0))

    def _own_cost(self, chairs: Seats, size: NDArray[np.intp], tables: NDArray[np.intp]) -> Units:
        cost = self.model.size_cost[tables, size]
        if self._place is not None:
            cost = cost + self._place[chairs, tables].sum(axis=0)
        return cost


class Rules:
    """What the people at a table cost by rules on pairs and on kinds of people."""

    def __init__(self, model: Model) -> None:
        self._between = None if model.between is None else np.pad(model.between, (0, 1)).ravel()
        kinds = np.arange(2 * CLASH)
        self._between_cost = MET_UNIT * (kinds & MOST_MET) ** 2 + BROKEN_UNIT * (kinds // CLASH)
        self._alone = np.append(model.alone, SELLS | IS_NEW) if model.alone.any() else None
        self._hosts = np.append(model.hosts, 0).astype(np.int64)
        self._host_rule = model.host_rule
        self._categories = [
            (np.append(values, -1), limits, cost)
            for values, limits, cost in zip(
                model.categories, model.limits, model.category_cost.tolist(), strict=True
            )
        ]

    def cost(self, chairs: Seats, pairs: Seats, size: NDArray[np.intp]) -> Units:
        """Score units lost at each table: (m,)."""
        cost = BROKEN_UNIT * self._broken(chairs) * (size > 0)
        if self._between is not None:
            cost += self._between_cost.take(self._between.take(pairs)).sum(axis=0)
        for values, limits, unit in self._categories:
            cost += unit * _excess(values.take(chairs), limits, size)
        return np.asarray(cost)

    def _broken(self, chairs: Seats) -> Units:
        broken = np.zeros(chairs.shape[1], dtype=np.int64)
        if self._alone is not None:
            alike = np.bitwise_and.reduce(self._alone.take(chairs), axis=0)
            broken += (alike & SELLS > 0).astype(np.int64) + (alike & IS_NEW > 0)
        if self._host_rule:
            hosts = self._hosts.take(chairs).sum(axis=0)
            broken += hosts == 0 if self._host_rule == 1 else np.maximum(hosts - 1, 0)
        return broken


class TopicMasks:
    """Everybody's topics as bits, the worthiest topic highest, so that one AND finds the best.

    Words of 32 bits turn into doubles without rounding, whose exponent is the highest bit.
    """

    def __init__(self, model: Model) -> None:
        near = np.rint(weights.NEAR_TOPIC_SHARE * model.worth).astype(np.int64)
        self._words = [
            (
                np.append(model.topics[:, word], np.uint32(2**WORD - 1)).astype(np.int64),
                np.append(0, model.worth[word * WORD : (word + 1) * WORD]).astype(np.int64),
                np.append(0, near[word * WORD : (word + 1) * WORD]),
            )
            for word in range(model.topics.shape[1])
        ]

    def best(self, chairs: Seats, size: NDArray[np.intp]) -> Units:
        """Worth in ticks of the best topic that all, or all but one, of each table hold: (m,)."""
        large = size >= weights.NEAR_TOPIC_SIZE
        best = np.zeros(chairs.shape[1], dtype=np.int64)
        for masks, worth, near in self._words:
            by_all, by_most = masks[-1], masks[-1]
            for held in masks.take(chairs):
                by_most = by_most & held | by_all
                by_all = by_all & held
            best = np.maximum(best, worth.take(_highest_bit(by_all)))
            best = np.maximum(best, large * near.take(_highest_bit(by_most)))
        return best * (size > 1)


def seats_of(n: int, tables: Sequence[Sequence[int]], width: int = 2) -> Seats:
    """Tables as one array of chairs, (m, S), as wide as the largest table and at least `width`."""
    widest = max([width, *map(len, tables)])
    seats = np.full((len(tables), widest), n, dtype=np.intp)
    for row, members in zip(seats, tables, strict=True):
        row[: len(members)] = members
    return seats


def seats_at(model: Model, table_of: Sequence[int] | NDArray[np.intp]) -> Seats:
    """All tables of a seating as chairs, (K, S): table_of (n,), each of 0..K-1."""
    tables: list[list[int]] = [[] for _ in range(model.tables)]
    for person, table in enumerate(np.asarray(table_of).tolist()):
        tables[table].append(person)
    return seats_of(model.n, tables, max(2, model.width))


@cache
def pair_factors(width: int) -> Units:
    """Score units for a tick of each pair at a table of 0..width people."""
    sizes = np.arange(width + 1)
    return np.asarray(np.where(sizes > 1, 2 * weights.UNIT // np.maximum(sizes - 1, 1), 0))


@cache
def pairs_of(width: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Both chairs of each pair at a table of `width` chairs."""
    left, right = np.triu_indices(width, k=1)
    return left, right


@cache
def _pairs_by_chair(width: int) -> NDArray[np.intp]:
    """Which of the pairs of a table each chair is part of: (S, S - 1)."""
    left, right = pairs_of(width)
    chairs = np.arange(width)[:, None]
    return np.nonzero((left == chairs) | (right == chairs))[1].reshape(width, -1)


def _excess(values: NDArray[np.int32], limits: NDArray[np.int32], size: NDArray[np.intp]) -> Units:
    """Over the values at each table, the sum of e (e + 1) / 2 with e people above the limit.

    Counted person by person: the one who is the limit's e-th too many costs e.
    """
    excess = np.zeros(len(size), dtype=np.int64)
    for chair in range(1, len(values)):
        value = values[chair]
        rank = 1 + (values[:chair] == value).sum(axis=0)
        excess += np.maximum(rank - limits[value, size], 0) * (value >= 0)
    return excess


def _highest_bit(words: NDArray[np.int64]) -> NDArray[np.intc]:
    """Place of the highest bit, counted from 1; 0 for no bit."""
    return np.asarray(np.frexp(words.astype(np.float64))[1])
