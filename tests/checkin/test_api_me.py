"""A phone over HTTP, with the secret of its ticket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Attendee, Ticket
from tablemates.live.models import Message
from tests.qr import read_qr
from tests.rows import arrive, make_attendee, make_event, make_nonce

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Attendee:
    return make_attendee(make_event(), "Ada Lovelace", "Poetry", "Engines")


def call(attendee: Attendee, method: str, path: str, body: Any = None) -> HttpResponse:
    secret = attendee.tickets.get(issuer="tablemates").secret
    return Client().generic(
        method,
        path,
        "" if body is None else json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Ticket {secret}"},
    )


def test_what_is_sent_is_changed_and_the_rest_stays(ada: Attendee) -> None:
    answer = call(ada, "PATCH", "/api/v1/me", {"ask": "A loom", "on_screen": False})
    ada.refresh_from_db()
    assert answer.status_code == 200
    assert (ada.name, ada.ask, ada.on_screen) == ("Ada Lovelace", "A loom", False)
    assert [topic["label"] for topic in answer.json()["interests"]] == ["Engines", "Poetry"]
    assert answer.json()["id"] == str(ada.pk)


def test_interests_are_replaced_and_folded(ada: Attendee) -> None:
    answer = call(ada, "PATCH", "/api/v1/me", {"interests": ["ENGINES", "engines ", "Looms"]})
    assert [topic["label"] for topic in answer.json()["interests"]] == ["Engines", "Looms"]


def test_interests_can_be_taken_back(ada: Attendee) -> None:
    assert call(ada, "PATCH", "/api/v1/me", {"interests": []}).json()["interests"] == []


def test_name_is_kept_on_one_line(ada: Attendee) -> None:
    assert call(ada, "PATCH", "/api/v1/me", {"name": "Ada \n King"}).json()["name"] == "Ada King"


def test_trade_is_kept_on_one_line_and_needs_once_each(ada: Attendee) -> None:
    body = {"trade": " Weaver \n and dyer ", "needs": ["stay", "step_free", "stay"]}
    answer = call(ada, "PATCH", "/api/v1/me", body).json()
    assert (answer["trade"], answer["needs"]) == ("Weaver and dyer", ["step_free", "stay"])
    taken_back = call(ada, "PATCH", "/api/v1/me", {"trade": "", "needs": []}).json()
    assert (taken_back["trade"], taken_back["needs"]) == ("", [])


def test_needs_are_told_to_the_person_and_to_organisers_alone(ada: Attendee) -> None:
    arrive(ada)
    call(ada, "PATCH", "/api/v1/me", {"trade": "Weaver", "needs": ["quiet"]})
    told = Message.objects.filter(stream=ada.event_id).last()
    assert told is not None
    assert {audience for audience, facts in told.audiences.items() if "quiet" in str(facts)} == {
        "console",
        f"attendee:{ada.pk}",
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"trade": "x" * 61}, "trade"),
        ({"needs": "quiet"}, "needs"),
        ({"needs": ["a throne"]}, "needs"),
        ({"needs": ["quiet"] * 21}, "needs"),
        ({"name": "  "}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"intent": "x"}, "intent"),
        ({"offer": "x" * 141}, "offer"),
        ({"interests": {"a": 1}}, "interests"),
    ],
)
def test_wrong_field_changes_nothing(ada: Attendee, body: dict[str, Any], field: str) -> None:
    answer = call(ada, "PATCH", "/api/v1/me", {"ask": "A loom", **body})
    ada.refresh_from_db()
    assert (answer.status_code, answer.json()["field"], ada.ask) == (400, field, "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "cancelled"),
        ("host", True),
        ("email", "x@example.org"),
        ("id", "1"),
        ("event", "1"),
    ],
)
def test_fields_that_are_not_mine_to_say_are_left_alone(
    ada: Attendee, field: str, value: object
) -> None:
    before = Attendee.objects.filter(pk=ada.pk).values().get()
    call(ada, "PATCH", "/api/v1/me", {field: value})
    assert Attendee.objects.filter(pk=ada.pk).values().get() == before


def test_leaving_is_an_exit_and_leaving_again_is_fine(ada: Attendee) -> None:
    arrive(ada)
    answers = [call(ada, "POST", "/api/v1/me/leave", {"nonce": make_nonce()}) for _ in range(2)]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(200, "exit"), (200, "not_in")]


def test_leaving_with_the_same_nonce_gets_the_same_bytes(ada: Attendee) -> None:
    arrive(ada)
    first, again = (
        call(ada, "POST", "/api/v1/me/leave", {"nonce": "goodbye-for-today-1"}) for _ in range(2)
    )
    assert first.content == again.content


def test_qr_of_my_ticket_opens_my_page(ada: Attendee) -> None:
    answer = call(ada, "GET", "/api/v1/me/ticket.svg")
    assert read_qr(answer.content.decode()) == f"http://testserver/t#{ada.tickets.get().secret}"


WAYS_IN = [
    ("PATCH", "/api/v1/me"),
    ("POST", "/api/v1/me/leave"),
    ("GET", "/api/v1/me/ticket.svg"),
    ("GET", "/api/v1/me/snapshot"),
]


@pytest.mark.parametrize(("method", "path"), WAYS_IN)
@pytest.mark.parametrize("secret", ["wrong", "a\x00b", "é", "x" * 5000])
def test_wrong_secret_is_401(method: str, path: str, secret: str) -> None:
    answer = Client().generic(method, path, headers={"Authorization": f"Ticket {secret}"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Ticket"
    assert set(answer.json()) == {"code", "message"}


@pytest.mark.parametrize(("method", "path"), WAYS_IN)
@pytest.mark.parametrize("header", ["", "Ticket", "Ticket a b", "Bearer x", "Screen x"])
def test_missing_secret_is_401(method: str, path: str, header: str) -> None:
    answer = Client().generic(method, path, headers={"Authorization": header})
    assert (answer.status_code, answer.json()) == (
        401,
        {"code": "not_authenticated", "message": "Sign in first, or open your own link again."},
    )


def test_revoked_ticket_is_answered_like_an_unknown_one(ada: Attendee) -> None:
    ada.tickets.update(revoked_at=timezone.now())
    revoked = call(ada, "GET", "/api/v1/me/snapshot")
    unknown = Client().get("/api/v1/me/snapshot", headers={"Authorization": "Ticket unknown"})
    assert (revoked.status_code, revoked.content) == (unknown.status_code, unknown.content)


def test_ticket_of_another_system_opens_no_page_here(ada: Attendee) -> None:
    Ticket.objects.create(event=ada.event, attendee=ada, secret="987", issuer="pretix", code="")
    answer = Client().get("/api/v1/me/snapshot", headers={"Authorization": "Ticket 987"})
    assert answer.status_code == 401
