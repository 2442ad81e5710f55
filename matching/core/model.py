"""A problem with its tables laid, in whole numbers: what every search works on.

Whole numbers make a search exact: the same on every machine, and no gain is a rounding error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from . import weights
from .problem import value_ids

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .affinity import Ticks
    from .layout import Layout
    from .problem import Problem

WORD = 32
"""Topics in one word of bits."""
CLASH = 128
"""The bit of `between` that says two people must not share a table."""
MOST_MET = 127
"""More meetings than this count as this many."""
SELLS, IS_NEW = 1, 2
"""The bits of `alone`: a table where all have one of them breaks a rule."""
TOPIC_UNIT = round(weights.TOPIC_WEIGHT * weights.UNIT)
"""Score units for each person and tick of worth of a table's topic."""
SHORTFALL_UNIT = round(weights.FLOOR_WEIGHT * weights.UNIT / weights.AFFINITY_SCALE)
"""Score units for each squared tick under a floor."""
MET_UNIT = round(weights.MET_COST * weights.SCORE_SCALE)
BALANCE_UNIT = round(weights.BALANCE_WEIGHT * weights.SCORE_SCALE)
MOVE_UNIT = round(weights.MOVE_COST * weights.SCORE_SCALE)
BROKEN_UNIT = round(weights.BROKEN_RULE * weights.SCORE_SCALE)
WORTH_STEP = 5
"""Worths are multiples of this, so that 0.4 of one is a whole number."""


@dataclass(frozen=True, eq=False)
class Model:
    """Everybody at these tables, in ticks (of affinity) and score units.

    n people, `tables` tables of `least` to `most` people each (K,), `width` the most of all,
    `rounds` to plan. pure: only the sum of `pair` counts. scale: score units in 1.0 of score.

    pair: (n, n) int32 ticks, zero diagonal. between: (n, n) uint8, CLASH for a pair that must
    not share a table, plus how often they met; None if no pair has either and there is one
    round. floor: (n,) int32 ticks. topics: (n, words) uint32, a bit for each topic held, in each
    word the worthier the higher; worth: (32 * words,) int32 ticks of the topic of each bit.
    alone: (n,) uint8 of SELLS and IS_NEW. hosts: (n,) uint8; host_rule: 0 for none, 1 if every
    table needs a host, 2 if no table may have two. categories: (C, n) int32, the value of each
    person or -1; limits: (C, V, width + 1) int32, the most people with a value at a table of
    each size; category_cost: (C,) int64, units for e (e + 1) / 2 with e people above. place:
    (n, K) int64 units for a person at a table, None if all are 0. size_cost: (K, width + 1)
    int64 units for a table with that many people.
    """

    n: int
    tables: int
    width: int
    rounds: int
    pure: bool
    scale: float
    least: NDArray[np.int32]
    most: NDArray[np.int32]
    pair: Ticks
    between: NDArray[np.uint8] | None
    floor: Ticks
    topics: NDArray[np.uint32]
    worth: Ticks
    alone: NDArray[np.uint8]
    hosts: NDArray[np.uint8]
    host_rule: int
    categories: NDArray[np.int32]
    limits: NDArray[np.int32]
    category_cost: NDArray[np.int64]
    place: NDArray[np.int64] | None
    size_cost: NDArray[np.int64]


def model_for(problem: Problem, layout: Layout, rounds: int = 1) -> Model:
    """The model of `problem`, which has only those who sit, at the tables of `layout`."""
    width = max(layout.most, default=0)
    topics, worth = _topics(problem)
    categories, limits, category_cost = _categories(problem, width)
    return Model(
        n=problem.n,
        tables=len(layout.tables),
        width=width,
        rounds=rounds,
        pure=problem.pure,
        scale=problem.scale if problem.pure else weights.SCORE_SCALE,
        least=np.array(layout.least, dtype=np.int32),
        most=np.array(layout.most, dtype=np.int32),
        pair=problem.ticks,
        between=_between(problem, rounds),
        floor=problem.floor_ticks(weights.FLOOR_RANK * rounds),
        topics=topics,
        worth=worth,
        alone=_alone(problem),
        hosts=problem.host_flags.astype(np.uint8),
        host_rule=_host_rule(problem, len(layout.tables)),
        categories=categories,
        limits=limits,
        category_cost=category_cost,
        place=_place(problem, layout),
        size_cost=_size_cost(problem, layout, width),
    )


def _between(problem: Problem, rounds: int) -> NDArray[np.uint8] | None:
    if problem.pure:
        return None
    clashing = problem.companies is not None or bool(problem.apart)
    if rounds == 1 and not clashing and problem.met is None:
        return None
    between = np.zeros((problem.n, problem.n), dtype=np.uint8)
    if problem.met is not None:
        # The rounds of a plan are added in the same seven bits.
        np.minimum(problem.met, MOST_MET - rounds, out=between, casting="unsafe")
    if clashing:
        between[problem.clashes] |= CLASH
    return between if rounds > 1 or between.any() else None


