"""Schedules by construction: nobody meets twice."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.core.designs import STARTERS, design, most_rounds


def level(n: int, tables: int) -> tuple[int, ...]:
    small, larger = divmod(n, tables)
    return (small + 1,) * larger + (small,) * (tables - larger)


def assert_nobody_meets_twice(n: int, sizes: Sequence[int], rounds: int) -> None:
    schedule = design(n, sizes, rounds)
    assert schedule is not None
    assert schedule.shape == (rounds, n)
    met: Counter[tuple[int, int]] = Counter()
    for row in schedule.tolist():
        seated = [[person for person in range(n) if row[person] == t] for t in range(len(sizes))]
        assert [len(table) for table in seated] == list(sizes)
        met.update(pair for table in seated for pair in combinations(table, 2))
    assert set(met.values()) <= {1}


@pytest.mark.parametrize(
    ("tables", "size", "rounds"),
    [
        (3, 3, 4),
        (4, 4, 5),
        (5, 5, 6),
        (7, 7, 8),
        (8, 8, 9),
        (9, 9, 10),
        (5, 3, 7),
        (7, 3, 10),
        (9, 3, 13),
        (15, 3, 22),
        (6, 4, 7),
        (7, 4, 9),
        (8, 4, 9),
        (9, 4, 11),
        (10, 4, 13),
        (16, 4, 21),
        (6, 5, 6),
        (12, 5, 11),
        (25, 5, 31),
        (6, 6, 3),
        (10, 6, 7),
        (24, 5, 6),
        (27, 6, 27),
        (32, 5, 32),
        (49, 6, 49),
    ],
)
def test_full_tables_have_the_rounds_the_theory_promises(
    tables: int, size: int, rounds: int
) -> None:
    sizes = (size,) * tables
    assert most_rounds(tables * size, sizes) >= rounds
    assert_nobody_meets_twice(tables * size, sizes, rounds)


@pytest.mark.parametrize(("tables", "size"), STARTERS)
def test_every_starter_develops_into_a_schedule(tables: int, size: int) -> None:
    sizes = (size,) * tables
    assert_nobody_meets_twice(tables * size, sizes, most_rounds(tables * size, sizes))


@pytest.mark.parametrize(
    ("n", "tables", "rounds"), [(24, 5, 6), (23, 5, 5), (14, 5, 7), (31, 8, 9), (59, 12, 11)]
)
def test_people_who_are_away_leave_every_table_with_at_most_one_chair_empty(
    n: int, tables: int, rounds: int
) -> None:
    assert most_rounds(n, level(n, tables)) >= rounds
    assert_nobody_meets_twice(n, level(n, tables), rounds)


@given(st.integers(1, 64), st.data())
def test_whatever_is_promised_for_level_tables_is_kept(n: int, data: st.DataObject) -> None:
    sizes = data.draw(st.permutations(level(n, data.draw(st.integers(1, n)))))
    most = most_rounds(n, sizes)
    assert_nobody_meets_twice(n, sizes, most)
    assert design(n, sizes, most + 1) is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_tables_of_any_sizes_have_one_round(sizes: list[int]) -> None:
    assert_nobody_meets_twice(sum(sizes), sizes, 1)


def test_a_table_with_more_people_than_there_are_tables_forces_a_meeting_in_round_two() -> None:
    assert most_rounds(20, (5, 5, 5, 5)) == 1
    assert design(20, (5, 5, 5, 5), 2) is None


def test_changing_a_schedule_leaves_the_next_one_as_it_was() -> None:
    first = design(9, (3, 3, 3), 4)
    assert first is not None
    first[:] = 0
    assert_nobody_meets_twice(9, (3, 3, 3), 4)


@pytest.mark.parametrize(("n", "sizes"), [(9, (3, 3)), (3, (3, 0)), (0, ())])
def test_sizes_that_do_not_seat_everybody_are_refused(n: int, sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=f"Cannot seat {n} people"):
        design(n, sizes, 1)


def test_a_schedule_of_no_rounds_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        design(9, (3, 3, 3), 0)
