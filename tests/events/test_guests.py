"""What the organiser says of a person: whether they may come in, and what is known of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from checkin.selectors import present_attendees
from checkin.services import check_out, poster_station
from events.models import Attendee
from events.services import change_guest
from tablemates.live.models import Message
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db

Status = Attendee.Status


def test_status_is_kept_and_told_to_the_console() -> None:
    ada = make_attendee(make_event())
    assert change_guest(attendee=ada, changes={"status": Status.BLOCKED}).status == "blocked"
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
    ada = change_guest(attendee=ada, changes={"status": status})
    assert ada.present_since == entry.happened_at
    assert list(present_attendees(event)) == [ada]
    nonce = make_nonce()
    row = check_out(event=event, station=poster_station(event), nonce=nonce, attendee=ada)
    assert (row.outcome, arrive(ada).outcome) == ("exit", status)
    assert list(present_attendees(event)) == []


def test_person_may_come_in_again() -> None:
    ada = make_attendee(make_event(), status="blocked")
    change_guest(attendee=ada, changes={"status": Status.REGISTERED})
    assert arrive(ada).outcome == "entry"


def test_saying_it_twice_is_saying_it_once() -> None:
    ada = make_attendee(make_event())
    for _ in range(2):
        change_guest(attendee=ada, changes={"status": Status.BLOCKED})
    said = Message.objects.filter(stream=ada.event_id, type="attendee.changed")
    assert said.count() == 1


def test_facts_of_a_guest_are_kept_and_told_to_console_and_phone() -> None:
    ada = make_attendee(make_event())
    facts = {"host": True, "first_timer": True, "trade": "Gardener", "needs": ["quiet"]}
    change_guest(attendee=ada, changes=facts)
    kept = Attendee.objects.get()
    assert {what: getattr(kept, what) for what in facts} == facts
    message = Message.objects.filter(stream=ada.event_id).last()
    assert message
    record = message.audiences["console"]["set"][f"attendees/{ada.pk}"]
    assert {what: record[what] for what in facts} == facts
    me = message.audiences[f"attendee:{ada.pk}"]["set"]["me"]
    assert (me["trade"], me["needs"]) == ("Gardener", ["quiet"])


def test_only_a_change_of_status_is_kept_from_the_next_import() -> None:
    ada = make_attendee(make_event())
    assert change_guest(attendee=ada, changes={"host": True}).set_here == []
    assert change_guest(attendee=ada, changes={"status": Status.BLOCKED}).set_here == ["status"]


PATH = "/api/v1/events/{}/attendees/{}"


def patch(client: Client, ada: Attendee, body: Any) -> HttpResponse:
    client.force_login(make_organiser(f"{ada.pk}@example.org", ada.event.team))
    path = PATH.format(ada.event_id, ada.pk)
    return client.patch(path, json.dumps(body), content_type="application/json")


def test_organiser_says_it_over_http(client: Client) -> None:
    ada = make_attendee(make_event())
    body = {"needs": ["stay", "step_free", "stay"], "trade": "  Roof   gardener ", "host": True}
    answer = patch(client, ada, body)
    said = {"needs": ["step_free", "stay"], "trade": "Roof gardener", "host": True}
    assert (answer.status_code, answer.json()) == (200, said)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "status"),
        ({"status": "gone"}, "status"),
        ({"host": "perhaps"}, "host"),
        ({"first_timer": None}, "first_timer"),
        ({"needs": ["a throne"]}, "needs"),
        ({"needs": "quiet"}, "needs"),
        ({"needs": ["quiet"] * 21}, "needs"),
        ({"trade": "x" * 61}, "trade"),
        ({"trade": "a\x00"}, "trade"),
        ({"trade": ["x"]}, "trade"),
        ([], ""),
    ],
)
def test_what_makes_no_sense_is_400_and_changes_nothing(
    client: Client, body: Any, field: str
) -> None:
    ada = make_attendee(make_event())
    answer = patch(client, ada, body)
    assert (answer.status_code, answer.json()["code"], answer.json().get("field", "")) == (
        400,
        "invalid",
        field,
    )
    assert not Message.objects.filter(stream=ada.event_id, type="attendee.changed").exists()


@pytest.mark.parametrize(("language", "status"), [("fr", 200), ("xx", 400), (None, 400)])
def test_event_speaks_one_of_our_languages(
    client: Client, language: str | None, status: int
) -> None:
    event = make_event()
    client.force_login(make_organiser(team=event.team))
    body = json.dumps({"language": language})
    answer = client.patch(f"/api/v1/events/{event.pk}", body, content_type="application/json")
    assert answer.status_code == status
    event.refresh_from_db()
    assert event.language == ("fr" if status == 200 else "en")
