"""Several rounds planned together: who meets again, and what the referee says."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core import (
    MaxIterations,
    NotEnoughPeople,
    Problem,
    Progress,
    Seating,
    check,
    check_rounds,
    forced_repeats,
    layout_for,
    quality,
    solve_rounds,
)

MakeRoom = Callable[..., Problem]
seeds = st.integers(0, 10_000)


def strangers(n: int, size: int | None = None, **fields: Any) -> Problem:
    """`n` people without interests, at tables of exactly `size`, or of the usual sizes."""
    sizes = {"table_min": size, "table_size": size, "table_max": size} if size else {}
    people = tuple(f"P{i}" for i in range(n))
    return Problem(people, (), np.zeros((n, 0)), **(sizes | fields))


def repeats(plan: Sequence[Seating]) -> int:
    """Meetings of two who met in a round before."""
    met: set[tuple[int, int]] = set()
    again = 0
    for seating in plan:
        together = {pair for table in seating.tables for pair in combinations(table, 2)}
        again += len(together & met)
        met |= together
    return again


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize(
    ("tables", "size", "rounds"),
    [(8, 4, 9), (9, 3, 13), (10, 4, 9), (10, 4, 10), (5, 3, 7), (4, 4, 5), (5, 5, 6)],
)
def test_golfers_without_interests_meet_nobody_twice(tables: int, size: int, rounds: int) -> None:
    problem = strangers(tables * size, size)
    plan = solve_rounds(problem, rounds, stop=MaxIterations(5))
    assert repeats(plan) == 0
    assert [len(seating.tables) for seating in plan] == [tables] * rounds
    assert check_rounds(problem, plan).legal


@pytest.mark.usefixtures("kernel")
def test_twenty_four_at_five_tables_meet_nobody_twice_in_six_rounds() -> None:
    plan = solve_rounds(strangers(24), 6, stop=MaxIterations(5))
    assert repeats(plan) == 0
    assert [len(seating.tables) for seating in plan] == [5] * 6


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize(("n", "size"), [(12, 4), (20, 5), (18, 6)])
@pytest.mark.parametrize("topics", [False, True], ids=["strangers", "topics"])
def test_where_meetings_are_forced_no_more_than_those_happen(
    n: int, size: int, topics: bool, make_room: MakeRoom
) -> None:
    sizes = {"table_min": size, "table_size": size, "table_max": size}
    problem = make_room(n, 1, **sizes) if topics else strangers(n, size)
    plan = solve_rounds(problem, 2, stop=MaxIterations(300))
    assert repeats(plan) == forced_repeats(n, n // size) > 0


def test_forced_meetings_by_hand() -> None:
    assert [forced_repeats(n, tables) for n, tables in ((12, 3), (20, 4), (18, 3))] == [3, 4, 9]


@pytest.mark.usefixtures("engine")
def test_sixty_people_share_topics_in_four_rounds_and_meet_nobody_twice(
    make_room: MakeRoom,
) -> None:
    problem = make_room(60, 4)
    plan = solve_rounds(problem, 4, stop=MaxIterations(400))
    assert check_rounds(problem, plan).violations == ()
    assert repeats(plan) == 0
    assert np.mean([quality(problem, seating).topic_share for seating in plan]) >= 0.5


@settings(max_examples=20, deadline=None)
@given(n=st.integers(3, 50), rounds=st.integers(1, 4), seed=seeds)
def test_every_round_is_legal_and_scores_as_the_referee_counts_it_after_those_before(
    make_lively_room: MakeRoom, n: int, rounds: int, seed: int
) -> None:
    problem = make_lively_room(n, seed)
    plan = solve_rounds(problem, rounds, stop=MaxIterations(60), seed=seed)
    assert len(plan) == rounds
    assert check_rounds(problem, plan).violations == ()
    for seating in plan:
        assert check(problem, seating).score == pytest.approx(seating.score, abs=1e-3 * n)
        problem = problem.after(seating)


@settings(max_examples=20, deadline=None)
@given(n=st.integers(3, 40), rounds=st.integers(1, 4), seed=seeds)
def test_without_floors_a_plan_is_worth_the_sum_of_its_rounds(
    n: int, rounds: int, seed: int
) -> None:
    met = np.triu(np.random.default_rng(seed).integers(0, 2, (n, n)), k=1)
    problem = strangers(n, met=met + met.T)
    plan = solve_rounds(problem, rounds, stop=MaxIterations(20), seed=seed)
    total = sum(seating.score for seating in plan)
    assert check_rounds(problem, plan).score == pytest.approx(total)


@settings(max_examples=20, deadline=None)
@given(n=st.integers(3, 40), rounds=st.integers(1, 3), seed=seeds)
def test_whatever_the_rules_each_round_seats_everybody_once(
    make_wild_room: MakeRoom, n: int, rounds: int, seed: int
) -> None:
    problem = make_wild_room(n, seed)
    places = len(problem.venue) or n
    for seating in solve_rounds(problem, rounds, stop=MaxIterations(10), seed=seed):
        layout = layout_for(problem)
        assert sum(seating.table_of >= 0) == n - len(layout.out)
        assert max(seating.table_of) < places
        sizes = [len(members) for members in seating.tables if members]
        assert min(layout.least) <= min(sizes) <= max(sizes) <= max(layout.most)


@pytest.mark.usefixtures("engine")
def test_people_who_met_before_the_plan_do_not_meet_in_it() -> None:
    met = np.zeros((24, 24), dtype=int)
    first = np.arange(24) // 4
    met[first[:, None] == first] = 1
    np.fill_diagonal(met, 0)
    plan = solve_rounds(strangers(24, 4, met=met), 3, stop=MaxIterations(300))
    assert repeats([Seating(first, 0.0), *plan]) == 0


@pytest.mark.usefixtures("engine")
def test_same_seed_and_iterations_give_the_same_plan(make_lively_room: MakeRoom) -> None:
    first, second = (
        solve_rounds(make_lively_room(30, 2), 3, stop=MaxIterations(24), seed=5) for _ in range(2)
    )
    assert [one.table_of.tolist() for one in first] == [one.table_of.tolist() for one in second]
    assert [one.score for one in first] == [one.score for one in second]


@pytest.mark.usefixtures("engine")
def test_rounds_are_legal_on_either_engine(make_lively_room: MakeRoom) -> None:
    problem = make_lively_room(40, 6)
    plan = solve_rounds(problem, 3, stop=MaxIterations(60))
    assert check_rounds(problem, plan).violations == ()
    assert [sorted(map(len, seating.tables)) for seating in plan] == [[5] * 8] * 3


@pytest.mark.usefixtures("engine")
def test_progress_of_a_plan_rises_to_the_whole_budget(make_room: MakeRoom) -> None:
    heard: list[Progress] = []
    solve_rounds(make_room(30), 3, stop=MaxIterations(30), progress=heard.append)
    shares = [step.share for step in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


def test_one_table_for_all_meets_again_in_every_round() -> None:
    plan = solve_rounds(strangers(5), 3, stop=MaxIterations(5))
    assert [seating.table_of.tolist() for seating in plan] == [[0] * 5] * 3
    assert repeats(plan) == 20


def test_a_plan_of_no_rounds_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 round, not 0"):
        solve_rounds(strangers(10), 0)


def test_a_plan_of_a_pure_problem_is_refused() -> None:
    with pytest.raises(ValueError, match="people with interests"):
        solve_rounds(Problem.from_affinity(np.zeros((4, 4)), [2, 2]), 2)


def test_a_plan_for_too_few_people_is_refused() -> None:
    with pytest.raises(NotEnoughPeople, match="wait for 1 more"):
        solve_rounds(strangers(2), 2)