def _topics(problem: Problem) -> tuple[NDArray[np.uint32], Ticks]:
    """The topics that two or more hold, least worth first."""
    shared = np.flatnonzero(problem.holds.sum(axis=0) > 1)
    order = shared[np.argsort(problem.topic_worth[shared], kind="stable")]
    words = -(-len(order) // WORD)
    masks = np.zeros((problem.n, words), dtype=np.uint32)
    worth = np.zeros(words * WORD, dtype=np.int32)
    step = weights.AFFINITY_SCALE / WORTH_STEP
    worth[: len(order)] = WORTH_STEP * np.rint(problem.topic_worth[order] * step)
    for bit, topic in enumerate(order.tolist()):
        held = problem.holds[:, topic].astype(np.uint32)
        masks[:, bit // WORD] |= held << np.uint32(bit % WORD)
    return masks, worth


def _alone(problem: Problem) -> NDArray[np.uint8]:
    alone = problem.sellers.astype(np.uint8) * SELLS
    if problem.newcomers is not None and not problem.newcomers.all():
        alone |= problem.newcomers.astype(np.uint8) * IS_NEW
    return np.asarray(alone, dtype=np.uint8)


def _host_rule(problem: Problem, tables: int) -> int:
    hosts = int(problem.host_flags.sum())
    if not hosts:
        return 0
    return 1 if hosts >= tables else 2


def _categories(
    problem: Problem, width: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Trades with their cap, then each attribute with the fair shares of its values."""
    sizes = np.arange(width + 1)
    trades = () if problem.trades is None else (problem.trades,)
    ids = [value_ids(values) for values in (*trades, *problem.balance)]
    values = max([1, *(int(of.max(initial=-1)) + 1 for of in ids)])
    limits = np.full((len(ids), values, width + 1), width, dtype=np.int32)
    for row, of in enumerate(ids):
        held = np.bincount(of[of >= 0])[:, None]
        is_trade = row < len(trades)
        limits[row, : len(held)] = weights.TRADE_CAP if is_trade else _shares(held, sizes, of)
    categories = np.array(ids, dtype=np.int32).reshape(len(ids), problem.n)
    cost = [BROKEN_UNIT] * len(trades) + [BALANCE_UNIT] * len(problem.balance)
    return categories, limits, np.array(cost, dtype=np.int64)


def _shares(held: NDArray[Any], sizes: NDArray[Any], of: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(-(-held * sizes // max(1, len(of))))


def _place(problem: Problem, layout: Layout) -> NDArray[np.int64] | None:
    if problem.seated is None and problem.pins is None and problem.needs is None:
        return None
    tables = np.array(layout.tables)
    cost = np.zeros((problem.n, len(tables)), dtype=np.int64)
    if problem.seated is not None:
        seated = problem.seated[:, None]
        cost += MOVE_UNIT * ((seated >= 0) & (seated != tables))
    misplaced = np.zeros(cost.shape, dtype=np.bool_)
    if problem.pins is not None:
        pins = problem.pins[:, None]
        misplaced |= (pins >= 0) & (pins != tables)
    for person, needs in enumerate(problem.needs or ()):
        if needs:
            misplaced[person] |= [not needs <= _features(problem, t) for t in layout.tables]
    cost += BROKEN_UNIT * misplaced
    return cost if cost.any() else None


def _features(problem: Problem, table: int) -> frozenset[str]:
    return problem.venue[table].features if problem.venue else frozenset()


def _size_cost(problem: Problem, layout: Layout, width: int) -> NDArray[np.int64]:
    """What a table of each size costs that is too small or too large; one left empty is free."""
    sizes = np.arange(width + 1)
    least, most = _limits(problem, layout).T[:, :, None]
    off = np.maximum(least - sizes, 0) + np.maximum(sizes - most, 0)
    if problem.pure:
        return np.asarray(off * round(weights.BROKEN_RULE * problem.scale), dtype=np.int64)
    off[:, 0] = 0
    return np.asarray(off * BROKEN_UNIT, dtype=np.int64)


def _limits(problem: Problem, layout: Layout) -> NDArray[np.int64]:
    if problem.pure:
        return np.array(problem.bounds, dtype=np.int64)
    seats = [problem.venue[t].seats if problem.venue else problem.table_max for t in layout.tables]
    return np.array(
        [(problem.table_min, min(problem.table_max, chairs)) for chairs in seats], dtype=np.int64
    ).reshape(len(seats), 2)
