"""Whole evenings: rooms with interests, several rounds, late arrivals, the golfer's rounds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import TYPE_CHECKING

import numpy as np

from matching.bench.instances import room
from matching.bench.run import MaxCpuTime
from matching.core import (
    UNSEATED,
    Problem,
    Seating,
    check,
    quality,
    random_seating,
    seat_one,
    solve,
    solve_rounds,
)
from matching.core.weights import BROKEN_RULE
from tablemates.figures import column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from matching.core import Quality, Report

GOLF_SECONDS = (0.05, 0.2, 1.0, 4.0)
LATE_SHARE = 10
"""One person in so many arrives late."""


@dataclass(frozen=True)
class RoomRow:
    """One round of a realistic room; ratio: score over that of the longest run of all."""

    n: int = column("people")
    seconds: float = column("CPU s", "g")
    ratio: float = column("score / longest", ".3f")
    topic_share: float = column("tables with a topic", ".2f")
    random_topic_share: float = column("random", ".2f")
    best_worst: float = column("worst-off", ".2f")
    random_best_worst: float = column("random", ".2f")
    broken: int = column("rules broken")
    random_broken: int = column("random")


def rooms(
    people: Sequence[int], seconds: Sequence[float], longest: float, repeats: int
) -> list[RoomRow]:
    """Rooms of so many `people`, each for `seconds` of CPU time and once for the `longest`."""
    return [row for n in people for row in _room_rows(n, (*seconds, longest), repeats)]


def _room_rows(n: int, budgets: Sequence[float], repeats: int) -> list[RoomRow]:
    crowds = [room(n, seed) for seed in range(1, repeats + 1)]
    found = [[_solved(crowd, seconds) for seconds in budgets] for crowd in crowds]
    chance = [random_seating(crowd, seed=1) for crowd in crowds]
    random = _means(crowds, chance)
    rows = []
    for place, seconds in enumerate(budgets):
        seatings = [each[place] for each in found]
        figures = _means(crowds, seatings)
        ratios = [each[place].score / each[-1].score for each in found]
        rows.append(
            RoomRow(
                n=n,
                seconds=seconds,
                ratio=fmean(ratios),
                topic_share=figures["topic_share"],
                random_topic_share=random["topic_share"],
                best_worst=figures["best_worst"],
                random_best_worst=random["best_worst"],
                broken=_broken(crowds, seatings),
                random_broken=_broken(crowds, chance),
            )
        )
    return rows


def _solved(problem: Problem, seconds: float) -> Seating:
    return solve(problem, stop=MaxCpuTime(seconds), seed=1)


def _means(crowds: list[Problem], seatings: list[Seating]) -> dict[str, float]:
    found = [
        quality(crowd, seating).as_dict() for crowd, seating in zip(crowds, seatings, strict=True)
    ]
    return {name: fmean(one[name] for one in found) for name in found[0]}


def _broken(crowds: list[Problem], seatings: list[Seating]) -> int:
    pairs = zip(crowds, seatings, strict=True)
    return sum(_times(check(crowd, seating)) for crowd, seating in pairs)


def _times(report: Report) -> int:
    return sum(violation.count for violation in report.broken)


@dataclass(frozen=True)
class RoundRow:
    """One of several rounds planned at once; repeats: pairs that met in an earlier round."""

    number: int = column("round")
    topic_share: float = column("tables with a topic", ".2f")
    random_topic_share: float = column("random", ".2f")
    best_worst: float = column("worst-off", ".2f")
    random_best_worst: float = column("random", ".2f")
    repeats: int = column("repeats")
    random_repeats: int = column("random")


def rounds(people: int, count: int, seconds: float) -> list[RoundRow]:
    """`count` rounds of one room of `people`, planned in `seconds` of CPU time in all."""
    crowd = room(people)
    planned = solve_rounds(crowd, count, stop=MaxCpuTime(seconds), seed=1)
    drawn = [random_seating(crowd, seed=number) for number in range(count)]
    here, random = _round_by_round(crowd, planned), _round_by_round(crowd, drawn)
    return [
        RoundRow(
            number=number,
            topic_share=ours.topic_share,
            random_topic_share=chance.topic_share,
            best_worst=ours.best_worst,
            random_best_worst=chance.best_worst,
            repeats=ours.repeats,
            random_repeats=chance.repeats,
        )
        for number, (ours, chance) in enumerate(zip(here, random, strict=True), 1)
    ]


def _round_by_round(problem: Problem, seatings: Iterable[Seating]) -> list[Quality]:
    found = []
    for seating in seatings:
        found.append(quality(problem, seating))
        problem = problem.after(seating)
    return found


@dataclass(frozen=True)
class GolferRow:
    """Social golfer: rounds in which no two people should meet twice.

    repeats: meetings beyond a pair's first. known: the fewest that are known to be possible.
    cpu: seconds of the shortest run that reached those, else of the longest.
    """

    case: str = column("tables-size-rounds")
    repeats: int = column("repeats")
    known: int = column("best known")
    random_repeats: int = column("random")
    cpu: float = column("CPU s", ".2f")


@dataclass(frozen=True)
class Golf:
    """`people` at tables of `size` (one fewer where they do not divide) for `rounds`."""

    people: int
    size: int
    rounds: int
    known: int = 0

    def __str__(self) -> str:
        return f"{-(-self.people // self.size)}-{self.size}-{self.rounds}" + (
            f" ({self.people} people)" if self.people % self.size else ""
        )

    @property
    def problem(self) -> Problem:
        """A room of strangers without interests."""
        return Problem(
            people=tuple(f"Guest {number}" for number in range(1, self.people + 1)),
            topics=("Golf",),
            interests=np.zeros((self.people, 1)),
            table_min=self.size - bool(self.people % self.size),
            table_size=self.size,
            table_max=self.size,
        )


QUICK_GOLF = (Golf(32, 4, 8), Golf(32, 4, 9), Golf(15, 3, 7), Golf(27, 3, 12), Golf(24, 5, 6))
FULL_GOLF = (
    Golf(32, 4, 7),
    *QUICK_GOLF,
    Golf(32, 4, 10),
    Golf(15, 3, 6),
    Golf(27, 3, 11),
    Golf(27, 3, 13),
    Golf(40, 4, 8),
    Golf(40, 4, 9),
    Golf(40, 4, 10),
    Golf(64, 4, 21),
    Golf(60, 5, 6),
    Golf(120, 5, 6),
    Golf(120, 5, 10),
    Golf(120, 6, 8),
)


def golfer(cases: Sequence[Golf], seconds: float) -> list[GolferRow]:
    """Each case with the least budget that reaches the best known, or `seconds` of CPU time."""
    return [_golfed(case, seconds) for case in cases]


def _golfed(case: Golf, seconds: float) -> GolferRow:
    problem = case.problem
    for budget in [*(part for part in GOLF_SECONDS if part < seconds), seconds]:
        begun = time.process_time()
        planned = solve_rounds(problem, case.rounds, stop=MaxCpuTime(budget), seed=1)
        cpu = time.process_time() - begun
        if _repeats(planned) <= case.known:
            break
    drawn = [random_seating(problem, seed=number) for number in range(case.rounds)]
    return GolferRow(str(case), _repeats(planned), case.known, _repeats(drawn), cpu)


def _repeats(seatings: Iterable[Seating]) -> int:
    """Meetings of pairs beyond their first."""
    together = np.add.reduce([one.table_of[:, None] == one.table_of for one in seatings], dtype=int)
    return int(np.maximum(np.triu(together, 1) - 1, 0).sum())


@dataclass(frozen=True)
class ArrivalRow:
    """Late arrivals, one after the other, into a seated room.

    moves: people moved, for each arrival. ms: median time to find a seat. ratio: score at the
    end, broken rules aside, over that of seating everybody anew.
    """

    n: int = column("people")
    how: str = column("how")
    arrivals: int = column("arrivals")
    moves: float = column("moves each", ".2f")
    ms: float = column("ms each", ".1f")
    ratio: float = column("score / seated anew", ".3f")
    broken: int = column("rules broken")


def arrivals(people: int, seconds: float) -> list[ArrivalRow]:
    """One in ten of `people` comes late; the others were seated in `seconds` of CPU time."""
    crowd = room(people)
    punctual = people - people // LATE_SHARE
    early = _solved(crowd.subset(range(punctual)), seconds)
    anew = _solved(crowd, seconds)
    late = range(punctual, people)
    start = np.concatenate([early.table_of, np.full(len(late), UNSEATED)])
    ways = {"nobody moves": _insert, "solved again": _again, "random table": _at_random}
    rows = []
    for how, way in ways.items():
        table_of, moves, times = start.copy(), 0, []
        for person in late:
            begun = time.perf_counter()
            seated = way(crowd, table_of, person)
            times.append(1000 * (time.perf_counter() - begun))
            moves += int((seated[:person] != table_of[:person]).sum())
            table_of = seated
        report = check(crowd, Seating(table_of, 0.0))
        broken = _times(report)
        rows.append(
            ArrivalRow(
                n=people,
                how=how,
                arrivals=len(late),
                moves=moves / len(late),
                ms=median(times),
                ratio=(report.score + BROKEN_RULE * broken) / anew.score,
                broken=broken,
            )
        )
    return rows


def _insert(crowd: Problem, table_of: NDArray[np.intp], person: int) -> NDArray[np.intp]:
    seated = table_of.copy()
    seated[person] = seat_one(crowd, table_of, person)
    return seated


def _again(crowd: Problem, table_of: NDArray[np.intp], person: int) -> NDArray[np.intp]:
    here = person + 1
    now = replace(crowd.subset(range(here)), seated=table_of[:here])
    seated = table_of.copy()
    seated[:here] = solve(now, stop=MaxCpuTime(0.02), seed=1).table_of
    return seated


def _at_random(crowd: Problem, table_of: NDArray[np.intp], person: int) -> NDArray[np.intp]:
    taken = np.bincount(table_of[table_of != UNSEATED])
    free = np.flatnonzero(taken < crowd.table_max)
    seated = table_of.copy()
    seated[person] = np.random.default_rng(person).choice(free)
    return seated


@dataclass(frozen=True)
class StartRow:
    """A new process, from nothing to its first answer; medians."""

    what: str = column("new process")
    ms: float = column("ms", ".0f")
    cpu_ms: float = column("CPU ms", ".0f")
    ratio: float = column("x importing NumPy", ".2f")


FIRST_SOLVE = (
    "from matching.bench.instances import room;"
    "from matching.core import MaxIterations, solve;"
    "solve(room(60), stop=MaxIterations(1))"
)
STARTS = {"import NumPy": "import numpy", "seat 60 people": FIRST_SOLVE}


def starts(repeats: int) -> list[StartRow]:
    """How long the first seating takes where nothing is loaded yet."""
    measured = {
        what: [_started(code) for _ in range(repeats)] for what, code in STARTS.items()
    }  # fmt: skip
    wall = {what: median(ms for ms, _ in times) for what, times in measured.items()}
    return [
        StartRow(
            what=what,
            ms=wall[what],
            cpu_ms=median(cpu for _, cpu in times),
            ratio=wall[what] / wall["import NumPy"],
        )
        for what, times in measured.items()
    ]


def _started(code: str) -> tuple[float, float]:
    """Milliseconds of wall time and of CPU time that a new process takes for `code`."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    report = f"{code};import time;print(time.process_time())"
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", report], env=environment, check=True, capture_output=True, text=True
    )
    return 1000 * (time.perf_counter() - begun), 1000 * float(done.stdout)
