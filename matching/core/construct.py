"""First seatings: a good one to start the search from, and a random one to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import weights
from .model import BROKEN_UNIT, CLASH, MOST_MET, WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .affinity import Ticks
    from .model import Model
    from .objective import Units

Flags = NDArray[np.bool_]

MET_TICKS = round(weights.MET_COST * weights.AFFINITY_SCALE)
CLASH_TICKS = round(weights.BROKEN_RULE * weights.AFFINITY_SCALE)


def topic_first(model: Model) -> NDArray[np.intp]:
    """The table of each person, (n,): each table around the rarest topic that still fills it.

    People whom not every table suits, and those who sit somewhere, get their table first. When
    no topic fills a table any more, the one with most people left leads. Chairs that a topic
    leaves free go to the best partners of those at the table.
    """
    filling = Filling(model)
    if model.place is not None:
        filling.settle(model.place, range(model.n))
    worth, free = company_worth(model), filling.free
    holds, topic_worth = held_topics(model)
    left = holds[free].sum(axis=0)
    for members, size in zip(filling.members, filling.sizes(), strict=True):
        already = len(members)
        topic = _leading_topic(left * holds[members].all(axis=0), topic_worth, size - already)
        pool = free if topic is None else free & holds[:, topic]
        if not members and pool.any():
            members.append(int(np.where(pool, model.floor, -1).argmax()))
        members[:] = grow(worth, pool, size, members)
        free[members] = False
        members[:] = grow(worth, free, size, members)
        free[members] = False
        left -= holds[members[already:]].sum(axis=0)
    return filling.table_of()


def random_start(model: Model, rng: np.random.Generator) -> NDArray[np.intp]:
    """The table of each person, (n,), at random, but where they are pinned or what they need."""
    filling = Filling(model)
    order = rng.permutation(model.n).tolist()
    if model.place is not None:
        filling.settle(model.place // BROKEN_UNIT, order)
    left = [person for person in order if filling.free[person]]
    for members, size in zip(filling.members, filling.sizes(), strict=True):
        members += [left.pop() for _ in range(size - len(members))]
    return filling.table_of()


class Filling:
    """Tables that fill up: `members` of each, and who is still `free` (n,)."""

    def __init__(self, model: Model) -> None:
        self._least, self._most = model.least.tolist(), model.most.tolist()
        self.members: list[list[int]] = [[] for _ in self._most]
        self.free = np.ones(model.n, dtype=np.bool_)
        self._spare = model.n - sum(self._least)

    def settle(self, cost: Units, order: Sequence[int]) -> None:
        """Seat those who are cheaper at some tables than at others, while these have room.

        cost: (n, K). Who has most to lose comes first, then who comes first in `order`; of
        equally cheap tables the emptiest takes them.
        """
        if cost.shape[1] < 2:
            return
        cheapest = cost.min(axis=1)
        loss = (cost.max(axis=1) - cheapest).tolist()
        suits = [np.flatnonzero(row).tolist() for row in cost == cheapest[:, None]]
        for person in sorted(order, key=lambda i: (-loss[i], len(suits[i]))):
            tables = [table for table in suits[person] if self._takes(table)]
            if loss[person] and tables:
                self._seat(person, min(tables, key=lambda table: len(self.members[table])))

    def sizes(self) -> list[int]:
        """How many people each table will have, so that everybody has a chair."""
        sizes = []
        for members, least, most in zip(self.members, self._least, self._most, strict=True):
            size = max(len(members), least)
            more = min(self._spare, most - size)
            self._spare -= more
            sizes.append(size + more)
        return sizes

    def table_of(self) -> NDArray[np.intp]:
        """The table of each person: (n,)."""
        table_of = np.empty(len(self.free), dtype=np.intp)
        for table, members in enumerate(self.members):
            table_of[members] = table
        return table_of

    def _takes(self, table: int) -> bool:
        here = len(self.members[table])
        return bool(here < self._least[table] or (self._spare > 0 and here < self._most[table]))

    def _seat(self, person: int, table: int) -> None:
        self._spare -= len(self.members[table]) >= self._least[table]
        self.members[table].append(person)
        self.free[person] = False


def grow(worth: NDArray[Any], pool: Flags, size: int, members: Sequence[int]) -> list[int]:
    """`members` and their best partners from `pool`, up to `size` people in all.

    worth: (n, n), -inf for pairs never together. pool: (n,) bool.
    """
    group = list(members)
    waiting = np.flatnonzero(pool)
    waiting = waiting[~np.isin(waiting, group)]
    pull = worth[np.ix_(np.array(group, dtype=np.intp), waiting)].sum(axis=0, dtype=np.float64)
    while len(group) < size and pull.max(initial=-np.inf) > -np.inf:
        best = int(pull.argmax())
        group.append(int(waiting[best]))
        pull += worth[group[-1], waiting]
        pull[best] = -np.inf
    return group


def company_worth(model: Model) -> Ticks:
    """What each pair is worth at one table, in ticks, broken rules and repeats included: (n, n)."""
    if model.between is None:
        return model.pair
    kinds = np.arange(2 * CLASH)
    cost = MET_TICKS * (kinds & MOST_MET) ** 2 + CLASH_TICKS * (kinds // CLASH)
    worth = model.pair.copy()
    pairs = model.between.nonzero()
    worth[pairs] -= cost.astype(np.int32)[model.between[pairs]]
    return worth


def held_topics(model: Model) -> tuple[Flags, Ticks]:
    """Who holds which of the model's topics, (n, bits), and what each is worth in ticks."""
    bits = np.arange(WORD, dtype=np.uint32)
    held = model.topics[:, :, None] >> bits & np.uint32(1)
    return held.reshape(model.n, -1).astype(np.bool_), model.worth


def _leading_topic(holders: NDArray[np.intp], worth: Ticks, chairs: int) -> int | None:
    """The topic that the next table is built around, from how many hold each and are free."""
    if not holders.any():
        return None
    fills = np.where(holders >= chairs, worth, 0)
    return int(fills.argmax() if fills.any() else holders.argmax())
