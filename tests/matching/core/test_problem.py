"""A problem checks itself, and knows what pairs have to talk about."""

import re
from collections.abc import Callable
from math import log
from typing import Any

import numpy as np
import pytest

from matching.core import InvalidProblem, Problem

MakeRoom = Callable[..., Problem]
THREE = ("Ada", "Bo", "Cy")


def room(**fields: Any) -> Problem:
    given: dict[str, Any] = {
        "people": THREE,
        "topics": ("climate", "grants"),
        "interests": [[1, 0], [1, 0.5], [0, 1]],
    }
    return Problem(**(given | fields))


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        (
            {"people": ("Ada", "Bo", "Ada")},
            "duplicate_people",
            "'Ada' comes twice in people: make each name unique.",
        ),
        (
            {"topics": ("climate", "climate")},
            "duplicate_topics",
            "'climate' comes twice in topics: make each name unique.",
        ),
        (
            {"interests": [[1, 0], [1, float("nan")], [0, 1]]},
            "invalid_interest",
            "Bo has interest nan in grants: use 0 (not picked), 0.5 (curious) or 1 (keen).",
        ),
        (
            {"interests": [[1, 0], [1, 0], [7, 1]]},
            "invalid_interest",
            "Cy has interest 7.0 in climate: use 0 (not picked), 0.5 (curious) or 1 (keen).",
        ),
        (
            {"interests": [[1, 0], [1, 0]]},
            "wrong_shape",
            "interests has shape (2, 2), but these people and topics need (3, 2).",
        ),
        (
            {"offers": np.ones((3, 3))},
            "wrong_shape",
            "offers has shape (3, 3), but these people and topics need (3, 2).",
        ),
        ({"asks": np.full((3, 2), 2)}, "invalid_asks", "asks must be true or false."),
        (
            {"companies": ("Acme",)},
            "wrong_shape",
            "companies has 1 entries for 3 people: give one each.",
        ),
        (
            {"intents": ("sell", "spy", None)},
            "invalid_intent",
            "Bo has the intent 'spy': use one of sell, buy, hire, find_work, peers, learn, help, "
            "or none.",
        ),
        (
            {"met": [[0, 1, 0], [0, 0, 0], [0, 0, 0]]},
            "invalid_met",
            "met is wrong for Ada and Bo: give whole counts, the same both ways, "
            "and 0 for a person with themselves.",
        ),
        (
            {"met": np.diag([0, 1, 0])},
            "invalid_met",
            "met is wrong for Bo and Bo: give whole counts, the same both ways, "
            "and 0 for a person with themselves.",
        ),
        ({"apart": {(0, 3)}}, "unknown_person", "There is no person 3: use indices from 0 to 2."),
        ({"apart": {(1, 1)}}, "duplicate_person", "Name each person once."),
        (
            {"table_min": 5, "table_size": 4},
            "invalid_table_sizes",
            "Table sizes 5, 4, 6 do not rise: choose smallest <= usual <= largest, "
            "the smallest at least 2.",
        ),
    ],
)
def test_wrong_input_is_refused_by_name(fields: dict[str, Any], code: str, message: str) -> None:
    with pytest.raises(InvalidProblem, match=f"^{re.escape(message)}$") as refusal:
        room(**fields)
    assert refusal.value.code == code


def test_text_where_numbers_belong_is_refused() -> None:
    with pytest.raises(InvalidProblem) as refusal:
        room(interests=[["a", "b"]] * 3)
    assert refusal.value.code == "wrong_type"


def test_rarity_counts_holders_on_a_logarithmic_scale() -> None:
    interests = np.zeros((8, 4))
    interests[:, 0] = 1
    interests[:4, 1] = 0.5
    interests[:2, 2] = 1
    interests[0, 3] = 1
    problem = Problem(tuple("abcdefgh"), tuple("wxyz"), interests)
    assert problem.rarity.tolist() == pytest.approx([0.05, log(2) / log(4), 1, 0])


def test_two_who_share_one_rare_topic_are_drawn_by_the_noisy_or() -> None:
    interests = np.zeros((8, 1))
    interests[:2] = 1
    problem = Problem(tuple("abcdefgh"), ("x",), interests)
    assert problem.affinity[0, 1] == pytest.approx(0.6)
    assert problem.affinity[0, 2] == 0


def test_mutual_help_beats_help_one_way() -> None:
    asks = np.array([[1, 0], [0, 1], [0, 0]])
    offers = np.array([[0, 1], [1, 0], [1, 0]])
    problem = room(interests=np.zeros((3, 2)), asks=asks, offers=offers)
    help_each_way = 0.8 * 0.15
    assert problem.affinity[0, 1] == pytest.approx(1.2 * help_each_way)
    assert problem.affinity[0, 2] == pytest.approx(1.2 * help_each_way / 4)


def test_sellers_repel_each_other_and_draw_buyers() -> None:
    problem = room(interests=np.zeros((3, 2)), intents=("sell", "sell", "buy"))
    assert problem.affinity.tolist() == [[0, -0.4, 0.4], [-0.4, 0, 0.4], [0.4, 0.4, 0]]


def test_having_met_costs_the_square_of_how_often() -> None:
    problem = room(interests=np.zeros((3, 2)), met=[[0, 1, 0], [1, 0, 2], [0, 2, 0]])
    assert problem.pair_score.tolist() == [[0, -4, 0], [-4, 0, -16], [0, -16, 0]]


def test_blank_companies_do_not_clash() -> None:
    problem = room(companies=("", None, ""))
    assert problem.clashes.any() == np.False_


def test_subset_keeps_every_field_of_its_members(make_lively_room: MakeRoom) -> None:
    problem = make_lively_room(30, 3)
    i, j = min(problem.apart)
    part = problem.subset([j, 7, i])
    assert part.people == (f"P{j}", "P7", f"P{i}")
    assert part.interests.tolist() == problem.interests[[j, 7, i]].tolist()
    assert part.companies == tuple(problem.companies[k] for k in (j, 7, i))
    assert part.met.tolist() == problem.met[np.ix_([j, 7, i], [j, 7, i])].tolist()
    assert (0, 2) in part.apart
    assert part.hosts.tolist() == problem.hosts[[j, 7, i]].tolist()
    assert part.table_size == problem.table_size


def test_subset_refuses_the_same_person_twice(make_room: MakeRoom) -> None:
    with pytest.raises(InvalidProblem, match="Name each person once"):
        make_room(5).subset([1, 1])


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_rooms_are_valid_problems(n: int, make_room: MakeRoom) -> None:
    problem = make_room(n)
    assert problem.affinity.shape == problem.clashes.shape == (n, n)
    assert problem.floor.tolist() == [0.0] * n


def test_arrays_of_a_problem_cannot_change(make_room: MakeRoom) -> None:
    with pytest.raises(ValueError, match="read-only"):
        make_room(5).interests[0, 0] = 1
