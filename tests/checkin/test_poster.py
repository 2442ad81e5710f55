"""The rotating poster: which stamps open, for how long, and what a pass is worth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.poster import changes_at, late, pass_for, scanned_path
from events.models import Event

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

# At the beginning of a slot.
NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EVENT = Event(poster_code="K7QX2M4PABCD", poster_mode="rotating")
PAPER = Event(poster_code="K7QX2M4PABCD", poster_mode="static")


def stamp_at(now: datetime, event: Event = EVENT) -> str:
    return scanned_path(event=event, now=now).partition("#")[2]


def pass_at(now: datetime, event: Event = EVENT) -> str:
    given = pass_for(event=event, stamp=stamp_at(now, event), now=now)
    assert given
    return given


def test_poster_on_paper_is_a_plain_link_that_never_changes() -> None:
    assert scanned_path(event=PAPER, now=NOON) == "/e/K7QX2M4PABCD"
    assert changes_at(event=PAPER, now=NOON) is None
    assert late(event=PAPER, given="anything", now=NOON) is None
    assert pass_for(event=PAPER, stamp=stamp_at(NOON), now=NOON) is None


def test_stamp_is_twelve_letters_and_another_one_every_half_minute() -> None:
    stamps = [stamp_at(NOON + SECOND * s) for s in (0, 29.9, 30, 59.9, 60)]
    assert [len(stamp) for stamp in stamps] == [12] * 5
    assert (stamps[0], stamps[2]) == (stamps[1], stamps[3])
    assert len(set(stamps)) == 3


@pytest.mark.parametrize(("second", "change"), [(0, 30), (29.999, 30), (30, 60), (31, 60)])
def test_screen_is_told_when_the_stamp_changes(second: float, change: int) -> None:
    assert changes_at(event=EVENT, now=NOON + SECOND * second) == NOON + SECOND * change


@pytest.mark.parametrize(
    ("age", "opens"), [(0, True), (29, True), (30, True), (59, True), (60, False), (90, False)]
)
def test_stamp_opens_while_it_is_shown_and_half_a_minute_longer(age: int, opens: bool) -> None:
    given = pass_for(event=EVENT, stamp=stamp_at(NOON), now=NOON + SECOND * age)
    assert (given is not None) == opens


def test_stamp_that_is_not_shown_yet_opens_nothing() -> None:
    assert pass_for(event=EVENT, stamp=stamp_at(NOON + SECOND * 30), now=NOON) is None


def test_stamp_and_pass_of_another_event_open_nothing() -> None:
    other = Event(poster_code="OTHER", poster_mode="rotating")
    assert pass_for(event=EVENT, stamp=stamp_at(NOON, other), now=NOON) is None
    assert late(event=EVENT, given=pass_at(NOON, other), now=NOON) is not None


@pytest.mark.parametrize(("minutes", "good"), [(0, True), (14.9, True), (15, False), (60, False)])
def test_pass_is_good_for_a_quarter_of_an_hour(minutes: float, good: bool) -> None:
    then = NOON + timedelta(minutes=minutes)
    assert (late(event=EVENT, given=pass_at(NOON), now=then) is None) == good


def test_whoever_comes_late_is_sent_to_the_screen_again() -> None:
    refusal = late(event=EVENT, given=None, now=NOON)
    assert refusal
    assert (refusal.status, refusal.body()) == (
        410,
        {
            "code": "poster_expired",
            "message": "This code has changed. Scan the screen at the door again.",
        },
    )


def test_pass_with_a_later_time_written_into_it_is_none() -> None:
    until, seal = pass_at(NOON).split(".")
    forged = f"{int(until) + 3600}.{seal}"
    assert late(event=EVENT, given=forged, now=NOON) is not None


def test_another_secret_key_makes_other_stamps(settings: SettingsWrapper) -> None:
    before = stamp_at(NOON)
    settings.SECRET_KEY = "another"
    assert stamp_at(NOON) != before


@given(seconds=st.integers(-(10**8), 10**8))
def test_stamp_of_any_slot_but_the_last_two_is_refused(seconds: int) -> None:
    stamp = stamp_at(NOON + SECOND * seconds)
    accepted = pass_for(event=EVENT, stamp=stamp, now=NOON) is not None
    assert accepted == (-30 <= seconds < 30)


@given(stamp=st.text(max_size=40) | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=12))
def test_any_text_as_a_stamp_is_refused(stamp: str) -> None:
    fresh = {stamp_at(NOON), stamp_at(NOON - SECOND * 30)}
    assert (pass_for(event=EVENT, stamp=stamp, now=NOON) is not None) == (stamp in fresh)


@given(
    given=st.none()
    | st.integers()
    | st.booleans()
    | st.text()
    | st.from_regex(r"[0-9]{1,30}\.[0-9a-f]{0,64}", fullmatch=True)
    | st.lists(st.text())
    | st.dictionaries(st.text(), st.text())
)
def test_anything_sent_as_a_pass_is_refused_and_breaks_nothing(given: object) -> None:
    assert late(event=EVENT, given=given, now=NOON) is not None
