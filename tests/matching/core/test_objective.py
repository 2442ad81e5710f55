"""What tables are worth, to the last score unit."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.core import Problem
from matching.core.construct import random_start, topic_first
from matching.core.groups import GroupSearch
from matching.core.layout import layout_for
from matching.core.model import Model, model_for
from matching.core.objective import Objective, seats_of
from matching.core.problem import Table
from matching.core.search import Search

MakeRoom = Callable[..., Problem]
ONE = 9009 * 180180
"""1.0 of score in score units."""


def recount(model: Model, table: int, members: list[int]) -> int:
    """The score of one table, term by term in plain Python."""
    size, pairs = len(members), list(combinations(members, 2))
    score = -int(model.size_cost[table, size])
    if model.pure:
        return score + sum(int(model.pair[i, j]) for i, j in pairs)
    if model.place is not None:
        score -= sum(int(model.place[i, table]) for i in members)
    score -= 1000 * ONE * broken(model, members) + repeats_and_clashes(model, pairs)
    score -= crowding(model, members)
    if size < 2:
        return score
    score += sum(int(model.pair[i, j]) for i, j in pairs) * 360360 // (size - 1)
    score += 108108 * size * topic(model, members)
    for i in members:
        best = max(int(model.pair[i, j]) for j in members if j != i)
        score -= 320 * max(0, int(model.floor[i]) - best) ** 2
    return score


def repeats_and_clashes(model: Model, pairs: list[tuple[int, int]]) -> int:
    if model.between is None:
        return 0
    found = [divmod(int(model.between[i, j]), 128) for i, j in pairs]
    return sum(8 * ONE * met**2 + 1000 * ONE * clash for clash, met in found)


def crowding(model: Model, members: list[int]) -> int:
    cost = 0
    for values, limits, unit in zip(
        model.categories, model.limits, model.category_cost.tolist(), strict=True
    ):
        here = [int(values[i]) for i in members if values[i] >= 0]
        for value in set(here):
            excess = max(0, here.count(value) - int(limits[value, len(members)]))
            cost += unit * excess * (excess + 1) // 2
    return cost


def broken(model: Model, members: list[int]) -> int:
    if not members:
        return 0
    alike = 3
    for person in members:
        alike &= int(model.alone[person])
    hosts = sum(int(model.hosts[person]) for person in members)
    by_rule = (0, int(hosts == 0), max(0, hosts - 1))
    return alike.bit_count() + by_rule[model.host_rule]


def topic(model: Model, members: list[int]) -> int:
    best = 0
    for bit, worth in enumerate(model.worth.tolist()):
        held = sum(int(model.topics[i, bit // 32]) >> bit % 32 & 1 for i in members)
        if held == len(members):
            best = max(best, worth)
        elif held == len(members) - 1 and len(members) >= 4:
            best = max(best, worth * 2 // 5)
    return best


def everything(make_room: MakeRoom, n: int, seed: int, **fields: Any) -> Model:
    """The model of a room where every rule and every soft wish plays a part."""
    rng = np.random.default_rng(seed)
    ties = np.triu(rng.uniform(-1, 1, (n, n)), k=1)
    seats = [*rng.integers(5, 9, n).tolist(), *rng.integers(2, 5, n).tolist()]
    venue = tuple(
        Table(f"T{i}", chairs, frozenset({"quiet"} if i % 3 == 0 else ()))
        for i, chairs in enumerate(seats)
    )
    given = {
        "newcomers": rng.random(n) < 0.5,
        "trades": tuple(rng.choice(["baker", "smith", None], n).tolist()),
        "balance": tuple(tuple(rng.choice(["x", "y", None], n).tolist()) for _ in range(2)),
        "ties": ties + ties.T,
        "venue": venue,
        "needs": tuple(frozenset({"quiet"} if rng.random() < 0.2 else ()) for _ in range(n)),
        "pins": np.where(rng.random(n) < 0.1, rng.integers(2 * n, size=n), -1),
        "seated": rng.integers(-1, 2 * n, size=n),
    }
    room = make_room(n, seed, **(given | fields))
    return model_for(room, layout_for(room))


def grouped(model: Model, table_of: np.ndarray) -> list[list[int]]:
    return [np.flatnonzero(table_of == table).tolist() for table in range(model.tables)]


@given(n=st.integers(3, 40), seed=st.integers(0, 10**6))
def test_every_table_scores_as_counted_by_hand(
    n: int, seed: int, make_room: MakeRoom, make_lively_room: MakeRoom
) -> None:
    rng = np.random.default_rng(seed)
    lively = make_lively_room(n, seed)
    rules = {
        name: getattr(lively, name) for name in ("apart", "companies", "intents", "met", "hosts")
    }
    model = everything(make_room, n, seed, **rules)
    table_of = random_start(model, rng)
    tables = grouped(model, table_of)
    expected = [recount(model, table, members) for table, members in enumerate(tables)]
    objective = Objective(model)
    scores = objective.scores(seats_of(n, tables), np.arange(model.tables))
    assert scores.tolist() == expected
    assert objective.total(table_of) == sum(expected)


@pytest.mark.parametrize("members", [[], [3], [3, 5]])
def test_tables_of_a_few_or_nobody_score_as_counted_by_hand(
    members: list[int], make_room: MakeRoom
) -> None:
    model = everything(make_room, 20, 1, hosts=np.arange(20) < 9)
    score = Objective(model).scores(seats_of(20, [members]), np.array([1]))
    assert score.tolist() == [recount(model, 1, members)]


def test_without_its_index_a_table_costs_neither_size_nor_place(make_room: MakeRoom) -> None:
    model = everything(make_room, 20, 2)
    objective = Objective(model)
    seats = seats_of(20, [[0, 1, 2, 3]])
    cost = model.size_cost[1, 4] + model.place[:4, 1].sum()
    assert objective.scores(seats, np.array([1])) == objective.scores(seats) - cost


def test_a_table_scores_the_same_in_any_order_and_with_more_empty_chairs(
    make_room: MakeRoom,
) -> None:
    objective = Objective(everything(make_room, 20, 3))
    narrow = objective.scores(seats_of(20, [[4, 9, 2]]))
    assert narrow == objective.scores(np.array([[20, 2, 20, 9, 4]]))


def test_a_pure_table_is_worth_the_sum_of_its_pairs() -> None:
    problem = Problem.from_affinity([[0, 1.5, 2], [1.5, 0, 4], [2, 4, 0]], [(1, 3)])
    model = model_for(problem, layout_for(problem))
    assert Objective(model).total([0, 0, 0]) / model.scale == 7.5


def sizes_are_kept(model: Model, table_of: np.ndarray) -> bool:
    sizes = np.bincount(table_of, minlength=model.tables)
    return bool(((model.least <= sizes) & (sizes <= model.most)).all())


@given(n=st.integers(3, 60), seed=st.integers(0, 10**6))
def test_first_seatings_keep_the_sizes(n: int, seed: int, make_room: MakeRoom) -> None:
    model = everything(make_room, n, seed)
    assert sizes_are_kept(model, topic_first(model))
    assert sizes_are_kept(model, random_start(model, np.random.default_rng(seed)))


@pytest.mark.parametrize(
    "start", [topic_first, lambda m: random_start(m, np.random.default_rng(1))]
)
def test_first_seatings_put_people_where_they_must_sit(
    start: Callable[[Model], np.ndarray], make_room: MakeRoom
) -> None:
    quiet = frozenset({"quiet"})
    needs = (quiet,) * 8 + (frozenset(),) * 22
    venue = tuple(Table(f"T{i}", 6, quiet if i in (1, 4) else frozenset()) for i in range(6))
    problem = make_room(30, venue=venue, needs=needs, pins=[-1] * 28 + [5, 5])
    table_of = start(model_for(problem, layout_for(problem)))
    assert set(table_of[:8].tolist()) == {1, 4}
    assert table_of[28:].tolist() == [5, 5]


def test_the_first_seating_leaves_people_where_they_sit(make_room: MakeRoom) -> None:
    seated = np.arange(30) % 6
    problem = make_room(30, seated=seated)
    assert topic_first(model_for(problem, layout_for(problem))).tolist() == seated.tolist()


@pytest.mark.parametrize("n", [3, 7, 31])
def test_a_search_gains_and_tells_the_score_of_what_it_found(n: int, make_room: MakeRoom) -> None:
    model = everything(make_room, n, n)
    start = topic_first(model)
    search = Search(model, start, np.random.default_rng(1))
    search.run(lambda done: done / 10)
    objective = Objective(model)
    assert search.score == objective.total(search.table_of) >= objective.total(start)
    assert sizes_are_kept(model, search.table_of)


@pytest.mark.parametrize("sizes", [[4, 4, 4], [(1, 6), (2, 9), (3, 3)], [12]])
def test_a_search_for_groups_gains_and_tells_what_it_found(sizes: list[Any]) -> None:
    matrix = np.triu(np.random.default_rng(1).integers(-50, 100, (12, 12)), k=1)
    problem = Problem.from_affinity(matrix + matrix.T, sizes)
    model = model_for(problem, layout_for(problem))
    start = topic_first(model)
    search = GroupSearch(model, start, np.random.default_rng(1))
    search.run(lambda done: done / 20)
    objective = Objective(model)
    assert search.score == objective.total(search.table_of) >= objective.total(start)
    assert sizes_are_kept(model, search.table_of)
