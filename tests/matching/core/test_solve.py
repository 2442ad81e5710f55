"""The whole solver against the referee, random seating and brute force."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core import (
    InvalidProblem,
    MaxIterations,
    MaxRuntime,
    NoLegalSplit,
    NotEnoughPeople,
    Problem,
    Progress,
    Seating,
    Table,
    check,
    layout_for,
    quality,
    random_seating,
    solve,
)
from matching.core.check import Referee

MakeRoom = Callable[..., Problem]
MakeLegalRoom = Callable[[int, int], tuple[Problem, Seating]]
seeds = st.integers(0, 10_000)


def close(score: float, n: int) -> Any:
    """What the referee counts in floats; the solver's whole numbers are that much off at most."""
    return pytest.approx(score, abs=1e-3 * n)


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
    assert report.score == close(seating.score, n)
    assert sorted(person for table in seating.tables for person in table) == list(range(n))
    assert spread(seating) in (0, 1)


def assert_everybody_has_one_place(problem: Problem, seating: Seating) -> None:
    """One table of those that are laid for each, as full as planned, or a place outside."""
    layout = layout_for(problem)
    assert tuple(np.flatnonzero(seating.table_of < 0)) == layout.out
    sizes = np.bincount(seating.table_of[seating.table_of >= 0], minlength=max(layout.tables) + 1)
    assert set(np.flatnonzero(sizes)) == set(layout.tables)
    laid = sizes[list(layout.tables)]
    assert ((np.array(layout.least) <= laid) & (laid <= layout.most)).all()


@settings(max_examples=60, deadline=None)
@given(n=st.integers(3, 60), seed=seeds)
def test_whatever_the_rules_everybody_has_one_place_and_the_score_is_the_referees(
    make_wild_room: MakeRoom, n: int, seed: int
) -> None:
    problem = make_wild_room(n, seed)
    seating = solve(problem, stop=MaxIterations(10), seed=seed)
    assert_everybody_has_one_place(problem, seating)
    assert check(problem, seating).score == close(seating.score, n)


@pytest.mark.usefixtures("kernel")
@settings(max_examples=25, deadline=None)
@given(n=st.integers(3, 60), seed=seeds)
def test_where_a_legal_seating_exists_one_of_three_searches_finds_one(
    make_legal_room: MakeLegalRoom, n: int, seed: int
) -> None:
    problem, known = make_legal_room(n, seed)
    assert check(problem, known).violations == ()
    found = (solve(problem, stop=MaxIterations(300), seed=again) for again in range(3))
    seating = next(filter(lambda seating: check(problem, seating).legal, found), None)
    assert seating is not None
    assert_everybody_has_one_place(problem, seating)
    assert check(problem, seating).score == close(seating.score, n)


@settings(max_examples=30, deadline=None)
@given(n=st.integers(3, 80), seed=seeds)
def test_random_seating_scores_as_the_referee_counts(
    make_lively_room: MakeRoom, n: int, seed: int
) -> None:
    problem = make_lively_room(n, seed)
    seating = random_seating(problem, seed=seed)
    assert check(problem, seating).score == close(seating.score, n)
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


def best_possible(
    least: Sequence[int], most: Sequence[int], n: int, worth: Callable[[int, frozenset[int]], float]
) -> float:
    """The best sum of `worth(table, members)` over all ways to seat `n` people."""

    @cache
    def table_worth(table: int, members: frozenset[int]) -> float:
        return worth(table, members)

    @cache
    def best(table: int, left: frozenset[int]) -> float:
        if table == len(least):
            return -np.inf if left else 0.0
        return max(
            (
                table_worth(table, frozenset(members)) + best(table + 1, left - set(members))
                for size in range(least[table], most[table] + 1)
                for members in combinations(sorted(left), size)
            ),
            default=-np.inf,
        )

    return best(0, frozenset(range(n)))


def best_of_all_seatings(problem: Problem) -> float:
    """The best score by brute force, for a room where nobody sits out."""
    layout = layout_for(problem)
    # Whether hosts are missed at a table depends on the others, so they are counted here.
    referee = Referee(replace(problem, hosts=None))
    hosts = set() if problem.hosts is None else set(np.flatnonzero(problem.hosts).tolist())
    enough = len(hosts) >= len(layout.tables)

    def worth(table: int, members: frozenset[int]) -> float:
        tables: list[tuple[int, ...]] = [()] * (layout.tables[table] + 1)
        tables[-1] = tuple(sorted(members))
        here = len(hosts & members)
        host_missing = here == 0 if enough and hosts else max(0, here - 1)
        return referee.report(tables).score - 1000 * host_missing

    return best_possible(layout.least, layout.most, problem.n, worth)


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("n", range(3, 13))
def test_small_lively_rooms_reach_the_brute_force_optimum(
    make_lively_room: MakeRoom, n: int
) -> None:
    for seed in range(2):
        problem = replace(make_lively_room(n, seed), table_size=4, table_max=5)
        score = check(problem, solve(problem, stop=MaxIterations(60))).score
        assert score == close(best_of_all_seatings(problem), n)


