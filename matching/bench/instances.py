"""Benchmark instances, generated from a seed by the recipes of the literature.

The pure problem (maximally diverse grouping) after MDGPLib: RanInt, RanReal and Geo, each with
equal group sizes ("ss") or sizes between bounds that differ by group ("ds"). T5 is the shape of
a room: tables of exactly five. `room` is a whole evening's crowd with interests and intents.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matching.core import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

GROUPS = {120: 10, 240: 12, 480: 20, 960: 24, 2000: 50}
"""Groups by number of people, in the families after MDGPLib."""
BOUNDS = {120: (8, 16), 240: (15, 25), 480: (18, 30), 960: (32, 48), 2000: (32, 48)}
"""Smallest and largest bound of a group where sizes differ."""
TABLE = 5

TOPICS = 12
COMPANY = 1.8
"""Mean number of people of one company in a room."""
INTENT_SHARES = {"sell": 0.55, "buy": 0.10, "peers": 0.25, "hire": 0.10}
KEEN_SHARE = 2 / 3
ASK_SHARE = 0.8
"""People who ask about a topic; as many offer help with one of theirs."""


@dataclass(frozen=True, eq=False)
class Instance:
    """One grouping problem: maximise the sum of `matrix` over the pairs in one group.

    matrix: (n, n), symmetric, zero diagonal. least, most: (groups,), people of each group.
    """

    family: str
    n: int
    seed: int
    matrix: NDArray[np.float64]
    least: NDArray[np.int32]
    most: NDArray[np.int32]

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Least and most people of each group."""
        return [(int(low), int(high)) for low, high in zip(self.least, self.most, strict=True)]

    def value(self, groups: NDArray[np.integer]) -> float:
        """The sum over pairs in one group, counted from scratch; groups: (n,)."""
        together = groups[:, None] == groups
        return float(self.matrix[together].sum() / 2)

    def random_groups(self, seed: int) -> NDArray[np.intp]:
        """A random legal grouping: (n,)."""
        random = np.random.default_rng(seed)
        size = self.least.copy()
        while (short := self.n - int(size.sum())) > 0:
            open_ = np.flatnonzero(size < self.most)
            size[random.choice(open_, min(short, len(open_)), replace=False)] += 1
        return random.permutation(np.repeat(np.arange(len(size)), size))


def instance(family: str, n: int, seed: int = 1) -> Instance:
    """The instance of `family` (one of FAMILIES) with `n` people that `seed` gives.

    Raises ValueError for a family that is not there or does not come with `n` people.
    """
    if family not in FAMILIES:
        raise ValueError(f"There is no family {family}: choose from {', '.join(FAMILIES)}.")
    if n not in SIZES[family]:
        known = ", ".join(map(str, SIZES[family]))
        raise ValueError(f"{family} does not come with {n} people: choose from {known}.")
    random = np.random.default_rng([zlib.crc32(family.encode()), n, seed])
    if family == "T5":
        least = most = np.full(n // TABLE, TABLE, dtype=np.int32)
    elif family.endswith("ss"):
        least = most = np.full(GROUPS[n], n // GROUPS[n], dtype=np.int32)
    else:
        (low, high), mean = BOUNDS[n], n // GROUPS[n]
        least = random.integers(low, mean, GROUPS[n], dtype=np.int32, endpoint=True)
        most = random.integers(mean, high, GROUPS[n], dtype=np.int32, endpoint=True)
    return Instance(family, n, seed, FAMILIES[family](random, n), least, most)


def room(n: int, seed: int = 1) -> Problem:
    """A realistic crowd of `n`: a few topics that many picked, many that few did."""
    random = np.random.default_rng([n, seed])
    popular = 1 / np.arange(1, TOPICS + 1)
    popular /= popular.sum()
    interests = np.zeros((n, TOPICS))
    asks, offers = np.zeros((2, n, TOPICS), dtype=bool)
    for person in range(n):
        picks = random.choice(TOPICS, random.integers(1, 4), replace=False, p=popular)
        interests[person, picks] = np.where(random.random(len(picks)) < KEEN_SHARE, 1.0, 0.5)
        offers[person, picks[0]] = random.random() < ASK_SHARE
        asks[person, random.choice(TOPICS, p=popular)] = random.random() < ASK_SHARE
    companies = random.integers(0, max(1, round(n / COMPANY)), n)
    intents = random.choice(list(INTENT_SHARES), n, p=list(INTENT_SHARES.values()))
    return Problem(
        people=tuple(f"Guest {number}" for number in range(1, n + 1)),
        topics=tuple(f"Topic {number}" for number in range(1, TOPICS + 1)),
        interests=interests,
        asks=asks,
        offers=offers,
        intents=tuple(map(str, intents)),
        companies=tuple(f"Company {number}" for number in companies),
    )


def _symmetric(values: NDArray[np.float64]) -> NDArray[np.float64]:
    upper = np.triu(values, 1)
    return upper + upper.T


def _integers(random: np.random.Generator, n: int) -> NDArray[np.float64]:
    return _symmetric(random.integers(0, 100, (n, n), endpoint=True).astype(np.float64))


def _reals(random: np.random.Generator, n: int) -> NDArray[np.float64]:
    return _symmetric(random.uniform(0, 100, (n, n)).round(3))


def _distances(random: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Euclidean distances between points with 4 to 21 coordinates."""
    points = random.uniform(0, 100, (n, random.integers(4, 21, endpoint=True)))
    squares = (points**2).sum(axis=1)
    return _symmetric(
        np.sqrt(np.maximum(squares[:, None] + squares - 2 * points @ points.T, 0)).round(5)
    )


FAMILIES: dict[str, Callable[[np.random.Generator, int], NDArray[np.float64]]] = {
    "RanInt-ss": _integers,
    "RanInt-ds": _integers,
    "RanReal-ss": _reals,
    "RanReal-ds": _reals,
    "Geo-ss": _distances,
    "Geo-ds": _distances,
    "T5": _integers,
}
SIZES = {family: (60, 120, 240, 480, 960, 2000) if family == "T5" else (*GROUPS,) for family in FAMILIES}  # fmt: skip
"""How many people each family comes with."""
