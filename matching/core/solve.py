"""Seat everybody for one round."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from .construct import random_tables, topic_first_tables
from .objective import Seats, objective_for, seats_of, total_score
from .search import Search, best_partners
from .seating import Seating, table_index
from .stop import MaxRuntime, Stop

if TYPE_CHECKING:
    from .problem import Problem

DEFAULT_STOP = MaxRuntime(0.2)


def solve(problem: Problem, *, stop: Stop = DEFAULT_STOP, seed: int = 7) -> Seating:
    """Seat everybody at tables of legal sizes within one of each other, as well as `stop` allows.

    Broken rules cost more than anything else, so a room where they cannot all hold gets the
    seating that breaks fewest; `check` lists them. The same seed with `MaxIterations` gives the
    same seating. Raises `NotEnoughPeople` or `NoLegalSplit`.
    """
    began = time.perf_counter()
    tables = topic_first_tables(problem)
    search = Search(
        objective_for(problem, tables),
        best_partners(problem.pair_score, problem.clashes),
        seats_of(problem, tables),
        np.random.default_rng(seed),
    )
    iterations = search.run(lambda done: stop(done, time.perf_counter() - began))
    return _seating(problem, _members(search.seats, problem.n), iterations)


def random_seating(problem: Problem, *, seed: int) -> Seating:
    """Everybody at a random table of the sizes `solve` would use: the figure to beat."""
    return _seating(problem, random_tables(problem, np.random.default_rng(seed)), 0)


def _members(seats: Seats, n: int) -> list[list[int]]:
    tables = [sorted(person for person in row if person != n) for row in seats.tolist()]
    return sorted(tables)


def _seating(problem: Problem, tables: list[list[int]], iterations: int) -> Seating:
    return Seating(table_index(problem.n, tables), total_score(problem, tables), iterations)
