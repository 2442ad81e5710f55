"""What other tables, or a longer search, would change: for whoever decides how a room is seated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from . import weights
from .bounds import upper_bound
from .errors import Unsolvable
from .layout import layout_for
from .problem import Table
from .quality import Quality, over_rounds, quality, tablemates
from .rules import broken_rules
from .solve import solve, solve_rounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .layout import Layout
    from .problem import Problem
    from .seating import Seating
    from .stop import Stop

Change = Literal["one_more_table", "one_table_less", "more_time"]
CHANGES: tuple[Change, ...] = ("one_more_table", "one_table_less", "more_time")

CLOSED = 1
"""Chairs of a table that is not to be laid: fewer than any table needs."""


@dataclass(frozen=True)
class Alternative:
    """What one change would bring.

    quality: its figures, over all rounds (`over_rounds`). score_per_person: the mean over people
    and rounds. sentence: what differs from the plan there is, or that nothing would.
    """

    change: Change
    quality: Quality
    score_per_person: float
    sentence: str


def alternatives(
    problem: Problem,
    seatings: Sequence[Seating],
    *,
    stop: Stop,
    seed: int = 7,
    changes: Sequence[Change] = CHANGES,
) -> tuple[Alternative, ...]:
    """What each of `changes` would bring, compared with `seatings`, one for each round.

    Each change is searched for as long as `stop` allows, so the figures are what it brings at
    least; a longer search is `stop` on top of the search that found `seatings`. Left out is a
    number of tables that the sizes, the chairs or the rules do not allow. Raises as `solve`.
    """
    now = _plan(problem, seatings)
    found = [_alternative(now, change, stop, seed) for change in changes]
    return tuple(alternative for alternative in found if alternative)


def share_of_bound(problem: Problem, seatings: Sequence[Seating]) -> float | None:
    """The share of `upper_bound` that a plan reaches, 0..1; None where the bound is not above 0.

    seatings: one for each round, in a room as `problem` was before the first. What is missing to
    1 is more than a better search can gain, as the bound lies above the best seating.
    """
    bound = upper_bound(problem) * len(seatings)
    if bound <= 0:
        return None
    return max(0.0, _score(problem, seatings) / bound)


@dataclass(frozen=True)
class Plan:
    """A plan of some rounds in the room as it was before, and what there is to say of it."""

    problem: Problem
    rounds: int
    score: float
    quality: Quality
    broken: int
    sizes: tuple[int, int]

    @property
    def score_per_person(self) -> float:
        """The mean over people and rounds, 0 in an empty room."""
        return self.score / max(1, self.problem.n * self.rounds)

    @property
    def out(self) -> int:
        """How many sit out in each round."""
        return self.problem.n - self.quality.seated


def _plan(problem: Problem, seatings: Sequence[Seating]) -> Plan:
    figures, broken = [], 0
    for room, seating in rooms_of(problem, seatings):
        figures.append(quality(room, seating))
        broken += sum(violation.count for violation in broken_rules(room, seating.tables))
    sizes = [len(table) for seating in seatings for table in seating.tables if table] or [0]
    return Plan(
        problem,
        rounds=len(seatings),
        score=_score(problem, seatings),
        quality=over_rounds(figures),
        broken=broken,
        sizes=(min(sizes), max(sizes)),
    )


def rooms_of(problem: Problem, seatings: Sequence[Seating]) -> Iterator[tuple[Problem, Seating]]:
    """Each round's seating, with the room as it was before: who has met whom by then."""
    for number, seating in enumerate(seatings):
        problem = problem.after(seatings[number - 1]) if number else problem
        yield problem, seating


def _score(problem: Problem, seatings: Sequence[Seating]) -> float:
    """What `check_rounds` counts, from the scores of the rounds: these have floors of their own."""
    floor = problem.floor_ticks(weights.FLOOR_RANK * len(seatings)) / problem.scale
    score = 0.0
    for room, seating in rooms_of(problem, seatings):
        best, _ = tablemates(room, [list(table) for table in seating.tables if table])
        best /= room.scale
        own, planned = np.nansum(np.maximum(np.stack([room.floor, floor]) - best, 0) ** 2, axis=1)
        score += seating.score + weights.FLOOR_WEIGHT * float(own - planned)
    return score


