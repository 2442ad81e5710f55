"""Why each table sits together, in plain words and as facts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .problem import Problem
    from .seating import Seating

NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip
OPEN_TABLE = "An open table: nobody has picked a topic yet, so start with what brought you here."


@dataclass(frozen=True)
class Help:
    """Somebody at the table asks about a topic that somebody else offers."""

    topic: str
    asker: int
    helper: int


@dataclass(frozen=True)
class Reason:
    """Why one table sits together.

    topic: the table's topic, None for an open table. holders: who picked it. size: people at
    the table. help: one ask that an offer meets, if any. reason: all of it as a sentence.
    """

    topic: str | None
    holders: tuple[int, ...]
    size: int
    help: Help | None
    reason: str

    @property
    def shared_by_all(self) -> bool:
        """Whether everybody at the table picked the topic."""
        return self.topic is not None and len(self.holders) == self.size


def explain(
    problem: Problem, seating: Seating, *, topics: Sequence[int | None] = ()
) -> tuple[Reason, ...]:
    """One reason for each table of `seating`, by table index.

    topics: by table index, the topic a table has begun with and keeps; None, or beyond the end
    of the sequence, for the one that most hold.
    """
    kept = dict(enumerate(topics))
    return tuple(
        _reason(problem, members, kept.get(table)) for table, members in enumerate(seating.tables)
    )


def _reason(problem: Problem, members: tuple[int, ...], kept: int | None) -> Reason:
    topic = table_topic(problem, members) if kept is None else kept
    help_ = _help(problem, members)
    if topic is None:
        holders: tuple[int, ...] = ()
        words = OPEN_TABLE.removesuffix(".")
    else:
        holders = tuple(person for person in members if problem.holds[person, topic])
        words = f"{_how_many(len(holders), len(members))} picked {problem.topics[topic]}"
    if help_ is not None:
        asker, helper = problem.people[help_.asker], problem.people[help_.helper]
        words += f"; {asker} asks about {help_.topic}, {helper} offers it"
    label = None if topic is None else problem.topics[topic]
    return Reason(label, holders, len(members), help_, f"{words}.")


def table_topic(problem: Problem, members: tuple[int, ...]) -> int | None:
    """The topic most at the table hold, the rarest of several; None if nobody holds any."""
    holders = problem.holds[list(members)].sum(axis=0)
    if not holders.any():
        return None
    return max(range(len(holders)), key=lambda k: (holders[k], problem.rarity[k], -k))


def _help(problem: Problem, members: tuple[int, ...]) -> Help | None:
    """The rarest topic that one asks about and another offers."""
    if problem.asks is None or problem.offers is None:
        return None
    met = [
        (problem.rarity[topic], -topic, asker, helper)
        for asker, helper in permutations(members, 2)
        for topic in (problem.asks[asker] & problem.offers[helper]).nonzero()[0].tolist()
    ]
    if not met:
        return None
    _, topic, asker, helper = max(met, key=lambda found: found[:2])
    return Help(problem.topics[-topic], asker, helper)


def _how_many(holders: int, size: int) -> str:
    if holders < size:
        return f"{holders} of {size}"
    if size == 2:
        return "Both"
    return f"All {NUMBERS[size] if size < len(NUMBERS) else size}"
