"""The referee: recounts every rule and the score in plain Python, sharing only the constants.

Slow on purpose (about n * n steps): for tests, rehearsals and reports, not for the search.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from math import log, prod
from typing import TYPE_CHECKING

from . import weights
from .rules import Violation, broken_rules, unmet

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .problem import Problem
    from .seating import Seating


@dataclass(frozen=True)
class Report:
    """broken: every broken rule, table by table. score: the recounted score."""

    broken: tuple[Violation, ...]
    score: float

    @property
    def violations(self) -> tuple[str, ...]:
        """One sentence for each broken rule."""
        return tuple(violation.text for violation in self.broken)

    @property
    def legal(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken

    @property
    def unmet(self) -> tuple[str, ...]:
        """One sentence for each kind of rule that is broken, with how many people it concerns."""
        return unmet(self.broken)


def check(problem: Problem, seating: Seating) -> Report:
    """Recount `seating` from the raw fields of `problem`."""
    tables = _tables(problem, seating)
    return Referee(problem).report(tables)


def check_rounds(problem: Problem, seatings: Sequence[Seating]) -> Report:
    """Recount a plan of several rounds, each of which remembers who met in those before it.

    A person's floor is then a share of their (FLOOR_RANK * rounds)-th best partner, as nobody
    can have the best ones every time.
    """
    referee = Referee(problem, rounds=len(seatings))
    broken: list[Violation] = []
    score = 0.0
    for number, seating in enumerate(seatings):
        tables = _tables(problem, seating)
        report = referee.report(tables)
        score += report.score
        broken += (
            replace(violation, round=number, text=f"Round {number + 1}: {violation.text}")
            for violation in report.broken
        )
        referee.remember(tables)
    return Report(tuple(broken), score)


def _tables(problem: Problem, seating: Seating) -> list[tuple[int, ...]]:
    """The people at each table; all the tables there are, if the problem names them."""
    table_of = seating.table_of.tolist()
    if len(table_of) != problem.n:
        raise ValueError(
            f"This seating is for {len(table_of)} people, the problem has {problem.n}: "
            "check a seating against the problem it was made for."
        )
    known = len(problem.bounds) if problem.pure else len(problem.venue)
    last = max(table_of, default=-1)
    if known and last >= known:
        raise ValueError(
            f"This seating uses table {last}, the room has {known}, counted from 0: "
            "check a seating against the problem it was made for."
        )
    tables: list[list[int]] = [[] for _ in range(known or last + 1)]
    for person, table in enumerate(table_of):
        if table >= 0:
            tables[table].append(person)
    return [tuple(members) for members in tables]


class Referee:
    """Recounts rounds of one room, with its rarities, affinities and floors worked out first."""

    def __init__(self, problem: Problem, rounds: int = 1) -> None:
        self.problem = problem
        self.met = _meetings(problem)
        self.affinity: list[list[float]]
        if problem.pair_affinity is not None:
            self.affinity = problem.pair_affinity.tolist()
            return
        self.interests: list[list[float]] = problem.interests.tolist()
        self.rarity = [self._rarity(topic) for topic in range(len(problem.topics))]
        self.asks = _topics_of(problem.asks, problem.n)
        self.offers = _topics_of(problem.offers, problem.n)
        self.affinity = self._affinities()
        self.floor = [self._floor(person, rounds) for person in range(problem.n)]

    def report(self, tables: Sequence[tuple[int, ...]]) -> Report:
        """Every broken rule of a round and its score."""
        broken = tuple(broken_rules(self.problem, tables))
        worth = self._pure_score if self.problem.pure else self._table_score
        score = sum(worth(table, members) for table, members in enumerate(tables))
        times = sum(violation.count for violation in broken)
        return Report(broken, score - weights.BROKEN_RULE * times)

    def remember(self, tables: Sequence[tuple[int, ...]]) -> None:
        """Count who met at `tables`, for the rounds after."""
        for members in tables:
            self.met.update(combinations(members, 2))

    def _rarity(self, topic: int) -> float:
        n = self.problem.n
        holders = sum(1 for row in self.interests if row[topic] > 0)
        if holders < 2:
            return 0.0
        if n <= 2:
            return weights.RARITY_FLOOR
        return min(1.0, max(weights.RARITY_FLOOR, log(n / holders) / log(n / 2)))

    def _affinities(self) -> list[list[float]]:
        n = self.problem.n
        affinity = [[0.0] * n for _ in range(n)]
        for i, j in combinations(range(n), 2):
            affinity[i][j] = affinity[j][i] = self._affinity(i, j)
        return affinity

    def _affinity(self, i: int, j: int) -> float:
        one_way, way_back = self._help(i, j), self._help(j, i)
        ties = self.problem.ties
        return (
            weights.SHARED_WEIGHT * self._shared(i, j)
            + weights.HELP_WEIGHT * ((one_way + way_back) / 4 + min(one_way, way_back) / 2)
            + weights.INTENT_WEIGHT * self._intent_fit(i, j)
            + weights.TIES_WEIGHT * (0.0 if ties is None else float(ties[i, j]))
        )

    def _shared(self, i: int, j: int) -> float:
        return 1 - prod(
            1 - weights.KEEN_PULL * rarity * min(a, b)
            for a, b, rarity in zip(self.interests[i], self.interests[j], self.rarity, strict=True)
            if a and b
        )

    def _help(self, asker: int, helper: int) -> float:
        return 1 - prod(
            1 - weights.HELP_PULL * max(self.rarity[topic], weights.HELP_RARITY_FLOOR)
            for topic in self.asks[asker] & self.offers[helper]
        )

    def _intent_fit(self, i: int, j: int) -> float:
        if self.problem.intents is None:
            return 0.0
        one, other = self.problem.intents[i], self.problem.intents[j]
        fit = weights.INTENT_FIT
        return fit.get((one, other), fit.get((other, one), 0.0)) if one and other else 0.0

    def _floor(self, person: int, rounds: int) -> float:
        partners = sorted(
            self.affinity[person][other]
            for other in range(self.problem.n)
            if other != person and self._may_meet(min(person, other), max(person, other))
        )
        rank = weights.FLOOR_RANK * rounds
        return weights.FLOOR_SHARE * max(0.0, partners[-rank]) if len(partners) >= rank else 0.0

    def _may_meet(self, i: int, j: int) -> bool:
        companies = self.problem.companies
        colleagues = companies is not None and companies[i] and companies[i] == companies[j]
        return not colleagues and (i, j) not in self.problem.apart and not self.met[i, j]

    def _pure_score(self, table: int, members: tuple[int, ...]) -> float:
        return sum(self.affinity[i][j] for i, j in combinations(members, 2))

    def _table_score(self, table: int, members: tuple[int, ...]) -> float:
        size = len(members)
        moved = weights.MOVE_COST * self._moved(table, members)
        if size < 2:
            return -moved
        pairs = list(combinations(members, 2))
        return (
            2 / (size - 1) * sum(self.affinity[i][j] for i, j in pairs)
            - weights.MET_COST * sum(self.met[pair] ** 2 for pair in pairs)
            + weights.TOPIC_WEIGHT * size * self._topic(members)
            - weights.FLOOR_WEIGHT * sum(self._shortfall(i, members) ** 2 for i in members)
            - weights.BALANCE_WEIGHT * self._excess(members)
            - moved
        )

    def _topic(self, members: tuple[int, ...]) -> float:
        best = 0.0
        for topic, rarity in enumerate(self.rarity):
            holders = sum(1 for person in members if self.interests[person][topic] > 0)
            worth = weights.TOPIC_BASE + (1 - weights.TOPIC_BASE) * rarity
            if holders == len(members):
                best = max(best, worth)
            elif holders == len(members) - 1 and len(members) >= weights.NEAR_TOPIC_SIZE:
                best = max(best, weights.NEAR_TOPIC_SHARE * worth)
        return best

    def _shortfall(self, person: int, members: tuple[int, ...]) -> float:
        best = max(self.affinity[person][other] for other in members if other != person)
        return max(0.0, self.floor[person] - best)

    def _excess(self, members: tuple[int, ...]) -> int:
        """People above the fair share of each value: 1 for the first, 2 more for the second..."""
        total = 0
        for values in self.problem.balance:
            everywhere = Counter(values)
            for value, number in Counter(values[i] for i in members).items():
                fair = -(-everywhere[value] * len(members) // self.problem.n)
                excess = max(0, number - fair) if value else 0
                total += excess * (excess + 1) // 2
        return total

    def _moved(self, table: int, members: tuple[int, ...]) -> int:
        seated = self.problem.seated
        return 0 if seated is None else sum(1 for i in members if seated[i] not in (-1, table))


def _meetings(problem: Problem) -> Counter[tuple[int, int]]:
    """How often each pair (i < j) sat together before this plan."""
    if problem.met is None:
        return Counter()
    counts = problem.met.tolist()
    return Counter(
        {(i, j): counts[i][j] for i, j in combinations(range(problem.n), 2) if counts[i][j]}
    )


def _topics_of(flags: NDArray[np.bool_] | None, n: int) -> list[frozenset[int]]:
    """The topics each person asks about, or offers."""
    if flags is None:
        return [frozenset()] * n
    return [frozenset(topic for topic, on in enumerate(row) if on) for row in flags.tolist()]
