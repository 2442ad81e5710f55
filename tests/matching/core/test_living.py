"""Tables that open while people arrive, late arrivals who join them, tables that run short."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.core import (
    InvalidProblem,
    Problem,
    check,
    gather,
    quality,
    seat_one,
    weights,
)
from matching.core.problem import Table
from matching.core.repair import NobodyToSpare, NoFreeChairs, merge, top_up

MakeRoom = Callable[..., Problem]
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
seeds = st.integers(0, 10_000)
STEP_FREE = frozenset({"step_free"})


@settings(max_examples=60, deadline=None)
@given(n=st.integers(0, 60), seed=seeds, data=st.data())
def test_gather_opens_legal_tables_of_waiting_people_who_share_a_topic(
    make_lively_room: MakeRoom, n: int, seed: int, data: st.DataObject
) -> None:
    problem = make_lively_room(n, seed)
    waiting = data.draw(st.lists(st.integers(0, max(n - 1, 0)), unique=True, max_size=n))
    seating = gather(problem, waiting)
    report = check(problem, seating)
    assert set(seating.table_of[seating.table_of >= 0].tolist()) == set(range(len(seating.tables)))
    assert {person for table in seating.tables for person in table} <= set(waiting)
    for members in seating.tables:
        assert 3 <= len(members) <= 5
        assert problem.holds[list(members)].all(axis=0).any()
    assert "kept apart" not in " ".join(report.violations)
    assert report.score == pytest.approx(seating.score, abs=10 * n / weights.AFFINITY_SCALE)


@pytest.mark.parametrize("waiting", [[], [0], [3, 1]])
def test_gather_with_two_or_fewer_seats_nobody(waiting: list[int], make_room: MakeRoom) -> None:
    seating = gather(make_room(4), waiting)
    assert seating.table_of.tolist() == [-1] * 4
    assert seating.score == 0.0


def one_topic(n: int, **fields: object) -> Problem:
    return Problem(tuple(f"P{i}" for i in range(n)), ("chess",), np.ones((n, 1)), **fields)


def test_gather_splits_seven_of_one_topic_so_that_nobody_waits() -> None:
    seating = gather(one_topic(7), range(7))
    assert sorted(map(len, seating.tables)) == [3, 4]


def test_gather_lets_colleagues_wait_for_better_company() -> None:
    problem = one_topic(8, companies=("Acme", "Acme", "Acme", None, None, "Bolt", "Acme", None))
    assert gather(problem, [0, 1, 2]).tables == ()
    assert gather(problem, [0, 1, 3]).tables == ()
    assert gather(problem, [0, 1, 3, 5]).tables in (((0, 3, 5),), ((1, 3, 5),))


def test_gather_seats_a_crowd_of_colleagues_rather_than_nobody() -> None:
    seating = gather(one_topic(15, companies=("Acme",) * 15), range(15))
    assert sorted(map(len, seating.tables))[:1] == [5]


def test_gather_leaves_somebody_to_talk_to_for_every_seller_in_a_crowd(
    make_room: MakeRoom,
) -> None:
    intents = tuple(["sell", "sell", "peers", "buy"] * 30)
    problem = make_room(120, intents=intents)
    seating = gather(problem, range(120))
    assert quality(problem, seating).all_seller_tables == 0


def test_gather_never_seats_people_kept_apart_even_in_a_crowd() -> None:
    everyone = frozenset((i, j) for i in range(15) for j in range(i))
    assert gather(one_topic(15, apart=everyone), range(15)).tables == ()


def test_gather_prefers_people_who_have_not_met() -> None:
    met = np.zeros((6, 6), dtype=int)
    met[:3, :3] = 1 - np.eye(3, dtype=int)
    problem = one_topic(6, met=met)
    assert gather(problem, [0, 1, 2]).tables == ()
    (table,) = gather(problem, [0, 1, 2, 3, 4]).tables
    assert len(set(table) & {0, 1, 2}) == 1


def test_gather_takes_a_rare_topic_before_a_common_one() -> None:
    interests = np.zeros((12, 2))
    interests[:, 0] = 1
    interests[:3, 1] = 1
    problem = Problem(tuple("abcdefghijkl"), ("common", "rare"), interests)
    assert (0, 1, 2) in gather(problem, range(8)).tables


def test_gather_lets_people_without_a_common_topic_wait() -> None:
    problem = Problem(("Ada", "Bo", "Cy"), ("x", "y", "z"), np.eye(3))
    assert gather(problem, range(3)).tables == ()


def test_gather_keeps_to_legal_sizes_when_the_holders_do_not_split() -> None:
    seating = gather(one_topic(7, table_min=4), range(7))
    assert list(map(len, seating.tables)) == [5]
    assert seating.table_of.tolist().count(-1) == 2


def test_gather_refuses_a_person_who_waits_twice(make_room: MakeRoom) -> None:
    with pytest.raises(InvalidProblem, match="Name each person once"):
        gather(make_room(5), [1, 1, 2])


def by_topic(*topics: int, **fields: object) -> Problem:
    interests = np.eye(3)[list(topics)]
    return Problem(tuple(f"P{i}" for i in range(len(topics))), ("x", "y", "z"), interests, **fields)


def test_late_arrival_joins_the_table_of_their_topic() -> None:
    problem = by_topic(0, 0, 0, 1, 1, 1, 1)
    assert seat_one(problem, [0, 0, 0, 1, 1, 1, -1], 6) == 1


def test_late_arrival_avoids_people_met_before() -> None:
    met = np.zeros((7, 7), dtype=int)
    met[3, 6] = met[6, 3] = 1
    problem = by_topic(0, 0, 0, 1, 1, 1, 1, met=met)
    assert seat_one(problem, [0, 0, 0, 1, 1, 1, -1], 6) == 0


def test_late_arrival_joins_the_smaller_of_two_like_tables() -> None:
    problem = by_topic(*[0] * 8)
    assert seat_one(problem, [0, 0, 0, 0, 1, 1, 1, -1], 7) == 1


def test_late_arrival_waits_when_every_table_is_full_closed_or_forbidden() -> None:
    problem = by_topic(*[0] * 10, apart=frozenset({(6, 9)}))
    seats = [0, 0, 0, 0, 0, 0, 1, 1, 1, -1]
    assert seat_one(problem, seats, 9) == -1
    assert seat_one(by_topic(*[0] * 10), seats, 9, open_tables=[0]) == -1
    assert seat_one(by_topic(*[0] * 10), seats, 9, open_tables=[0, 1]) == 1
    assert seat_one(problem, [-1] * 10, 9) == -1


def test_late_arrival_prefers_a_table_without_colleagues() -> None:
    problem = by_topic(0, 0, 0, 1, 1, 1, 1, companies=(None,) * 3 + ("Acme",) * 4)
    assert seat_one(problem, [0, 0, 0, 1, 1, 1, -1], 6) == 0


def test_late_arrival_may_join_someone_left_alone() -> None:
    problem = by_topic(0, 0, 0)
    assert seat_one(problem, [1, -1, -1], 2) == 1


@settings(max_examples=40, deadline=None)
@given(n=st.integers(1, 40), seed=seeds, seats=st.data())
def test_seat_one_answers_a_table_with_a_free_chair_or_none(
    make_lively_room: MakeRoom, n: int, seed: int, seats: st.DataObject
) -> None:
    problem = make_lively_room(n, seed)
    table_of = np.array(seats.draw(st.lists(st.integers(-1, 4), min_size=n, max_size=n)))
    person = seats.draw(st.integers(0, n - 1))
    table_of[person] = -1
    before = table_of.copy()
    table = seat_one(problem, table_of, person)
    assert table_of.tolist() == before.tolist()
    sizes = np.bincount(table_of[table_of >= 0], minlength=5)
    kept_apart = {i for pair in problem.apart if person in pair for i in pair} - {person}
    legal = {
        t
        for t in range(5)
        if 0 < sizes[t] < 6 and not kept_apart & set(np.flatnonzero(before == t))
    }
    assert table in (legal or {-1})


VENUE = (
    Table("Stairs", seats=6),
    Table("Ramp", seats=4, features=STEP_FREE),
    Table("Bar", seats=3),
)


def needing_step_free(n: int, *people: int) -> tuple[frozenset[str], ...]:
    return tuple(STEP_FREE if i in people else frozenset() for i in range(n))


def test_late_arrival_gets_a_table_with_what_they_need_or_waits() -> None:
    problem = by_topic(*[0] * 8, venue=VENUE, needs=needing_step_free(8, 7))
    assert seat_one(problem, [0, 0, 0, 0, 1, 1, 1, -1], 7) == 1
    assert seat_one(problem, [0, 0, 0, 1, 1, 1, 1, -1], 7) == -1


def test_late_arrival_gets_no_more_chairs_than_a_table_has() -> None:
    problem = by_topic(*[0] * 7, venue=VENUE)
    assert seat_one(problem, [2, 2, 2, 0, 0, 0, -1], 6) == 0
    assert seat_one(problem, [2, 2, 2, -1, -1, -1, -1], 6) == -1


def test_late_arrival_who_is_pinned_sits_there_or_waits() -> None:
    problem = by_topic(*[0] * 7, pins=[-1] * 6 + [1])
    assert seat_one(problem, [0, 0, 0, 1, 1, 1, -1], 6) == 1
    assert seat_one(problem, [0, 0, 0, 2, 2, 2, -1], 6) == -1


def test_late_host_joins_the_table_without_one() -> None:
    problem = by_topic(*[0] * 7, hosts=[True] + [False] * 5 + [True])
    assert seat_one(problem, [0, 0, 0, 1, 1, 1, -1], 6) == 1


def test_late_arrival_makes_a_short_table_whole_first() -> None:
    problem = by_topic(0, 0, 0, 1, 1, 0)
    assert seat_one(problem, [0, 0, 0, 1, 1, -1], 5) == 1


def test_late_arrival_avoids_a_third_of_their_trade() -> None:
    trades = ("law", "law", None, None, None, None, "law")
    problem = by_topic(0, 0, 0, 1, 1, 1, 0, trades=trades)
    assert seat_one(problem, [0, 0, 0, 1, 1, 1, -1], 6) == 1


def test_gather_opens_tables_of_the_venue_that_suit() -> None:
    problem = one_topic(9, venue=VENUE, needs=needing_step_free(9, 8))
    seating = gather(problem, [8, 0, 1, 2, 3, 4, 5, 6, 7])
    assert seating.table_of[8] == 1
    assert check(problem, seating).legal is True


def test_gather_opens_only_tables_of_the_venue_that_are_free() -> None:
    problem = one_topic(6, venue=VENUE)
    assert set(gather(problem, range(3), free_tables=[2]).table_of[:3].tolist()) == {2}
    assert gather(problem, range(6), free_tables=[]).tables == ()


def at_random(problem: Problem, seed: int) -> Numbers:
    """A table for each person, of four or five each."""
    return np.random.default_rng(seed).permutation(problem.n) % (problem.n // 4)


def moved(before: list[int] | Numbers, after: Numbers) -> set[int]:
    return set(np.flatnonzero(np.asarray(before) != after).tolist())


def in_a_venue(problem: Problem, seed: int) -> Problem:
    """The same room with pins, needs, newcomers, trades and people who sit somewhere already."""
    rng = np.random.default_rng(seed)
    n = problem.n
    features = [STEP_FREE, frozenset[str]()]
    tables = n // 4 + 2
    return replace(
        problem,
        venue=tuple(Table(f"T{t}", 3 + t % 4, features[t % 2]) for t in range(tables)),
        needs=tuple(features[int(rng.random() > 0.1)] for _ in range(n)),
        pins=np.where(rng.random(n) < 0.05, rng.integers(0, tables, n), -1),
        newcomers=rng.random(n) < 0.4,
        trades=tuple(rng.choice(["law", "art", "it", ""], n).tolist()),
        balance=(tuple(rng.choice(["f", "m"], n).tolist()),),
        seated=rng.integers(-1, tables, n),
    )


@settings(max_examples=50, deadline=None)
@given(n=st.integers(8, 40), seed=seeds)
def test_a_room_with_everything_is_repaired_within_its_rules(
    make_lively_room: MakeRoom, n: int, seed: int
) -> None:
    problem = in_a_venue(make_lively_room(n, seed), seed)
    before = at_random(problem, seed)
    before[np.random.default_rng(seed + 1).random(n) < 0.2] = -1
    for change in (merge, top_up):
        try:
            after = change(problem, before, 0)
        except (NoFreeChairs, NobodyToSpare):
            continue
        report = check(problem, after)
        assert report.score == pytest.approx(
            after.score, abs=10 * n / weights.AFFINITY_SCALE, rel=0
        )
        newly = moved(before, after.table_of)
        misplaced = {i for v in report.broken if v.rule == "place" for i in v.people}
        assert newly & misplaced == set()
        for table in {int(after.table_of[i]) for i in newly}:
            assert len(after.tables[table]) <= problem.venue[table].seats
    for person in np.flatnonzero(before < 0).tolist():
        before[person] = table = seat_one(problem, before, person)
        if table >= 0:
            assert int((before == table).sum()) <= problem.venue[table].seats
            assert problem.needs is not None
            assert problem.needs[person] <= problem.venue[table].features
            assert problem.pins is not None
            assert problem.pins[person] in (-1, table)


@settings(max_examples=30, deadline=None)
@given(n=st.integers(3, 40), seed=seeds)
def test_gather_in_a_venue_breaks_no_rule_of_places_and_sizes(
    make_lively_room: MakeRoom, n: int, seed: int
) -> None:
    problem = in_a_venue(make_lively_room(n, seed), seed)
    seating = gather(problem, range(n))
    report = check(problem, seating)
    assert {violation.rule for violation in report.broken} & {"place", "size", "apart"} == set()
    assert report.score == pytest.approx(seating.score, abs=10 * n / weights.AFFINITY_SCALE, rel=0)


def test_merge_gives_each_person_of_a_table_the_best_chair_elsewhere() -> None:
    problem = by_topic(0, 0, 0, 1, 1, 1, 0, 1)
    assert merge(problem, [0, 0, 0, 1, 1, 1, 2, 2], 2).table_of.tolist() == [0, 0, 0, 1, 1, 1, 0, 1]


def test_merge_gives_chairs_for_the_good_of_all_who_move() -> None:
    """Both fit best at table 0, which has one chair: who would miss it more gets it."""
    interests = np.array([[1, 0]] * 5 + [[1, 1]] * 3 + [[1, 1], [1, 0]])
    problem = Problem(tuple(f"P{i}" for i in range(10)), ("x", "y"), interests)
    table_of = [0] * 5 + [1] * 3 + [2, 2]
    assert merge(problem, table_of, 2).table_of.tolist() == [0] * 5 + [1] * 3 + [1, 0]


def test_merge_finds_the_one_way_that_keeps_everybody_apart() -> None:
    problem = by_topic(*[0] * 12, apart=frozenset({(0, 10), (10, 11)}), table_max=6)
    table_of = [0] * 5 + [1] * 5 + [2, 2]
    assert merge(problem, table_of, 2).table_of.tolist() == [0] * 5 + [1] * 5 + [1, 0]


def test_merge_is_refused_as_a_whole_when_chairs_are_missing() -> None:
    problem = by_topic(*[0] * 7)
    with pytest.raises(NoFreeChairs) as refusal:
        merge(problem, [0, 0, 0, 0, 0, 1, 1], 1)
    assert refusal.value.code == "no_free_chairs"
    assert str(refusal.value) == (
        "Table 2 cannot be dissolved: 2 people sit there and the other tables have 1 free chair. "
        "Top it up instead, or make room at other tables."
    )


def test_merge_names_who_finds_no_chair() -> None:
    problem = by_topic(*[0] * 5, apart=frozenset({(0, 4)}))
    with pytest.raises(NoFreeChairs, match=r"no free chair elsewhere suits P4\."):
        merge(problem, [0, 0, 0, 1, 1], 1)


def test_merge_never_opens_another_table() -> None:
    problem = one_topic(3, venue=VENUE)
    with pytest.raises(NoFreeChairs):
        merge(problem, [0, 0, 0], 0)


@settings(max_examples=50, deadline=None)
@given(n=st.integers(12, 40), seed=seeds, data=st.data())
def test_merge_moves_nobody_else_and_fills_no_table_beyond_its_chairs(
    make_lively_room: MakeRoom, n: int, seed: int, data: st.DataObject
) -> None:
    problem = make_lively_room(n, seed)
    before = at_random(problem, seed)
    table = data.draw(st.integers(0, int(before.max())))
    try:
        after = merge(problem, before, table)
    except NoFreeChairs:
        assume(False)
    assert moved(before, after.table_of) == set(np.flatnonzero(before == table).tolist())
    assert table not in after.table_of
    assert max(map(len, after.tables)) <= problem.table_max
    apart = [
        i
        for i, j in problem.apart
        if after.table_of[i] == after.table_of[j] and before[i] != before[j]
    ]
    assert apart == []
    slack = 10 * n / weights.AFFINITY_SCALE
    assert after.score == pytest.approx(check(problem, after).score, abs=slack, rel=0)


def test_top_up_asks_the_one_who_suits_best() -> None:
    problem = by_topic(0, 0, 0, 1, 1, 1, 2, 2, 2, 2)
    before = [0, 0, 0, 0, 1, 1, 2, 2, 2, 2]
    assert moved(before, top_up(problem, before, 1).table_of) == {3}


def test_top_up_leaves_a_table_that_is_large_enough() -> None:
    problem = one_topic(8)
    before = [0, 0, 0, 1, 1, 1, 1, 1]
    assert top_up(problem, before, 0).table_of.tolist() == before
    assert top_up(problem, before, 5).table_of.tolist() == before


def test_top_up_is_refused_when_every_other_table_needs_its_people() -> None:
    with pytest.raises(NobodyToSpare) as refusal:
        top_up(one_topic(5), [0, 0, 0, 1, 1], 1)
    assert refusal.value.code == "nobody_to_spare"
    assert str(refusal.value) == (
        "Nobody can be spared for Table 2: every other table needs its people or they do not "
        "suit. Dissolve the table, or wait for 1 more."
    )


def test_top_up_takes_no_host_from_a_table_that_has_one() -> None:
    problem = one_topic(6, hosts=[True, False, False, False, True, False])
    after = top_up(problem, [0, 0, 0, 0, 1, 1], 1).table_of
    assert after[0] == 0


def test_top_up_breaks_no_rule_to_mend_one() -> None:
    problem = one_topic(6, companies=("Acme",) * 6)
    with pytest.raises(NobodyToSpare):
        top_up(problem, [0, 0, 0, 0, 1, 1], 1)


@settings(max_examples=50, deadline=None)
@given(n=st.integers(8, 40), seed=seeds, data=st.data())
def test_top_up_moves_the_fewest_and_mends_more_than_it_breaks(
    make_lively_room: MakeRoom, n: int, seed: int, data: st.DataObject
) -> None:
    problem = make_lively_room(n, seed)
    before = at_random(problem, seed)
    table = data.draw(st.integers(0, int(before.max())))
    gone = data.draw(st.integers(1, 3))
    before[np.flatnonzero(before == table)[:gone]] = -1
    here = int((before == table).sum())
    try:
        after = top_up(problem, before, table)
    except NobodyToSpare:
        assume(False)
    joined = moved(before, after.table_of)
    assert len(joined) == (max(0, 3 - here) if here else 0)
    assert {int(after.table_of[person]) for person in joined} <= {table}
    assert all(
        len(members) >= 3 for t, members in enumerate(after.tables) if members and t != table
    )
    was, now = (
        check(problem, replace(after, table_of=seats)) for seats in (before, after.table_of)
    )
    assert sum(v.count for v in now.broken) <= sum(v.count for v in was.broken) - len(joined)
    assert after.score == pytest.approx(now.score, abs=10 * n / weights.AFFINITY_SCALE, rel=0)


@pytest.mark.parametrize("change", [merge, top_up])
def test_a_table_that_is_not_there_is_refused(change: Callable[..., object]) -> None:
    with pytest.raises(InvalidProblem, match="There is no table 99"):
        change(one_topic(3), [0, 0, 0], 99)