def _alternative(now: Plan, change: Change, stop: Stop, seed: int) -> Alternative | None:
    if change == "more_time":
        longer = _searched(now.problem, now.rounds, stop, seed + 1)
        then = max(now, longer, key=lambda plan: plan.score)
        return _told(change, "A longer search", now, then)
    if now.problem.pure:
        return None
    more = 1 if change == "one_more_table" else -1
    problem = _with_tables(now.problem, more)
    if problem is None:
        return None
    then = _searched(problem, now.rounds, stop, seed)
    if then.broken > now.broken:
        return None
    words = "One more table" if more == 1 else "One table less"
    counts = f"({then.quality.tables} instead of {now.quality.tables})"
    return _told(change, f"{words} {counts}", now, then)


def _searched(problem: Problem, rounds: int, stop: Stop, seed: int) -> Plan:
    if rounds == 1:
        return _plan(problem, [solve(problem, stop=stop, seed=seed)])
    return _plan(problem, solve_rounds(problem, rounds, stop=stop, seed=seed))


def _told(change: Change, what: str, now: Plan, then: Plan) -> Alternative:
    differences = ", ".join(_differences(now, then))
    sentence = f"{what}: {differences}" if differences else f"{what} would change nothing"
    if change != "more_time":
        least, most = then.sizes
        tables = f"tables of {least}" if least == most else f"tables of {least} to {most}"
        sentence += f"{',' if differences else ':'} {tables}"
    return Alternative(change, then.quality, then.score_per_person, f"{sentence}.")


def _differences(now: Plan, then: Plan) -> Iterator[str]:
    """What an organiser would notice; the score only if that is all there is."""
    here, there = f"{now.quality.topic_share:.2f}", f"{then.quality.topic_share:.2f}"
    noticed = [
        (there, here, "of the tables would share a topic"),
        (then.out, now.out, "would sit out"),
        (then.quality.repeats, now.quality.repeats, "pairs would meet again"),
        (then.broken, now.broken, "times a rule would be broken"),
    ]
    differ = [(after, before, words) for after, before, words in noticed if after != before]
    for after, before, words in differ:
        yield f"{after} {words} instead of {before}"
    scores = f"{then.score_per_person:.2f}", f"{now.score_per_person:.2f}"
    if not differ and scores[0] != scores[1]:
        yield f"the score per person would be {scores[0]} instead of {scores[1]}"


def _with_tables(problem: Problem, more: int) -> Problem | None:
    """The same room with one table more or less laid; None if its sizes or chairs forbid it.

    Tables keep their indices, so who is pinned or seated stays so. A venue whose tables are all
    laid gets another one.
    """
    layout = layout_for(problem)
    for venue in _one_more(problem, layout) if more > 0 else _one_less(problem, layout):
        # With the smallest size as the usual one, all the tables that may be laid are laid.
        other = replace(problem, venue=venue, table_size=problem.table_min)
        try:
            there = layout_for(other)
        except Unsolvable:
            continue
        count = len(there.tables) == len(layout.tables) + more
        nobody_else_out = len(there.out) <= len(layout.out)
        if count and nobody_else_out and len(there.notes) <= len(layout.notes):
            return other
    return None


def _one_more(problem: Problem, layout: Layout) -> Iterator[tuple[Table, ...]]:
    laid = _laid(problem, layout)
    for index, table in enumerate(problem.venue):
        if index not in layout.tables and table.seats >= problem.table_min:
            yield (*laid[:index], table, *laid[index + 1 :])
    yield (*laid, Table("One more table", problem.table_max))


def _one_less(problem: Problem, layout: Layout) -> Iterator[tuple[Table, ...]]:
    laid = _laid(problem, layout)
    for index in reversed(layout.tables):
        yield (*laid[:index], replace(laid[index], seats=CLOSED), *laid[index + 1 :])


def _laid(problem: Problem, layout: Layout) -> tuple[Table, ...]:
    """The venue with all closed that is not laid; alike tables as a venue of their own."""
    if not problem.venue:
        return tuple(Table(f"Table {index + 1}", problem.table_max) for index in layout.tables)
    return tuple(
        table if index in layout.tables else replace(table, seats=CLOSED)
        for index, table in enumerate(problem.venue)
    )
