"""The solver's input: one room of people, checked once and never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from . import validation, weights
from .affinity import Floats, Ticks, affinity_ticks, blocks, topic_rarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .seating import Seating

PER_PERSON = (
    "people", "interests", "asks", "offers", "intents", "companies", "hosts", "newcomers",
    "trades", "needs", "pins", "seated", "sat_out",
)  # fmt: skip
PER_PAIR = ("met", "ties", "pair_affinity")

PURE_DIGITS = 9
"""Most decimal places of a given affinity that the search looks at."""
PURE_MOST = 2**28
"""Largest sum of ticks that one person may have with a table, so that gains fit 32 bits."""


@dataclass(frozen=True)
class Table:
    """A table of the venue: its name, its chairs, and what it offers ("step_free", "quiet")."""

    name: str
    seats: int
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Problem:
    """Who is in the room, what they care about and which rules hold.

    people: n unique names or ids, used in messages. topics: K unique labels.
    interests: (n, K), 0 not picked, 0.5 curious, 1 keen. asks, offers: (n, K) bool.
    intents: one of INTENTS or None each. companies: a name or None each.
    met: (n, n) symmetric counts of sitting together before. apart: pairs never at one table.
    hosts: (n,) bool, spread over the tables. Tables have table_min..table_max people, best
    table_size; at most 16.
    newcomers: (n,) bool, who is here for the first time. trades: a name or None each, at most
    two of one trade at a table. balance: attributes to spread, each a value or None for
    everybody. ties: (n, n), symmetric, -1..1, what lies between two people across the series.
    venue: the tables there are, () for as many alike ones as needed. needs: the features each
    person's table must have. pins: (n,), the table each must sit at, by its index in the venue
    (or 0..K-1 of K alike tables), -1 for any. seated: (n,), where each sits now, -1 nowhere.
    sat_out: (n,), the rounds each has sat out. pair_affinity and bounds: set by `from_affinity`.
    Raises `InvalidProblem` for anything else.
    """

    people: tuple[str, ...]
    topics: tuple[str, ...]
    interests: NDArray[Any]
    asks: NDArray[Any] | None = None
    offers: NDArray[Any] | None = None
    intents: tuple[str | None, ...] | None = None
    companies: tuple[str | None, ...] | None = None
    met: NDArray[Any] | None = None
    apart: frozenset[tuple[int, int]] = frozenset()
    hosts: NDArray[Any] | None = None
    table_min: int = 3
    table_size: int = 5
    table_max: int = 6
    newcomers: NDArray[Any] | None = None
    trades: tuple[str | None, ...] | None = None
    balance: tuple[tuple[str | None, ...], ...] = ()
    ties: NDArray[Any] | None = None
    venue: tuple[Table, ...] = ()
    needs: tuple[frozenset[str], ...] | None = None
    pins: NDArray[Any] | None = None
    seated: NDArray[Any] | None = None
    sat_out: NDArray[Any] | None = None
    pair_affinity: NDArray[Any] | None = None
    bounds: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        for name, value in validation.checked_fields(self).items():
            object.__setattr__(self, name, value)

    @classmethod
    def from_affinity(
        cls,
        matrix: Any,
        sizes: Sequence[int | tuple[int, int]],
        *,
        people: Sequence[str] | None = None,
    ) -> Problem:
        """The pure problem: the largest plain sum of `matrix` over pairs at one table.

        Known as the Maximally Diverse Grouping Problem. matrix: (n, n), symmetric and finite;
        its diagonal does not count. sizes: for each table its size, or the fewest and the most
        people. people: names, "1" to "n" by default. Raises `InvalidProblem`, and
        `NoLegalSplit` if these tables cannot seat n people.
        """
        given = validation.square("the affinity matrix", matrix)
        names = [str(i + 1) for i in range(len(given))] if people is None else people
        bounds = validation.checked_bounds(sizes)
        validation.check_split(len(given), bounds)
        return cls(
            people=tuple(names),
            topics=(),
            interests=np.zeros((len(names), 0)),
            pair_affinity=given,
            bounds=bounds,
        )

    @property
    def n(self) -> int:
        """How many people are in the room."""
        return len(self.people)

    @property
    def pure(self) -> bool:
        """Whether only the sum of given affinities counts."""
        return self.pair_affinity is not None

    def subset(self, members: Sequence[int]) -> Problem:
        """The same room with only `members` (distinct indices) in it, in that order."""
        validation.check_members(members, self.n)
        rows = np.asarray(members, dtype=np.intp)
        place = {int(old): new for new, old in enumerate(members)}
        changed: dict[str, Any] = {
            name: _rows(getattr(self, name), rows)
            for name in PER_PERSON
            if getattr(self, name) is not None
        }
        changed |= {
            name: getattr(self, name)[np.ix_(rows, rows)]
            for name in PER_PAIR
            if getattr(self, name) is not None
        }
        changed["balance"] = tuple(_rows(values, rows) for values in self.balance)
        changed["apart"] = frozenset(
            (place[i], place[j]) for i, j in self.apart if i in place and j in place
        )
        return replace(self, **changed)

    def after(self, seating: Seating) -> Problem:
        """The same room with this round remembered: who sat together, and who sat out."""
        table_of = np.asarray(seating.table_of)
        validation.check_seating(table_of, self.n)
        together = (table_of[:, None] == table_of) & (table_of >= 0)
        np.fill_diagonal(together, False)
        met = together.astype(np.int32) if self.met is None else self.met + together
        out = table_of < 0
        sat_out = out.astype(np.int32) if self.sat_out is None else self.sat_out + out
        return replace(self, met=met, sat_out=sat_out)

    @cached_property
    def holds(self) -> NDArray[np.bool_]:
        """Who picked which topic, keen or curious: (n, K)."""
        return np.asarray(self.interests > 0)

    @cached_property
    def rarity(self) -> Floats:
        """Rarity of each topic in this room: (K,), 0..1."""
        return topic_rarity(self.interests)

    @cached_property
    def topic_worth(self) -> Floats:
        """What a topic that all at a table hold is worth: (K,), 0.3 common to 1 rare."""
        return weights.TOPIC_BASE + (1 - weights.TOPIC_BASE) * self.rarity

    @cached_property
    def scale(self) -> float:
        """Ticks in 1.0 of affinity.

        In a pure problem the power of ten that keeps every decimal place, as far as the sums
        of the largest table fit.
        """
        if self.pair_affinity is None:
            return weights.AFFINITY_SCALE
        widest = max((most for _, most in self.bounds), default=1)
        room = PURE_MOST / (float(np.abs(self.pair_affinity).max(initial=0.0)) or 1.0) / widest
        for digits in range(PURE_DIGITS):
            if 10.0 ** (digits + 1) > room or self._all_whole(10.0**digits):
                return min(10.0**digits, room)
        return 10.0**PURE_DIGITS

    def _all_whole(self, scale: float) -> bool:
        """Whether every pair affinity times `scale` is whole; mostly the first rows tell."""
        matrix = np.asarray(self.pair_affinity)
        return all(
            float(np.abs(scaled - np.rint(scaled)).max(initial=0.0)) < 1e-6
            for scaled in (matrix[rows] * scale for rows in blocks(self.n))
        )

    @cached_property
    def ticks(self) -> Ticks:
        """What each pair has to talk about in ticks, 1 / `scale`: (n, n) int32, symmetric.

        The one matrix of the whole room that is kept. Zero diagonal; having met does not count.
        """
        if self.pair_affinity is None:
            return affinity_ticks(self)
        return np.rint(self.pair_affinity * self.scale).astype(np.int32)

    @cached_property
    def affinity(self) -> Floats:
        """What each pair has to talk about: (n, n), zero diagonal, about -1.4..3.6."""
        if self.pair_affinity is not None:
            return np.asarray(self.pair_affinity)
        return np.asarray(self.ticks / weights.AFFINITY_SCALE)

    @cached_property
    def clashes(self) -> NDArray[np.bool_]:
        """Pairs that should not share a table, kept apart or of one company: (n, n)."""
        clash = np.zeros((self.n, self.n), dtype=np.bool_)
        if self.companies is not None:
            company = value_ids(self.companies)
            clash = np.asarray((company[:, None] == company) & (company >= 0))
            np.fill_diagonal(clash, False)
        for i, j in self.apart:
            clash[i, j] = clash[j, i] = True
        return clash

    @cached_property
    def floor(self) -> Floats:
        """What each person's best tablemate should reach at least: (n,), 0 or more."""
        return np.asarray(self.floor_ticks(weights.FLOOR_RANK) / self.scale)

    def floor_ticks(self, rank: int) -> Ticks:
        """The floor in ticks, from each person's `rank`-th best partner: (n,).

        A share of the best that a person can count on: partners whom no rule forbids and whom
        they have not met, so that people with rare interests have a floor within their reach.
        0 for everybody with fewer partners than `rank`.
        """
        floor = np.zeros(self.n, dtype=np.int32)
        if self.pure or self.n <= rank:
            return floor
        for rows in blocks(self.n):
            partners = np.where(self.clashes[rows], 0, self.ticks[rows])
            if self.met is not None:
                partners[self.met[rows] > 0] = 0
            ranked = np.partition(partners, self.n - rank, axis=1)[:, self.n - rank]
            floor[rows] = np.rint(weights.FLOOR_SHARE * np.maximum(ranked, 0))
        return floor

    @cached_property
    def sellers(self) -> NDArray[np.bool_]:
        """Who came to sell: (n,)."""
        intents = self.intents or (None,) * self.n
        return np.array([intent == weights.SELL for intent in intents], dtype=np.bool_)

    @cached_property
    def host_flags(self) -> NDArray[np.bool_]:
        """Who hosts: (n,), all false when no hosts were given."""
        return np.zeros(self.n, dtype=np.bool_) if self.hosts is None else self.hosts


def value_ids(values: Sequence[str | None]) -> NDArray[np.int32]:
    """A number from 0 for each value, -1 for none or blank: (n,)."""
    known: dict[str, int] = {}
    ids = [known.setdefault(value, len(known)) if value else -1 for value in values]
    return np.array(ids, dtype=np.int32)


def _rows(values: Any, rows: NDArray[np.intp]) -> Any:
    return values[rows] if isinstance(values, np.ndarray) else tuple(values[i] for i in rows)
