"""Which tables are laid, and who sits out."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.core import NoLegalSplit, NotEnoughPeople, Problem
from matching.core.layout import layout_for, out_of_reach
from matching.core.problem import Table


def room(n: int, *seats: int, **fields: Any) -> Problem:
    """`n` people and tables T0, T1, ... with so many seats."""
    given: dict[str, Any] = {"venue": tuple(Table(f"T{i}", s) for i, s in enumerate(seats))}
    return Problem(tuple(f"P{i}" for i in range(n)), (), np.zeros((n, 0)), **(given | fields))


def test_alike_tables_have_sizes_within_one_of_each_other() -> None:
    layout = layout_for(room(23))
    assert layout.tables == (0, 1, 2, 3, 4)
    assert (layout.least, layout.most) == ((4,) * 5, (5,) * 5)


def test_alike_tables_that_divide_the_room_are_all_equal() -> None:
    layout = layout_for(room(20))
    assert layout.least == layout.most == (5,) * 4


def test_a_venue_is_laid_in_its_order_and_levelled_as_far_as_chairs_allow() -> None:
    layout = layout_for(room(20, 6, 4, 8, 6, 6))
    assert layout.tables == (0, 1, 2, 3)
    assert (layout.least, layout.most) == ((5, 4, 5, 5), (6, 4, 6, 6))


def test_tables_with_too_few_chairs_stay_empty() -> None:
    assert layout_for(room(10, 2, 5, 1, 5)).tables == (1, 3)


def test_tables_that_somebody_is_pinned_to_are_laid_first() -> None:
    pins = [-1] * 9 + [3]
    assert layout_for(room(10, 5, 5, 5, 5, pins=pins)).tables == (0, 3)


def test_all_tables_that_somebody_is_pinned_to_are_laid_if_people_suffice() -> None:
    pins = [0, 1, 2, 3] + [-1] * 8
    assert layout_for(room(12, *[5] * 5, pins=pins)).tables == (0, 1, 2, 3)
    assert layout_for(room(10, *[5] * 5, pins=pins[:10])).tables == (0, 1, 2)


def test_enough_tables_are_laid_for_those_who_need_a_feature() -> None:
    quiet = frozenset({"quiet"})
    venue = tuple(Table(f"T{i}", 5, quiet if i > 1 else frozenset()) for i in range(5))
    needs = (quiet,) * 6 + (frozenset(),) * 4
    assert layout_for(room(10, venue=venue, needs=needs)).tables == (2, 3)


def test_larger_tables_are_laid_if_the_listed_order_cannot_seat_everybody() -> None:
    assert layout_for(room(5, 4, 6, table_min=3)).tables == (1,)


def test_when_chairs_are_missing_the_last_in_the_room_sit_out() -> None:
    layout = layout_for(room(30, *[6] * 4, table_max=8, table_size=6))
    assert layout.out == (24, 25, 26, 27, 28, 29)
    assert layout.least == layout.most == (6, 6, 6, 6)
    assert layout.notes == (
        "30 people and 24 chairs: 6 sit out. Bring 6 more chairs, or one more table.",
    )


def test_more_chairs_are_no_help_at_tables_as_large_as_they_may_be() -> None:
    layout = layout_for(room(13, 8, 6))
    assert layout.notes == ("13 people and 12 chairs: 1 sits out. Bring one more table.",)


def test_who_sat_out_or_is_pinned_sits_out_last() -> None:
    pins = [-1, -1, -1, -1, 0]
    layout = layout_for(room(5, 3, table_max=3, table_size=3, sat_out=[0, 1, 0, 1, 0], pins=pins))
    assert layout.out == (0, 2)


def test_a_place_out_of_reach_is_told() -> None:
    needs = [(), (), {"quiet"}]
    layout = layout_for(room(3, 3, 2, pins=[-1, 1, -1], needs=needs))
    assert layout.notes == (
        "P1 is pinned to T1, which is not laid.",
        "P2 needs a table with quiet, and none is laid.",
    )
    assert out_of_reach(room(3, 3, 2, pins=[-1, 1, -1], needs=needs), layout) == (1, 2)


@pytest.mark.parametrize(
    ("n", "seats", "refusal", "message"),
    [
        (2, (6,), NotEnoughPeople, "wait for 1 more"),
        (9, (2, 2), NoLegalSplit, "No table of the venue has 3 chairs"),
        (5, (4, 4), NoLegalSplit, "5 people cannot sit at these tables with 3 or more at each"),
    ],
)
def test_a_venue_without_a_legal_split_is_refused(
    n: int, seats: tuple[int, ...], refusal: type[Exception], message: str
) -> None:
    with pytest.raises(refusal, match=message):
        layout_for(room(n, *seats))


def test_a_pure_problem_has_the_tables_it_says() -> None:
    layout = layout_for(Problem.from_affinity(np.zeros((9, 9)), [2, (1, 8), 1]))
    assert (layout.tables, layout.least, layout.most) == ((0, 1, 2), (2, 1, 1), (2, 8, 1))


@given(st.integers(0, 60), st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_everybody_has_a_chair_or_sits_out(n: int, seats: list[int]) -> None:
    try:
        layout = layout_for(room(n, *seats))
    except (NoLegalSplit, NotEnoughPeople):
        return
    chairs = [min(6, seats[table]) for table in layout.tables]
    assert sum(layout.least) <= n - len(layout.out) <= sum(layout.most)
    assert all(
        3 <= least <= most <= chair
        for least, most, chair in zip(layout.least, layout.most, chairs, strict=True)
    )
    assert not layout.out or sum(chairs) == sum(min(6, s) for s in seats if s >= 3)
