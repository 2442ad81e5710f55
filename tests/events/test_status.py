"""Whether a person may come in, as the organiser says."""

from __future__ import annotations

import pytest

from checkin.selectors import present_attendees
from checkin.services import check_out, poster_station
from events.models import Attendee
from events.services import set_status
from tablemates.live.models import Message
from tests.rows import arrive, make_attendee, make_event, make_nonce

pytestmark = pytest.mark.django_db

Status = Attendee.Status


def test_status_is_kept_and_told_to_the_console() -> None:
    ada = make_attendee(make_event())
    assert set_status(attendee=ada, status=Status.BLOCKED).status == "blocked"
    message = Message.objects.filter(stream=ada.event_id).last()
    assert message
    assert message.type == "attendee.changed"
    record = message.audiences["console"]["set"][f"attendees/{ada.pk}"]
    assert record["status"] == Attendee.objects.get().status == "blocked"


@pytest.mark.parametrize("status", [Status.BLOCKED, Status.CANCELLED])
def test_person_who_is_in_stays_so_until_checked_out(status: Attendee.Status) -> None:
    event = make_event()
    ada = make_attendee(event)
    entry = arrive(ada)
    ada = set_status(attendee=ada, status=status)
    assert ada.present_since == entry.happened_at
    assert list(present_attendees(event)) == [ada]
    nonce = make_nonce()
    row = check_out(event=event, station=poster_station(event), nonce=nonce, attendee=ada)
    assert (row.outcome, arrive(ada).outcome) == ("exit", status)
    assert list(present_attendees(event)) == []


def test_person_may_come_in_again() -> None:
    ada = make_attendee(make_event(), status="blocked")
    set_status(attendee=ada, status=Status.REGISTERED)
    assert arrive(ada).outcome == "entry"


def test_saying_it_twice_is_saying_it_once() -> None:
    ada = make_attendee(make_event())
    for _ in range(2):
        set_status(attendee=ada, status=Status.BLOCKED)
    said = Message.objects.filter(stream=ada.event_id, type="attendee.changed")
    assert said.count() == 1
