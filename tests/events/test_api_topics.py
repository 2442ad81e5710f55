"""Topics over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from events.models import Event, Interest
from events.selectors import topics_of
from tests.rows import make_attendee, make_event, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(client: Client) -> Event:
    organiser = make_organiser()
    client.force_login(organiser)
    event = make_event(organiser.team)
    make_attendee(event, "Ada", "ML")
    make_attendee(event, "Bela", "Machine learning", "ML")
    return event


def ids(event: Event) -> dict[str, int]:
    return dict(Interest.objects.filter(event=event).values_list("label", "pk"))


def post(client: Client, event: Event, act: str, **body: Any) -> HttpResponse:
    return client.post(
        f"/api/v1/events/{event.pk}/topics/{act}", body, content_type="application/json"
    )


def test_topics_come_with_counts_and_proposals(client: Client, event: Event) -> None:
    known = ids(event)
    answer = client.get(f"/api/v1/events/{event.pk}/topics")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "topics": [
                {"id": known["ML"], "label": "ML", "count": 2, "spellings": []},
                {
                    "id": known["Machine learning"],
                    "label": "Machine learning",
                    "count": 1,
                    "spellings": [],
                },
            ],
            "proposals": [
                {"one": known["ML"], "other": known["Machine learning"], "why": "short_form"}
            ],
        },
    )


def test_merge_answers_the_topics_as_they_are_now(client: Client, event: Event) -> None:
    known = ids(event)
    answer = post(client, event, "merge", keep=known["Machine learning"], merge=[known["ML"]])
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "topics": [
                {
                    "id": known["Machine learning"],
                    "label": "Machine learning",
                    "count": 2,
                    "spellings": ["ML"],
                }
            ],
            "proposals": [],
        },
    )


def test_apart_takes_the_proposal_away(client: Client, event: Event) -> None:
    answer = post(client, event, "apart", topics=list(ids(event).values()))
    assert (answer.status_code, answer.json()["proposals"]) == (200, [])
    assert len(answer.json()["topics"]) == 2


@pytest.mark.parametrize(
    ("act", "body", "status", "code"),
    [
        ("merge", {}, 400, "invalid"),
        ("merge", {"keep": 1}, 400, "invalid"),
        ("merge", {"keep": "x", "merge": [2]}, 400, "invalid"),
        ("merge", {"keep": 10**30, "merge": [2]}, 400, "invalid"),
        ("merge", {"keep": 10**9, "merge": [10**9 + 1]}, 404, "unknown_topic"),
        ("merge", {"keep": 1, "merge": [2] * 51}, 400, "invalid"),
        ("merge", {"keep": 1, "merge": [2], "label": "a\x00b"}, 400, "invalid"),
        ("merge", {"keep": 1, "merge": [2], "label": "x" * 61}, 400, "invalid"),
        ("apart", {"topics": [1]}, 400, "invalid"),
        ("apart", {"topics": [10**9, 10**9 + 1]}, 404, "unknown_topic"),
        ("apart", {"topics": [10**9, 10**9]}, 400, "same_topic"),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: Client, event: Event, act: str, body: dict[str, Any], status: int, code: str
) -> None:
    answer = post(client, event, act, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert topics_of(event).count() == 2


def test_another_teams_topics_are_not_there(client: Client, event: Event) -> None:
    client.force_login(make_organiser("eve@example.org"))
    known = list(ids(event).values())
    answers = [
        client.get(f"/api/v1/events/{event.pk}/topics"),
        post(client, event, "merge", keep=known[0], merge=known[1:]),
        post(client, event, "apart", topics=known),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert topics_of(event).count() == 2


def test_signed_out_nobody_sees_topics(client: Client, event: Event) -> None:
    client.logout()
    assert client.get(f"/api/v1/events/{event.pk}/topics").status_code in (401, 403)
