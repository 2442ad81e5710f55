"""How close two people are, what kind of company that makes, and what it is worth at a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.memory.kinds import (
    CHOSEN,
    HALF_LIFE,
    Kind,
    closeness,
    kind_of,
    strength,
    worth,
)

NOW = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Known:
    """What two people have, without a database."""

    times: int = 1
    introduced_at: datetime | None = None
    helped: int = 0
    last_contact: datetime | None = NOW

    def after(self, idle: timedelta) -> Known:
        """The same, with nothing heard for so long."""
        return replace(self, last_contact=NOW - idle)


known = st.builds(
    Known,
    times=st.integers(0, 200),
    introduced_at=st.sampled_from([None, NOW]),
    helped=st.integers(0, 50),
    last_contact=st.none() | st.integers(-30, 2000).map(lambda days: NOW - timedelta(days=days)),
)
quick = settings(max_examples=60, deadline=None, derandomize=True)


@quick
@given(known)
def test_closeness_grows_with_all_there_was_and_never_passes_one(tie: Known) -> None:
    more = [
        replace(tie, times=tie.times + 1),
        replace(tie, helped=tie.helped + 1),
        replace(tie, introduced_at=NOW),
    ]
    assert all(0 <= closeness(tie) <= closeness(other) <= 1 for other in more)


@quick
@given(known, st.integers(0, 20), st.integers(0, 20))
def test_each_evening_adds_less_than_the_one_before(tie: Known, times: int, helped: int) -> None:
    steps = [closeness(replace(tie, times=times + n, helped=helped)) for n in range(3)]
    assert steps[2] - steps[1] <= steps[1] - steps[0]


@quick
@given(known, st.timedeltas(timedelta(), timedelta(days=2000)))
def test_half_of_a_tie_is_gone_after_each_half_year_without_contact(
    tie: Known, idle: timedelta
) -> None:
    now, later = strength(tie.after(idle), NOW), strength(tie.after(idle + HALF_LIFE), NOW)
    assert later == pytest.approx(now / 2)
    assert now <= closeness(tie)


def test_a_word_from_the_other_makes_a_tie_as_strong_as_it_was() -> None:
    old = Known(times=5).after(HALF_LIFE)
    assert strength(replace(old, last_contact=NOW), NOW) == closeness(old)


def test_a_contact_by_a_clock_that_runs_ahead_is_a_contact_of_now() -> None:
    ahead = replace(Known(times=4), last_contact=NOW + timedelta(hours=3))
    assert strength(ahead, NOW) == closeness(ahead)


@pytest.mark.parametrize(
    ("tie", "idle", "kind"),
    [
        (Known(times=0), 0, Kind.NEW),
        (Known(times=0, introduced_at=NOW), 0, Kind.NEW),
        (Known(times=1), 0, Kind.MET),
        (Known(times=2), 0, Kind.MET),
        (Known(times=3), 0, Kind.CLOSE),
        (Known(times=1, introduced_at=NOW), 0, Kind.MET),
        (Known(times=2, introduced_at=NOW), 0, Kind.CLOSE),
        (Known(times=1, helped=2), 0, Kind.CLOSE),
        (Known(times=3), 30, Kind.CLOSE),
        (Known(times=3), 90, Kind.DORMANT),
        (Known(times=50), 170, Kind.CLOSE),
        (Known(times=50), 190, Kind.DORMANT),
        (Known(times=1), 900, Kind.MET),
    ],
)
def test_kinds_of_people(tie: Known, idle: int, kind: Kind) -> None:
    assert kind_of(tie.after(timedelta(days=idle)), admired=False, now=NOW) == kind


def test_a_stranger_is_new_and_whoever_is_admired_is_that_before_all_else() -> None:
    assert kind_of(None, admired=False, now=NOW) == Kind.NEW
    assert kind_of(None, admired=True, now=NOW) == Kind.ADMIRED
    assert kind_of(Known(times=9), admired=True, now=NOW) == Kind.ADMIRED


@quick
@given(known, st.booleans(), st.timedeltas(timedelta(), timedelta(days=4000)))
def test_time_alone_makes_close_people_dormant_and_nothing_else(
    tie: Known, admired: bool, idle: timedelta
) -> None:
    before = kind_of(tie.after(timedelta()), admired=admired, now=NOW)
    after = kind_of(tie.after(idle), admired=admired, now=NOW)
    assert after == before or (before, after) == (Kind.CLOSE, Kind.DORMANT)


@quick
@given(st.dictionaries(st.sampled_from(CHOSEN), st.sampled_from([-1, 0, 1])))
def test_a_wish_moves_its_own_kind_and_no_other(mix: dict[Kind, int]) -> None:
    for kind in Kind:
        plain, wished = worth(kind, {}), worth(kind, mix)
        assert -1 <= wished <= 1
        assert (wished > plain) - (wished < plain) == mix.get(kind, 0)


def test_nobody_needs_a_table_to_meet_whom_they_know_well() -> None:
    assert worth(Kind.CLOSE, {Kind.CLOSE: 1}) == worth(Kind.CLOSE, {})
    assert min(Kind, key=lambda kind: worth(kind, {})) == Kind.CLOSE
