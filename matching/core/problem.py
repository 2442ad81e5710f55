"""The solver's input: one room of people, checked once and never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from . import validation, weights
from .affinity import Floats, intent_fit, mutual_help, shared_interests, topic_rarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Problem:
    """Who is in the room, what they care about and which rules hold.

    people: n unique names or ids, used in messages. topics: K unique labels.
    interests: (n, K), 0 not picked, 0.5 curious, 1 keen. asks, offers: (n, K) bool.
    intents: one of INTENTS or None each. companies: a name or None each.
    met: (n, n) symmetric counts of sitting together before. apart: pairs never at one table.
    hosts: (n,) bool, spread over the tables. Tables have table_min..table_max people, best
    table_size. Raises `InvalidProblem` for anything else.
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

    def __post_init__(self) -> None:
        for name, value in validation.checked_fields(self).items():
            object.__setattr__(self, name, value)

    @property
    def n(self) -> int:
        """How many people are in the room."""
        return len(self.people)

    def subset(self, members: Sequence[int]) -> Problem:
        """The same room with only `members` (distinct indices) in it, in that order."""
        validation.check_members(members, self.n)
        rows = np.asarray(members, dtype=np.intp)
        place = {int(old): new for new, old in enumerate(members)}
        return replace(
            self,
            people=tuple(self.people[i] for i in members),
            interests=self.interests[rows],
            asks=None if self.asks is None else self.asks[rows],
            offers=None if self.offers is None else self.offers[rows],
            intents=None if self.intents is None else tuple(self.intents[i] for i in members),
            companies=None if self.companies is None else tuple(self.companies[i] for i in members),
            met=None if self.met is None else self.met[np.ix_(rows, rows)],
            apart=frozenset(
                (place[i], place[j]) for i, j in self.apart if i in place and j in place
            ),
            hosts=None if self.hosts is None else self.hosts[rows],
        )

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
    def affinity(self) -> Floats:
        """What each pair has to talk about: (n, n), symmetric, zero diagonal, about -0.4..2.6."""
        total = weights.SHARED_WEIGHT * shared_interests(self.interests, self.rarity)
        if self.asks is not None and self.offers is not None:
            total += weights.HELP_WEIGHT * mutual_help(self.asks, self.offers, self.rarity)
        if self.intents is not None:
            total += weights.INTENT_WEIGHT * intent_fit(self.intents)
        np.fill_diagonal(total, 0.0)
        return total

    @cached_property
    def pair_score(self) -> Floats:
        """Affinity less the cost of having met before: (n, n), symmetric, zero diagonal."""
        if self.met is None:
            return self.affinity
        return np.asarray(
            self.affinity - weights.MET_WEIGHT * np.square(self.met, dtype=np.float64)
        )

    @cached_property
    def clashes(self) -> NDArray[np.bool_]:
        """Pairs that should not share a table, kept apart or of one company: (n, n)."""
        clash = np.zeros((self.n, self.n), dtype=np.bool_)
        if self.companies is not None:
            names = np.array([company or "" for company in self.companies], dtype=object)
            clash = np.asarray((names[:, None] == names) & (names != "")).astype(np.bool_)
            np.fill_diagonal(clash, False)
        for i, j in self.apart:
            clash[i, j] = clash[j, i] = True
        return clash

    @cached_property
    def floor(self) -> Floats:
        """What each person's best tablemate should reach at least: (n,), 0 or more.

        A share of the third-best partner that no rule forbids, so that people with rare
        interests have a floor within their reach.
        """
        if self.n <= weights.FLOOR_RANK:
            return np.zeros(self.n)
        allowed = np.where(self.clashes, -np.inf, self.pair_score)
        np.fill_diagonal(allowed, -np.inf)
        third = np.partition(allowed, self.n - weights.FLOOR_RANK, axis=1)[:, -weights.FLOOR_RANK]
        return np.asarray(weights.FLOOR_SHARE * np.maximum(third, 0.0))

    @cached_property
    def sellers(self) -> NDArray[np.bool_]:
        """Who came to sell: (n,)."""
        intents = self.intents or (None,) * self.n
        return np.array([intent == weights.SELL for intent in intents], dtype=np.bool_)

    @cached_property
    def host_flags(self) -> NDArray[np.bool_]:
        """Who hosts: (n,), all false when no hosts were given."""
        return np.zeros(self.n, dtype=np.bool_) if self.hosts is None else self.hosts
