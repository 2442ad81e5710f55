"""How many tables, and what round 2 must repeat."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.core import NoLegalSplit, NotEnoughPeople, forced_repeats, sizes_for


def sizes(n: int, low: int = 3, usual: int = 5, high: int = 6) -> tuple[int, ...]:
    return sizes_for(n, table_min=low, table_size=usual, table_max=high)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (3, (3,)),
        (6, (6,)),
        (7, (4, 3)),
        (8, (4, 4)),
        (11, (6, 5)),
        (12, (4, 4, 4)),
        (24, (5, 5, 5, 5, 4)),
        (60, (5,) * 12),
    ],
)
def test_sizes_are_nearest_to_the_usual_size_and_smaller_on_a_tie(
    n: int, expected: tuple[int, ...]
) -> None:
    assert sizes(n) == expected


@given(st.integers(3, 5000), st.integers(3, 6), st.integers(3, 6))
def test_three_to_max_never_fails_and_stays_within_one(n: int, usual: int, high: int) -> None:
    high = max(usual, high, 5)
    result = sizes(n, 3, usual, high)
    assert sum(result) == n
    assert 3 <= min(result) <= max(result) <= high
    assert max(result) - min(result) in (0, 1)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_people_are_told_how_many_are_missing(n: int) -> None:
    with pytest.raises(NotEnoughPeople) as refusal:
        sizes(n)
    assert refusal.value.code == "not_enough_people"
    who = "1 person is" if n == 1 else f"{n} people are"
    assert str(refusal.value) == f"{who} here and a table needs at least 3: wait for {3 - n} more."


@pytest.mark.parametrize(
    ("n", "low", "high", "fix"),
    [
        (7, 4, 6, "allow tables of 3, or of 7, or wait for 1 more"),
        (6, 4, 5, "allow tables of 3, or of 6, or wait for 2 more"),
        (11, 4, 5, "allow tables of 3, or of 6, or wait for 1 more"),
        (19, 5, 6, "allow tables of 4, or of 7, or wait for 1 more"),
    ],
)
def test_impossible_split_names_the_fix(n: int, low: int, high: int, fix: str) -> None:
    with pytest.raises(NoLegalSplit) as refusal:
        sizes(n, low, 5, high)
    assert refusal.value.code == "no_legal_split"
    assert str(refusal.value) == f"{n} people cannot sit at tables of {low} to {high}: {fix}."


def test_five_to_six_refuses_exactly_the_known_attendances() -> None:
    refused = []
    for n in range(5, 60):
        try:
            sizes(n, 5, 5, 6)
        except NoLegalSplit:
            refused.append(n)
    assert refused == [7, 8, 9, 13, 14, 19]


@pytest.mark.parametrize(
    ("n", "tables", "repeats"),
    [
        (9, 2, 6),
        (10, 2, 8),
        (12, 2, 12),
        (12, 3, 3),
        (15, 3, 6),
        (18, 3, 9),
        (18, 4, 2),
        (20, 4, 4),
        (24, 4, 8),
        (25, 5, 0),
        (0, 1, 0),
    ],
)
def test_forced_repeats_match_the_pigeonhole_bound(n: int, tables: int, repeats: int) -> None:
    assert forced_repeats(n, tables) == repeats


def test_forced_repeats_refuses_no_tables() -> None:
    with pytest.raises(ValueError, match="use at least one table"):
        forced_repeats(9, 0)
