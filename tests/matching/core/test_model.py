"""A problem in whole numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from matching.core import Problem
from matching.core.layout import layout_for
from matching.core.model import Model, model_for
from matching.core.problem import Table

MakeRoom = Callable[..., Problem]
ONE = 9009 * 180180
"""1.0 of score in score units."""


def model_of(problem: Problem, rounds: int = 1) -> Model:
    return model_for(problem, layout_for(problem), rounds)


def plain(n: int, **fields: Any) -> Problem:
    return Problem(tuple(f"P{i}" for i in range(n)), (), np.zeros((n, 0)), **fields)


def test_the_mean_over_every_number_of_tablemates_is_whole() -> None:
    assert all(360360 % tablemates == 0 for tablemates in range(1, 16))


def test_arrays_have_the_types_and_shapes_that_a_kernel_reads(make_lively_room: MakeRoom) -> None:
    model = model_of(make_lively_room(30, 3))
    shapes = {
        name: (value.dtype.name, value.shape)
        for name, value in vars(model).items()
        if isinstance(value, np.ndarray)
    }
    assert shapes == {
        "least": ("int32", (6,)),
        "most": ("int32", (6,)),
        "pair": ("int32", (30, 30)),
        "between": ("uint8", (30, 30)),
        "floor": ("int32", (30,)),
        "topics": ("uint32", (30, 1)),
        "worth": ("int32", (32,)),
        "alone": ("uint8", (30,)),
        "hosts": ("uint8", (30,)),
        "categories": ("int32", (0, 30)),
        "limits": ("int32", (0, 1, 6)),
        "category_cost": ("int64", (0,)),
        "size_cost": ("int64", (6, 6)),
    }
    assert all(
        value.flags.c_contiguous for value in vars(model).values() if hasattr(value, "flags")
    )


def test_a_room_without_history_or_clashes_needs_no_matrix_of_them() -> None:
    assert model_of(plain(6)).between is None
    assert model_of(plain(6), rounds=2).between.any() == np.False_


def test_between_two_people_lies_how_often_they_met_and_whether_they_clash() -> None:
    met = np.zeros((6, 6))
    met[0, 1] = met[1, 0] = 2
    met[2, 3] = met[3, 2] = 500
    companies = ("Acme", "Acme", None, None, None, None)
    between = model_of(plain(6, met=met, apart={(4, 5)}, companies=companies)).between
    assert between[0, 1] == between[1, 0] == 128 + 2
    assert between[2, 3] == 126
    assert between[5, 4] == 128
    assert np.count_nonzero(between) == 6


def test_topics_that_fewer_than_two_hold_are_left_out_and_rare_ones_come_last() -> None:
    interests = np.zeros((8, 3))
    interests[:2, 0] = 1
    interests[:, 1] = 0.5
    interests[7, 2] = 1
    model = model_of(Problem(tuple("abcdefgh"), tuple("xyz"), interests))
    assert model.topics[:, 0].tolist() == [3, 3, 1, 1, 1, 1, 1, 1]
    assert model.worth[:3].tolist() == [3020, 9010, 0]


@pytest.mark.parametrize("topics", [0, 32, 33])
def test_words_hold_every_topic(topics: int) -> None:
    model = model_of(Problem(tuple("abc"), tuple(map(str, range(topics))), np.ones((3, topics))))
    assert model.topics.shape == (3, -(-topics // 32))
    assert sum(int(word).bit_count() for word in model.topics[0]) == topics


def test_the_floor_looks_further_down_for_more_rounds() -> None:
    ties = np.zeros((8, 8))
    ties[0, 1:] = ties[1:, 0] = np.arange(7, 0, -1) / 10
    problem = plain(8, ties=ties)
    assert model_of(problem).floor[0] == round(0.7 * round(0.5 * 9009))
    assert model_of(problem, rounds=2).floor[0] == round(0.7 * round(0.2 * 9009))


def test_newcomers_are_no_rule_when_everybody_is_one() -> None:
    assert model_of(plain(3, newcomers=[1, 1, 1])).alone.tolist() == [0, 0, 0]
    intents = ("sell", "sell", "buy")
    assert model_of(plain(3, newcomers=[1, 0, 1], intents=intents)).alone.tolist() == [3, 1, 2]


@pytest.mark.parametrize(("hosts", "rule"), [(0, 0), (1, 2), (2, 1), (3, 1)])
def test_the_rule_of_hosts_goes_by_how_many_there_are(hosts: int, rule: int) -> None:
    assert model_of(plain(10, hosts=np.arange(10) < hosts)).host_rule == rule


def test_trades_have_a_cap_and_attributes_a_fair_share() -> None:
    trades = ("baker", "baker", "baker", "smith", "", None)
    model = model_of(plain(6, trades=trades, balance=(("x", "x", "x", "x", "y", None),)))
    assert model.categories.tolist() == [[0, 0, 0, 1, -1, -1], [0, 0, 0, 0, 1, -1]]
    assert (model.limits[0] == 2).all()
    assert model.limits[1].tolist() == [[0, 1, 2, 2, 3, 4, 4], [0, 1, 1, 1, 1, 1, 1]]
    assert model.category_cost.tolist() == [1000 * ONE, ONE // 5]


def test_a_person_costs_where_they_are_moved_or_out_of_place() -> None:
    quiet = frozenset({"quiet"})
    venue = (Table("T0", 3), Table("none", 1), Table("T2", 3, quiet))
    problem = plain(
        6,
        table_size=3,
        table_max=3,
        venue=venue,
        seated=[0, 2, -1, -1, -1, -1],
        pins=[-1, -1, 2, -1, 0, -1],
        needs=((), (), (), quiet, quiet, ()),
    )
    assert model_of(problem).place.tolist() == [
        [0, ONE // 2],
        [ONE // 2, 0],
        [1000 * ONE, 0],
        [1000 * ONE, 0],
        [1000 * ONE, 1000 * ONE],
        [0, 0],
    ]


def test_places_that_cost_nothing_need_no_matrix() -> None:
    assert model_of(plain(6, pins=[-1] * 6, seated=[-1] * 6)).place is None


def test_a_table_costs_for_each_person_too_few_or_too_many_unless_it_is_empty() -> None:
    model = model_of(plain(9, venue=(Table("T0", 4), Table("T1", 9))))
    assert (model.size_cost // (1000 * ONE)).tolist() == [[0, 2, 1, 0, 0, 1], [0, 2, 1, 0, 0, 0]]


def test_a_pure_model_counts_pairs_only() -> None:
    model = model_of(Problem.from_affinity([[0, 1, 2], [1, 0, 3], [2, 3, 0]], [1, (1, 2)]))
    assert model.pure
    assert model.scale == 1
    assert model.pair.tolist() == [[0, 1, 2], [1, 0, 3], [2, 3, 0]]
    assert model.between is model.place is None
    assert not model.floor.any()
    assert model.size_cost.tolist() == [[1000, 0, 1000], [1000, 0, 0]]
