"""A talk in the calendar, read back by libraries that did not write it, in zones with odd clocks."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import Attendee, Event
from tablemates.followup.letters.calendar import read_at, suggested, talk
from tablemates.refusals import Refusal
from tests.introductions import evening_of_two, introduce, phone

# Half an hour, two hours, at midnight, four times a year, the other way round, never.
ZONES = [
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Etc/UTC",
    "UTC",
]
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
minutes_of_a_year = st.integers(25 * 60, 360 * 24 * 60).map(lambda n: timedelta(minutes=n))
any_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(';,\\\n:"'), max_size=120
)


def event_in(zone: str, **fields: Any) -> Event:
    return Event(pk=UUID(int=1), title="Spring evening", time_zone=zone, **fields)


def pair(name: str = "Bo Diddley") -> tuple[Attendee, Attendee]:
    return Attendee(pk=UUID(int=2), name="Ada"), Attendee(pk=UUID(int=3), name=name)


def entry(zone: str, at: datetime, **more: Any) -> str:
    given_ = {"people": pair(), "about": "", "now": NOW, **more}
    return talk(event=event_in(zone), at=at, **given_).decode()


def clocks_in(file: str, zone: str) -> Any:
    """The clocks that a file brings along, as dateutil understands them."""
    return tz.tzical(io.StringIO(file)).get(zone)


def start_of(file: str, zone: str) -> datetime:
    """When the talk begins, by the clocks of the file alone."""
    (line,) = [
        line for line in file.split("\r\n") if line.startswith("DTSTART") and "T" in line[-10:]
    ][-1:]
    label, _, stamp = line.partition(":")
    local = datetime.strptime(stamp.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    if stamp.endswith("Z"):
        return local.replace(tzinfo=UTC)
    assert label == f"DTSTART;TZID={zone}"
    return local.replace(tzinfo=clocks_in(file, zone)).astimezone(UTC)


@given(zone=st.sampled_from(ZONES), later=minutes_of_a_year)
@settings(max_examples=150, derandomize=True, deadline=None)
def test_chosen_time_is_the_same_moment_in_every_calendar(zone: str, later: timedelta) -> None:
    naive = NOW.replace(tzinfo=None) + later
    at = read_at(naive.strftime("%Y-%m-%dT%H:%M"), event_in(zone), NOW)
    assert at == naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert start_of(entry(zone, at), zone) == at


@pytest.mark.parametrize("zone", [zone for zone in ZONES if "UTC" not in zone])
@pytest.mark.parametrize("year", [2026, 2027])
def test_clocks_of_the_file_are_right_all_year(zone: str, year: int) -> None:
    file = entry(zone, datetime(year, 6, 1, 12, tzinfo=UTC))
    brought, real = clocks_in(file, zone), ZoneInfo(zone)
    moment = datetime(year, 1, 1, 0, 1, tzinfo=UTC)
    while moment.year == year:
        assert moment.astimezone(brought).utcoffset() == moment.astimezone(real).utcoffset(), moment
        moment += timedelta(hours=7, minutes=30)
    assert file.count("BEGIN:VTIMEZONE") == 1
    assert file.count("DTSTART:") <= 5


@pytest.mark.parametrize(
    ("zone", "typed", "shown"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "DTSTART;TZID=Europe/Berlin:20260329T033000"),
        ("Europe/Berlin", "2026-10-25T02:30", "DTSTART;TZID=Europe/Berlin:20261025T023000"),
        ("Africa/Cairo", "2026-04-24T00:15", "DTSTART;TZID=Africa/Cairo:20260424T011500"),
        (
            "Australia/Lord_Howe",
            "2026-10-04T02:10",
            "DTSTART;TZID=Australia/Lord_Howe:20261004T024000",
        ),
    ],
)
def test_time_that_the_clock_skips_is_moved_and_one_that_comes_twice_is_the_first(
    zone: str, typed: str, shown: str
) -> None:
    at = read_at(typed, event_in(zone), NOW)
    assert entry(zone, at).count(f"\r\n{shown}\r\n") == 1


@given(name=any_text.filter(str.split), about=any_text)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_names_and_words_are_read_back_as_they_were(name: str, about: str) -> None:
    file = entry("Europe/Berlin", NOW + timedelta(days=7), people=pair(name), about=about)
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    talk_ = vobject.readOne(file).vevent
    assert talk_.summary.value == "Talk with " + "\n".join(name.splitlines())
    assert talk_.description.value == "\n".join(about.splitlines())
    assert talk_.duration.value == timedelta(minutes=45)
    assert "method" not in vobject.readOne(file).contents


def test_entry_is_the_same_one_for_both_and_whenever_it_is_made() -> None:
    def uid(**more: Any) -> str:
        file = entry("Europe/Berlin", NOW + timedelta(days=7), **more)
        return str(vobject.readOne(file).vevent.uid.value)

    one, other = pair()
    assert uid() == uid(people=(other, one)) == uid(now=NOW + timedelta(days=3))
    assert uid() != uid(people=(one, Attendee(pk=uuid4(), name="Cleo")))


@pytest.mark.parametrize(
    ("ended", "now", "day"),
    [
        ("2026-11-24T21:00", "2026-11-24T22:00", "2026-12-01T12:30"),
        # Past midnight there: a Wednesday's evening ended on Thursday.
        ("2026-11-25T23:30", "2026-11-26T02:00", "2026-12-03T12:30"),
        ("2026-11-27T21:00", "2026-11-28T09:00", "2026-12-04T12:30"),
        ("2026-11-28T21:00", "2026-11-28T22:00", "2026-12-07T12:30"),
        ("2026-11-29T21:00", "2026-11-29T22:00", "2026-12-07T12:30"),
        ("2026-11-24T21:00", "2026-12-01T11:29", "2026-12-01T12:30"),
        ("2026-11-24T21:00", "2026-12-01T11:30", "2026-12-08T12:30"),
        ("2026-11-24T21:00", "2027-01-01T00:00", "2027-01-05T12:30"),
        (None, "2026-11-24T19:00", "2026-12-01T12:30"),
    ],
)
def test_suggestion_is_lunch_on_a_working_day_a_week_later(
    ended: str | None, now: str, day: str
) -> None:
    at = [
        datetime.fromisoformat(time).replace(tzinfo=UTC) if time else None for time in (ended, now)
    ]
    event = SimpleNamespace(ended_at=at[0], time_zone="Europe/Berlin")
    assert suggested(event, at[1]) == day


@given(zone=st.sampled_from(ZONES), ended=minutes_of_a_year, later=minutes_of_a_year)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_suggestion_can_always_be_chosen(zone: str, ended: timedelta, later: timedelta) -> None:
    event, now = event_in(zone, ended_at=NOW + ended), NOW + ended + later
    at = read_at(suggested(event, now), event, now)
    assert now < at <= now + timedelta(days=10)
    assert at.astimezone(ZoneInfo(zone)).weekday() < 5


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "2026-02-30T12:30",
        "2026-2-3T12:30",
        "2026-02-03 12:30",
        "2026-02-03T12:30:00",
        "2026-02-03T12:30Z",
        "2026-02-03T25:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2026-01-15T12:00",
        "2025-12-01T12:30",
        "2027-02-01T12:30",
        "٢٠٢٦-02-03T12:30",
        "2026-02-03T12:30\x00",
    ],
)
def test_odd_past_and_far_times_are_refused(typed: str) -> None:
    for zone in ("UTC", "Pacific/Kiritimati", "America/New_York"):
        with pytest.raises(Refusal) as refusal:
            read_at(typed, event_in(zone), NOW + timedelta(hours=20))
        assert (refusal.value.status, refusal.value.field) == (400, "at")


@pytest.mark.django_db
def test_phone_is_given_the_talk_as_suggested_or_as_chosen() -> None:
    ada, bo = evening_of_two(time_zone="Europe/Berlin")
    introduce(ada, bo, shares=["email"], back=["email"])
    path = f"/api/v1/me/introductions/{bo.pk}/talk.ics"
    answer = phone(ada).get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="Bo Diddley.ics"'
    found = vobject.readOne(answer.content.decode()).vevent
    assert (found.dtstart.value.hour, found.dtstart.value.minute) == (12, 30)
    assert found.summary.value == "Talk with Bo Diddley"
    met = "We sat together at Spring evening and talked about ceramics."
    assert found.description.value == f"{met}\nbo@example.org"
    chosen = (datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%dT08:15")
    file = phone(ada).get(path, {"at": chosen}).content.decode()
    stamp = chosen.replace("-", "").replace(":", "")
    assert file.count(f"DTSTART;TZID=Europe/Berlin:{stamp}00\r\n") == 1
    assert phone(ada).get(path, {"at": "tomorrow"}).json()["field"] == "at"
