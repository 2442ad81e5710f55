"""The matcher itself: seat a room of people so that every table has something to talk about.

Pure: the standard library, NumPy and this package. `solve` seats a whole room for one round,
`gather` and `seat_one` seat people as they arrive, `check` is the independent referee.
"""

from .check import Report, check
from .errors import InvalidProblem, MatchingError, NoLegalSplit, NotEnoughPeople, Unsolvable
from .explain import Help, Reason, explain
from .living import gather, seat_one
from .problem import Problem
from .quality import Quality, quality
from .seating import UNSEATED, Seating
from .sizes import forced_repeats, sizes_for
from .solve import random_seating, solve
from .stop import MaxIterations, MaxRuntime, Stop
from .weights import INTENTS

__all__ = [
    "INTENTS",
    "UNSEATED",
    "Help",
    "InvalidProblem",
    "MatchingError",
    "MaxIterations",
    "MaxRuntime",
    "NoLegalSplit",
    "NotEnoughPeople",
    "Problem",
    "Quality",
    "Reason",
    "Report",
    "Seating",
    "Stop",
    "Unsolvable",
    "check",
    "explain",
    "forced_repeats",
    "gather",
    "quality",
    "random_seating",
    "seat_one",
    "sizes_for",
    "solve",
]
