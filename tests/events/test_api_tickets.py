"""Tickets over HTTP: for one's own team, and what each answer says."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail

from events.models import Attendee, Event, Ticket
from tests.rows import make_attendee, make_event, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

ACTS = ("reissue", "revoke", "mail")


@pytest.fixture
def event(client: Client, settings: SettingsWrapper) -> Event:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PUBLIC_URL = ""
    organiser = make_organiser()
    client.force_login(organiser)
    return make_event(organiser.team)


def act(client: Client, person: Attendee, name: str) -> HttpResponse:
    return client.post(f"/api/v1/events/{person.event.pk}/attendees/{person.pk}/ticket/{name}")


def mail_next(client: Client, event: Event, **body: Any) -> HttpResponse:
    path = f"/api/v1/events/{event.pk}/tickets/mail"
    return client.post(path, body, content_type="application/json")


def test_new_ticket_is_made_and_the_old_one_revoked(client: Client, event: Event):
    ada = make_attendee(event)
    old = ada.tickets.get()
    answer = act(client, ada, "reissue")
    assert (answer.status_code, set(answer.json())) == (200, {"message", "note"})
    assert Ticket.objects.get(pk=old.pk).revoked_at is not None
    assert ada.tickets.get(revoked_at=None).secret not in answer.text


def test_ticket_is_revoked(client: Client, event: Event):
    ada = make_attendee(event)
    assert act(client, ada, "revoke").status_code == 200
    assert list(ada.tickets.filter(revoked_at=None)) == []


def test_link_in_the_mail_is_where_the_organiser_is_without_a_public_address(
    client: Client, event: Event
):
    ada = make_attendee(event, email="ada@example.org")
    answer = act(client, ada, "mail")
    assert (answer.status_code, len(mail.outbox)) == (200, 1)
    assert mail.outbox[0].body.count(f"http://testserver/t#{ada.tickets.get().secret}") == 1


def test_link_in_the_mail_is_at_the_public_address_where_there_is_one(
    client: Client, event: Event, settings: SettingsWrapper
):
    settings.PUBLIC_URL = "https://tables.example.org"
    ada = make_attendee(event, email="ada@example.org")
    act(client, ada, "mail")
    link = f"https://tables.example.org/t#{ada.tickets.get().secret}"
    assert mail.outbox[0].body.count(link) == 1


def test_links_that_would_open_nowhere_are_not_mailed(
    client: Client, event: Event, settings: SettingsWrapper
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    ada = make_attendee(event, email="ada@example.org")
    answer = client.post(
        f"/api/v1/events/{event.pk}/attendees/{ada.pk}/ticket/mail",
        headers={"Host": "localhost:8000"},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "no_public_address")
    assert ada.tickets.get().mailed_at is None


def test_refusal_says_what_is_missing(client: Client, event: Event):
    answer = act(client, make_attendee(event, "Guest of Ada"), "mail")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_address")


def test_all_are_mailed_and_the_organiser_is_told_that_no_mail_leaves_this_server(
    client: Client, event: Event
):
    make_attendee(event, email="ada@example.org")
    answer = mail_next(client, event)
    said = answer.json()
    assert (answer.status_code, said["sent"], said["left"], said["failed"]) == (200, 1, 0, [])
    assert "EMAIL_URL" in said["note"]
    again = mail_next(client, event, after=said["after"])
    assert (again.json()["sent"], again.json()["after"]) == (0, said["after"])


@pytest.mark.parametrize("after", ["x", [], {}, "00000000-0000-0000-0000-00000000000\0"])
def test_nonsense_to_go_on_from_is_refused(client: Client, event: Event, after: Any):
    answer = mail_next(client, event, after=after)
    assert (answer.status_code, answer.json()["field"]) == (400, "after")


@pytest.mark.parametrize("name", ACTS)
def test_another_teams_people_are_not_there(client: Client, event: Event, name: str):
    theirs = make_attendee(make_event(), email="eve@example.org")
    unknown = client.post(
        f"/api/v1/events/{event.pk}/attendees/{uuid.uuid4()}/ticket/{name}"
    ).content
    assert (answer := act(client, theirs, name)).status_code == 404
    assert answer.content == unknown
    across = client.post(f"/api/v1/events/{event.pk}/attendees/{theirs.pk}/ticket/{name}")
    assert (across.status_code, across.content) == (404, unknown)
    assert theirs.tickets.get().revoked_at is None
    assert mail.outbox == []


def test_nobody_acts_without_signing_in(client: Client, event: Event):
    ada = make_attendee(event, email="ada@example.org")
    client.logout()
    assert {act(client, ada, name).status_code for name in ACTS} == {403}
    assert mail_next(client, event).status_code == 403
    assert mail.outbox == []