SPLITS = {
    "6 in 3+3": (6, 3, 3),
    "8 in 4+4": (8, 4, 4),
    "9 in 3+3+3": (9, 3, 3),
    "10 in 5+5": (10, 5, 5),
    "11 in 4+4+3": (11, 3, 4),
    "12 in 6+6": (12, 6, 6),
    "12 in 4+4+4": (12, 4, 4),
    "12 in 3+3+3+3": (12, 3, 3),
}


@pytest.mark.parametrize(("n", "least", "most"), SPLITS.values(), ids=SPLITS)
def test_of_six_searches_one_finds_the_best_of_a_small_room_of_contradicting_rules(
    make_wild_room: MakeRoom, engine: str, n: int, least: int, most: int
) -> None:
    stop = MaxIterations({"kernel": 500, "numpy": 100}[engine])
    sizes = {"table_min": least, "table_size": most, "table_max": most}
    for seed in range(3):
        problem = make_wild_room(n, seed, **sizes)
        if layout_for(problem).out:
            problem = replace(problem, venue=(), needs=None, pins=None, seated=None)
        best = close(best_of_all_seatings(problem), n)
        found = (solve(problem, stop=stop, seed=again) for again in range(6))
        assert any(check(problem, seating).score == best for seating in found)


def symmetric(values: Any) -> Any:
    upper = np.triu(values, k=1)
    return upper + upper.T


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    "sizes",
    [
        [5, 5],
        [3, 3, 4],
        [1, 9],
        [2, 2, 2, 2, 2],
        [(2, 6), (3, 5), (1, 9)],
        [(4, 6), (4, 6)],
        [(3, 4), (3, 4)],
        [7],
    ],
)
@pytest.mark.parametrize("whole", [True, False], ids=["ints", "floats"])
def test_of_four_searches_one_finds_the_best_of_a_small_pure_problem(
    sizes: list[Any], whole: bool
) -> None:
    bounds = [size if isinstance(size, tuple) else (size, size) for size in sizes]
    least, most = zip(*bounds, strict=True)
    n = min(10, sum(most))
    for seed in range(3):
        rng = np.random.default_rng(seed)
        given = rng.integers(-9, 10, (n, n)) if whole else rng.normal(size=(n, n))
        matrix = symmetric(given)

        def worth(_: int, members: frozenset[int], matrix: Any = matrix) -> float:
            return float(sum(matrix[i, j] for i, j in combinations(members, 2)))

        problem = Problem.from_affinity(matrix.tolist(), sizes)
        found = [solve(problem, stop=MaxIterations(200), seed=again) for again in range(4)]
        for seating in found:
            report = check(problem, seating)
            assert report.violations == ()
            assert report.score == pytest.approx(seating.score, abs=1e-5)
        best = best_possible(least, most, n, worth)
        assert max(seating.score for seating in found) == pytest.approx(best, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(
    bounds=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 4)), min_size=1, max_size=6),
    seed=seeds,
)
def test_a_pure_problem_keeps_its_sizes_and_scores_the_plain_sum(
    bounds: list[tuple[int, int]], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    sizes = [(least, least + more) for least, more in bounds]
    n = int(rng.integers(sum(low for low, _ in sizes), sum(high for _, high in sizes) + 1))
    matrix = symmetric(rng.normal(size=(n, n)))
    problem = Problem.from_affinity(matrix, sizes)
    seating = solve(problem, stop=MaxIterations(10), seed=seed)
    assert check(problem, seating).legal
    together = seating.table_of[:, None] == seating.table_of
    assert seating.score == pytest.approx(matrix[together].sum() / 2, abs=1e-4)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_people_are_refused_with_the_number_missing(n: int, make_room: MakeRoom) -> None:
    with pytest.raises(NotEnoughPeople, match=f"wait for {3 - n} more"):
        solve(make_room(n))


@pytest.mark.parametrize(
    ("n", "way_out"),
    [
        (6, "allow tables of 3, or of 6, or wait for 2 more"),
        (7, "allow tables of 3, or of 7, or wait for 1 more"),
        (11, "allow tables of 3, or of 6, or wait for 1 more"),
    ],
)
def test_a_number_of_people_that_no_tables_suit_is_refused_with_a_way_out(
    n: int, way_out: str, make_room: MakeRoom
) -> None:
    with pytest.raises(NoLegalSplit, match=way_out):
        solve(make_room(n, table_min=4, table_size=5, table_max=5))


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
    assert report.score == close(seating.score, 10)


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


BLOCKS: dict[str, tuple[dict[str, Any], str]] = {
    "apart": (
        {"apart": frozenset(combinations(range(4), 2))},
        "Apart: 1 pair (2 people) to keep apart shares a table.",
    ),
    "company": (
        {"companies": ("Acme",) * 6 + (None,) * 6},
        "Company: 3 pairs (6 people) from one company share a table.",
    ),
    "trade": (
        {"trades": ("baker",) * 9 + (None,) * 3},
        "Trade: 3 tables (9 people) have too many of one trade.",
    ),
    "sellers": (
        {"intents": ("sell",) * 11 + ("buy",)},
        "Sellers: 2 tables (8 people) seat only sellers.",
    ),
    "newcomers": (
        {"newcomers": np.arange(12) > 0},
        "Newcomers: 2 tables (8 people) seat only newcomers.",
    ),
    "place": (
        {"pins": [1] * 5 + [-1] * 7},
        "Place: 1 seat (1 person) is not at the table it has to be at.",
    ),
    "needs": (
        {"needs": (frozenset({"quiet"}),) + (frozenset(),) * 11},
        "Place: 1 seat (1 person) is not at the table it has to be at.",
    ),
}


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(("rules", "said"), BLOCKS.values(), ids=BLOCKS)
def test_rules_that_cannot_all_hold_break_as_seldom_as_can_be_and_are_counted(
    rules: dict[str, Any], said: str, make_room: MakeRoom
) -> None:
    problem = make_room(12, table_size=4, table_max=4, **rules)
    seating = solve(problem, stop=MaxIterations(20))
    assert check(problem, seating).unmet == (said,)
    assert_everybody_has_one_place(problem, seating)


def test_a_venue_with_too_few_chairs_leaves_out_who_sat_out_least_and_says_so(
    make_room: MakeRoom,
) -> None:
    venue = tuple(Table(f"T{i}", 6) for i in range(4))
    sat_out = np.where(np.arange(30) < 4, 0, 1)
    pins = np.where(np.arange(30) == 0, 2, -1)
    problem = make_room(30, venue=venue, sat_out=sat_out, pins=pins)
    seating = solve(problem, stop=MaxIterations(10))
    assert np.flatnonzero(seating.table_of < 0).tolist() == [1, 2, 3, 27, 28, 29]
    assert layout_for(problem).notes == (
        "30 people and 24 chairs: 6 sit out. Bring one more table.",
    )
    assert [len(members) for members in seating.tables] == [6, 6, 6, 6]
    assert check(problem, seating).legal
    assert check(problem, seating).score == close(seating.score, 30)


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("seed", range(3))
def test_solving_again_keeps_pinned_people_and_moves_others_only_if_it_pays(
    seed: int, make_room: MakeRoom
) -> None:
    rng = np.random.default_rng(seed)
    first = random_seating(make_room(30, seed), seed=seed)
    pins = np.where(rng.random(30) < 0.3, first.table_of, -1)
    problem = make_room(30, seed, seated=first.table_of, pins=pins)
    again = solve(problem, stop=MaxIterations(30), seed=seed)
    moved = int((again.table_of != first.table_of).sum())
    gained = check(replace(problem, seated=None), again).score - check(problem, first).score
    assert (again.table_of == first.table_of)[pins >= 0].all()
    assert 0 < moved <= gained / 0.5


@pytest.mark.usefixtures("engine")
def test_nobody_moves_for_less_than_a_move_costs(make_room: MakeRoom) -> None:
    ties = np.zeros((12, 12))
    ties[0, 6:] = ties[6:, 0] = 0.15
    seated = np.arange(12) // 4
    fields = {"interests": np.zeros((12, 12)), "asks": None, "offers": None}
    problem = make_room(12, ties=ties, seated=seated, table_size=4, table_max=4, **fields)
    stays = solve(problem, stop=MaxIterations(20))
    assert stays.table_of.tolist() == seated.tolist()
    moves = solve(replace(problem, ties=np.sign(ties)), stop=MaxIterations(20))
    assert (moves.table_of != seated).sum() == 2


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("pure", [False, True], ids=["room", "pure"])
def test_progress_rises_to_the_whole_budget(pure: bool, make_room: MakeRoom) -> None:
    heard: list[Progress] = []
    problem = make_room(30)
    if pure:
        problem = Problem.from_affinity(problem.affinity, [(5, 6)] * 5)
    seating = solve(problem, stop=MaxIterations(25), progress=heard.append)
    assert len(heard) >= 2
    assert [step.share for step in heard] == sorted(step.share for step in heard)
    assert (heard[0].share, heard[-1].share) == (0, 1)
    assert heard[-1].iterations == seating.iterations == 25
    assert [step.seconds for step in heard] == sorted(step.seconds for step in heard)


class Cancelled(Exception):
    """Somebody no longer wants a seating."""


@pytest.mark.usefixtures("engine")
def test_who_cancels_gets_the_best_so_far(make_room: MakeRoom) -> None:
    problem, heard = make_room(40), []

    def stop(iterations: int, elapsed: float) -> float:
        return 1.0 if len(heard) >= 5 else 0.01 * len(heard)

    seating = solve(problem, stop=stop, progress=heard.append)
    gains = [progress.gained for progress in heard]
    assert [step.share for step in heard[4:]] == [0.04] + [1.0] * (len(heard) - 5)
    assert gains == sorted(gains)
    assert check(problem, seating).legal
    assert check(problem, seating).score == close(seating.score, 40)


@pytest.mark.usefixtures("engine")
def test_what_progress_raises_ends_the_search(make_room: MakeRoom) -> None:
    def cancel(step: Progress) -> None:
        if step.share >= 0.5:
            raise Cancelled(step.iterations)

    with pytest.raises(Cancelled) as ended:
        solve(make_room(30), stop=MaxIterations(20), progress=cancel)
    assert 10 <= ended.value.args[0] < 20


def lopsided() -> Any:
    matrix = np.zeros((4, 4))
    matrix[1, 2] = 1
    return matrix


def holding(value: float) -> Any:
    matrix = np.zeros((4, 4))
    matrix[1, 2] = matrix[2, 1] = value
    return matrix


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        (holding(np.nan), "The affinity of 2 and 3 is nan: give finite numbers"),
        (holding(-np.inf), "The affinity of 2 and 3 is -inf: give finite numbers"),
        (lopsided(), "The affinity of 2 and 3 is 1.0 one way and 0.0 the other"),
        (np.zeros((4, 3)), "one row and one column for each person"),
        ([1, 2, 3, 4], "one row and one column for each person"),
        ([["x"]], "must be numbers"),
    ],
)
def test_affinities_that_are_no_symmetric_finite_square_are_refused(matrix: Any, said: str) -> None:
    with pytest.raises(InvalidProblem, match=said):
        Problem.from_affinity(matrix, [2, 2])


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ([2, 3], "4 people are too few for tables that need 5"),
        ([2, 1], "4 people are too many for tables that take 3"),
        ([(1, 2), 1], "4 people are too many for tables that take 3"),
    ],
)
def test_pure_sizes_that_do_not_seat_everybody_are_refused(sizes: list[Any], said: str) -> None:
    with pytest.raises(NoLegalSplit, match=said):
        Problem.from_affinity(np.zeros((4, 4)), sizes)


