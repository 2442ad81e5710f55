"""How the room filled: per minute in which somebody came or left, by the steps that count."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkin.models import CheckIn
from checkin.selectors import arrivals
from checkin.services import DeviceScan, check_in, check_out, poster_station, undo
from events.models import Event
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from events.models import Attendee

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening() -> tuple[Event, datetime]:
    """Doors that opened ten whole minutes ago."""
    now = timezone.now().replace(second=30, microsecond=0)
    began = now - timedelta(minutes=10)
    event = make_event()
    Event.objects.filter(pk=event.pk).update(opened_at=began)
    return Event.objects.get(pk=event.pk), began


def step(person: Attendee, at: datetime, *, out: bool = False) -> CheckIn:
    """A step over the threshold that a device brings later."""
    device = DeviceScan(at=at, happened_at=at, shown="exit" if out else "entry")
    work = check_out if out else check_in
    station = poster_station(person.event)
    return work(
        event=person.event, station=station, nonce=make_nonce(), attendee=person, device=device
    )


def minutes(event: Event, began: datetime) -> list[tuple[int, int, int]]:
    start = began.replace(second=0)
    return [((m.at - start) // timedelta(minutes=1), m.came, m.left) for m in arrivals(event)]


def test_nobody_came_is_no_minute(evening: tuple[Event, datetime]) -> None:
    assert arrivals(evening[0]) == []


def test_people_are_counted_in_the_minute_they_came_and_left(
    evening: tuple[Event, datetime],
) -> None:
    event, began = evening
    ada, bob = make_attendee(event, "Ada"), make_attendee(event, "Bob")
    step(ada, began)
    step(bob, began + timedelta(seconds=20))
    step(ada, began + timedelta(minutes=5), out=True)
    assert minutes(event, began) == [(0, 2, 0), (5, 0, 1)]


def test_coming_in_twice_counts_once_and_coming_back_again(
    evening: tuple[Event, datetime],
) -> None:
    event, began = evening
    ada = make_attendee(event, "Ada")
    for minute, out in ((3, False), (1, False), (4, True), (6, False)):
        step(ada, began + timedelta(minutes=minute), out=out)
    assert minutes(event, began) == [(1, 1, 0), (4, 0, 1), (6, 1, 0)]


def test_refusals_and_what_was_taken_back_do_not_count(evening: tuple[Event, datetime]) -> None:
    event, began = evening
    ada = make_attendee(event, "Ada")
    row = step(ada, began)
    step(make_attendee(event, "Bob", status="blocked"), began)
    olga = make_organiser(team=event.team)
    undo(checkin=row, station=poster_station(event), organiser=olga, nonce=make_nonce())
    assert arrivals(event) == []


def test_the_ledger_is_asked_once_however_many_came(evening: tuple[Event, datetime]) -> None:
    event, _began = evening
    for n in range(5):
        arrive(make_attendee(event, f"P{n}"))
    with CaptureQueriesContext(connection) as queries:
        arrivals(event)
    assert len(queries) == 1


def test_organisers_of_the_event_get_the_minutes_and_no_others(client: Client) -> None:
    olga = make_organiser("olga@example.org")
    event = make_event(olga.team)
    arrive(make_attendee(event, "Ada"))
    client.force_login(olga)
    answer = client.get(f"/api/v1/events/{event.pk}/arrivals")
    came = CheckIn.objects.get().happened_at.replace(second=0, microsecond=0)
    at = came.isoformat().replace("+00:00", "Z")
    assert json.loads(answer.content) == {"minutes": [{"at": at, "in": 1, "out": 0}]}
    client.force_login(make_organiser("eve@example.org"))
    assert client.get(f"/api/v1/events/{event.pk}/arrivals").status_code == 404
