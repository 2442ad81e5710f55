"""Tables that open while people arrive, and late arrivals who join them."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core import InvalidProblem, Problem, check, gather, quality, seat_one

MakeRoom = Callable[..., Problem]
seeds = st.integers(0, 10_000)


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
    assert report.score == pytest.approx(seating.score)


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