def test_five_thousand_people_are_seated_by_the_rules(make_room: MakeRoom) -> None:
    n = 5_000
    companies = tuple(f"company {i // 4}" for i in range(n))
    trades = tuple("baker" if i % 4 == 0 else None for i in range(n))
    problem = make_room(n, companies=companies, trades=trades, hosts=np.arange(n) % 4 == 1)
    seating = solve(problem, stop=MaxIterations(200))
    figures = quality(problem, seating)
    assert figures.seated == n
    assert {len(members) for members in seating.tables} == {5}
    assert figures.company_clashes == 0
    assert all(sum(i % 4 == 0 for i in members) <= 2 for members in seating.tables)
    assert all(any(i % 4 == 1 for i in members) for members in seating.tables)


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
    assert check(problem, seating).score == close(seating.score, 30)


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


def test_hosts_who_sit_out_are_missed_at_no_table(make_room: MakeRoom) -> None:
    venue = tuple(Table(f"T{i}", 6) for i in range(3))
    problem = make_room(24, venue=venue, hosts=np.isin(np.arange(24), [0, 1, 23]))
    seating = solve(problem, stop=MaxIterations(10))
    assert seating.table_of[23] == -1
    assert check(problem, seating).legal
    assert check(problem, seating).score == close(seating.score, 24)


@pytest.mark.parametrize("field", ["trades", "balance"])
def test_an_attribute_that_nobody_has_changes_nothing(field: str, make_room: MakeRoom) -> None:
    nothing = (None,) * 20
    problem = make_room(20, **{field: nothing if field == "trades" else (nothing,)})
    seating = solve(problem, stop=MaxIterations(5))
    assert seating.score == solve(make_room(20), stop=MaxIterations(5)).score


def test_a_legal_seating_of_two_tables_is_found(make_legal_room: MakeLegalRoom) -> None:
    problem, known = make_legal_room(11, 236)
    assert check(problem, known).legal
    assert check(problem, solve(problem, stop=MaxIterations(300))).legal
