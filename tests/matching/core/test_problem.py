"""A problem checks itself, and knows what pairs have to talk about."""

import re
from collections.abc import Callable
from math import log
from typing import Any

import numpy as np
import pytest

from matching.core import InvalidProblem, NoLegalSplit, Problem, Seating
from matching.core.problem import Table

MakeRoom = Callable[..., Problem]
THREE = ("Ada", "Bo", "Cy")
TICK = 1 / 9009


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
        (
            {"table_max": 17},
            "invalid_table_sizes",
            "Tables of 17 are too large to talk at: choose 16 people at most.",
        ),
        ({"newcomers": [0, 1, 2]}, "invalid_newcomers", "newcomers must be true or false."),
        (
            {"trades": ("baker",)},
            "wrong_shape",
            "trades has 1 entries for 3 people: give one each.",
        ),
        (
            {"balance": (("x", "y", None), ("x",))},
            "wrong_shape",
            "balance attribute 2 has 1 entries for 3 people: give one each.",
        ),
        (
            {"ties": [[0, 0.5, 0], [0.5, 0, float("nan")], [0, 0, 0]]},
            "invalid_ties",
            "ties is nan for Bo and Cy: give numbers from -1 to 1, the same both ways, "
            "and 0 for a person with themselves.",
        ),
        (
            {"ties": [[0, 0, -1.5], [0, 0, 0], [-1.5, 0, 0]]},
            "invalid_ties",
            "ties is -1.5 for Ada and Cy: give numbers from -1 to 1, the same both ways, "
            "and 0 for a person with themselves.",
        ),
        (
            {"venue": (Table("bar", 4), Table("bar", 5))},
            "duplicate_venue",
            "'bar' comes twice in venue: make each name unique.",
        ),
        (
            {"venue": (Table("bar", 0),)},
            "invalid_seats",
            "Table bar has 0 seats: give a whole number from 1.",
        ),
        (
            {"venue": (Table("bar", 4, "quiet"),)},
            "invalid_features",
            "Table bar has the features 'quiet': give a set of words.",
        ),
        (
            {"needs": ((), "quiet", ())},
            "invalid_needs",
            "Bo has the needs 'quiet': give a set of words, empty for none.",
        ),
        (
            {"venue": (Table("bar", 4),), "pins": [-1, -1, 1]},
            "invalid_pins",
            "pins puts Cy at table index 1: the venue has the indices 0 to 0.",
        ),
        (
            {"pins": [0, -2, 0]},
            "invalid_pins",
            "pins is -2 for Bo: give a whole number from -1.",
        ),
        (
            {"seated": [0, 1.5, 0]},
            "invalid_seated",
            "seated is 1.5 for Bo: give a whole number from -1.",
        ),
        (
            {"sat_out": [0, 0, -1]},
            "invalid_sat_out",
            "sat_out is -1 for Cy: give a whole number from 0.",
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
    assert problem.affinity[0, 1] == pytest.approx(0.6, abs=TICK)
    assert problem.affinity[0, 2] == 0


def test_mutual_help_beats_help_one_way() -> None:
    asks = np.array([[1, 0], [0, 1], [0, 0]])
    offers = np.array([[0, 1], [1, 0], [1, 0]])
    problem = room(interests=np.zeros((3, 2)), asks=asks, offers=offers)
    help_each_way = 0.8 * 0.15
    assert problem.affinity[0, 1] == pytest.approx(1.2 * help_each_way, abs=TICK)
    assert problem.affinity[0, 2] == pytest.approx(1.2 * help_each_way / 4, abs=TICK)


def test_sellers_repel_each_other_and_draw_buyers() -> None:
    problem = room(interests=np.zeros((3, 2)), intents=("sell", "sell", "buy"))
    expected = np.array([[0, -0.4, 0.4], [-0.4, 0, 0.4], [0.4, 0.4, 0]])
    assert problem.affinity == pytest.approx(expected, abs=TICK)


def test_ties_of_the_series_add_to_the_affinity() -> None:
    ties = np.array([[0, 0.5, 0], [0.5, 0, -1], [0, -1, 0]])
    problem = room(interests=np.zeros((3, 2)), ties=ties)
    assert problem.affinity == pytest.approx(ties, abs=TICK)


def test_affinity_is_the_same_both_ways_in_a_room_of_many_blocks(
    make_lively_room: MakeRoom,
) -> None:
    ticks = make_lively_room(300, 1).ticks
    assert ticks.tolist() == ticks.T.tolist()
    assert not ticks.diagonal().any()


def test_the_floor_is_a_share_of_the_third_best_of_those_one_can_count_on() -> None:
    ties = np.zeros((6, 6))
    ties[0] = ties[:, 0] = [0, 1, 0.9, 0.8, 0.6, 0.5]
    met = np.zeros((6, 6))
    met[0, 1] = met[1, 0] = 1
    problem = Problem(
        tuple("abcdef"), (), np.zeros((6, 0)), ties=ties, met=met, apart=frozenset({(0, 2)})
    )
    assert problem.floor[0] == pytest.approx(0.7 * 0.5, abs=TICK)
    assert problem.floor_ticks(2)[0] == round(0.7 * round(0.6 * 9009))
    assert problem.floor_ticks(6).tolist() == [0] * 6


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


def test_subset_keeps_what_is_known_of_its_members_and_the_whole_venue() -> None:
    problem = room(
        newcomers=[1, 0, 0],
        trades=("baker", None, "smith"),
        balance=(("x", "y", "z"),),
        ties=[[0, 0, 1], [0, 0, 0.5], [1, 0.5, 0]],
        venue=(Table("bar", 4), Table("hall", 6, frozenset({"quiet"}))),
        needs=((), {"quiet"}, ()),
        pins=[-1, 1, 0],
        seated=[0, 0, 1],
        sat_out=[0, 1, 2],
    )
    part = problem.subset([2, 1])
    assert part.people == ("Cy", "Bo")
    assert part.newcomers.tolist() == [False, False]
    assert part.trades == ("smith", None)
    assert part.balance == (("z", "y"),)
    assert part.ties.tolist() == [[0, 0.5], [0.5, 0]]
    assert part.venue == problem.venue
    assert part.needs == (frozenset(), frozenset({"quiet"}))
    assert part.pins.tolist() == [0, 1]
    assert part.seated.tolist() == [1, 0]
    assert part.sat_out.tolist() == [2, 1]


def test_a_room_remembers_who_sat_together_and_who_sat_out() -> None:
    once = room(met=[[0, 2, 0], [2, 0, 0], [0, 0, 0]]).after(Seating([0, 0, -1], 0.0))
    twice = once.after(Seating([-1, 1, 1], 0.0))
    assert twice.met.tolist() == [[0, 3, 0], [3, 0, 1], [0, 1, 0]]
    assert twice.sat_out.tolist() == [1, 0, 1]


def test_two_who_both_sat_out_have_not_met() -> None:
    assert not room().after(Seating([-1, -1, -1], 0.0)).met.any()


def test_the_seating_of_another_room_cannot_be_remembered() -> None:
    with pytest.raises(InvalidProblem, match="This seating is for 2 people, the room has 3"):
        room().after(Seating([0, 0], 0.0))


def test_a_pure_problem_takes_whatever_lies_between_two_people() -> None:
    problem = Problem.from_affinity([[9, 1, -2], [1, 9, 0.25], [-2, 0.25, 9]], [(1, 2), 1])
    assert problem.pure
    assert problem.people == ("1", "2", "3")
    assert problem.affinity.tolist() == [[0, 1, -2], [1, 0, 0.25], [-2, 0.25, 0]]
    assert problem.bounds == ((1, 2), (1, 1))


@pytest.mark.parametrize(
    ("value", "scale"), [(3, 1), (0.5, 10), (0.123, 1000), (99.999, 1000), (1e12, 2**28 / 2e12)]
)
def test_given_affinities_are_whole_in_ticks_where_they_fit(value: float, scale: float) -> None:
    problem = Problem.from_affinity([[0, value], [value, 0]], [2])
    assert problem.scale == pytest.approx(scale)
    assert problem.ticks[0, 1] == round(value * scale)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[0, 1]], "the affinity matrix has shape (1, 2): give one row and one column"),
        ([[0, 1], [2, 0]], "The affinity of Ada and Bo is 1.0 one way and 2.0 the other"),
        ([[0, float("nan")], [0, 0]], "The affinity of Ada and Bo is nan: give finite numbers."),
        ([[0, 1], [float("inf"), 0]], "The affinity of Bo and Ada is inf: give finite numbers."),
        ([["a", "b"]] * 2, "the affinity matrix must be numbers"),
    ],
)
def test_a_wrong_affinity_matrix_is_refused_by_name(matrix: Any, message: str) -> None:
    with pytest.raises(InvalidProblem, match=f"^{re.escape(message)}"):
        Problem.from_affinity(matrix, [2], people=("Ada", "Bo"))


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ([], "Give the size of at least one table."),
        ([2, 0], "Table 2 has the size 0: give a whole number from 1"),
        ([(3, 2)], "Table 1 has the size (3, 2): give a whole number from 1"),
        ([(1, 2, 3)], "Table 1 has the size (1, 2, 3): give a whole number from 1"),
        ([1.5], "Table 1 has the size 1.5: give a whole number from 1"),
    ],
)
def test_wrong_sizes_are_refused_by_table(sizes: Any, message: str) -> None:
    with pytest.raises(InvalidProblem, match=f"^{re.escape(message)}"):
        Problem.from_affinity(np.zeros((2, 2)), sizes)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ([2, 3], "4 people are too few for tables that need 5"),
        ([(1, 3)], "4 people are too many for tables that take 3: add a table, or places for 1"),
    ],
)
def test_tables_that_do_not_fit_the_people_are_refused_with_the_fix(
    sizes: Any, message: str
) -> None:
    with pytest.raises(NoLegalSplit, match=f"^{re.escape(message)}"):
        Problem.from_affinity(np.zeros((4, 4)), sizes)
