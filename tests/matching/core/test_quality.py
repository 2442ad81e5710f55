"""The figures for organisers, counted by hand on small rooms."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core import Problem, Seating, over_rounds, quality

MakeRoom = Callable[..., Problem]


def test_figures_of_a_room_counted_by_hand() -> None:
    interests = np.zeros((7, 2))
    interests[:3, 0] = 1
    interests[3:5, 1] = 1
    met = np.zeros((7, 7), dtype=int)
    met[0, 1] = met[1, 0] = 2
    met[0, 3] = met[3, 0] = 1
    problem = Problem(
        tuple("abcdefg"),
        ("x", "y"),
        interests,
        intents=(None, None, None, "sell", "sell", "sell", "buy"),
        companies=("Acme", None, "Acme", "Acme", None, None, None),
        met=met,
    )
    figures = quality(problem, Seating(np.array([0, 0, 0, 1, 1, 1, -1]), 0.0))
    among = problem.affinity[3:6, 3:6]
    common = problem.affinity[0, 1]
    best = [common, common, common, among[0, 1], among[0, 1], among[0, 2]]
    assert figures.tables == 2
    assert figures.seated == 6
    assert figures.topic_share == 0.5
    assert figures.rare_topic_share == 0.5
    assert figures.topic_cover == pytest.approx(5 / 6)
    assert figures.mean_affinity == pytest.approx((3 * common + among.sum() / 2) / 6)
    assert figures.best_mean == pytest.approx(np.mean(best))
    assert figures.best_worst == pytest.approx(-0.4, abs=1e-4)
    assert figures.best_p05 == pytest.approx(np.percentile(best, 5))
    assert figures.repeats == 1
    assert figures.company_clashes == 1
    assert figures.all_seller_tables == 1


def test_figures_of_an_empty_room_are_zero(make_room: MakeRoom) -> None:
    figures = quality(make_room(4), Seating(np.full(4, -1), 0.0))
    assert set(figures.as_dict().values()) == {0}


def test_affinity_figures_leave_out_the_cost_of_having_met(make_room: MakeRoom) -> None:
    met = np.ones((4, 4), dtype=int) - np.eye(4, dtype=int)
    seating = Seating(np.zeros(4), 0.0)
    fresh, again = quality(make_room(4), seating), quality(make_room(4, met=met), seating)
    assert again.mean_affinity == fresh.mean_affinity
    assert (fresh.repeats, again.repeats) == (0, 6)


def test_tables_of_a_venue_where_nobody_sits_do_not_count(make_room: MakeRoom) -> None:
    problem = make_room(6)
    near, far = (quality(problem, Seating(np.repeat(at, 3), 0.0)) for at in ([0, 1], [2, 9]))
    assert far == near
    assert far.tables == 2


def test_moved_counts_who_no_longer_sits_where_they_sat(make_room: MakeRoom) -> None:
    problem = make_room(6, seated=[0, 0, 1, 1, 1, -1])
    assert quality(problem, Seating(np.array([0, 0, 0, 1, -1, 1]), 0.0)).moved == 2
    assert quality(make_room(6), Seating(np.zeros(6), 0.0)).moved == 0


def test_floor_missed_counts_who_sits_far_from_everybody_they_share_a_topic_with() -> None:
    interests = np.zeros((12, 3))
    interests[:4, 0] = interests[4:8, 1] = interests[8:, 2] = 1
    problem = Problem(tuple("abcdefghijkl"), ("x", "y", "z"), interests)
    together = np.repeat([0, 1, 2], 4)
    assert quality(problem, Seating(together, 0.0)).floor_missed == 0
    one_of_each = np.array([0, 1, 2, 3] * 3)
    assert quality(problem, Seating(one_of_each, 0.0)).floor_missed == 1
    pairs = np.array([0, 0, 1, 2, 0, 1, 1, 2, 0, 1, 2, 2])
    missed = [(problem.ticks[i, pairs == pairs[i]] == 0).all() for i in range(12)]
    assert quality(problem, Seating(pairs, 0.0)).floor_missed == np.mean(missed) > 0


@settings(max_examples=40, deadline=None)
@given(n=st.integers(4, 40), seed=st.integers(0, 10_000))
def test_floor_missed_is_half_of_the_third_best_partner(
    make_lively_room: MakeRoom, n: int, seed: int
) -> None:
    problem = make_lively_room(n, seed)
    table_of = np.random.default_rng(seed).permutation(n) // 4
    missed = 0
    for i in range(n):
        allowed = [
            problem.affinity[i, j]
            for j in range(n)
            if j != i and not problem.clashes[i, j] and not problem.met[i, j]
        ]
        best = [problem.affinity[i, j] for j in range(n) if j != i and table_of[j] == table_of[i]]
        third = sorted([0.0, 0.0, 0.0, *allowed])[-3]
        missed += bool(best) and third > 0 and max(best) < third / 2
    assert quality(problem, Seating(table_of, 0.0)).floor_missed == pytest.approx(missed / n)


def test_figures_of_a_pure_problem_are_in_its_own_units() -> None:
    problem = Problem.from_affinity([[0, 0.5], [0.5, 0]], [2])
    assert quality(problem, Seating(np.zeros(2), 0.0)).best_mean == pytest.approx(0.5)


def test_figures_over_rounds_are_means_and_repeats_are_added_up(make_room: MakeRoom) -> None:
    problem, seating = make_room(6), Seating(np.repeat([0, 1], 3), 0.0)
    first, second = quality(problem, seating), quality(problem.after(seating), seating)
    both = over_rounds([first, second])
    assert (first.repeats, second.repeats, both.repeats) == (0, 6, 6)
    assert (both.tables, both.seated) == (2, 6)
    assert both.best_mean == pytest.approx((first.best_mean + second.best_mean) / 2)
    assert over_rounds([first]) == first
