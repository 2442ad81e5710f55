"""Local search for the pure problem: the largest sum of affinities within groups.

The reference in NumPy for the compiled kernel: swap and move descent on the gains of everybody
with every group, random kicks, and record-to-previous acceptance (after Lai and Hao, EJOR 2016).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from .search import KICK, LOSSES_KEPT, tolerated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from .model import Model

UNLAWFUL = -(2**62)


class GroupSearch:
    """A grouping under improvement, for a pure model.

    Begins with table_of (n,), each of 0..K-1, where every table has at least its least and at
    most its most people; keeps to that. `table_of` and `score` are the best after `run`.
    """

    def __init__(self, model: Model, table_of: NDArray[np.intp], rng: np.random.Generator) -> None:
        self._pair = model.pair.astype(np.int64)
        self._least, self._most = model.least, model.most
        self._rng = rng
        self.table_of = np.array(table_of, dtype=np.intp)
        self._regroup(self.table_of)

    @property
    def score(self) -> int:
        """The sum of affinities within tables, in ticks."""
        return int(self._gain[self.table_of, np.arange(len(self.table_of))].sum()) // 2

    def run(self, used: Callable[[int], float]) -> int:
        """Improve until `used(iterations)`, the share of the budget gone, is 1.

        Returns the iterations done.
        """
        losses: deque[int] = deque(maxlen=LOSSES_KEPT)
        iterations = 0

        def out_of_time() -> bool:
            return used(iterations) >= 1

        self._descend(range(len(self.table_of)), out_of_time)
        best, best_score = self.table_of.copy(), self.score
        while len(self._most) > 1 and (share := used(iterations)) < 1:
            before, score = self.table_of.copy(), self.score
            self._descend(self._kick(), out_of_time)
            loss = score - self.score
            if self.score > best_score:
                best, best_score = self.table_of.copy(), self.score
            if loss > tolerated(losses, share):
                self._regroup(before)
            if loss > 0:
                losses.append(loss)
            iterations += 1
        self._regroup(best)
        return iterations

    def _regroup(self, table_of: NDArray[np.intp]) -> None:
        """Sit as in `table_of`, with the gain of everybody with each table: (K, n)."""
        self.table_of = table_of
        self._size = np.bincount(table_of, minlength=len(self._most))
        at = np.arange(len(self._most))[:, None] == table_of
        self._gain = np.stack([self._pair[members].sum(axis=0) for members in at])

    def _kick(self) -> set[int]:
        """Swap random people; those who changed."""
        changed: set[int] = set()
        for one, other in self._rng.integers(len(self.table_of), size=(KICK, 2)).tolist():
            if self.table_of[one] != self.table_of[other]:
                self._swap(one, other)
                changed |= {one, other}
        return changed

    def _descend(self, people: Iterable[int], out_of_time: Callable[[], bool]) -> None:
        waiting = dict.fromkeys(people)
        while waiting and not out_of_time():
            person = next(iter(waiting))
            del waiting[person]
            tables = self._improve(person)
            if tables:
                changed = np.isin(self.table_of, tables).nonzero()[0].tolist()
                waiting |= dict.fromkeys(changed)

    def _improve(self, person: int) -> tuple[int, ...]:
        """Make the best swap or move of one person, if it gains; the tables that changed."""
        here = int(self.table_of[person])
        step = self._gain[:, person] - self._gain[here, person]
        own = self._gain[self.table_of, np.arange(len(self.table_of))]
        swaps = step[self.table_of] + self._gain[here] - own - 2 * self._pair[person]
        swaps[self.table_of == here] = UNLAWFUL
        open_ = (self._size < self._most) & (self._size[here] > self._least[here])
        moves = np.where(open_, step, UNLAWFUL)
        moves[here] = UNLAWFUL
        partner, table = int(swaps.argmax()), int(moves.argmax())
        if max(swaps[partner], moves[table]) <= 0:
            return ()
        if swaps[partner] >= moves[table]:
            table = int(self.table_of[partner])
            self._swap(person, partner)
        else:
            self._move(person, table)
        return here, table

    def _swap(self, one: int, other: int) -> None:
        here, there = int(self.table_of[one]), int(self.table_of[other])
        self._move(one, there)
        self._move(other, here)

    def _move(self, person: int, table: int) -> None:
        here = self.table_of[person]
        self._gain[here] -= self._pair[person]
        self._gain[table] += self._pair[person]
        self._size[here] -= 1
        self._size[table] += 1
        self.table_of[person] = table
