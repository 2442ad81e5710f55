"""Iterated local search over swaps of chairs.

Swap and move descent with random kicks and record-to-previous acceptance, as for the maximally
diverse grouping problem (Lai and Hao, EJOR 2016), on table scores. An empty chair takes part
like a person, so a move is a swap with an empty chair.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .affinity import blocks
from .construct import company_worth
from .model import BROKEN_UNIT
from .objective import Objective, seats_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from .model import Model
    from .objective import Seats, Units

PARTNERS = 12
"""How many best partners of a person mark the tables worth trying."""
NEAR_TABLES = 10
"""How many tables are tried for the people of one table."""
BATCH = 4
"""How many tables are examined between two looks at the stop rule."""
KICK = 3
"""Random swaps in one kick."""
LOSS_QUANTILES = (0.4, 0.03)
"""Share of the losses seen lately that is accepted, at the start and the end of the budget."""
LOSSES_KEPT = 100
UNLAWFUL = -(2**62)
"""The gain of a swap that the sizes of the tables forbid."""


class Swap(NamedTuple):
    """Two chairs at two tables that change people."""

    table: int
    chair: int
    other: int
    other_chair: int


class Search:
    """A seating under improvement.

    Begins with table_of (n,), each of 0..K-1, where every table has at least its least and at
    most its most people; keeps to that. `table_of` and `score` are the best seating after `run`.
    """

    def __init__(self, model: Model, table_of: NDArray[np.intp], rng: np.random.Generator) -> None:
        self._objective = Objective(model)
        self._partners = best_partners(model)
        self._least, self._most = model.least, model.most
        self._rng = rng
        self._seats = seats_at(model, table_of)
        self._scores = self._objective.scores(self._seats, np.arange(model.tables))
        self._table_of = np.empty(model.n + 1, dtype=np.intp)
        self._index()

    @property
    def table_of(self) -> NDArray[np.intp]:
        """The table of each person: (n,)."""
        return self._table_of[:-1].copy()

    @property
    def score(self) -> int:
        """The score of the seating, in score units."""
        return int(self._scores.sum())

    def run(self, used: Callable[[int], float]) -> int:
        """Improve until `used(iterations)`, the share of the budget gone, is 1.

        Returns the iterations done.
        """
        losses: deque[int] = deque(maxlen=LOSSES_KEPT)
        iterations = 0

        def out_of_time() -> bool:
            return used(iterations) >= 1

        self._descend(range(len(self._seats)), out_of_time)
        best = self._state()
        while len(self._seats) > 1 and (share := used(iterations)) < 1:
            before = self._state()
            self._descend(self._kick(), out_of_time)
            loss = int(before[1].sum()) - self.score
            if self.score > best[1].sum():
                best = self._state()
            if loss > tolerated(losses, share):
                self._restore(before)
            if loss > 0:
                losses.append(loss)
            iterations += 1
        self._restore(best)
        return iterations

    def _state(self) -> tuple[Seats, Units]:
        return self._seats.copy(), self._scores.copy()

    def _restore(self, state: tuple[Seats, Units]) -> None:
        self._seats, self._scores = state
        self._index()

    def _kick(self) -> set[int]:
        """Swap random chairs of one table with tables near it; the tables that changed."""
        table = int(self._rng.integers(len(self._seats)))
        near = self._near(table)
        touched: set[int] = set()
        for other in near[self._rng.integers(len(near), size=KICK)].tolist():
            chair, other_chair = self._rng.integers(self._seats.shape[1], size=2).tolist()
            lawful = self._lawful(np.array([table]), np.array([other]))
            if lawful[0, chair, other_chair]:
                self._apply(Swap(table, chair, other, other_chair))
                touched |= {table, other}
        return touched

    def _descend(self, tables: Iterable[int], out_of_time: Callable[[], bool]) -> None:
        waiting = dict.fromkeys(tables)
        while waiting and not out_of_time():
            batch = list(waiting)[:BATCH]
            changed: set[int] = set()
            unsettled: set[int] = set()
            for swap in self._improving_swaps(batch):
                if swap.table in changed or swap.other in changed:
                    unsettled.add(swap.table)
                    continue
                self._apply(swap)
                changed |= {swap.table, swap.other}
            for table in batch:
                del waiting[table]
            waiting |= dict.fromkeys(sorted(changed | unsettled))

    def _improving_swaps(self, tables: list[int]) -> list[Swap]:
        """The best swap of each pair of a table with one near it, if it gains; best first."""
        if len(self._seats) == 1:
            return []
        near = [self._near(table) for table in tables]
        one = np.repeat(tables, [len(others) for others in near])
        other = np.concatenate(near)
        gains = self._gains(one, other)
        width = self._seats.shape[1]
        flat = gains.reshape(len(one), -1)
        best = flat.argmax(axis=1)
        gain = flat[np.arange(len(one)), best]
        order = np.argsort(-gain, kind="stable")[: int((gain > 0).sum())]
        chair, other_chair = np.divmod(best, width)
        swaps = np.stack([one, chair, other, other_chair], axis=1)[order].tolist()
        return [Swap(*swap) for swap in swaps]

    def _gains(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> Units:
        """What each swap of a chair at table `one` with a chair at `other` gains: (P, S, S)."""
        ours, theirs = self._seats[one], self._seats[other]
        pairs, width = ours.shape
        chairs = np.arange(width)
        after = np.empty((2, pairs, width, width, width), dtype=np.intp)
        after[0] = ours[:, None, None, :]
        after[1] = theirs[:, None, None, :]
        after[0][:, chairs, :, chairs] = theirs
        after[1][:, :, chairs, chairs] = ours[:, :, None]
        tables = np.repeat(np.stack([one, other]), width * width)
        scores = self._objective.scores(after.reshape(-1, width), tables)
        now = self._scores[one] + self._scores[other]
        gains = scores.reshape(2, pairs, width, width).sum(axis=0) - now[:, None, None]
        return np.where(self._lawful(one, other), gains, UNLAWFUL)

    def _lawful(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether a swap leaves both tables their least and their most people: (P, S, S)."""
        our_gap, their_gap = self._gaps(one), self._gaps(other)
        we_gain = our_gap[:, :, None] & ~their_gap[:, None, :]
        they_gain = ~our_gap[:, :, None] & their_gap[:, None, :]
        may_gain = (self._may_gain(one) & self._may_lose(other))[:, None, None]
        may_lose = (self._may_lose(one) & self._may_gain(other))[:, None, None]
        return np.asarray((~we_gain | may_gain) & (~they_gain | may_lose))

    def _gaps(self, tables: NDArray[np.intp]) -> NDArray[np.bool_]:
        return np.asarray(self._seats[tables] == self._objective.empty)

    def _may_gain(self, tables: NDArray[np.intp]) -> NDArray[np.bool_]:
        return np.asarray((~self._gaps(tables)).sum(axis=1) < self._most[tables])

    def _may_lose(self, tables: NDArray[np.intp]) -> NDArray[np.bool_]:
        return np.asarray((~self._gaps(tables)).sum(axis=1) > self._least[tables])

    def _near(self, table: int) -> NDArray[np.intp]:
        """The tables where the best partners of the people at `table` sit.

        A table that breaks a rule may need anybody: then all others.
        """
        tables = len(self._seats)
        if tables <= NEAR_TABLES + 1 or self._scores[table] < -BROKEN_UNIT // 2:
            return np.delete(np.arange(tables), table)
        members = self._seats[table]
        partners = self._partners[members[members != self._objective.empty]]
        pull = np.bincount(self._table_of[partners].ravel(), minlength=tables)
        pull[table] = -1
        return np.argpartition(-pull, NEAR_TABLES)[:NEAR_TABLES]

    def _apply(self, swap: Swap) -> None:
        seats = self._seats
        ours, theirs = seats[swap.table, swap.chair], seats[swap.other, swap.other_chair]
        seats[swap.table, swap.chair], seats[swap.other, swap.other_chair] = theirs, ours
        self._table_of[theirs], self._table_of[ours] = swap.table, swap.other
        both = [swap.table, swap.other]
        self._scores[both] = self._objective.scores(seats[both], np.array(both))

    def _index(self) -> None:
        self._table_of[self._seats] = np.arange(len(self._seats))[:, None]


def best_partners(model: Model) -> NDArray[np.intp]:
    """The best partners of each person, best not first: (n, p)."""
    worth = company_worth(model)
    count = min(PARTNERS, model.n - 1)
    best = np.empty((model.n, count), dtype=np.intp)
    for rows in blocks(model.n):
        among = -worth[rows]
        among[:, rows][np.diag_indices(len(among))] = np.iinfo(np.int32).max
        best[rows] = np.argpartition(among, count - 1, axis=1)[:, :count]
    return best


def tolerated(losses: deque[int], share: float) -> int:
    """The loss that is accepted when this share of the budget is gone."""
    if not losses:
        return 0
    early, late = LOSS_QUANTILES
    quantile = early + (late - early) * share
    return sorted(losses)[int(quantile * (len(losses) - 1))]
