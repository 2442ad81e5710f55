"""What plots tell of a big room, and what cannot be had from them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.selectors import Sitting
from tablemates.followup.outcome.figures import seated_soon
from tablemates.followup.outcome.plots import arrivals, fairness, rounds, waiting
from tablemates.followup.outcome.record import Record, Sat

OPENED = datetime(2026, 3, 14, 18, tzinfo=UTC)
TABLE, ROUND = UUID(int=1), UUID(int=2)
WAITS = st.sampled_from([0, 1, 2, 3, 5, 8, 10, 10.5, 15, 20, 30, None])


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def evening(waits: list[float | None], *, every: float = 1, own: int = 0) -> Record:
    """People who came one after the other and waited so long for a seat; the first `own` of them picked its topic."""
    came = {UUID(int=i): OPENED + minutes(i * every) for i in range(len(waits))}
    seats = [
        Sat(ROUND, 1, TABLE, Sitting(person, came[person] + minutes(wait), None), i < own)
        for i, (person, wait) in enumerate(zip(came, waits, strict=True))
        if wait is not None
    ]
    return Record(OPENED, came, seats, set(), set(), set(), [])


def told(waits: list[float | None]) -> list[tuple[int | None, int | None, int]]:
    return [(row["from"], row["to"], row["people"]) for row in waiting(evening(waits))]


def test_waiting_times_are_told_apart_where_enough_people_waited_so_long() -> None:
    waits = [*[0.0] * 4, *[2.0] * 2, *[3.0] * 5, *[10.0] * 7, *[20.0] * 8, *[21.0] * 9, *[None] * 5]
    assert told(waits) == [
        (0, 2, 6), (2, 5, 5), (5, 10, 7), (10, 20, 8), (20, None, 9), (None, None, 5)
    ]  # fmt: skip


def test_one_to_four_people_are_joined_with_their_neighbours() -> None:
    assert told([*[1.0] * 6, *[4.0] * 2, *[9.0] * 5, *[12.0] * 5, *[30.0] * 3, *[None] * 4]) == [
        (0, 2, 6), (2, 10, 7), (10, 20, 5), (20, None, 7)
    ]  # fmt: skip


def test_a_few_who_waited_long_are_told_with_those_before_them() -> None:
    assert told([*[1.0] * 6, *[9.0] * 5, 30.0, None]) == [(0, 2, 6), (2, 5, 0), (5, None, 7)]


def test_nobody_is_a_group_that_may_be_told() -> None:
    rest = [(2, 5, 0), (5, 10, 0), (10, 20, 0), (20, None, 0), (None, None, 0)]
    assert told([0.0] * 6) == [(0, 2, 6), *rest]
    assert told([0.0] * 4) == []


@settings(max_examples=300, deadline=None, derandomize=True)
@given(waits=st.lists(WAITS, min_size=5, max_size=60))
def test_no_group_of_one_to_four_comes_back_by_adding_and_taking_away(
    waits: list[float | None],
) -> None:
    """All rows together with both sides of the figure: whatever part of the room their sums and differences tell."""
    record = evening(waits)
    soon = seated_soon(record).part
    rows = [(row["from"], row["to"], row["people"]) for row in waiting(record)]
    assert sum(people for _from, _to, people in rows) == len(waits)
    sides = {soon, len(waits) - soon}
    # A row lies on one side of ten minutes or over it; the figure less the rows of its side is what it tells of the latter.
    early = [n for low, high, n in rows if low is not None and high is not None and high <= 10]
    late = [n for low, _high, n in rows if low is None or low >= 10]
    for side, within in ((soon, early), (len(waits) - soon, late)):
        parts = [
            side - sum(some) for k in range(len(within) + 1) for some in combinations(within, k)
        ]
        assert all(part in sides or part == 0 or part > 4 for part in parts)
    assert all(people == 0 or people > 4 for _from, _to, people in rows)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(count=st.integers(0, 40), every=st.sampled_from([0, 0.25, 1, 7]))
def test_each_step_of_arrivals_is_of_five_people_or_more(count: int, every: float) -> None:
    points = [point["came"] for point in arrivals(evening([None] * count, every=every))]
    assert (points == []) == (count < 5)
    assert points[-1:] == ([count] if count > 4 else [])
    assert all(later - before > 4 for before, later in pairwise(points))


def test_people_have_come_by_the_end_of_their_minute() -> None:
    assert arrivals(evening([None] * 12, every=0.2)) == [
        {"at": "2026-03-14T18:00:00Z", "came": 0},
        {"at": "2026-03-14T18:01:00Z", "came": 5},
        {"at": "2026-03-14T18:03:00Z", "came": 12},
    ]


def test_the_worst_off_are_told_beside_everybody_only_where_that_tells_of_no_fewer() -> None:
    assert fairness(evening([0.0] * 4)) == {"everybody": None, "worst_off": None}
    assert fairness(evening([0.0] * 9, own=9)) == {"everybody": 1.0, "worst_off": None}
    assert fairness(evening([0.0] * 10, own=8)) == {"everybody": 0.8, "worst_off": 0.6}


def test_a_round_of_four_people_is_told_nowhere() -> None:
    assert rounds(evening([0.0] * 4, own=4)) == []
    assert rounds(evening([0.0] * 5, own=4)) == [
        {"number": 1, "tables": 1, "seats": 5, "topic_cover": 0.8, "repeats": 0}
    ]
