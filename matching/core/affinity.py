"""What two people have to talk about, for a whole room at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = NDArray[np.float64]


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


def shared_interests(interests: Floats, rarity: Floats) -> Floats:
    """Noisy-or over shared topics, shape (n, n), 0..1: 1 - prod_k (1 - 0.6 r_k min(x_ik, x_jk)).

    As logarithms the product is two matrix products: one over topics both hold, one over
    topics both are keen on.
    """
    holds = (interests > 0).astype(np.float64)
    keen = (interests == 1).astype(np.float64)
    one_curious = np.log1p(-weights.KEEN_PULL * rarity / 2)
    both_keen = np.log1p(-weights.KEEN_PULL * rarity) - one_curious
    apart = (holds * one_curious) @ holds.T + (keen * both_keen) @ keen.T
    return np.asarray(-np.expm1(apart))


def mutual_help(asks: NDArray[np.bool_], offers: NDArray[np.bool_], rarity: Floats) -> Floats:
    """Asks that meet offers, shape (n, n), 0..1: help both ways beats help one way.

    One way is the noisy-or over topics asked by i and offered by j; both ways together are half
    their mean plus half the smaller.
    """
    pull = np.log1p(-weights.HELP_PULL * np.maximum(rarity, weights.HELP_RARITY_FLOOR))
    one_way = -np.expm1((asks * pull) @ offers.T.astype(np.float64))
    return (one_way + one_way.T) / 4 + np.minimum(one_way, one_way.T) / 2


def intent_fit(intents: Sequence[str | None]) -> Floats:
    """How well the reasons to come go together, shape (n, n), -1..1; none given is neutral."""
    unknown = len(weights.INTENTS)
    fit = np.zeros((unknown + 1, unknown + 1))
    for (one, other), value in weights.INTENT_FIT.items():
        row, column = weights.INTENTS.index(one), weights.INTENTS.index(other)
        fit[row, column] = fit[column, row] = value
    kind = [unknown if intent is None else weights.INTENTS.index(intent) for intent in intents]
    return fit[np.ix_(kind, kind)]
