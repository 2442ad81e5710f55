"""What tables are worth, many at once: the solver's inner loop in NumPy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .affinity import Floats
    from .problem import Problem

Seats = NDArray[np.intp]
"""Chairs of tables, (m, S): the person in each chair, or `problem.n` for an empty one."""

WORD = 32
NOBODY = -1e9
"""What an empty chair is worth as a partner, and where its own floor lies."""


class Objective:
    """Scores tables of one problem.

    A table is worth its pairs (each person's mean pair score), its best common topic, less the
    squared shortfalls under each person's floor, less 1000 for each broken rule. `tables` and
    `hosts` count tables and seated hosts of the whole seating; they decide the host rule.
    """

    def __init__(self, problem: Problem, *, tables: int, hosts: int) -> None:
        n = problem.n
        self.empty = n
        self._pair_score = np.pad(problem.pair_score, (0, 1)).ravel()
        self._clash = np.pad(problem.clashes, (0, 1)).ravel() if problem.clashes.any() else None
        self._partner = np.pad(problem.pair_score, (0, 1), constant_values=NOBODY).ravel()
        self._floor = np.append(problem.floor, NOBODY)
        self._topics = TopicMasks(problem)
        self._sellers = np.append(problem.sellers, True) if problem.sellers.any() else None
        self._hosts = np.append(problem.host_flags, False) if hosts else None
        self._enough_hosts = hosts >= tables

    def scores(self, seats: Seats) -> Floats:
        """The score of each table in `seats`: (m,). Tables need two people or more."""
        chairs = np.ascontiguousarray(seats.T)
        left, right = _pairs_of(len(chairs))
        pairs = chairs[left] * (self.empty + 1) + chairs[right]
        size = (chairs != self.empty).sum(axis=0)
        return np.asarray(
            self._pair_score.take(pairs).sum(axis=0) * 2 / np.maximum(size - 1, 1)
            + weights.TOPIC_WEIGHT * size * self._topics.best(chairs, size)
            - weights.FLOOR_WEIGHT * self._shortfalls(chairs, pairs)
            - weights.BROKEN_RULE * self._broken_rules(chairs, pairs)
        )

    def _shortfalls(self, chairs: Seats, pairs: Seats) -> Floats:
        best = self._partner.take(pairs)[_pairs_by_chair(len(chairs))].max(axis=1)
        return np.asarray(np.square(np.maximum(self._floor.take(chairs) - best, 0.0)).sum(axis=0))

    def _broken_rules(self, chairs: Seats, pairs: Seats) -> Floats:
        broken = np.zeros(chairs.shape[1])
        if self._clash is not None:
            broken += self._clash.take(pairs).sum(axis=0)
        if self._sellers is not None:
            broken += self._sellers.take(chairs).all(axis=0)
        if self._hosts is not None:
            hosts = self._hosts.take(chairs).sum(axis=0)
            broken += hosts == 0 if self._enough_hosts else np.maximum(hosts - 1, 0)
        return broken


class TopicMasks:
    """Everybody's topics as bits, the worthiest topic highest, so that one AND finds the best.

    Words of 32 bits turn into doubles without rounding, whose exponent is the highest bit.
    """

    def __init__(self, problem: Problem) -> None:
        self._words = []
        order = np.argsort(problem.topic_worth, kind="stable")
        for first in range(0, len(order), WORD):
            topics = order[first : first + WORD]
            bits = np.left_shift(np.int64(1), np.arange(len(topics)))
            masks = np.append(problem.holds[:, topics] @ bits, bits.sum())
            self._words.append((masks, np.append(0.0, problem.topic_worth[topics])))

    def best(self, chairs: Seats, size: NDArray[np.intp]) -> Floats:
        """Worth of the best topic that all, or all but one, of each table hold: (m,)."""
        near = weights.NEAR_TOPIC_SHARE * (size >= weights.NEAR_TOPIC_SIZE)
        best = np.zeros(chairs.shape[1])
        for masks, worth in self._words:
            by_all, by_most = masks[-1], masks[-1]
            for held in masks.take(chairs):
                by_most = by_most & held | by_all
                by_all = by_all & held
            best = np.maximum(best, worth.take(_highest_bit(by_all)))
            best = np.maximum(best, near * worth.take(_highest_bit(by_most)))
        return best


def seats_of(problem: Problem, tables: Sequence[Sequence[int]]) -> Seats:
    """Tables as one array of chairs, (m, S), as wide as the largest table and at least 2."""
    width = max(2, *map(len, tables)) if tables else 2
    seats = np.full((len(tables), width), problem.n, dtype=np.intp)
    for row, members in zip(seats, tables, strict=True):
        row[: len(members)] = members
    return seats


def objective_for(problem: Problem, tables: Sequence[Sequence[int]]) -> Objective:
    """The objective of a seating with these tables."""
    hosts = sum(int(problem.host_flags[list(members)].sum()) for members in tables)
    return Objective(problem, tables=len(tables), hosts=hosts)


def total_score(problem: Problem, tables: Sequence[Sequence[int]]) -> float:
    """The sum of the scores of `tables`, each of two people or more; 0 for none."""
    if not tables:
        return 0.0
    return float(objective_for(problem, tables).scores(seats_of(problem, tables)).sum())


@cache
def _pairs_of(width: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    left, right = np.triu_indices(width, k=1)
    return left, right


@cache
def _pairs_by_chair(width: int) -> NDArray[np.intp]:
    """Which of the pairs of a table each chair is part of: (S, S - 1)."""
    left, right = _pairs_of(width)
    chairs = np.arange(width)[:, None]
    return np.nonzero((left == chairs) | (right == chairs))[1].reshape(width, -1)


def _highest_bit(words: NDArray[np.int64]) -> NDArray[np.intc]:
    """Place of the highest bit, counted from 1; 0 for no bit."""
    return np.asarray(np.frexp(words.astype(np.float64))[1])
