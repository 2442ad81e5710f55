"""Figures that no seating may beat, held against seatings."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core import Problem, Seating, check, forced_repeats
from matching.core.bounds import forced_repeats_next, forced_repeats_over, upper_bound

MakeRoom = Callable[..., Problem]
seeds = st.integers(0, 10_000)


@settings(max_examples=60, deadline=None)
@given(n=st.integers(2, 40), seed=seeds, least=st.integers(2, 4), more=st.integers(0, 4))
def test_no_legal_seating_scores_above_the_bound(
    make_lively_room: MakeRoom, n: int, seed: int, least: int, more: int
) -> None:
    sizes = {"table_min": least, "table_size": least, "table_max": least + more}
    problem = replace(make_lively_room(n, seed), hosts=None, intents=None, **sizes)
    rng = np.random.default_rng(seed)
    bound = upper_bound(problem)
    for _ in range(5):
        table_of = rng.permutation(n) // rng.integers(least, least + more + 1)
        report = check(problem, Seating(_only_legal(problem, table_of), 0.0))
        assert report.legal is True
        assert report.score <= bound


def _only_legal(problem: Problem, table_of: np.ndarray[tuple[int], np.dtype[np.intp]]) -> object:
    """The seating without the tables that break a rule."""
    broken = [violation.table for violation in check(problem, Seating(table_of, 0.0)).broken]
    return np.where(np.isin(table_of, broken), -1, table_of)


@settings(max_examples=60, deadline=None)
@given(seed=seeds, sizes=st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_no_grouping_of_a_pure_problem_sums_above_the_bound(seed: int, sizes: list[int]) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.triu(rng.integers(-50, 100, (sum(sizes), sum(sizes))), k=1)
    problem = Problem.from_affinity(matrix + matrix.T, sizes)
    table_of = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    assert check(problem, Seating(table_of, 0.0)).score <= upper_bound(problem) + 1e-9


def test_the_bound_is_reached_where_all_share_one_topic() -> None:
    problem = Problem(tuple("abcdef"), ("x",), np.ones((6, 1)))
    score = check(problem, Seating(np.array([0, 0, 0, 1, 1, 1]), 0.0)).score
    assert upper_bound(problem) == pytest.approx(score, abs=0.01)


def test_nobody_can_add_anything_where_no_table_can_be_laid(make_room: MakeRoom) -> None:
    assert upper_bound(make_room(2)) == 0
    kept_apart = frozenset(combinations(range(6), 2))
    assert upper_bound(make_room(6, apart=kept_apart)) == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    ("n", "tables", "rounds", "fewest"),
    [
        (24, 4, 1, 0),
        (24, 4, 2, 8),
        (24, 4, 3, 16),
        (18, 3, 2, 9),
        (32, 8, 10, 0),
        (32, 8, 11, 32),
        (9, 3, 5, 9),
    ],
)
def test_forced_repeats_by_hand(n: int, tables: int, rounds: int, fewest: int) -> None:
    assert forced_repeats_over(n, tables, rounds) == fewest


@settings(max_examples=60, deadline=None)
@given(n=st.integers(2, 20), tables=st.integers(1, 5), rounds=st.integers(1, 6), seed=seeds)
def test_no_plan_has_fewer_repeats_than_are_forced(
    n: int, tables: int, rounds: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    met: set[tuple[int, int]] = set()
    repeats = 0
    for _ in range(rounds):
        table_of = rng.permutation(n) % tables
        together = {(i, j) for i, j in combinations(range(n), 2) if table_of[i] == table_of[j]}
        repeats += len(together & met)
        met |= together
    assert repeats >= forced_repeats_over(n, tables, rounds)


def test_forced_repeats_of_two_rounds_are_those_of_the_second() -> None:
    assert forced_repeats_over(24, 4, 2) == forced_repeats(24, 4)


def test_a_plan_without_rounds_is_refused() -> None:
    with pytest.raises(ValueError, match="Cannot plan 0 rounds"):
        forced_repeats_over(24, 4, 0)


def test_repeats_forced_in_the_coming_round_after_one_at_full_tables(make_room: MakeRoom) -> None:
    problem = make_room(18)
    assert forced_repeats_next(problem, 3) == 0
    played = problem.after(Seating(np.arange(18) // 6, 0.0))
    assert forced_repeats_next(played, 3) == forced_repeats(18, 3) == 9
    assert forced_repeats_next(played, 6) == 0


def test_repeats_forced_when_nobody_is_left_to_meet(make_room: MakeRoom) -> None:
    met = np.ones((6, 6), dtype=int) - np.eye(6, dtype=int)
    assert forced_repeats_next(make_room(6, met=met), 2) == 6


@settings(max_examples=60, deadline=None)
@given(n=st.integers(3, 24), size=st.integers(2, 6), rounds=st.integers(1, 4), seed=seeds)
def test_no_round_has_fewer_repeats_than_are_forced_in_it(
    make_room: MakeRoom, n: int, size: int, rounds: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    problem, tables = make_room(n), max(1, n // size)
    for _ in range(rounds):
        problem = problem.after(Seating(rng.permutation(n) % tables, 0.0))
    assert problem.met is not None
    forced = forced_repeats_next(problem, tables)
    for _ in range(5):
        table_of = rng.permutation(n) % tables
        together = table_of[:, None] == table_of
        assert np.count_nonzero(together & (problem.met > 0)) // 2 >= forced
