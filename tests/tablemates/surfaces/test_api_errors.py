"""Every error of the API is {code, message, field?}, and no request is answered with a 500."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.rows import make_event, make_organiser

if TYPE_CHECKING:
    from events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(client: Client) -> Event:
    organiser = make_organiser()
    client.force_login(organiser)
    return make_event(organiser.team)


def ways_to_send(event: Event) -> list[str]:
    return [
        f"/api/v1/posters/{event.poster_code}/check-in",
        f"/api/v1/events/{event.pk}/check-in",
        "/api/v1/events",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"not json",
        b"\xff\xfe\x00\x01",
        b'{"nonce": NaN}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"nonce": ' + b"9" * 5000 + b"}",
        b"[]",
        b"null",
        b"7",
        b'"text"',
        b'[{"nonce": "12345678"}]',
    ],
    ids=lambda data: repr(data[:12]),
)
def test_malformed_json_is_400(client: Client, event: Event, data: bytes) -> None:
    said = [
        client.post(path, data, content_type="application/json") for path in ways_to_send(event)
    ]
    assert [answer.status_code for answer in said] == [400] * 3
    assert [set(answer.json()) - {"field"} for answer in said] == [{"code", "message"}] * 3


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "nonsense", ""])
def test_wrong_content_type_is_415(client: Client, event: Event, content_type: str) -> None:
    for path in ways_to_send(event):
        answer = client.generic("POST", path, "a=b", content_type=content_type)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_broken_upload_is_400(client: Client, event: Event) -> None:
    answer = client.post(
        f"/api/v1/events/{event.pk}/import", b"xx", content_type="multipart/form-data; boundary=b"
    )
    assert (answer.status_code, answer.json()["field"]) == (400, "file")
    answer = client.post(
        f"/api/v1/events/{event.pk}/import", b"xx", content_type="multipart/form-data"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_too_much_json_is_413(client: Client, event: Event) -> None:
    data = b'{"nonce": "' + b"9" * 26 * 1024 * 1024 + b'"}'
    answer = client.post(ways_to_send(event)[0], data, content_type="application/json")
    assert (answer.status_code, answer.json()) == (
        413,
        {"code": "too_large", "message": "That is more than 25 MB. Send less."},
    )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_wrong_method_is_405(client: Client, event: Event, method: str) -> None:
    for path in ways_to_send(event):
        answer = client.generic(method, path, "{}", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert set(answer.json()) == {"code", "message"}


@pytest.mark.parametrize(
    "path", ["x", "events/", "events/7/open", "events/nobody", "me/nothing", "posters/a/b", "%00"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_unknown_address_is_404(client: Client, event: Event, method: str, path: str) -> None:
    answer = client.generic(method, f"/api/v1/{path}", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()) == (
        404,
        {"code": "not_found", "message": "There is nothing here. Check the link."},
    )


def test_organiser_without_the_csrf_token_is_403(event: Event) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(event.team.organisers.get())
    answer = client.post("/api/v1/events", {"title": "x"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_fields_nobody_knows_are_left_alone(client: Client, event: Event) -> None:
    answer = client.post(
        "/api/v1/events",
        {"title": "Autumn", "phase": "ended", "team": "x", "is_staff": True},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["phase"]) == (201, "planned")


def test_answer_that_is_not_json_cannot_be_had(client: Client, event: Event) -> None:
    answer = client.get("/api/v1/events", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")
