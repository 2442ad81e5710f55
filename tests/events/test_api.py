"""Events over HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from events.models import Attendee, Event
from events.services import end_event
from tests.rows import make_event, make_organiser
from tests.threads import database_of_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpResponse
    from django.test import AsyncClient, Client

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
        "columns": [
            {"header": "Name", "field": "name", "samples": ["Ada", "Grace"]},
            {"header": "Email", "field": "email", "samples": ["ada@example.org", "nonsense"]},
            {"header": "Interests", "field": "interests", "samples": ["Poetry", "Compilers"]},
        ],
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


def test_columns_named_by_hand_win(client: Client, event: Event) -> None:
    answer = upload(client, event, LIST.encode(), mapping='{"1": "", "2": "company"}')
    assert [column["field"] for column in answer.json()["columns"]] == ["name", "", "company"]
    told = event.attendees.order_by("name").values_list("name", "email", "company")
    assert list(told) == [("Ada", "", "Poetry"), ("Grace", "", "Compilers")]


@pytest.mark.parametrize(
    "mapping",
    [
        "[]",
        "1",
        "null",
        "{",
        '{"a": "name"}',
        '{"0": "shoe size"}',
        '{"0": ["name"]}',
        '{"-1": ""}',
    ],
)
def test_mapping_that_makes_no_sense_is_400(client: Client, event: Event, mapping: str) -> None:
    answer = upload(client, event, LIST.encode(), mapping=mapping)
    assert (answer.status_code, answer.json()["field"]) == (400, "mapping")
    assert Attendee.objects.count() == 0


def test_unknown_headers_come_back_to_be_named_and_are_refused_when_not(
    client: Client, event: Event
) -> None:
    data = b"Wer,Woher\nAda,Loom\n"
    tried = upload(client, event, data, dry_run="true").json()
    assert tried["columns"] == [
        {"header": "Wer", "field": "", "samples": ["Ada"]},
        {"header": "Woher", "field": "", "samples": ["Loom"]},
    ]
    assert (tried["created"], tried["errors"], tried["rows"][0]["line"]) == (0, 1, 1)
    assert upload(client, event, data).json()["code"] == "no_header"
    mapping = '{"0": "name", "1": "company"}'
    assert upload(client, event, data, mapping=mapping).json()["created"] == 1
    assert event.attendees.get().company == "Loom"


def test_first_line_may_be_a_person(client: Client, event: Event) -> None:
    data, said = b"Ada,Loom\nBo,Mill\n", {"mapping": '{"0": "name"}', "has_header": "false"}
    assert upload(client, event, data, **said).json()["created"] == 2


async def lines(client: AsyncClient, event: Event, data: bytes, **fields: str) -> list[Any]:
    form = {"file": SimpleUploadedFile("guests.csv", data), **fields}
    path, accept = f"/api/v1/events/{event.pk}/import", {"accept": "application/x-ndjson"}
    answer = await client.post(path, form, headers=accept)
    if answer.streaming:
        content = b"".join([part async for part in cast("Any", answer.streaming_content)])
    else:
        content = answer.content
    # The thread of the views lives on after the test; its connection must not.
    await sync_to_async(connections.close_all)()
    return [json.loads(line) for line in content.splitlines()]


@pytest.fixture
def listening(event: Event, async_client: AsyncClient, tmp_path: Path) -> Iterator[AsyncClient]:
    with database_of_threads(tmp_path):
        async_client.force_login(event.team.organisers.get())
        yield async_client


def _count_and_close(event: Event) -> int:
    try:
        return event.attendees.count()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("dry_run", ["true", "false"])
async def test_import_tells_how_far_it_is_and_what_came_of_it(
    event: Event, listening: AsyncClient, dry_run: str
) -> None:
    data = b"Name\n" + b"".join(b"Guest %d\n" % n for n in range(1100))
    *progress, last = await lines(listening, event, data, dry_run=dry_run)
    assert [told["done"] for told in progress] == [0, 500, 1000]
    assert {told["total"] for told in progress} == {1101 if dry_run == "true" else 1100}
    assert last["summary"]["created"] == 1100
    assert await sync_to_async(_count_and_close)(event) == (0 if dry_run == "true" else 1100)


@pytest.mark.django_db(transaction=True)
async def test_import_in_lines_ends_with_what_is_wrong(
    event: Event, listening: AsyncClient
) -> None:
    (told,) = await lines(listening, event, b"")
    assert (told["error"]["code"], told["error"]["field"]) == ("empty", "file")
    (told,) = await lines(listening, event, b"Name", dry_run="perhaps")
    assert told["error"]["field"] == "dry_run"
