"""What other tables, or a longer search, would change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core import (
    MaxIterations,
    Problem,
    Seating,
    Table,
    alternatives,
    check_rounds,
    layout_for,
    share_of_bound,
    solve,
    solve_rounds,
    upper_bound,
)

MakeRoom = Callable[..., Problem]
LONG, SHORT = MaxIterations(1_000), MaxIterations(200)


def of_one_topic(n: int, **fields: Any) -> Problem:
    return Problem(tuple(f"P{i}" for i in range(n)), ("chess",), np.ones((n, 1)), **fields)


def changes_of(problem: Problem, rounds: int = 1) -> dict[str, str]:
    """The sentence of each change that is offered for a good plan."""
    plan = solve_rounds(problem, rounds, stop=LONG)
    return {found.change: found.sentence for found in alternatives(problem, plan, stop=SHORT)}


def test_more_tables_help_where_small_groups_share_a_topic() -> None:
    topics = np.kron(np.eye(4), np.ones((4, 1)))
    problem = Problem(tuple(f"P{i}" for i in range(16)), ("a", "b", "c", "d"), topics)
    seatings = [solve(problem, stop=LONG)]
    found = alternatives(problem, seatings, stop=LONG, changes=("one_more_table",))
    assert [one.change for one in found] == ["one_more_table"]
    assert found[0].quality.tables == 4
    assert found[0].score_per_person > seatings[0].score / 16
    assert found[0].sentence == (
        "One more table (4 instead of 3): 1.00 of the tables would share a topic "
        "instead of 0.00, tables of 4."
    )


def test_where_nothing_would_differ_the_sentence_says_so() -> None:
    found = changes_of(of_one_topic(30))
    assert found["more_time"] == "A longer search would change nothing."
    assert found["one_table_less"] == (
        "One table less (5 instead of 6) would change nothing: tables of 6."
    )
    assert found["one_more_table"] == (
        "One more table (7 instead of 6) would change nothing: tables of 4 to 5."
    )


@pytest.mark.parametrize(
    ("people", "fields", "offered"),
    [
        (5, {}, ["more_time"]),
        (6, {}, ["one_more_table", "more_time"]),
        (13, {}, ["one_more_table", "more_time"]),
        (12, {"table_min": 4, "table_size": 4, "table_max": 6}, ["one_table_less", "more_time"]),
        (12, {"table_min": 4, "table_size": 4, "table_max": 4}, ["more_time"]),
        (12, {"pins": [0, 1, 2] + [-1] * 9, "table_size": 4}, ["one_more_table", "more_time"]),
        (10, {"venue": (Table("A", 5), Table("B", 5))}, ["one_more_table", "more_time"]),
    ],
)
def test_only_what_sizes_chairs_and_pins_allow_is_offered(
    people: int, fields: dict[str, Any], offered: list[str]
) -> None:
    assert list(changes_of(of_one_topic(people, **fields))) == offered


def test_alternative_that_would_break_a_rule_is_left_out() -> None:
    companies = ("Acme",) * 3 + (None,) * 9
    assert "one_table_less" in changes_of(of_one_topic(12, table_size=4))
    assert "one_table_less" not in changes_of(of_one_topic(12, table_size=4, companies=companies))


def test_one_more_table_may_let_a_rule_hold() -> None:
    companies = ("Acme",) * 4 + (None,) * 8
    found = changes_of(of_one_topic(12, table_size=4, companies=companies))
    assert found["one_more_table"] == (
        "One more table (4 instead of 3): 0 times a rule would be broken instead of 1, tables of 3."
    )


def test_one_more_table_seats_those_who_would_sit_out() -> None:
    venue = (Table("Near", 4), Table("Far", 4))
    found = changes_of(of_one_topic(11, venue=venue))
    assert list(found) == ["one_more_table", "more_time"]
    assert found["one_more_table"].startswith(
        "One more table (3 instead of 2): 0 would sit out instead of 3"
    )


def test_rounds_are_compared_as_whole_plans() -> None:
    problem = of_one_topic(9, table_min=2, table_size=3, table_max=5)
    found = changes_of(problem, rounds=3)
    assert "1.00" not in found["one_table_less"]
    assert "pairs would meet again instead of 0" in found["one_table_less"]


def test_longer_search_is_never_worse(make_lively_room: MakeRoom) -> None:
    problem = make_lively_room(30, 5)
    poor = solve(problem, stop=MaxIterations(1))
    (longer,) = alternatives(problem, [poor], stop=LONG, changes=("more_time",))
    assert longer.score_per_person > poor.score / 30
    assert longer.sentence.startswith("A longer search: ")
    good = Seating(poor.table_of, 1e6)
    (same,) = alternatives(problem, [good], stop=SHORT, changes=("more_time",))
    assert same.sentence == "A longer search would change nothing."


def test_the_pure_problem_has_its_tables_given() -> None:
    problem = Problem.from_affinity(np.ones((6, 6)), [3, 3])
    found = alternatives(problem, [solve(problem, stop=SHORT)], stop=SHORT)
    assert [one.change for one in found] == ["more_time"]


@settings(max_examples=10, deadline=None)
@given(n=st.integers(3, 40), seed=st.integers(0, 10_000))
def test_alternatives_have_one_table_more_or_less_and_seat_everybody(
    make_room: MakeRoom, n: int, seed: int
) -> None:
    problem = make_room(n, seed)
    tables = len(layout_for(problem).tables)
    plan = [solve(problem, stop=SHORT)]
    found = {one.change: one for one in alternatives(problem, plan, stop=SHORT)}
    for change, more in (("one_more_table", 1), ("one_table_less", -1)):
        count = tables + more
        lawful = count > 0 and n // count >= 3 and -(-n // count) <= 6
        assert (change in found) == lawful
        if lawful:
            assert (found[change].quality.tables, found[change].quality.seated) == (count, n)


def test_share_of_bound_is_the_score_over_what_nothing_exceeds(make_room: MakeRoom) -> None:
    problem = make_room(30)
    seating = solve(problem, stop=LONG)
    share = share_of_bound(problem, [seating])
    assert share is not None
    assert 0 < share <= 1
    assert share == pytest.approx(seating.score / upper_bound(problem))
    matrix = [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    pure = Problem.from_affinity(matrix, [2, 1])
    assert share_of_bound(pure, [solve(pure, stop=SHORT)]) == 1


def test_score_per_person_of_rounds_is_the_referee_s(make_lively_room: MakeRoom) -> None:
    problem = make_lively_room(24, 3)
    plan = solve_rounds(problem, 3, stop=LONG)
    good = [replace(seating, score=seating.score + 1e6) for seating in plan]
    (same,) = alternatives(problem, good, stop=SHORT, changes=("more_time",))
    score = check_rounds(problem, plan).score + 3e6
    assert same.score_per_person == pytest.approx(score / 72, rel=1e-9)


def test_share_of_bound_is_none_without_a_bound_and_0_for_a_score_below_0() -> None:
    nothing = Problem.from_affinity(np.zeros((4, 4)), [2, 2])
    assert share_of_bound(nothing, [solve(nothing, stop=SHORT)]) is None
    assert share_of_bound(of_one_topic(3), [Seating(np.zeros(3), -5.0)]) == 0
