"""The referee: recounts every rule and the score in plain Python, sharing only the constants.

Slow on purpose (about n * n * K steps): for tests, rehearsals and reports, not for the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import log, prod
from typing import TYPE_CHECKING

from . import weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .problem import Problem
    from .seating import Seating


@dataclass(frozen=True)
class Report:
    """violations: one sentence for each broken rule. score: the recounted score."""

    violations: tuple[str, ...]
    score: float

    @property
    def legal(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations


def check(problem: Problem, seating: Seating) -> Report:
    """Recount `seating` from the raw fields of `problem`."""
    if len(seating.table_of) != problem.n:
        raise ValueError(
            f"This seating is for {len(seating.table_of)} people, the problem has {problem.n}: "
            "check a seating against the problem it was made for."
        )
    return Referee(problem, seating).report()


class Referee:
    """One recount, with the room's rarities and floors worked out first."""

    def __init__(self, problem: Problem, seating: Seating) -> None:
        self.problem = problem
        self.tables = seating.tables
        self.rarity = [self._rarity(topic) for topic in range(len(problem.topics))]
        everyone = range(problem.n)
        self.pair = [[self._pair(i, j) if i != j else 0.0 for j in everyone] for i in everyone]
        self.floor = [self._floor(person) for person in everyone]

    def report(self) -> Report:
        """Every broken rule and the score."""
        per_table = [list(self._violations(table)) for table in range(len(self.tables))]
        score = sum(
            self._table_score(members) - weights.BROKEN_RULE * len(broken)
            for members, broken in zip(self.tables, per_table, strict=True)
        )
        return Report(tuple(text for broken in per_table for text in broken), score)

    def _rarity(self, topic: int) -> float:
        n = self.problem.n
        holders = sum(1 for row in self.problem.interests if row[topic] > 0)
        if holders < 2:
            return 0.0
        if n <= 2:
            return weights.RARITY_FLOOR
        return min(1.0, max(weights.RARITY_FLOOR, log(n / holders) / log(n / 2)))

    def _pair(self, i: int, j: int) -> float:
        problem = self.problem
        total = weights.SHARED_WEIGHT * (
            1
            - prod(
                1 - weights.KEEN_PULL * rarity * min(float(a), float(b))
                for a, b, rarity in zip(
                    problem.interests[i], problem.interests[j], self.rarity, strict=True
                )
            )
        )
        one_way, way_back = self._help(i, j), self._help(j, i)
        total += weights.HELP_WEIGHT * ((one_way + way_back) / 4 + min(one_way, way_back) / 2)
        if problem.intents is not None:
            one, other = problem.intents[i], problem.intents[j]
            fit = weights.INTENT_FIT
            value = fit.get((one, other), fit.get((other, one), 0.0)) if one and other else 0.0
            total += weights.INTENT_WEIGHT * value
        met = 0 if problem.met is None else int(problem.met[i][j])
        return total - weights.MET_WEIGHT * met**2

    def _help(self, asker: int, helper: int) -> float:
        asks, offers = self.problem.asks, self.problem.offers
        if asks is None or offers is None:
            return 0.0
        return 1 - prod(
            1 - weights.HELP_PULL * max(rarity, weights.HELP_RARITY_FLOOR)
            for topic, rarity in enumerate(self.rarity)
            if asks[asker][topic] and offers[helper][topic]
        )

    def _floor(self, person: int) -> float:
        partners = sorted(
            self.pair[person][other]
            for other in range(self.problem.n)
            if other != person and not self._clash(person, other)
        )
        if len(partners) < weights.FLOOR_RANK:
            return 0.0
        return weights.FLOOR_SHARE * max(0.0, partners[-weights.FLOOR_RANK])

    def _clash(self, i: int, j: int) -> bool:
        return self._apart(i, j) or self._colleagues(i, j)

    def _apart(self, i: int, j: int) -> bool:
        return (min(i, j), max(i, j)) in self.problem.apart

    def _colleagues(self, i: int, j: int) -> bool:
        return bool(self._company(i)) and self._company(i) == self._company(j)

    def _company(self, person: int) -> str | None:
        return None if self.problem.companies is None else self.problem.companies[person]

    def _table_score(self, members: tuple[int, ...]) -> float:
        size = len(members)
        if size < 2:
            return 0.0
        pairs = sum(self.pair[i][j] for i, j in combinations(members, 2))
        shortfalls = sum(
            max(0.0, self.floor[i] - max(self.pair[i][j] for j in members if j != i)) ** 2
            for i in members
        )
        return (
            2 / (size - 1) * pairs
            + weights.TOPIC_WEIGHT * size * self._topic(members)
            - weights.FLOOR_WEIGHT * shortfalls
        )

    def _topic(self, members: tuple[int, ...]) -> float:
        best = 0.0
        for topic, rarity in enumerate(self.rarity):
            holders = sum(1 for person in members if self.problem.interests[person][topic] > 0)
            worth = weights.TOPIC_BASE + (1 - weights.TOPIC_BASE) * rarity
            if holders == len(members):
                best = max(best, worth)
            elif holders == len(members) - 1 and len(members) >= weights.NEAR_TOPIC_SIZE:
                best = max(best, weights.NEAR_TOPIC_SHARE * worth)
        return best

    def _violations(self, table: int) -> Iterator[str]:
        problem, members = self.problem, self.tables[table]
        name, people = f"Table {table + 1}", problem.people
        if not problem.table_min <= len(members) <= problem.table_max:
            listed = ", ".join(people[i] for i in members) or "nobody"
            yield (
                f"{name} seats {len(members)} ({listed}), "
                f"not {problem.table_min} to {problem.table_max}."
            )
        for i, j in combinations(members, 2):
            if self._apart(i, j):
                yield f"{name} seats {people[i]} and {people[j]}, who are kept apart."
            elif self._colleagues(i, j):
                yield f"{name} seats {people[i]} and {people[j]}, both of {self._company(i)}."
        if members and all(self._sells(i) for i in members):
            yield f"{name} seats only sellers: {', '.join(people[i] for i in members)}."
        yield from self._host_violations(name, members)

    def _sells(self, person: int) -> bool:
        return self.problem.intents is not None and self.problem.intents[person] == weights.SELL

    def _host_violations(self, name: str, members: tuple[int, ...]) -> Iterator[str]:
        hosts = self.problem.hosts
        if hosts is None:
            return
        seated = sum(1 for table in self.tables for person in table if hosts[person])
        here = [self.problem.people[person] for person in members if hosts[person]]
        if seated >= len(self.tables):
            if not here:
                yield f"{name} has no host, although there are {seated}."
        else:
            for extra in here[1:]:
                yield f"{name} has {extra} as another host, while other tables have none."
