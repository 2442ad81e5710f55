"""When the search ends.

A stop rule is a callable without memory: given the iterations done and the seconds since the
solver began, it answers the share of its budget that is used up; 1 or more means stop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Stop = Callable[[int, float], float]


@dataclass(frozen=True)
class MaxRuntime:
    """Stop after `seconds` of wall time."""

    seconds: float

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            raise ValueError(f"Give the solver more than {self.seconds} seconds.")

    def __call__(self, iterations: int, elapsed: float) -> float:
        return elapsed / self.seconds


@dataclass(frozen=True)
class MaxIterations:
    """Stop after `iterations` kicks or thousands of annealing proposals.

    The same seed then gives the same seating.
    """

    iterations: int

    def __post_init__(self) -> None:
        if self.iterations < 1:
            raise ValueError(f"Give the solver at least 1 iteration, not {self.iterations}.")

    def __call__(self, iterations: int, elapsed: float) -> float:
        return iterations / self.iterations
