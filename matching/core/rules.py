"""The rules of a seating, counted one by one in plain Python from the raw fields of a problem."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from . import weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .problem import Problem

SUMMARIES = {
    "size": ("table", "seats too many or too few", "seat too many or too few"),
    "apart": ("pair", "to keep apart shares a table", "to keep apart share a table"),
    "company": ("pair", "from one company shares a table", "from one company share a table"),
    "trade": ("table", "has too many of one trade", "have too many of one trade"),
    "sellers": ("table", "seats only sellers", "seat only sellers"),
    "newcomers": ("table", "seats only newcomers", "seat only newcomers"),
    "host": ("table", "has no host, or one too many", "have no host, or one too many"),
    "place": (
        "seat",
        "is not at the table it has to be at",
        "are not at the tables they have to be at",
    ),
}
"""What a broken rule is counted in, and what is said of one and of several."""


@dataclass(frozen=True)
class Violation:
    """One rule broken at one table.

    rule: size, apart, company, trade, sellers, newcomers, host or place. table: its index.
    people: who is concerned, by index. count: how often the rule is broken; each time costs
    BROKEN_RULE. text: the same as a sentence. round: which round of a plan, from 0.
    """

    rule: str
    table: int
    people: tuple[int, ...]
    count: int
    text: str
    round: int = 0


class Sitting(NamedTuple):
    """The people at one table."""

    table: int
    name: str
    members: tuple[int, ...]


def broken_rules(problem: Problem, tables: Sequence[tuple[int, ...]]) -> Iterator[Violation]:
    """Every broken rule of a round, table by table.

    tables: the people at each table, by table index; an empty one breaks nothing, unless the
    problem is pure and says how many it takes.
    """
    hosts = HostRule(problem, tables)
    for table, members in enumerate(tables):
        sitting = Sitting(table, table_name(problem, table), members)
        if members or problem.pure:
            yield from _size(problem, sitting)
        if members and not problem.pure:
            yield from _pairs(problem, sitting)
            yield from _trades(problem, sitting)
            yield from _alone(problem, sitting)
            yield from hosts.broken(sitting)
            yield from _places(problem, sitting)


def table_name(problem: Problem, table: int) -> str:
    """What people call a table: its name in the venue, or its number from 1."""
    return problem.venue[table].name if problem.venue else f"Table {table + 1}"


def unmet(broken: Sequence[Violation]) -> tuple[str, ...]:
    """One sentence for each rule that does not hold, with how many people it concerns."""
    by_rule: dict[str, list[Violation]] = {rule: [] for rule in SUMMARIES}
    for violation in broken:
        by_rule[violation.rule].append(violation)
    return tuple(_summary(rule, found) for rule, found in by_rule.items() if found)


def _summary(rule: str, found: list[Violation]) -> str:
    noun, one, several = SUMMARIES[rule]
    tables = {(violation.round, violation.table) for violation in found}
    number = len(tables) if noun == "table" else len(found)
    people = _count(len({i for violation in found for i in violation.people}), "person", "people")
    what = f"{_count(number, noun, noun + 's')} ({people}) {one if number == 1 else several}"
    return f"{rule.capitalize()}: {what}."


def _size(problem: Problem, at: Sitting) -> Iterator[Violation]:
    least, most = _limits(problem, at.table)
    size = len(at.members)
    off = max(0, least - size) + max(0, size - most)
    if off:
        listed = ", ".join(problem.people[i] for i in at.members) or "nobody"
        text = f"{at.name} seats {size} ({listed}), not {_range(least, most)}."
        yield Violation("size", at.table, at.members, off, text)


def _limits(problem: Problem, table: int) -> tuple[int, int]:
    if problem.pure:
        return problem.bounds[table]
    if problem.venue:
        return problem.table_min, min(problem.table_max, problem.venue[table].seats)
    return problem.table_min, problem.table_max


def _range(least: int, most: int) -> str:
    if most < least:
        return f"{least} or more: it has {_count(most, 'chair', 'chairs')}"
    return str(least) if least == most else f"{least} to {most}"


def _pairs(problem: Problem, at: Sitting) -> Iterator[Violation]:
    companies = problem.companies or (None,) * problem.n
    for i, j in combinations(at.members, 2):
        both = f"{at.name} seats {problem.people[i]} and {problem.people[j]}"
        if (i, j) in problem.apart:
            yield Violation("apart", at.table, (i, j), 1, f"{both}, who are kept apart.")
        elif companies[i] and companies[i] == companies[j]:
            yield Violation("company", at.table, (i, j), 1, f"{both}, both of {companies[i]}.")


def _trades(problem: Problem, at: Sitting) -> Iterator[Violation]:
    trades = problem.trades or (None,) * problem.n
    for trade, number in Counter(trades[i] for i in at.members).items():
        extra = number - weights.TRADE_CAP
        if trade and extra > 0:
            people = tuple(i for i in at.members if trades[i] == trade)
            text = (
                f"{at.name} seats {number} of one trade, {trade} ({_names(problem, people)}): "
                f"at most {weights.TRADE_CAP}."
            )
            yield Violation("trade", at.table, people, extra * (extra + 1) // 2, text)


def _alone(problem: Problem, at: Sitting) -> Iterator[Violation]:
    intents, newcomers = problem.intents, problem.newcomers
    named = f"{_names(problem, at.members)}."
    if intents is not None and all(intents[i] == weights.SELL for i in at.members):
        text = f"{at.name} seats only sellers: {named}"
        yield Violation("sellers", at.table, at.members, 1, text)
    if newcomers is None or all(newcomers.tolist()):
        return
    if all(newcomers[i] for i in at.members):
        text = f"{at.name} seats only newcomers: {named}"
        yield Violation("newcomers", at.table, at.members, 1, text)


class HostRule:
    """Hosts are spread: one at every table if there are enough, else no two at one."""

    def __init__(self, problem: Problem, tables: Sequence[tuple[int, ...]]) -> None:
        self.problem = problem
        self.hosts = frozenset[int]()
        if problem.hosts is not None:
            self.hosts = frozenset(i for table in tables for i in table if problem.hosts[i])
        self.enough = len(self.hosts) >= sum(1 for table in tables if table)

    def broken(self, at: Sitting) -> Iterator[Violation]:
        """What one table lacks, or has too much of."""
        here = [i for i in at.members if i in self.hosts]
        if self.problem.hosts is None:
            return
        if self.enough:
            if not here:
                text = f"{at.name} has no host, although there are {len(self.hosts)}."
                yield Violation("host", at.table, at.members, 1, text)
            return
        for extra in here[1:]:
            text = (
                f"{at.name} has {self.problem.people[extra]} as another host, "
                "while other tables have none."
            )
            yield Violation("host", at.table, (extra,), 1, text)


def _places(problem: Problem, at: Sitting) -> Iterator[Violation]:
    for i in at.members:
        reason = _misplaced(problem, at, i)
        if reason:
            text = f"{at.name} seats {problem.people[i]}, {reason}."
            yield Violation("place", at.table, (i,), 1, text)


def _misplaced(problem: Problem, at: Sitting, person: int) -> str:
    pin = -1 if problem.pins is None else int(problem.pins[person])
    if pin not in (-1, at.table):
        return f"whose place is {table_name(problem, pin)}"
    if problem.needs is None:
        return ""
    features = problem.venue[at.table].features if problem.venue else frozenset[str]()
    missing = problem.needs[person] - features
    return f"who needs {', '.join(sorted(missing))}" if missing else ""


def _names(problem: Problem, people: Sequence[int]) -> str:
    return ", ".join(problem.people[i] for i in people)


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
