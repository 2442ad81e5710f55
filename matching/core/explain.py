"""Why each table sits together, in plain words and as facts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

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
    """Some at the table ask about a topic that others there offer: each by index, ascending."""

    topic: str
    askers: tuple[int, ...]
    helpers: tuple[int, ...]


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
    """One reason for each table of `seating`, by table index; an open one where nobody sits.

    topics: by table index, the topic a table has begun with and keeps; None, or beyond the end
    of the sequence, for the one that most hold.
    """
    kept = dict(enumerate(topics))
    return tuple(
        _reason(problem, members, kept.get(table)) for table, members in enumerate(seating.tables)
    )


class Meeting(NamedTuple):
    """Everybody at a table who asks about a topic, and everybody who can help them."""

    topic: int
    askers: tuple[int, ...]
    helpers: tuple[int, ...]


def _reason(problem: Problem, members: tuple[int, ...], kept: int | None) -> Reason:
    topic = kept if members and kept is not None else table_topic(problem, members)
    meeting = _meeting(problem, members)
    if topic is None:
        holders: tuple[int, ...] = ()
        words = OPEN_TABLE.removesuffix(".")
    else:
        holders = tuple(person for person in members if problem.holds[person, topic])
        words = f"{_how_many(len(holders), len(members))} picked {problem.topics[topic]}"
    help_ = None
    if meeting is not None:
        help_ = Help(problem.topics[meeting.topic], meeting.askers, meeting.helpers)
        asking = _who(problem, meeting.askers, "asks", "ask")
        offering = _who(problem, meeting.helpers, "offers", "offer")
        words += f"; {asking} about {help_.topic}, {offering} it"
    label = None if topic is None else problem.topics[topic]
    return Reason(label, holders, len(members), help_, f"{words}.")


def table_topic(problem: Problem, members: tuple[int, ...]) -> int | None:
    """The topic most at the table hold, the rarest of several; None if nobody holds any."""
    holders = problem.holds[list(members)].sum(axis=0)
    if not holders.any():
        return None
    return max(range(len(holders)), key=lambda k: (holders[k], problem.rarity[k], -k))


def _meeting(problem: Problem, members: tuple[int, ...]) -> Meeting | None:
    """The rarest topic that one asks about and another offers."""
    if problem.asks is None or problem.offers is None:
        return None
    met: dict[int, list[tuple[int, int]]] = {}
    for asker, helper in permutations(members, 2):
        for topic in (problem.asks[asker] & problem.offers[helper]).nonzero()[0].tolist():
            met.setdefault(topic, []).append((asker, helper))
    if not met:
        return None
    topic = max(met, key=lambda k: (problem.rarity[k], -k))
    askers, helpers = zip(*met[topic], strict=True)
    return Meeting(topic, tuple(dict.fromkeys(askers)), tuple(dict.fromkeys(helpers)))


def _who(problem: Problem, people: tuple[int, ...], does: str, do: str) -> str:
    if len(people) == 1:
        return f"{problem.people[people[0]]} {does}"
    return f"{_number(len(people))} {do}"


def _how_many(holders: int, size: int) -> str:
    if holders < size:
        return f"{holders} of {size}"
    if size == 2:
        return "Both"
    return f"All {_number(size)}"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
