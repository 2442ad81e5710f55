"""The console's scanner page over HTTP."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from checkin.models import CheckIn
from tablemates.accounts.models import Organiser
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from events.models import Attendee, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client: Client) -> Organiser:
    organiser = make_organiser("olga@example.org")
    client.force_login(organiser)
    return organiser


@pytest.fixture
def event(organiser: Organiser) -> Event:
    return make_event(organiser.team)


@pytest.fixture
def ada(event: Event) -> Attendee:
    return make_attendee(event, "Ada Lovelace")


def send(client: Client, event: Event, deed: str, **body: Any) -> HttpResponse:
    body.setdefault("nonce", make_nonce())
    path = f"/api/v1/events/{event.pk}/{deed}"
    return client.post(path, body, content_type="application/json")


def test_scan_of_a_ticket_is_201_and_names_the_person_to_staff(
    client: Client, event: Event, ada: Attendee
) -> None:
    answer = send(client, event, "check-in", secret=ada.tickets.get().secret)
    row = CheckIn.objects.get()
    assert (answer.status_code, answer.json()) == (201, row.answer)
    assert row.answer["name"] == "Ada Lovelace"
    assert (row.station.kind, row.station.name) == ("console", "olga@example.org")


def test_staff_are_never_given_the_ticket(client: Client, event: Event, ada: Attendee) -> None:
    answer = send(client, event, "check-in", secret=ada.tickets.get().secret)
    assert set(answer.json()) == {"at", "attendee", "code", "message", "name", "outcome"}


def test_second_scan_is_200_with_the_time_of_the_first(
    client: Client, event: Event, ada: Attendee
) -> None:
    first = arrive(ada)
    answer = send(client, event, "check-in", secret=ada.tickets.get().secret)
    assert (answer.status_code, answer.json()["since"]) == (200, first.answer["at"])


def test_person_found_by_name_is_let_in_and_out(
    client: Client, event: Event, ada: Attendee
) -> None:
    deeds = ["check-in", "check-out", "check-out", "check-in"]
    answers = [send(client, event, deed, attendee=str(ada.pk)) for deed in deeds]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [
        (201, "entry"),
        (200, "exit"),
        (200, "not_in"),
        (201, "entry"),
    ]


def test_same_nonce_gets_the_same_bytes_whatever_comes_with_it(
    client: Client, event: Event, ada: Attendee
) -> None:
    nonce, grace = make_nonce(), make_attendee(event, "Grace Hopper")
    first = send(client, event, "check-in", nonce=nonce, secret=ada.tickets.get().secret)
    others = [
        send(client, event, "check-in", nonce=nonce, secret=ada.tickets.get().secret),
        send(client, event, "check-in", nonce=nonce, attendee=str(grace.pk)),
        send(client, event, "check-out", nonce=nonce, attendee=str(ada.pk)),
    ]
    assert [(a.status_code, a.content) for a in others] == [(201, first.content)] * 3
    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize("deed", ["check-in", "check-out"])
def test_person_of_another_event_is_404_like_one_who_does_not_exist(
    client: Client, organiser: Organiser, event: Event, deed: str
) -> None:
    elsewhere = make_attendee(make_event(organiser.team))
    foreign, unknown = (
        send(client, event, deed, attendee=str(pk)) for pk in (elsewhere.pk, uuid.uuid4())
    )
    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert CheckIn.objects.count() == 0


def test_cancelled_person_is_409(client: Client, event: Event) -> None:
    ada = make_attendee(event, status="cancelled")
    answer = send(client, event, "check-in", attendee=str(ada.pk))
    assert (answer.status_code, answer.json()["code"]) == (409, "cancelled")


@pytest.mark.parametrize(
    "text", ["ÿþ\x01\x02", "9" * 10_000, "🎟️", "https://example.org/x?y#z", "\u202e", "1; --"]
)
def test_odd_scan_is_an_unknown_ticket(client: Client, event: Event, text: str) -> None:
    answer = send(client, event, "check-in", secret=text)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


@pytest.mark.parametrize(
    ("deed", "body", "field"),
    [
        ("check-in", {}, "secret"),
        ("check-in", {"secret": "  "}, "secret"),
        ("check-in", {"secret": "a\x00b"}, "secret"),
        ("check-in", {"secret": "x" * 12_001}, "secret"),
        ("check-in", {"attendee": "Ada"}, "attendee"),
        ("check-in", {"nonce": "short", "secret": "x"}, "nonce"),
        ("check-out", {}, "attendee"),
        ("check-out", {"attendee": [7]}, "attendee"),
        ("check-out", {"attendee": None}, "attendee"),
        ("check-out", {"nonce": "", "attendee": str(uuid.uuid4())}, "nonce"),
    ],
)
def test_wrong_field_is_400_and_named(
    client: Client, event: Event, deed: str, body: dict[str, Any], field: str
) -> None:
    answer = send(client, event, deed, **body)
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == ("invalid", field)


def test_the_name_of_a_station_is_cut_to_what_fits(client: Client, event: Event) -> None:
    colleague = make_organiser("x@example.org", event.team)
    Organiser.objects.filter(pk=colleague.pk).update(name="O" * 120)
    client.force_login(Organiser.objects.get(pk=colleague.pk))
    assert send(client, event, "check-in", secret="what").status_code == 404
    assert CheckIn.objects.get().station.name == "O" * 60
