"""No figure speaks of fewer than five people, whatever is counted."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablemates.followup.models import Measure
from tablemates.followup.outcome.figures import MEASURES, Figure, count_figures, is_met
from tablemates.followup.outcome.record import Record

SIX = datetime(2026, 3, 14, 18, tzinfo=UTC)
PEOPLE = st.integers(0, 9).map(lambda number: UUID(int=number))
PAIRS = st.frozensets(st.tuples(PEOPLE, PEOPLE).filter(lambda pair: pair[0] < pair[1]), max_size=9)
RECORDS = st.builds(
    Record,
    opened_at=st.just(SIX),
    came=st.frozensets(PEOPLE).map(lambda people: dict.fromkeys(people, SIX)),
    seats=st.just(()),
    introduced=st.none() | PAIRS,
    wrote=PAIRS,
    felt_pitched_at=st.frozensets(PEOPLE),
    verdicts=st.lists(st.booleans(), max_size=9),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(record=RECORDS)
def test_what_speaks_of_fewer_than_five_is_hidden_with_its_size(record: Record) -> None:
    for figure in count_figures(record):
        assert figure.of is None or figure.of > 4
        assert (figure.value is None) == (figure.why_hidden is not None)
        assert figure.value is None or 0 <= figure.value <= 1
        assert figure.of is not None or figure.value is None
        if figure.value is not None:
            assert figure.of is not None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(record=RECORDS)
def test_introductions_are_told_only_where_they_are_among_five_people(record: Record) -> None:
    told = {figure.measure: figure for figure in count_figures(record)}[Measure.FOLLOWED_UP]
    pairs = record.introduced or frozenset()
    enough = len(pairs) > 4 and len({person for pair in pairs for person in pair}) > 4
    assert (told.value is not None) == enough


def test_before_doors_nothing_is_known_yet() -> None:
    assert count_figures(None) == [Figure(measure, why_hidden="not_yet") for measure in MEASURES]
    assert list(MEASURES) == list(Measure)


@pytest.mark.parametrize(
    ("measure", "value", "of", "target", "met"),
    [
        (Measure.SEATED_SOON, 0.8, 10, 0.8, True),
        (Measure.SEATED_SOON, 0.7, 10, 0.8, False),
        (Measure.SEATED_SOON, None, None, 0.0, None),
        (Measure.PITCHED, 0.3, 10, 0.3, True),
        (Measure.PITCHED, 0.4, 10, 0.3, False),
        # Fewer than three of ten said so: no pattern.
        (Measure.PITCHED, None, 10, 0.0, True),
        (Measure.PITCHED, None, None, 1.0, None),
    ],
)
def test_a_target_is_met_from_its_share_on_and_of_pitched_up_to_it(
    measure: Measure, value: float | None, of: int | None, target: float, met: bool | None
) -> None:
    assert is_met(Figure(measure, value, of), target) is met
