"""The report on an evening: of nobody, beside its series, and the same whoever is taken out of the guest list."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkin.models import CheckIn
from checkin.services import console_station, undo
from events.models import Attendee, Event, Series
from events.services import change_guest
from matching.models import Seat
from tablemates.accounts.models import Team
from tablemates.followup.models import Flag, Letter, PastOutcome, Pick, Target
from tablemates.followup.outcome.report import figures_of, report_outcome
from tablemates.followup.services import delete_event
from tests.evenings import RandomEvening
from tests.room import play_round
from tests.rows import make_crowd, make_event, make_nonce, make_organiser

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.django_db


def told(event: Event, measure: str) -> tuple[Any, ...]:
    """Value, of how many, and why it is hidden."""
    fresh = Event.objects.get(pk=event.pk)
    (figure,) = (row for row in figures_of(fresh) if row["measure"] == measure)
    return figure["value"], figure["of"], figure["why_hidden"]


def end(event: Event, ago: timedelta) -> None:
    ended = timezone.now() - ago
    Event.objects.filter(pk=event.pk).update(phase="ended", ended_at=ended)


@pytest.fixture
def evening() -> tuple[Event, list[Attendee]]:
    """Twelve people who sat down, of whom each two neighbours picked each other."""
    event = make_event()
    people = make_crowd(event, "ceramics", each=12)
    play_round(event)
    for one, other in zip(people[::2], people[1::2], strict=True):
        Pick.objects.create(picker=one, picked=other)
        Pick.objects.create(picker=other, picked=one)
    return event, people


def test_introductions_are_told_from_the_reveal_on(evening: tuple[Event, list[Attendee]]) -> None:
    event, (ada, bob, *_) = evening
    Pick.objects.filter(picker=ada).delete()
    for ago in (None, timedelta(minutes=59)):
        if ago:
            end(event, ago)
        assert told(event, "introduced") == told(event, "followed_up") == (None, None, "not_yet")
    end(event, timedelta(minutes=61))
    assert told(event, "introduced") == (10 / 12, 12, None)
    assert told(event, "followed_up") == (0.0, 5, None)
    Pick.objects.filter(picker=bob).delete()
    assert told(event, "introduced") == (10 / 12, 12, None)


def test_a_letter_by_either_side_until_48_hours_after_the_end_has_followed_up(
    evening: tuple[Event, list[Attendee]],
) -> None:
    event, people = evening
    end(event, timedelta(hours=72))
    ended = Event.objects.get(pk=event.pk).ended_at
    assert ended
    for i, hours in enumerate((47, 48, 49)):
        pair = people[2 * i : 2 * i + 2][:: -1 if i % 2 else 1]
        at = ended + timedelta(hours=hours)
        Letter.objects.create(
            sender=pair[0], recipient=pair[1], channel="own", digest=f"{i}", sent_at=at
        )
    assert told(event, "followed_up") == (2 / 6, 6, None)


def test_five_introductions_among_four_people_are_not_told(
    evening: tuple[Event, list[Attendee]],
) -> None:
    event, (ada, bob, cleo, dan, *_rest) = evening
    Pick.objects.all().delete()
    four = (ada, bob, cleo, dan)
    pairs = [(one, other) for one in four for other in four if one != other]
    Pick.objects.bulk_create(Pick(picker=one, picked=other) for one, other in pairs)
    end(event, timedelta(hours=2))
    assert told(event, "followed_up") == (None, None, "too_few")


def test_an_organiser_cannot_take_a_person_out_and_see_what_changes(
    evening: tuple[Event, list[Attendee]],
) -> None:
    event, people = evening
    Pick.objects.filter(picker=people[0]).delete()
    for person in people[:4]:
        table = Seat.objects.get(attendee=person).table
        Flag.objects.create(table=table, reporter=person, kind="pitched", raised_at=timezone.now())
    end(event, timedelta(hours=2))
    event = Event.objects.get(pk=event.pk)
    whole, olga = report_outcome(event), make_organiser(team=event.team)
    station = console_station(event, "Olga")
    for person in people[:3]:
        for status in ("cancelled", "blocked"):
            change_guest(attendee=person, changes={"status": status})
            assert report_outcome(event) == whole
        entry = CheckIn.objects.get(attendee=person, outcome="entry")
        undo(checkin=entry, station=station, organiser=olga, nonce=make_nonce())
        assert report_outcome(event) == whole


def test_an_entry_taken_back_during_the_evening_never_was(
    evening: tuple[Event, list[Attendee]],
) -> None:
    event, people = evening
    entry = CheckIn.objects.get(attendee=people[0], outcome="entry")
    olga = make_organiser(team=event.team)
    station = console_station(event, "Olga")
    undo(checkin=entry, station=station, organiser=olga, nonce=make_nonce())
    assert told(event, "seated_soon") == (1.0, 11, None)


def test_a_rounds_cover_is_what_the_matcher_says_of_it() -> None:
    event = make_event()
    make_crowd(event, "ceramics", "poetry", "beekeeping", each=7)
    quality = play_round(event).quality
    (told,) = report_outcome(event)["plots"]["rounds"]
    assert quality
    assert told["topic_cover"] == quality["topic_cover"]
    assert told["seats"] == quality["seated"]
    assert told["tables"] == quality["tables"]


def held(series: Series, title: str, days: int, **fields: Any) -> Event:
    """An event of a series that ended so many days ago."""
    about = {"title": title, "series": series, **fields}
    return RandomEvening(
        Random(days), 8, ago=timedelta(days=days), team=series.team, fields=about
    ).write()


def test_a_series_is_told_oldest_first_with_deleted_evenings_and_this_one_last() -> None:
    series = Series.objects.create(team=Team.objects.create(name="Team"), name="Suppers")
    other = Series.objects.create(team=series.team, name="Breakfasts")
    march, may = held(series, "March", 90), held(series, "May", 30)
    held(series, "June", 2)
    held(other, "Another", 50)
    kept = figures_of(march)
    april = timezone.now() - timedelta(days=60)
    PastOutcome.objects.create(series=series, title="April", held_at=april, figures=kept)
    PastOutcome.objects.create(series=other, title="No", held_at=april, figures=kept)
    report = report_outcome(may)
    rows = [(row["title"], row["figures"], row["this"]) for row in report["series"]]
    assert rows == [
        ("March", kept, False),
        ("April", kept, False),
        ("May", report["figures"], True),
    ]
    planned = make_event(series.team, doors=False, title="July", series=series)
    titles = [row["title"] for row in report_outcome(planned)["series"]]
    assert titles == ["March", "April", "May", "June", "July"]


def test_a_deleted_evening_is_told_as_it_was() -> None:
    series = Series.objects.create(team=Team.objects.create(name="Team"), name="Suppers")
    march, may = held(series, "March", 90), held(series, "May", 30)
    before = report_outcome(may)["series"]
    delete_event(event=march)
    assert report_outcome(may)["series"] == before
    assert [row["title"] for row in before] == ["March", "May"]


def test_an_evening_in_no_series_is_compared_with_none() -> None:
    assert report_outcome(make_event())["series"] == []


def test_the_eleven_latest_earlier_evenings_are_told() -> None:
    series = Series.objects.create(team=Team.objects.create(name="Team"), name="Suppers")
    past = [
        PastOutcome(
            series=series, title=f"{day}", held_at=timezone.now() - timedelta(days=day), figures=[]
        )
        for day in range(1, 14)
    ]
    PastOutcome.objects.bulk_create(past)
    event = make_event(series.team, title="Today", series=series)
    titles = [row["title"] for row in report_outcome(event)["series"]]
    assert titles == [*(f"{day}" for day in range(11, 0, -1)), "Today"]


def test_six_hundred_people_take_as_many_queries_as_ten() -> None:
    counts = []
    for people in (10, 600):
        event = RandomEvening(Random(1), people, busy=0.1).write()
        Target.objects.create(event=event, measure="worth", value=0.5)
        with CaptureQueriesContext(connection) as queries:
            report = report_outcome(event)
        counts.append(len(queries))
        assert people < 600 or report["figures"][0]["of"] > 400
    assert counts[0] == counts[1] <= 12


def test_what_is_kept_of_a_deleted_evening_can_be_written_down() -> None:
    event = RandomEvening(Random(3), 12).write()
    assert json.loads(json.dumps(figures_of(event))) == figures_of(event)
