"""Seat everybody: for one round, or for several at once."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .construct import random_start, topic_first
from .designs import design
from .groups import GroupSearch as NumpyGroupSearch
from .kernel import library
from .kernel.searches import GroupSearch, RoomSearch
from .layout import layout_for
from .model import model_for
from .objective import Objective, seats_of
from .search import Search, best_partners
from .seating import Seating, tables_of
from .stop import MaxIterations, MaxRuntime, Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from .kernel.searches import Method
    from .layout import Layout
    from .model import Model
    from .problem import Problem

DEFAULT_STOP = MaxRuntime(0.2)
TIGHT = 0.5
"""From this share of all others met on, a schedule by construction is worth a search of its own."""
NO_LIMIT = 2**62


@dataclass(frozen=True)
class Progress:
    """How far a search is.

    share: of its budget, 1 at the end. gained: how much more the best so far scores than the
    start.
    """

    iterations: int
    seconds: float
    share: float
    gained: float


class Budget:
    """The stop rule at work, and who wants to hear of it."""

    def __init__(
        self, stop: Stop, progress: Callable[[Progress], None] | None, began: float
    ) -> None:
        self._stop = stop
        self._progress = progress
        self._began = began
        self._gained = 0.0
        self.limit = stop.iterations if isinstance(stop, MaxIterations) else NO_LIMIT

    def used(self, iterations: int, gained: Callable[[], float]) -> float:
        """The share that is gone; `gained` is asked only if somebody wants to know."""
        seconds = time.perf_counter() - self._began
        share = self._stop(iterations, seconds)
        if self._progress:
            self._gained = max(self._gained, gained())
            self._progress(Progress(iterations, seconds, min(share, 1.0), self._gained))
        return share


def solve(
    problem: Problem,
    *,
    stop: Stop = DEFAULT_STOP,
    seed: int = 7,
    progress: Callable[[Progress], None] | None = None,
) -> Seating:
    """Seat everybody for one round, as well as `stop` allows.

    Broken rules cost more than anything else, so a room where they cannot all hold gets the
    seating that breaks fewest; `check` lists them. A venue with fewer chairs than people leaves
    some at no table (-1). The same seed with `MaxIterations` gives the same seating. progress is
    called between steps of some milliseconds; what it raises ends the search. A stop rule that
    answers 1 at once, when somebody cancels, gets the best so far. Raises `NotEnoughPeople` or
    `NoLegalSplit`.
    """
    budget = Budget(stop, progress, time.perf_counter())
    room = Room(problem)
    start = topic_first(room.model)[None]
    found, iterations = _search(room.model, start, budget, seed, method=room.method)
    return room.seating(found[0], iterations)


def solve_rounds(
    problem: Problem,
    rounds: int,
    *,
    stop: Stop = DEFAULT_STOP,
    seed: int = 7,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Seating, ...]:
    """Seat everybody for `rounds` rounds, planned together, so that nobody meets twice by accident.

    One search moves people in all rounds, judging each change by topics, fairness and who meets
    again in any other round. Where people meet most of the others, it starts from a schedule by
    construction if one is known (`design`). Each seating's score is that of its round given the
    rounds before it. Raises as `solve`, and ValueError for less than one round.
    """
    if rounds < 1:
        raise ValueError(f"Plan at least 1 round, not {rounds}.")
    if problem.pure:
        raise ValueError("Rounds need people with interests: the pure problem has only one.")
    budget = Budget(stop, progress, time.perf_counter())
    if library() is None:
        return _round_by_round(problem, rounds, budget, seed)
    found, iterations = _plan(Room(problem, rounds).model, budget, seed)
    seatings: list[Seating] = []
    for table_of in found:
        seatings.append(Room(problem).seating(table_of, iterations))
        problem = problem.after(seatings[-1])
    return tuple(seatings)


def random_seating(problem: Problem, *, seed: int) -> Seating:
    """Everybody at a random table of the sizes `solve` would use: the figure to beat."""
    room = Room(problem)
    return room.seating(random_start(room.model, np.random.default_rng(seed)), 0)


class Room:
    """A problem with its tables laid and without those who sit out."""

    def __init__(self, problem: Problem, rounds: int = 1) -> None:
        self.problem = problem
        self.layout: Layout = layout_for(problem)
        out = set(self.layout.out)
        self.seated = [person for person in range(problem.n) if person not in out]
        # Who sits already is where the search goes on from: heat would move people about.
        standing = problem.seated is not None and bool((problem.seated >= 0).any())
        self.method: Method = "kick" if standing else "anneal"
        self.model = model_for(problem.subset(self.seated) if out else problem, self.layout, rounds)

    def seating(self, table_of: NDArray[np.intp], iterations: int) -> Seating:
        """The seating of the whole room; alike tables are numbered by their first person."""
        if self.model.place is None and not self.problem.venue and not self.problem.pure:
            order = {table: i for i, table in enumerate(dict.fromkeys(table_of.tolist()))}
            table_of = np.array([order[table] for table in table_of.tolist()], dtype=np.intp)
        whole = np.full(self.problem.n, -1, dtype=np.intp)
        whole[self.seated] = table_of
        score = self._score(whole)
        whole[self.seated] = np.array(self.layout.tables, dtype=np.intp)[table_of]
        return Seating(whole, score, iterations)

    def _score(self, table_of: NDArray[np.intp]) -> float:
        """The score as the referee counts it: rarity and floors are those of all who are there."""
        model = self.model
        if self.layout.out:
            # Only hosts who sit are missed at tables.
            whole = model_for(self.problem, self.layout)
            model = replace(whole, host_rule=self.model.host_rule)
        seats = seats_of(model.n, tables_of(table_of, model.tables), max(2, model.width))
        total = Objective(model).scores(seats, np.arange(model.tables)).sum()
        return float(total) / model.scale


def _search(
    model: Model,
    start: NDArray[np.intp],
    budget: Budget,
    seed: int,
    method: Method = "anneal",
) -> tuple[NDArray[np.intp], int]:
    """The best plan found from `start`, (rounds, n), and the iterations that took."""
    if model.tables < 2:
        return start, 0
    compiled = library()
    if compiled is None:
        kind = NumpyGroupSearch if model.pure else Search
        reference = kind(model, start[0], np.random.default_rng(seed))
        before = reference.score

        def gained() -> float:
            return (reference.score - before) / model.scale

        iterations = reference.run(lambda done: budget.used(done, gained))
        return reference.table_of[None], iterations
    search: GroupSearch | RoomSearch
    if model.pure:
        search = GroupSearch(compiled, model, start, seed)
    else:
        search = RoomSearch(compiled, model, start, best_partners(model), seed, method=method)
    while (share := budget.used(search.iterations, lambda: search.gain / model.scale)) < 1:
        search.step(share, budget.limit)
    return search.best, search.iterations


def _plan(model: Model, budget: Budget, seed: int) -> tuple[NDArray[np.intp], int]:
    """All rounds together: (rounds, n), and the iterations that took."""
    known = _schedule(model)
    if known is not None:
        return _search(model, known, budget, seed, method="recast")
    rng = np.random.default_rng(seed)
    others = [random_start(model, rng) for _ in range(model.rounds - 1)]
    return _search(model, np.stack([topic_first(model), *others]), budget, seed)


def _schedule(model: Model) -> NDArray[np.intp] | None:
    """A schedule without repeats, if so many meetings need one, and nothing stands against it."""
    smaller, larger = divmod(model.n, max(model.tables, 1))
    met = model.rounds * (smaller - 1)
    history = model.between is not None and bool((model.between & 127).any())
    if model.tables < 2 or met < TIGHT * (model.n - 1) or model.place is not None or history:
        return None
    sizes = [smaller + 1] * larger + [smaller] * (model.tables - larger)
    if sizes != sorted(np.minimum(sizes, model.most).tolist(), reverse=True):
        return None
    return design(model.n, sizes, model.rounds)


def _round_by_round(
    problem: Problem, rounds: int, budget: Budget, seed: int
) -> tuple[Seating, ...]:
    """One round after the other, each knowing who met before: what the NumPy reference can do."""
    seatings: list[Seating] = []
    done = 0

    def used(iterations: int) -> float:
        return budget.used(done + iterations, lambda: 0.0) * rounds - len(seatings)

    for number in range(rounds):
        room = Room(problem)
        search = Search(room.model, topic_first(room.model), np.random.default_rng(seed + number))
        iterations = search.run(used)
        seatings.append(room.seating(search.table_of, iterations))
        problem = problem.after(seatings[-1])
        done += iterations
    return tuple(seatings)
