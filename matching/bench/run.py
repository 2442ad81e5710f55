"""The pure grouping problem: ours, the literature's and chance, at equal CPU time."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING

from matching.bench.instances import FAMILIES, SIZES, Instance, instance
from matching.bench.peers import PEERS
from matching.core import Problem, solve
from tablemates.figures import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    Tell = Callable[[str], None]

OURS = "tablemates"
SHUFFLES = 20
"""Random groupings that the baseline is the mean of."""


@dataclass(frozen=True)
class MaxCpuTime:
    """Stop after `seconds` of this process's CPU time, counted from when the rule was made."""

    seconds: float
    begun: float = field(default_factory=time.process_time)

    def __call__(self, iterations: int, elapsed: float) -> float:
        return (time.process_time() - self.begun) / self.seconds


@dataclass(frozen=True)
class Plan:
    """What is run: instances by family and number of people, CPU budgets in seconds, repeats.

    Every repeat is another instance and another seed of the search.
    """

    cases: tuple[tuple[str, int], ...]
    seconds: tuple[float, ...]
    repeats: int


QUICK = Plan((("T5", 60), ("T5", 120), ("T5", 240), ("T5", 480), ("RanInt-ds", 120)), (0.2, 1.0), 2)
FULL = Plan(
    tuple((family, n) for family in FAMILIES for n in SIZES[family]), (0.2, 1.0, 10.0), 3
)  # fmt: skip


@dataclass(frozen=True)
class GroupingRow:
    """One method on the instances of one family and size, within one budget.

    distance: mean per cent to the best value that anybody found for the instance in this run.
    over_random: value over the mean of random groupings. cpu: seconds really used.
    """

    family: str = column("family")
    n: int = column("people")
    seconds: float = column("budget s", "g")
    method: str = column("method")
    distance: float = column("% to best", ".2f")
    over_random: float = column("x random", ".3f")
    cpu: float = column("CPU s", ".2f")
    runs: int = column("runs")


@dataclass(frozen=True)
class Run:
    """What one method reached on one instance within one budget."""

    case: Instance
    seconds: float
    method: str
    value: float
    cpu: float


def grouping(plan: Plan, tell: Tell) -> list[GroupingRow]:
    """The table of `plan`; `tell` hears what is being run. Raises NoPeers without a compiler."""
    rows = []
    for family, n in plan.cases:
        tell(f"{family} {n}: {', '.join([OURS, *PEERS])}")
        rows += _rows(list(_runs(family, n, plan)))
    return rows


def ours(case: Instance, seconds: float, seed: int) -> tuple[float, NDArray[np.intp]]:
    """The value and the grouping that our own search reaches in `seconds` of CPU time."""
    stop = MaxCpuTime(seconds)
    seating = solve(Problem.from_affinity(case.matrix, case.sizes), stop=stop, seed=seed)
    return case.value(seating.table_of), seating.table_of


def _runs(family: str, n: int, plan: Plan) -> Iterator[Run]:
    for seed in range(1, plan.repeats + 1):
        case = instance(family, n, seed)
        for seconds in plan.seconds:
            begun = time.process_time()
            value, _ = ours(case, seconds, seed)
            yield Run(case, seconds, OURS, value, time.process_time() - begun)
            for name, peer in PEERS.items():
                begun = time.process_time()
                value, _ = peer(case.matrix, case.least, case.most, seconds, seed)
                yield Run(case, seconds, name, value, time.process_time() - begun)


def _rows(runs: list[Run]) -> list[GroupingRow]:
    best: dict[int, float] = defaultdict(float)
    grouped: dict[tuple[float, str], list[Run]] = defaultdict(list)
    for run in runs:
        best[run.case.seed] = max(best[run.case.seed], run.value)
        grouped[run.seconds, run.method].append(run)
    random = {run.case.seed: run.case for run in runs}
    chance = {seed: random_value(case) for seed, case in random.items()}
    return [
        GroupingRow(
            family=some[0].case.family,
            n=some[0].case.n,
            seconds=seconds,
            method=method,
            distance=fmean(100 * (run.value / best[run.case.seed] - 1) for run in some),
            over_random=fmean(run.value / chance[run.case.seed] for run in some),
            cpu=fmean(run.cpu for run in some),
            runs=len(some),
        )
        for (seconds, method), some in grouped.items()
    ]


def random_value(case: Instance) -> float:
    """Mean value of random legal groupings."""
    return fmean(case.value(case.random_groups(seed)) for seed in range(SHUFFLES))
