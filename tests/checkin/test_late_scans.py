"""Scans that a device decided without network and brings later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from checkin.models import CheckIn, Conflict, Station
from checkin.services import DeviceScan, check_in, check_out, refuse_check_in
from events.models import Attendee, Event
from events.services import end_event
from tablemates.live.models import Message
from tests.rows import arrive, make_attendee, make_event, make_nonce

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_event()
    opened = timezone.now() - timedelta(hours=3)
    Event.objects.filter(pk=event.pk).update(opened_at=opened)
    return Event.objects.get(pk=event.pk)


@pytest.fixture
def ada(event: Event) -> Attendee:
    return make_attendee(event)


def station(event: Event, name: str = "North door") -> Station:
    return Station.objects.get_or_create(event=event, name=name, kind="scanner")[0]


def ago(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def brought(
    person: Attendee, minutes_ago: float, *, act: str = "in", shown: str = "entry", door: str = "A"
) -> CheckIn:
    moment = ago(minutes_ago)
    do = check_in if act == "in" else check_out
    return do(
        event=person.event,
        station=station(person.event, door),
        nonce=make_nonce(),
        text=person.tickets.get(issuer="tablemates").secret,
        device=DeviceScan(at=moment - timedelta(hours=7), happened_at=moment, shown=shown),
    )


def fresh(person: Attendee) -> Attendee:
    return Attendee.objects.get(pk=person.pk)


def test_a_late_entry_counts_from_when_it_happened_and_keeps_the_devices_own_time(
    ada: Attendee,
) -> None:
    row = brought(ada, 40)
    assert (row.outcome, row.turn, Conflict.objects.count()) == ("entry", 1, 0)
    assert fresh(ada).present_since == row.happened_at
    assert row.device_at == row.happened_at - timedelta(hours=7)
    assert row.at - row.happened_at > timedelta(minutes=39)


def test_one_ticket_let_in_by_two_devices_is_one_check_in_and_one_conflict(ada: Attendee) -> None:
    later, earlier = brought(ada, 30, door="A"), brought(ada, 35, door="B")
    assert [later.outcome, earlier.outcome] == ["entry", "already_in"]
    assert ada.checkins.count() == 2
    assert Conflict.objects.get().checkin == earlier
    # Whoever was first at a door counts, whoever's network was first.
    assert fresh(ada).present_since == earlier.happened_at
    told = Message.objects.latest("seq").audiences["console"]["set"]
    conflict = told[f"conflicts/{Conflict.objects.get().pk}"]
    assert (conflict["outcome"], conflict["station"]) == ("already_in", "B")


def test_what_a_device_had_refused_itself_is_no_conflict(ada: Attendee) -> None:
    brought(ada, 35)
    brought(ada, 30, shown="already_in")
    assert not Conflict.objects.exists()


def test_an_entry_before_an_exit_that_we_know_of_does_not_bring_the_person_back(
    ada: Attendee,
) -> None:
    brought(ada, 20, act="out", shown="exit")
    row = brought(ada, 60)
    assert (row.outcome, row.turn) == ("entry", None)
    assert fresh(ada).present_since is None
    assert not Conflict.objects.exists()


def test_a_late_exit_lets_out_who_is_in_since_before_and_not_who_came_back_since(
    ada: Attendee,
) -> None:
    brought(ada, 60)
    arrive(ada)
    assert brought(ada, 30, act="out").outcome == "exit"
    # The scan a moment ago stands: she is back.
    assert fresh(ada).present_since > ago(1)


def test_who_was_let_in_without_a_right_to_is_listed_and_not_counted_in(ada: Attendee) -> None:
    Attendee.objects.filter(pk=ada.pk).update(status="blocked")
    row = brought(ada, 10)
    assert (row.outcome, fresh(ada).present_since) == ("blocked", None)
    assert Conflict.objects.get().checkin.attendee == ada


def test_doors_are_judged_by_when_it_happened_not_by_when_it_is_brought(
    event: Event, ada: Attendee
) -> None:
    early, late = make_attendee(event, "Early Bird"), make_attendee(event, "Night Owl")
    end_event(event=event)
    Event.objects.filter(pk=event.pk).update(ended_at=ago(15))
    outcomes = [brought(ada, 30).outcome, brought(early, 300).outcome, brought(late, 5).outcome]
    assert outcomes == ["entry", "too_early", "closed"]


def test_a_scan_of_a_revoked_station_is_a_row_with_the_person_it_let_in(ada: Attendee) -> None:
    row = refuse_check_in(
        event=ada.event,
        station=station(ada.event),
        nonce=make_nonce(),
        text=ada.tickets.get().secret,
        device=DeviceScan(at=ago(5), happened_at=ago(5), shown="entry"),
    )
    assert (row.outcome, row.attendee) == ("revoked_station", ada)
    assert fresh(ada).present_since is None
    assert Conflict.objects.get().checkin == row
    assert "name" not in row.answer


def test_a_late_scan_sent_twice_is_one_row_and_one_conflict(ada: Attendee) -> None:
    arrive(ada)
    device = DeviceScan(at=ago(5), happened_at=ago(5), shown="entry")
    rows = [
        check_in(
            event=ada.event,
            station=station(ada.event),
            nonce="one-attempt",
            attendee=ada,
            device=device,
        )
        for _ in range(2)
    ]
    assert rows[0] == rows[1]
    assert (ada.checkins.count(), Conflict.objects.count()) == (2, 1)
