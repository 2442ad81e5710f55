"""The figures for organisers, counted by hand on small rooms."""

from collections.abc import Callable

import numpy as np
import pytest

from matching.core import Problem, Seating, quality

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
    best = [common, common, common, among[0, 1], among[0, 1], -0.4]
    assert figures.tables == 2
    assert figures.seated == 6
    assert figures.topic_share == 0.5
    assert figures.rare_topic_share == 0.5
    assert figures.topic_cover == pytest.approx(5 / 6)
    assert figures.mean_affinity == pytest.approx((3 * common + among.sum() / 2) / 6)
    assert figures.best_mean == pytest.approx(np.mean(best))
    assert figures.best_worst == pytest.approx(-0.4)
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
