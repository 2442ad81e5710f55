"""The referee finds what is wrong with seatings made wrong on purpose."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core import Problem, Seating, check, weights
from matching.core.check import check_rounds
from matching.core.layout import layout_for
from matching.core.model import model_for
from matching.core.objective import Objective
from matching.core.problem import Table

MakeRoom = Callable[..., Problem]
seeds = st.integers(0, 10_000)


def seated(*table_of: int) -> Seating:
    return Seating(np.array(table_of), 0.0)


def test_tables_outside_the_legal_sizes_are_named(make_room: MakeRoom) -> None:
    report = check(make_room(9), seated(0, 0, 0, 0, 0, 0, 0, 1, 1))
    assert report.violations == (
        "Table 1 seats 7 (P0, P1, P2, P3, P4, P5, P6), not 3 to 6.",
        "Table 2 seats 2 (P7, P8), not 3 to 6.",
    )
    assert report.legal is False


def test_an_empty_table_breaks_nothing(make_room: MakeRoom) -> None:
    assert check(make_room(6), seated(0, 0, 0, 2, 2, 2)).legal is True


def test_colleagues_and_people_kept_apart_are_named_once(make_room: MakeRoom) -> None:
    problem = make_room(4, companies=("Acme", "Acme", None, ""), apart=frozenset({(2, 3), (1, 0)}))
    assert check(problem, seated(0, 0, 0, 0)).violations == (
        "Table 1 seats P0 and P1, who are kept apart.",
        "Table 1 seats P2 and P3, who are kept apart.",
    )
    problem = make_room(4, companies=("Acme", "Acme", None, ""))
    assert check(problem, seated(0, 0, 0, 0)).violations == (
        "Table 1 seats P0 and P1, both of Acme.",
    )


def test_missing_and_crowded_hosts_are_named(make_room: MakeRoom) -> None:
    problem = make_room(6, hosts=[True, True, False, False, False, False])
    assert check(problem, seated(0, 0, 0, 1, 1, 1)).violations == (
        "Table 2 has no host, although there are 2.",
    )
    problem = make_room(9, hosts=[True, True] + [False] * 7)
    assert check(problem, seated(0, 0, 0, 1, 1, 1, 2, 2, 2)).violations == (
        "Table 1 has P1 as another host, while other tables have none.",
    )


def test_hosts_are_counted_against_the_tables_where_somebody_sits(make_room: MakeRoom) -> None:
    problem = make_room(6, hosts=[True, False, False, True, False, False])
    assert check(problem, seated(0, 0, 0, 4, 4, 4)).legal is True


def test_three_of_one_trade_are_named(make_room: MakeRoom) -> None:
    problem = make_room(5, trades=("law", "law", "", "law", None))
    (violation,) = check(problem, seated(0, 0, 0, 0, 0)).broken
    assert violation.text == "Table 1 seats 3 of one trade, law (P0, P1, P3): at most 2."
    assert (violation.rule, violation.people, violation.count) == ("trade", (0, 1, 3), 1)


def test_a_fourth_of_one_trade_counts_twice_as_much(make_room: MakeRoom) -> None:
    problem = make_room(5, trades=("law", "law", "law", "law", None))
    (violation,) = check(problem, seated(0, 0, 0, 0, 0)).broken
    assert violation.count == 3


def test_a_table_of_newcomers_only_is_named_unless_all_in_the_room_are(make_room: MakeRoom) -> None:
    problem = make_room(6, newcomers=[True] * 3 + [False] * 3)
    assert check(problem, seated(0, 0, 0, 1, 1, 1)).violations == (
        "Table 1 seats only newcomers: P0, P1, P2.",
    )
    problem = make_room(6, newcomers=[True] * 6)
    assert check(problem, seated(0, 0, 0, 1, 1, 1)).legal is True


def test_a_table_of_sellers_only_is_named_even_if_all_in_the_room_sell(make_room: MakeRoom) -> None:
    problem = make_room(3, intents=("sell",) * 3)
    assert check(problem, seated(0, 0, 0)).violations == (
        "Table 1 seats only sellers: P0, P1, P2.",
    )


VENUE = (
    Table("Window", seats=4, features=frozenset({"quiet"})),
    Table("Bar", seats=3),
    Table("Nook", seats=2),
)


def test_tables_of_a_venue_go_by_their_names_and_chairs(make_room: MakeRoom) -> None:
    problem = make_room(8, venue=VENUE)
    assert check(problem, seated(0, 0, 0, 0, 0, 1, 1, 1)).violations == (
        "Window seats 5 (P0, P1, P2, P3, P4), not 3 to 4.",
    )
    assert check(problem, seated(0, 0, 0, 2, 2, 1, 1, 1)).violations == (
        "Nook seats 2 (P3, P4), not 3 or more: it has 2 chairs.",
    )
    assert check(problem, seated(0, 0, 0, -1, 1, 1, 1, 1)).violations == (
        "Bar seats 4 (P4, P5, P6, P7), not 3.",
    )


def test_people_away_from_their_table_and_from_what_they_need_are_named(
    make_room: MakeRoom,
) -> None:
    needs = (frozenset({"quiet", "step_free"}), frozenset({"quiet"}), *(frozenset(),) * 4)
    problem = make_room(6, venue=VENUE, needs=needs, pins=[-1, -1, -1, 0, -1, -1])
    report = check(problem, seated(0, 0, 0, 1, 1, 1))
    assert report.violations == (
        "Window seats P0, who needs step_free.",
        "Bar seats P3, whose place is Window.",
    )
    assert [violation.rule for violation in report.broken] == ["place", "place"]
    assert check(problem, seated(1, 1, 1, 0, 0, 0)).violations == (
        "Bar seats P0, who needs quiet, step_free.",
        "Bar seats P1, who needs quiet.",
    )


def test_a_person_at_the_wrong_table_for_two_reasons_counts_once(make_room: MakeRoom) -> None:
    needs = (frozenset({"quiet"}), *(frozenset(),) * 2)
    problem = make_room(3, venue=VENUE, needs=needs, pins=[0, -1, -1])
    (violation,) = check(problem, seated(1, 1, 1)).broken
    assert (violation.people, violation.count) == ((0,), 1)


def test_what_is_unmet_is_told_once_for_each_rule(make_room: MakeRoom) -> None:
    problem = make_room(
        9,
        companies=("Acme",) * 3 + ("Bolt", "Bolt") + (None,) * 4,
        apart=frozenset({(7, 8)}),
        table_size=4,
        table_max=4,
    )
    assert check(problem, seated(0, 0, 0, 0, 0, 1, 1, 1, 1)).unmet == (
        "Size: 1 table (5 people) seats too many or too few.",
        "Apart: 1 pair (2 people) to keep apart shares a table.",
        "Company: 4 pairs (5 people) from one company share a table.",
    )
    assert check(make_room(4), seated(0, 0, 0, 0)).unmet == ()


def test_each_broken_rule_costs_a_thousand(make_room: MakeRoom) -> None:
    legal = make_room(6, intents=("sell",) * 6)
    apart = make_room(6, intents=("sell",) * 6, apart=frozenset({(0, 1), (1, 2)}))
    seating = seated(0, 0, 0, 1, 1, 1)
    broken = check(apart, seating)
    assert len(broken.violations) - len(check(legal, seating).violations) == 2
    assert -2010 < broken.score - check(legal, seating).score < -1990


def test_each_person_too_many_or_too_few_costs_a_thousand(make_room: MakeRoom) -> None:
    report = check(make_room(9), seated(0, 0, 0, 0, 0, 0, 0, 0, 1))
    assert [(v.table, v.count) for v in report.broken] == [(0, 2), (1, 2)]
    assert -4020 < report.score < -3980


def test_people_who_sit_out_break_no_rule(make_room: MakeRoom) -> None:
    assert check(make_room(6), seated(0, -1, 0, -1, -1, 0)).legal is True


def test_score_of_a_table_by_hand() -> None:
    interests = np.zeros((8, 2))
    interests[:4, 0] = 1
    problem = Problem(tuple("abcdefgh"), ("x", "y"), interests)
    rarity = 0.5
    pair = 0.6 * rarity
    pairs = 2 / 3 * 6 * pair
    topic = 0.6 * 4 * (0.3 + 0.7 * rarity)
    report = check(problem, seated(0, 0, 0, 0, 1, 1, 1, 1))
    assert report.score == pytest.approx(pairs + topic)


def test_a_seating_of_another_room_is_refused(make_room: MakeRoom) -> None:
    with pytest.raises(ValueError, match="for 3 people, the problem has 6"):
        check(make_room(6), seated(0, 0, 0))


def test_a_seating_of_more_tables_than_the_venue_has_is_refused(make_room: MakeRoom) -> None:
    with pytest.raises(ValueError, match="uses table 3, the room has 3"):
        check(make_room(3, venue=VENUE), seated(3, 3, 3))


def strangers(n: int, **fields: object) -> Problem:
    """People with nothing to talk about, so that only what `fields` say is scored."""
    return Problem(tuple(f"P{i}" for i in range(n)), (), np.zeros((n, 0)), **fields)


def test_ties_count_as_much_as_shared_interests() -> None:
    ties = np.zeros((3, 3))
    ties[0, 1] = ties[1, 0] = 0.5
    assert check(strangers(3, ties=ties), seated(0, 0, 0)).score == pytest.approx(0.5)


def test_having_met_costs_the_square_of_how_often_whatever_the_size() -> None:
    met = np.zeros((6, 6), dtype=int)
    met[0, 1] = met[1, 0] = 3
    problem = strangers(6, met=met)
    assert check(problem, seated(0, 0, 0, 1, 1, 1)).score == -72
    assert check(problem, seated(0, 0, 0, 0, 0, 0)).score == -72


def test_people_above_the_fair_share_of_a_value_cost_more_and_more() -> None:
    problem = strangers(8, balance=(("f", "f", "f", "f", "", "m", None, "m"),))
    assert check(problem, seated(0, 0, 1, 1, 0, 0, 1, 1)).score == 0
    assert check(problem, seated(0, 0, 0, 0, 1, 1, 1, 1)).score == pytest.approx(-0.2 * (3 + 1))


def test_each_person_moved_from_their_table_costs_half() -> None:
    problem = strangers(6, seated=[0, 0, 1, 1, -1, 1])
    assert check(problem, seated(0, 0, 0, 1, 1, 1)).score == -0.5


def test_a_pure_problem_is_the_sum_over_pairs_and_keeps_the_given_sizes() -> None:
    matrix = np.array([[0, 1, 2, 4], [1, 0, 8, 16], [2, 8, 0, 32], [4, 16, 32, 0]])
    problem = Problem.from_affinity(matrix, [2, (1, 2)])
    report = check(problem, seated(0, 0, 1, 1))
    assert (report.score, report.violations) == (33, ())
    report = check(problem, seated(0, 0, 0, 0))
    assert report.violations == (
        "Table 1 seats 4 (1, 2, 3, 4), not 2.",
        "Table 2 seats 0 (nobody), not 1 to 2.",
    )
    assert report.score == 63 - 3000


def with_every_field(problem: Problem, seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    n = problem.n
    ties = np.triu(rng.uniform(-1, 1, (n, n)), k=1)
    return replace(
        problem,
        ties=ties + ties.T,
        newcomers=rng.random(n) < 0.3,
        trades=tuple(rng.choice(["law", "art", "it"], n).tolist()),
        balance=(tuple(rng.choice(["f", "m", ""], n).tolist()),),
        pins=np.where(rng.random(n) < 0.1, 0, -1),
        seated=rng.integers(-1, max(1, n // 6), n),
    )


@settings(max_examples=40, deadline=None)
@given(n=st.integers(3, 60), seed=seeds)
def test_the_referee_and_the_search_count_the_same(
    make_lively_room: MakeRoom, n: int, seed: int
) -> None:
    problem = with_every_field(make_lively_room(n, seed), seed)
    layout = layout_for(problem)
    table_of = np.random.default_rng(seed).permutation(n) % len(layout.tables)
    units = Objective(model_for(problem, layout)).total(table_of)
    slack = 10 * n / weights.AFFINITY_SCALE
    score = check(problem, seated(*table_of)).score
    assert score == pytest.approx(units / weights.SCORE_SCALE, abs=slack, rel=0)


@settings(max_examples=25, deadline=None)
@given(n=st.integers(3, 30), seed=seeds, rounds=st.integers(1, 3))
def test_a_plan_scores_the_same_in_any_order_of_its_rounds(
    make_lively_room: MakeRoom, n: int, seed: int, rounds: int
) -> None:
    problem = with_every_field(make_lively_room(n, seed), seed)
    rng = np.random.default_rng(seed)
    seatings = [seated(*rng.permutation(n) // 5) for _ in range(rounds)]
    forward, backward = (check_rounds(problem, plan) for plan in (seatings, seatings[::-1]))
    assert forward.score == pytest.approx(backward.score)
    assert forward.unmet == backward.unmet


def test_a_plan_of_one_round_is_that_round(make_lively_room: MakeRoom) -> None:
    problem = make_lively_room(30, 3)
    seating = seated(*np.arange(30) % 6)
    assert check_rounds(problem, [seating]).score == check(problem, seating).score


def test_a_plan_pays_for_the_second_and_the_third_time_two_meet() -> None:
    problem = strangers(3)
    seating = seated(0, 0, 0)
    assert check_rounds(problem, [seating] * 3).score == -8 * 3 * (1 + 4)


def test_a_plan_tells_in_which_round_a_rule_is_broken(make_room: MakeRoom) -> None:
    problem = make_room(6, companies=("Acme", "Acme", None, None, None, None))
    plan = [seated(0, 1, 0, 1, 0, 1), seated(0, 0, 0, 1, 1, 1)]
    report = check_rounds(problem, plan)
    assert report.violations == ("Round 2: Table 1 seats P0 and P1, both of Acme.",)
    assert report.broken[0].round == 1


def test_floors_of_a_plan_ask_for_less_than_those_of_one_round() -> None:
    interests = np.zeros((12, 2))
    interests[:5, 0] = interests[5:, 1] = 1
    problem = Problem(tuple("abcdefghijkl"), ("x", "y"), interests)
    mixed = seated(0, 1, 2, 3, 3, 0, 0, 1, 1, 2, 2, 3)
    assert check_rounds(problem, [mixed] * 2).score > 2 * check(problem, mixed).score - 100
