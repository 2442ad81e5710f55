"""The matcher itself: seat a room of people so that every table has something to talk about.

Pure: the standard library, NumPy and this package. `solve` seats a whole room for one round,
`gather` and `seat_one` seat people as they arrive, `check` is the independent referee.
"""

from .alternatives import Alternative, alternatives, rooms_of, share_of_bound
from .bounds import forced_repeats_next, forced_repeats_over, upper_bound
from .check import Report, check, check_rounds
from .designs import design
from .errors import (
    InvalidProblem,
    MatchingError,
    NobodyToSpare,
    NoFreeChairs,
    NoLegalSplit,
    NotEnoughPeople,
    Unsolvable,
)
from .explain import Help, Reason, explain
from .layout import Layout, layout_for, out_of_reach
from .living import gather, seat_one
from .problem import Problem, Table
from .quality import Quality, over_rounds, quality
from .repair import merge, top_up
from .rules import Violation, broken_rules, unmet
from .seating import UNSEATED, Seating
from .sizes import forced_repeats, sizes_for
from .solve import Progress, random_seating, solve, solve_rounds
from .standing import suits
from .stop import MaxIterations, MaxRuntime, Stop
from .weights import INTENTS

__all__ = [
    "INTENTS",
    "UNSEATED",
    "Alternative",
    "Help",
    "InvalidProblem",
    "Layout",
    "MatchingError",
    "MaxIterations",
    "MaxRuntime",
    "NoFreeChairs",
    "NoLegalSplit",
    "NobodyToSpare",
    "NotEnoughPeople",
    "Problem",
    "Progress",
    "Quality",
    "Reason",
    "Report",
    "Seating",
    "Stop",
    "Table",
    "Unsolvable",
    "Violation",
    "alternatives",
    "broken_rules",
    "check",
    "check_rounds",
    "design",
    "explain",
    "forced_repeats",
    "forced_repeats_next",
    "forced_repeats_over",
    "gather",
    "layout_for",
    "merge",
    "out_of_reach",
    "over_rounds",
    "quality",
    "random_seating",
    "rooms_of",
    "seat_one",
    "share_of_bound",
    "sizes_for",
    "solve",
    "solve_rounds",
    "suits",
    "top_up",
    "unmet",
    "upper_bound",
]
