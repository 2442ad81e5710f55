"""The whole solver against the referee, random seating and brute force."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core import (
    MaxIterations,
    MaxRuntime,
    NotEnoughPeople,
    Problem,
    Seating,
    check,
    quality,
    random_seating,
    solve,
)

MakeRoom = Callable[..., Problem]
seeds = st.integers(0, 10_000)


def spread(seating: Seating) -> int:
    sizes = [len(members) for members in seating.tables]
    return max(sizes) - min(sizes)


@settings(max_examples=60, deadline=None)
@given(n=st.integers(3, 80), seed=seeds)
def test_every_feasible_room_is_seated_by_every_rule(
    make_lively_room: MakeRoom, n: int, seed: int
) -> None:
    problem = make_lively_room(n, seed)
    seating = solve(problem, stop=MaxIterations(20), seed=seed)
    report = check(problem, seating)
    assert report.violations == ()
    assert report.score == pytest.approx(seating.score)
    assert sorted(person for table in seating.tables for person in table) == list(range(n))
    assert spread(seating) in (0, 1)


@settings(max_examples=30, deadline=None)
@given(n=st.integers(3, 80), seed=seeds)
def test_random_seating_scores_as_the_referee_counts(
    make_lively_room: MakeRoom, n: int, seed: int
) -> None:
    problem = make_lively_room(n, seed)
    seating = random_seating(problem, seed=seed)
    assert check(problem, seating).score == pytest.approx(seating.score)
    assert spread(seating) in (0, 1)


@settings(max_examples=20, deadline=None)
@given(n=st.integers(3, 60), seed=seeds)
def test_solve_is_never_worse_than_random(make_lively_room: MakeRoom, n: int, seed: int) -> None:
    problem = make_lively_room(n, seed)
    solved = solve(problem, stop=MaxIterations(20), seed=seed).score
    best_random = max(random_seating(problem, seed=seed + k).score for k in range(5))
    assert solved >= best_random - 1e-9


@settings(max_examples=10, deadline=None)
@given(n=st.integers(3, 80), seed=seeds)
def test_same_seed_and_iterations_give_the_same_seating(
    make_lively_room: MakeRoom, n: int, seed: int
) -> None:
    first, second = (
        solve(make_lively_room(n, seed), stop=MaxIterations(15), seed=seed) for _ in range(2)
    )
    assert first.table_of.tolist() == second.table_of.tolist()
    assert first.score == second.score
    assert first.iterations == second.iterations == (15 if n > 6 else 0)


def splits(people: tuple[int, ...], sizes: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    if not sizes:
        yield []
        return
    for table in combinations(people, sizes[0]):
        rest = tuple(person for person in people if person not in table)
        for others in splits(rest, sizes[1:]):
            yield [table, *others]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "sizes"), [(6, (3, 3)), (7, (4, 3)), (8, (4, 4))])
def test_small_rooms_reach_the_brute_force_optimum(
    make_lively_room: MakeRoom, n: int, sizes: tuple[int, ...], seed: int
) -> None:
    problem = replace(make_lively_room(n, seed), table_size=4, table_max=5)
    best = -np.inf
    for tables in splits(tuple(range(n)), sizes):
        table_of = np.empty(n, dtype=np.intp)
        for table, members in enumerate(tables):
            table_of[list(members)] = table
        best = max(best, check(problem, Seating(table_of, 0.0)).score)
    assert solve(problem, stop=MaxIterations(60)).score == pytest.approx(best)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_people_are_refused_with_the_number_missing(n: int, make_room: MakeRoom) -> None:
    with pytest.raises(NotEnoughPeople, match=f"wait for {3 - n} more"):
        solve(make_room(n))


def test_nobody_with_interests_is_still_seated(make_room: MakeRoom) -> None:
    problem = make_room(23, interests=np.zeros((23, 12)), asks=None, offers=None)
    seating = solve(problem, stop=MaxIterations(3))
    assert check(problem, seating).legal
    assert quality(problem, seating).topic_share == 0


def test_room_without_topics_is_still_seated() -> None:
    problem = Problem(tuple("abcdefgh"), (), np.zeros((8, 0)))
    assert check(problem, solve(problem, stop=MaxIterations(3))).legal


def test_everyone_who_sells_is_still_seated_and_reported(make_room: MakeRoom) -> None:
    problem = make_room(10, intents=("sell",) * 10)
    seating = solve(problem, stop=MaxIterations(3))
    report = check(problem, seating)
    assert [text[:26] for text in report.violations] == [
        "Table 1 seats only sellers",
        "Table 2 seats only sellers",
    ]
    assert report.score == pytest.approx(seating.score)


def test_one_buyer_for_each_table_leaves_no_table_of_sellers(make_room: MakeRoom) -> None:
    problem = make_room(40, intents=("buy",) * 8 + ("sell",) * 32)
    seating = solve(problem, stop=MaxIterations(10))
    assert quality(problem, seating).all_seller_tables == 0


def test_more_colleagues_than_tables_are_spread_as_evenly_as_can_be(make_room: MakeRoom) -> None:
    problem = make_room(20, companies=("Acme",) * 8 + (None,) * 12)
    seating = solve(problem, stop=MaxIterations(10))
    assert quality(problem, seating).company_clashes == 4


def test_few_hosts_are_spread_and_enough_hosts_sit_everywhere(make_room: MakeRoom) -> None:
    for hosts in (3, 8, 20):
        problem = make_room(40, hosts=np.arange(40) < hosts)
        seating = solve(problem, stop=MaxIterations(10))
        with_host = sum(min(members) < hosts for members in seating.tables)
        assert with_host == min(hosts, 8)


def test_people_kept_apart_at_a_single_table_are_reported_by_name(make_room: MakeRoom) -> None:
    problem = make_room(5, apart=frozenset({(3, 1)}))
    report = check(problem, solve(problem))
    assert report.violations == ("Table 1 seats P1 and P3, who are kept apart.",)


def test_three_rounds_of_sixty_repeat_nobody(make_room: MakeRoom) -> None:
    met = np.zeros((60, 60), dtype=int)
    for _ in range(3):
        problem = make_room(60, 4, met=met)
        seating = solve(problem, stop=MaxIterations(40))
        assert quality(problem, seating).repeats == 0
        together = seating.table_of[:, None] == seating.table_of
        met += together & ~np.eye(60, dtype=bool)


@pytest.mark.parametrize(("n", "share", "cover"), [(60, 0.8, 0.8), (120, 0.9, 0.9)])
def test_solved_rooms_share_topics_far_beyond_random(
    make_room: MakeRoom, n: int, share: float, cover: float
) -> None:
    rooms = [make_room(n, seed) for seed in range(3)]
    solved = [quality(room, solve(room, stop=MaxIterations(60))) for room in rooms]
    random = [quality(room, random_seating(room, seed=1)) for room in rooms]
    assert np.mean([figures.topic_share for figures in solved]) >= share
    assert np.mean([figures.topic_cover for figures in solved]) >= cover
    assert np.mean([figures.topic_share for figures in random]) <= 0.2
    for figure in ("rare_topic_share", "mean_affinity", "best_mean", "best_p05", "best_worst"):
        assert np.mean([getattr(figures, figure) for figures in solved]) > np.mean(
            [getattr(figures, figure) for figures in random]
        )


def test_more_topics_than_one_machine_word_are_counted_right() -> None:
    rng = np.random.default_rng(5)
    interests = rng.choice([0, 0, 0, 0.5, 1], size=(30, 80))
    problem = Problem(
        tuple(f"P{i}" for i in range(30)), tuple(f"topic {k}" for k in range(80)), interests
    )
    seating = solve(problem, stop=MaxIterations(5))
    assert check(problem, seating).score == pytest.approx(seating.score)


def test_one_table_for_all_needs_no_search(make_room: MakeRoom) -> None:
    seating = solve(make_room(6))
    assert seating.table_of.tolist() == [0] * 6
    assert seating.iterations == 0


def test_stop_rules_refuse_an_empty_budget() -> None:
    with pytest.raises(ValueError, match="more than 0 seconds"):
        MaxRuntime(0)
    with pytest.raises(ValueError, match="at least 1 iteration"):
        MaxIterations(0)


def test_stop_rules_answer_the_share_of_the_budget_used() -> None:
    assert MaxRuntime(0.5)(7, 0.25) == 0.5
    assert MaxIterations(10)(5, 99.0) == 0.5
