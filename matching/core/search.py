"""Iterated local search over swaps of chairs.

Swap and move descent with random kicks and record-to-previous acceptance, as for the maximally
diverse grouping problem (Lai and Hao, EJOR 2016), on table scores. An empty chair takes part
like a person, so a move is a swap with an empty chair.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from . import weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from .affinity import Floats
    from .objective import Objective, Seats

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
GAIN = 1e-9
"""Smaller gains are rounding."""


class Swap(NamedTuple):
    """Two chairs at two tables that change people."""

    table: int
    chair: int
    other: int
    other_chair: int


class Search:
    """A seating under improvement.

    seats: (G, S) chairs, the short tables with one empty chair each. partners: (n, p) people
    worth sitting with. `seats` and `scores` hold the best seating after `run`.
    """

    def __init__(
        self, objective: Objective, partners: Seats, seats: Seats, rng: np.random.Generator
    ) -> None:
        self._objective = objective
        self._partners = partners
        self._rng = rng
        self.seats = seats.copy()
        self.scores = objective.scores(seats)
        self._table_of = np.empty(objective.empty + 1, dtype=np.intp)
        self._index()

    def run(self, used: Callable[[int], float]) -> int:
        """Improve until `used(iterations)`, the share of the budget gone, is 1.

        Returns the iterations done.
        """
        losses: deque[float] = deque(maxlen=LOSSES_KEPT)
        iterations = 0

        def out_of_time() -> bool:
            return used(iterations) >= 1

        self._descend(range(len(self.seats)), out_of_time)
        best = self.seats.copy(), self.scores.copy()
        while len(self.seats) > 1 and (share := used(iterations)) < 1:
            before = self.seats.copy(), self.scores.copy()
            self._descend(self._kick(), out_of_time)
            loss = float(before[1].sum() - self.scores.sum())
            if self.scores.sum() > best[1].sum() + GAIN:
                best = self.seats.copy(), self.scores.copy()
            if loss > GAIN and loss > _tolerated(losses, share):
                self.seats, self.scores = before
                self._index()
            if loss > GAIN:
                losses.append(loss)
            iterations += 1
        self.seats, self.scores = best
        return iterations

    def _kick(self) -> set[int]:
        """Swap random chairs of one table with tables near it; the tables that changed."""
        table = int(self._rng.integers(len(self.seats)))
        near = self._near(table)
        touched: set[int] = set()
        for other in near[self._rng.integers(len(near), size=KICK)].tolist():
            chair, other_chair = self._rng.integers(self.seats.shape[1], size=2).tolist()
            lawful = self._lawful(self.seats[[table]], self.seats[[other]])
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
        if len(self.seats) == 1:
            return []
        near = [self._near(table) for table in tables]
        one = np.repeat(tables, [len(others) for others in near])
        other = np.concatenate(near)
        gains = self._gains(one, other)
        width = self.seats.shape[1]
        flat = gains.reshape(len(one), -1)
        best = flat.argmax(axis=1)
        gain = flat[np.arange(len(one)), best]
        order = np.argsort(-gain, kind="stable")[: int((gain > GAIN).sum())]
        chair, other_chair = np.divmod(best, width)
        swaps = np.stack([one, chair, other, other_chair], axis=1)[order].tolist()
        return [Swap(*swap) for swap in swaps]

    def _gains(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> Floats:
        """What each swap of a chair at table `one` with a chair at `other` gains: (P, S, S)."""
        ours, theirs = self.seats[one], self.seats[other]
        pairs, width = ours.shape
        chairs = np.arange(width)
        after = np.empty((2, pairs, width, width, width), dtype=np.intp)
        after[0] = ours[:, None, None, :]
        after[1] = theirs[:, None, None, :]
        after[0][:, chairs, :, chairs] = theirs
        after[1][:, :, chairs, chairs] = ours[:, :, None]
        scores = self._objective.scores(after.reshape(-1, width))
        now = self.scores[one] + self.scores[other]
        gains = scores.reshape(2, pairs, width, width).sum(axis=0) - now[:, None, None]
        return np.where(self._lawful(ours, theirs), gains, -np.inf)

    def _lawful(self, ours: Seats, theirs: Seats) -> NDArray[np.bool_]:
        """Whether a swap leaves no table two people short of the largest: (P, S, S)."""
        our_gap, their_gap = ours == self._objective.empty, theirs == self._objective.empty
        we_give = our_gap[:, :, None] & their_gap.any(axis=1)[:, None, None]
        they_give = their_gap[:, None, :] & our_gap.any(axis=1)[:, None, None]
        return np.asarray(~(we_give | they_give))

    def _near(self, table: int) -> NDArray[np.intp]:
        """The tables where the best partners of the people at `table` sit.

        A table that breaks a rule may need anybody: then all others.
        """
        tables = len(self.seats)
        if tables <= NEAR_TABLES + 1 or self.scores[table] < -weights.BROKEN_RULE / 2:
            return np.delete(np.arange(tables), table)
        members = self.seats[table]
        partners = self._partners[members[members != self._objective.empty]]
        pull = np.bincount(self._table_of[partners].ravel(), minlength=tables)
        pull[table] = -1
        return np.argpartition(-pull, NEAR_TABLES)[:NEAR_TABLES]

    def _apply(self, swap: Swap) -> None:
        seats = self.seats
        ours, theirs = seats[swap.table, swap.chair], seats[swap.other, swap.other_chair]
        seats[swap.table, swap.chair], seats[swap.other, swap.other_chair] = theirs, ours
        self._table_of[theirs], self._table_of[ours] = swap.table, swap.other
        both = [swap.table, swap.other]
        self.scores[both] = self._objective.scores(seats[both])

    def _index(self) -> None:
        self._table_of[self.seats] = np.arange(len(self.seats))[:, None]


def best_partners(pair_score: Floats, clashes: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The best partners of each person that no rule forbids, best not first: (n, p)."""
    n = len(pair_score)
    allowed = np.where(clashes, -np.inf, pair_score)
    np.fill_diagonal(allowed, -np.inf)
    count = min(PARTNERS, n - 1)
    return np.argpartition(-allowed, count - 1, axis=1)[:, :count]


def _tolerated(losses: deque[float], share: float) -> float:
    if not losses:
        return 0.0
    early, late = LOSS_QUANTILES
    quantile = early + (late - early) * share
    return sorted(losses)[int(quantile * (len(losses) - 1))]
