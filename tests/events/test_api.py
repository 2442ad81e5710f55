"""Events over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Attendee, Event
from events.services import end_event
from tests.rows import make_event, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db

LIST = "Name,Email,Interests\nAda,ada@example.org,Poetry\n,,\nGrace,nonsense,Compilers\n"


@pytest.fixture
def event(client: Client) -> Event:
    organiser = make_organiser()
    client.force_login(organiser)
    return make_event(organiser.team, title="Spring evening")


def create(client: Client, **body: Any) -> HttpResponse:
    return client.post("/api/v1/events", body, content_type="application/json")


def upload(client: Client, event: Event, data: bytes, **fields: str) -> HttpResponse:
    file = SimpleUploadedFile("guests.csv", data)
    return client.post(f"/api/v1/events/{event.pk}/import", {"file": file, **fields})


def test_new_event_belongs_to_the_organisers_team(client: Client, event: Event) -> None:
    answer = create(client, title="Autumn")
    autumn = Event.objects.get(slug="autumn")
    assert (answer.status_code, answer.json()) == (
        201,
        {
            "id": str(autumn.pk),
            "title": "Autumn",
            "slug": "autumn",
            "phase": "planned",
            "attendees": 0,
            "present": 0,
        },
    )
    assert autumn.team == event.team


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({}, 400, "invalid", "title"),
        ({"title": "  "}, 400, "invalid", "title"),
        ({"title": "x" * 121}, 400, "invalid", "title"),
        ({"title": "a\x00b"}, 400, "invalid", "title"),
        ({"title": "Autumn", "slug": "a b"}, 400, "invalid", "slug"),
        ({"title": "Autumn", "slug": "spring-evening"}, 409, "slug_taken", "slug"),
    ],
)
def test_event_that_cannot_be_is_refused(
    client: Client, event: Event, body: dict[str, str], status: int, code: str, field: str
) -> None:
    answer = create(client, **body)
    assert answer.status_code == status
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)
    assert Event.objects.count() == 1


def test_doors_open_and_an_ended_evening_stays_ended(client: Client, event: Event) -> None:
    path = f"/api/v1/events/{event.pk}/open"
    assert client.post(path).json() == {"phase": "open"}
    end_event(event=event)
    answer = client.post(path)
    assert (answer.status_code, answer.json()["code"]) == (409, "event_ended")


def test_import_tells_of_each_line(client: Client, event: Event) -> None:
    answer = upload(client, event, LIST.encode())
    assert answer.status_code == 200
    assert answer.json() == {
        "source": "plain",
        "created": 2,
        "updated": 0,
        "skipped": 0,
        "duplicates": 0,
        "errors": 0,
        "rows": [
            {"line": 2, "outcome": "created", "reason": ""},
            {
                "line": 4,
                "outcome": "warning",
                "reason": '"nonsense" is not an e-mail address; kept without one.',
            },
            {"line": 4, "outcome": "created", "reason": ""},
        ],
    }


def test_dry_run_registers_nobody(client: Client, event: Event) -> None:
    answer = upload(client, event, LIST.encode(), dry_run="true")
    assert answer.json()["created"] == 2
    assert Attendee.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"Colour\nred\n", "no_header"), (b"\x89PNG\r\n\x1a\n\x00", "not_text")],
)
def test_file_that_is_no_guest_list_is_400_with_its_reason(
    client: Client, event: Event, data: bytes, code: str
) -> None:
    answer = upload(client, event, data)
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == (code, "file")
    assert Attendee.objects.count() == 0


def test_upload_without_a_file_is_400(client: Client, event: Event) -> None:
    answer = client.post(f"/api/v1/events/{event.pk}/import", {"file": "not a file"})
    assert (answer.status_code, answer.json()["field"]) == (400, "file")


def test_dry_run_that_is_neither_yes_nor_no_is_400(client: Client, event: Event) -> None:
    answer = upload(client, event, LIST.encode(), dry_run="perhaps")
    assert (answer.status_code, answer.json()["field"]) == (400, "dry_run")
    assert Attendee.objects.count() == 0
