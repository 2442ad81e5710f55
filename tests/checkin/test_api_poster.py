"""The poster over HTTP: what a phone without any right may ask, and is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from checkin.models import CheckIn
from events.models import Attendee, Event, Ticket
from events.services import end_event
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event(title="Spring evening")


@pytest.fixture
def ada(event: Event) -> Attendee:
    return make_attendee(event, "Ada Lovelace", "Poetry", email="ada@example.org")


def send(event: Event, **body: Any) -> HttpResponse:
    body.setdefault("nonce", make_nonce())
    return Client().post(
        f"/api/v1/posters/{event.poster_code}/check-in", body, content_type="application/json"
    )


def secret_of(attendee: Attendee) -> str:
    return attendee.tickets.get(issuer="tablemates").secret


def test_poster_tells_the_title_the_phase_and_the_topics_and_nothing_else(
    event: Event, ada: Attendee
) -> None:
    answer = Client().get(f"/api/v1/posters/{event.poster_code}")
    poetry = ada.interests.get()
    assert answer.json() == {
        "title": "Spring evening",
        "phase": "open",
        "topics": [{"id": poetry.pk, "label": "Poetry"}],
        "mode": "static",
        "pass": None,
    }
    assert answer["Cache-Control"] == "no-store"


def test_first_scan_is_201_with_the_personal_ticket(event: Event, ada: Attendee) -> None:
    answer = send(event, ticket=secret_of(ada))
    row = CheckIn.objects.get()
    assert (answer.status_code, answer.json()) == (201, {**row.answer, "ticket": secret_of(ada)})


def test_second_scan_is_200_with_the_time_of_the_first(event: Event, ada: Attendee) -> None:
    first = send(event, ticket=secret_of(ada)).json()
    again = send(event, ticket=secret_of(ada))
    assert again.status_code == 200
    assert (again.json()["code"], again.json()["since"]) == ("already_in", first["at"])
    assert again.json()["ticket"] == secret_of(ada)


def test_ticket_of_another_system_is_answered_with_the_personal_one(
    event: Event, ada: Attendee
) -> None:
    Ticket.objects.create(event=event, attendee=ada, secret="987", issuer="eventbrite", code="")
    answer = send(event, ticket="987")
    assert (answer.status_code, answer.json()["ticket"]) == (201, secret_of(ada))


def test_person_whose_own_ticket_was_revoked_gets_none_for_a_foreign_one(
    event: Event, ada: Attendee
) -> None:
    ada.tickets.update(revoked_at=timezone.now())
    Ticket.objects.create(event=event, attendee=ada, secret="987", issuer="eventbrite", code="")
    assert send(event, ticket="987").json()["ticket"] is None


def test_badge_that_everyone_can_read_opens_the_door_and_not_its_owners_page(
    event: Event, ada: Attendee
) -> None:
    Ticket.objects.create(event=event, attendee=ada, secret="b4dge", issuer="badge", code="")
    first, again = send(event, ticket="b4dge"), send(event, ticket="b4dge")
    assert [(answer.status_code, answer.json()["ticket"]) for answer in (first, again)] == [
        (201, None),
        (200, None),
    ]
    assert first.text.count(secret_of(ada)) == 0


def test_walk_in_is_201_with_a_ticket_that_opens_the_own_page(event: Event) -> None:
    answer = send(event, name="Grace Hopper", interests=["Compilers"], intent="peers").json()
    mine = Client().get(
        "/api/v1/me/snapshot", headers={"Authorization": f"Ticket {answer['ticket']}"}
    )
    me = mine.json()["state"]["me"]
    assert (me["name"], me["intent"]) == ("Grace Hopper", "peers")
    assert [topic["label"] for topic in me["interests"]] == ["Compilers"]


@pytest.mark.parametrize(
    "body",
    [
        {"ticket": "{secret}"},
        {"name": "Grace Hopper", "interests": ["Compilers"]},
        {"ticket": "nobody's"},
    ],
)
def test_second_request_with_same_nonce_gets_the_same_bytes(
    event: Event, ada: Attendee, body: dict[str, Any]
) -> None:
    nonce = make_nonce()
    if "ticket" in body:
        body = {"ticket": body["ticket"].format(secret=secret_of(ada))}
    first = send(event, nonce=nonce, **body)
    again = send(event, nonce=nonce, **body)
    otherwise = send(event, nonce=nonce, name="Somebody Else")
    assert [first.content] * 2 == [again.content, otherwise.content]
    assert [first.status_code] * 2 == [again.status_code, otherwise.status_code]
    assert CheckIn.objects.count() == 1


def test_ticket_of_another_event_is_409_and_names_nobody(event: Event) -> None:
    answer = send(event, ticket=secret_of(make_attendee(make_event(title="Secret supper"))))
    assert answer.status_code == 409
    assert answer.json()["message"] == "This ticket is for another event."
    assert set(answer.json()) == {"at", "code", "message", "outcome"}


def test_cancelled_person_is_409_and_is_given_no_ticket(event: Event) -> None:
    answer = send(event, ticket=secret_of(make_attendee(event, status="cancelled")))
    assert (answer.status_code, answer.json()["code"]) == (409, "cancelled")
    assert set(answer.json()) == {"at", "code", "message", "outcome"}


def test_doors_that_are_not_open_yet_are_409_too_early() -> None:
    planned = make_event(doors=False)
    answer = send(planned, name="Grace")
    assert (answer.status_code, answer.json()["code"]) == (409, "too_early")


def test_evening_that_is_over_is_409_closed(event: Event, ada: Attendee) -> None:
    arrive(ada)
    end_event(event=event)
    for body in ({"ticket": secret_of(ada)}, {"name": "Grace"}):
        answer = send(event, **body)
        assert (answer.status_code, answer.json()["code"]) == (409, "closed")
        assert set(answer.json()) == {"at", "code", "message", "outcome"}


@pytest.mark.parametrize(
    "text",
    [
        "\u202e\u200b\x7f",
        "ÿþ\x01\x02\x03",
        "9" * 10_000,
        "🎟️🎉",
        "https://example.org/login?next=/t",
        "https://[broken#x",
        "' OR 1=1 --",
        "%s %(name)s {0}",
        "../../etc/passwd",
        "#" * 100,
    ],
)
def test_odd_text_is_an_unknown_ticket(event: Event, ada: Attendee, text: str) -> None:
    answer = send(event, ticket=text)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")
    assert answer.json()["message"] == (
        "We do not know this ticket. Check the code; the people at the door find you by name too."
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"nonce": "short", "ticket": "x"}, "nonce"),
        ({"nonce": "n" * 65, "ticket": "x"}, "nonce"),
        ({"nonce": None, "ticket": "x"}, "nonce"),
        ({"nonce": ["a"], "ticket": "x"}, "nonce"),
        ({"ticket": ""}, "ticket"),
        ({"ticket": "a\x00b"}, "ticket"),
        ({"ticket": "\ud800"}, "ticket"),
        ({"ticket": "x" * 12_001}, "ticket"),
        ({"ticket": {"a": 1}}, "ticket"),
        ({"name": ""}, "name"),
        ({"name": " \n\t "}, "name"),
        ({"name": "\u200b\u2060"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "Ada\x00"}, "name"),
        ({"name": True}, "name"),
        ({"name": "Ada", "interests": "Poetry"}, "interests"),
        ({"name": "Ada", "interests": [None]}, "interests"),
        ({"name": "Ada", "interests": ["x" * 61]}, "interests"),
        ({"name": "Ada", "interests": ["x"] * 41}, "interests"),
        ({"name": "Ada", "intent": "world domination"}, "intent"),
        ({"name": "Ada", "ask": "x" * 141}, "ask"),
        ({"name": "Ada", "on_screen": "perhaps"}, "on_screen"),
    ],
)
def test_wrong_field_is_400_and_named(event: Event, body: dict[str, Any], field: str) -> None:
    answer = send(event, **body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "field"}
    assert (answer.json()["code"], answer.json()["field"]) == ("invalid", field)
    assert (Attendee.objects.count(), CheckIn.objects.count()) == (0, 0)


def test_forty_topics_are_taken_and_eight_are_kept(event: Event) -> None:
    answer = send(event, name="Ada", interests=[f"Topic {n}" for n in range(40)])
    assert answer.status_code == 201
    assert event.interests.count() == 8


@pytest.mark.parametrize("code", ["nothing", "%00", "%F0%9F%8E%89", "..%2F..", "x" * 500])
def test_unknown_poster_is_404(code: str) -> None:
    answer = Client().get(f"/api/v1/posters/{code}")
    assert (answer.status_code, answer.json()) == (
        404,
        {"code": "not_found", "message": "There is nothing here. Check the link."},
    )


def test_check_in_at_an_unknown_poster_is_404() -> None:
    answer = Client().post(
        "/api/v1/posters/nothing/check-in", {"nonce": "12345678"}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


class AnyScan(TestCase):
    """Whatever a camera or a stranger sends is answered, and lets nobody in."""

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=300) | st.binary(max_size=300))
    def test_any_text_or_bytes_get_a_clear_answer(self, data: str | bytes) -> None:
        event = make_event()
        make_attendee(event)
        client = Client()
        client.force_login(make_organiser(team=event.team))
        ways = [
            ("ticket", f"/api/v1/posters/{event.poster_code}/check-in"),
            ("secret", f"/api/v1/events/{event.pk}/check-in"),
        ]
        for key, path in ways:
            body = data if isinstance(data, bytes) else {"nonce": make_nonce(), key: data}
            answer = client.post(path, body, content_type="application/json")
            assert (answer.status_code, answer.json()["code"]) in CLEAR_ANSWERS
        assert event.attendees.get().present_since is None


CLEAR_ANSWERS = {(400, "invalid"), (400, "parse_error"), (404, "unknown")}
