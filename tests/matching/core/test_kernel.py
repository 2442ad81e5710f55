"""The compiled searches: exactly what the NumPy reference counts, and nobody lost on the way."""

from collections.abc import Callable, Iterator
from ctypes import CDLL
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.core import Problem, Seating, check_rounds, layout_for
from matching.core.construct import random_start, topic_first
from matching.core.kernel.searches import GroupSearch, Method, RoomSearch
from matching.core.model import MOST_MET, Model, model_for
from matching.core.objective import Objective, seats_at
from matching.core.search import best_partners

MakeRoom = Callable[..., Problem]
Plan = NDArray[np.intp]
Compiled = GroupSearch | RoomSearch
seeds = st.integers(0, 10_000)
LIMIT = 40
"""Iterations of a search here."""


def model_of(problem: Problem, rounds: int = 1) -> Model:
    layout = layout_for(problem)
    seated = np.setdiff1d(np.arange(problem.n), layout.out)
    return model_for(problem.subset(seated.tolist()), layout, rounds)


def random_plan(model: Model, seed: int) -> Plan:
    rng = np.random.default_rng(seed)
    return np.stack([random_start(model, rng) for _ in range(model.rounds)])


def room_search(kernel: CDLL, model: Model, start: Plan, method: Method = "anneal") -> RoomSearch:
    return RoomSearch(kernel, model, start, best_partners(model), 5, method=method)


def steps(search: Compiled, limit: int = LIMIT) -> Iterator[int]:
    """Search to the end, stopping after every step."""
    while search.iterations < limit:
        search.step(search.iterations / limit, limit)
        yield search.iterations


def worth(model: Model, plan: Plan) -> int:
    """What the reference counts, each round with the history of those before it."""
    total = 0
    for table_of in plan:
        total += Objective(model).total(table_of)
        if model.between is not None:
            together = table_of[:, None] == table_of
            np.fill_diagonal(together, False)
            model = replace(model, between=model.between + together.astype(np.uint8))
    return total


def assert_only_gets_better(model: Model, start: Plan, search: Compiled) -> None:
    now = worth(model, start)
    for _ in steps(search):
        for table_of in search.best:
            sizes = np.bincount(table_of, minlength=model.tables)
            assert ((model.least <= sizes) & (sizes <= model.most)).all()
        before, now = now, worth(model, search.best)
        assert now >= before


@settings(max_examples=80, deadline=None)
@given(n=st.integers(3, 60), seed=seeds)
def test_every_table_of_a_room_scores_as_the_reference_counts(
    kernel: CDLL, make_wild_room: MakeRoom, n: int, seed: int
) -> None:
    model = model_of(make_wild_room(n, seed))
    start = random_plan(model, seed)
    expected = Objective(model).scores(seats_at(model, start[0]), np.arange(model.tables))
    assert room_search(kernel, model, start).scores().tolist() == [expected.tolist()]


@settings(max_examples=20, deadline=None)
@given(
    n=st.integers(6, 40),
    rounds=st.integers(1, 4),
    seed=seeds,
    method=st.sampled_from(["anneal", "kick", "recast"]),
)
def test_a_search_for_rooms_loses_nobody_and_its_best_plan_only_gets_better(
    kernel: CDLL, make_wild_room: MakeRoom, n: int, rounds: int, seed: int, method: Method
) -> None:
    model = model_of(make_wild_room(n, seed), rounds)
    assume(model.tables > 1)
    start = random_plan(model, seed)
    assert_only_gets_better(model, start, room_search(kernel, model, start, method))


