"""What two people have to talk about, for a whole room at once.

Each part of the affinity is a function of two ranges of people, so that a room of thousands is
worked out block by block, straight into whole ticks.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations_with_replacement
from math import isqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .problem import Problem

Floats = NDArray[np.float64]
Ticks = NDArray[np.int32]
Block = Callable[[slice, slice], Floats]
"""Values for the people of one range with those of another: (rows, columns)."""

BLOCK = 64
"""People in a range when nothing else says how many."""
SMALL_PRODUCT = 2**18
"""Multiplications in one matrix product, below which linear algebra keeps to one thread: waking
the others for each block costs more than they help."""


def topic_rarity(interests: Floats) -> Floats:
    """Rarity of each topic, shape (K,), from interests of shape (n, K).

    ln(n / n_k) / ln(n / 2) held to 0.05..1 where n_k >= 2 people hold topic k, else 0: it is 1
    for a topic that only two share.
    """
    n = len(interests)
    holders = (interests > 0).sum(axis=0)
    if n <= 2:
        return np.where(holders == 2, weights.RARITY_FLOOR, 0.0)
    scale = np.log(n / np.maximum(holders, 1)) / np.log(n / 2)
    return np.where(holders >= 2, np.clip(scale, weights.RARITY_FLOOR, 1.0), 0.0)


def affinity_ticks(problem: Problem) -> Ticks:
    """The affinity of each pair in ticks: (n, n), symmetric, zero diagonal."""
    ticks = np.zeros((problem.n, problem.n), dtype=np.int32)
    parts = _parts(problem)
    size = max(8, isqrt(SMALL_PRODUCT // max(8, 2 * len(problem.topics))))
    for rows, columns in combinations_with_replacement(blocks(problem.n, size), 2):
        block = np.rint(weights.AFFINITY_SCALE * sum(part(rows, columns) for part in parts))
        if rows == columns:
            block = np.triu(block, k=1)
            block += block.T
        ticks[rows, columns] = block
        ticks[columns, rows] = ticks[rows, columns].T
    return ticks


def blocks(n: int, size: int = BLOCK) -> list[slice]:
    """A room of `n` people in ranges of up to `size`."""
    return [slice(first, min(first + size, n)) for first in range(0, n, size)]


def _parts(problem: Problem) -> list[Block]:
    """The parts of the affinity that this problem has, weighted."""
    parts = [shared_interests(problem.interests, problem.rarity)]
    if problem.asks is not None and problem.offers is not None:
        parts.append(mutual_help(problem.asks, problem.offers, problem.rarity))
    if problem.intents is not None:
        parts.append(intent_fit(problem.intents))
    if problem.ties is not None:
        parts.append(earlier_ties(problem.ties))
    return parts


def shared_interests(interests: Floats, rarity: Floats) -> Block:
    """Noisy-or over shared topics, weighted: 1 - prod_k (1 - 0.6 r_k min(x_ik, x_jk)).

    As logarithms the product is a matrix product: over topics both hold, and over topics both
    are keen on.
    """
    holds = (interests > 0).astype(np.float64)
    keen = (interests == 1).astype(np.float64)
    one_curious = np.log1p(-weights.KEEN_PULL * rarity / 2)
    both_keen = np.log1p(-weights.KEEN_PULL * rarity) - one_curious
    left = np.hstack([holds * one_curious, keen * both_keen])
    right = np.hstack([holds, keen]).T
    return lambda rows, columns: (
        weights.SHARED_WEIGHT * (1 - np.exp(left[rows] @ right[:, columns]))
    )


def mutual_help(asks: NDArray[np.bool_], offers: NDArray[np.bool_], rarity: Floats) -> Block:
    """Asks that meet offers, weighted: help both ways beats help one way.

    One way is the noisy-or over topics asked by i and offered by j; both ways together are half
    their mean plus half the smaller.
    """
    pull = np.log1p(-weights.HELP_PULL * np.maximum(rarity, weights.HELP_RARITY_FLOOR))
    asked, offered = asks * pull, offers.astype(np.float64)

    def block(rows: slice, columns: slice) -> Floats:
        there = 1 - np.exp(asked[rows] @ offered[columns].T)
        back = 1 - np.exp(offered[rows] @ asked[columns].T)
        both = (there + back) / 4 + np.minimum(there, back) / 2
        return np.asarray(weights.HELP_WEIGHT * both)

    return block


def intent_fit(intents: Sequence[str | None]) -> Block:
    """How well the reasons to come go together, weighted; none given is neutral."""
    unknown = len(weights.INTENTS)
    fit = np.zeros((unknown + 1, unknown + 1))
    for (one, other), value in weights.INTENT_FIT.items():
        row, column = weights.INTENTS.index(one), weights.INTENTS.index(other)
        fit[row, column] = fit[column, row] = weights.INTENT_WEIGHT * value
    kind = np.array(
        [unknown if intent is None else weights.INTENTS.index(intent) for intent in intents],
        dtype=np.intp,
    )
    return lambda rows, columns: fit[kind[rows, None], kind[None, columns]]


def earlier_ties(ties: NDArray[Any]) -> Block:
    """What lies between people across the series, weighted."""
    return lambda rows, columns: weights.TIES_WEIGHT * ties[rows, columns]