@settings(max_examples=20, deadline=None)
@given(n=st.integers(6, 60), tables=st.integers(2, 6), seed=seeds)
def test_a_search_for_groups_loses_nobody_and_its_best_plan_only_gets_better(
    kernel: CDLL, n: int, tables: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.triu(rng.integers(-50, 100, (n, n)), k=1)
    sizes = [(int(rng.integers(1, 1 + n // tables)), n) for _ in range(tables)]
    model = model_of(Problem.from_affinity(matrix + matrix.T, sizes))
    start = random_plan(model, seed)
    assert_only_gets_better(model, start, GroupSearch(kernel, model, start, seed))


def found_by(search: Compiled) -> list[list[list[int]]]:
    return [search.best.tolist() for _ in steps(search)]


@pytest.mark.parametrize("rounds", [1, 3])
@pytest.mark.parametrize("method", ["anneal", "kick", "recast"])
def test_same_seed_and_steps_find_the_same_plans(
    kernel: CDLL, make_lively_room: MakeRoom, rounds: int, method: Method
) -> None:
    model = model_of(make_lively_room(40, 3), rounds)
    start = random_plan(model, 1)
    first, second = (found_by(room_search(kernel, model, start, method)) for _ in range(2))
    assert first == second
    assert first[-1] != start.tolist()


@pytest.mark.parametrize("sizes", [[5] * 12, [20] * 3, [(1, 30)] * 6])
def test_same_seed_and_steps_find_the_same_groups(kernel: CDLL, sizes: list[Any]) -> None:
    matrix = np.triu(np.random.default_rng(2).normal(size=(60, 60)), k=1)
    model = model_of(Problem.from_affinity(matrix + matrix.T, sizes))
    start = random_plan(model, 1)
    first, second = (found_by(GroupSearch(kernel, model, start, 9)) for _ in range(2))
    assert first == second
    assert first[-1] != start.tolist()


def seatings(plan: Plan) -> list[Seating]:
    return [Seating(table_of, 0.0) for table_of in plan]


@settings(max_examples=20, deadline=None)
@given(n=st.integers(7, 30), rounds=st.integers(2, 4), seed=seeds)
def test_a_plan_gains_by_the_referee_what_it_gains_by_the_reference(
    kernel: CDLL, make_lively_room: MakeRoom, n: int, rounds: int, seed: int
) -> None:
    problem = make_lively_room(n, seed)
    model = model_of(problem, rounds)
    start = random_plan(model, seed)
    search = room_search(kernel, model, start)
    *_, _ = steps(search)
    before, after = (check_rounds(problem, seatings(plan)).score for plan in (start, search.best))
    gained = (worth(model, search.best) - worth(model, start)) / model.scale
    assert after - before == pytest.approx(gained, abs=1e-3 * n * rounds)


def test_people_who_met_more_often_than_can_be_counted_still_do_not_meet_again(
    kernel: CDLL, make_room: MakeRoom
) -> None:
    met = np.zeros((12, 12), dtype=int)
    met[:6, :6] = met[6:, 6:] = MOST_MET
    np.fill_diagonal(met, 0)
    problem = make_room(12, met=met, table_min=2, table_size=2, table_max=2)
    model = model_of(problem, 3)
    search = room_search(kernel, model, np.stack([np.arange(12) // 2] * 3))
    *_, _ = steps(search)
    assert all((np.bincount(row[:6], minlength=6) == 1).all() for row in search.best)


def test_a_search_for_rooms_ends_at_the_topics_first_start_or_above_it(
    kernel: CDLL, make_room: MakeRoom
) -> None:
    model = model_of(make_room(60, 2))
    start = topic_first(model)[None]
    search = room_search(kernel, model, start)
    *_, last = steps(search)
    assert last == LIMIT
    assert worth(model, search.best) > worth(model, start)


def test_people_kept_apart_who_met_without_end_stay_apart_in_a_plan(
    kernel: CDLL, make_room: MakeRoom
) -> None:
    met = np.zeros((12, 12), dtype=int)
    met[0, 1] = met[1, 0] = 500
    problem = make_room(12, met=met, apart=frozenset({(0, 1)}), table_size=4, table_max=4)
    model = model_of(problem, 2)
    start = np.stack([np.arange(12) // 4] * 2)
    apart = room_search(kernel, model, start).scores()[:, 0]
    assert (apart < -1000 * model.scale).all()
