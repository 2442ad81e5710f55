"""The code by mail through a real mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from checkin.models import MailCode
from tests.mailserver import MailServer, mail_server
from tests.rows import make_attendee, make_event, make_nonce

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

    from events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings: SettingsWrapper) -> Iterator[MailServer]:
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


@pytest.fixture
def event() -> Event:
    event = make_event(title="Soirée ✨")
    make_attendee(event, "Ada Lovelace", email="ada@example.org")
    return event


def ask(event: Event, email: str = "ada@example.org") -> HttpResponse:
    path = f"/api/v1/posters/{event.poster_code}/mail-code"
    return Client().post(path, {"email": email}, content_type="application/json")


def test_code_that_came_by_mail_opens_the_door(event: Event, mailbox: MailServer) -> None:
    assert ask(event).status_code == 202
    (mail,) = mailbox.mails
    digits = mail.get_content().split()[0]
    assert mail["To"] == "ada@example.org"
    assert mail["Subject"] == f"{digits} is your code for Soirée ✨"
    assert (mail.get_content_type(), mail.get_content_charset()) == ("text/plain", "utf-8")
    body = {"nonce": make_nonce(), "email": "ada@example.org", "mail_code": digits}
    path = f"/api/v1/posters/{event.poster_code}/mail-code/check"
    assert Client().post(path, body, content_type="application/json").status_code == 201


def test_unknown_address_is_not_named_to_the_mail_server(event: Event, mailbox: MailServer) -> None:
    assert ask(event, "eve@example.org").content == ask(event).content
    assert [mail["To"] for mail in mailbox.mails] == ["ada@example.org"]


def test_address_that_the_mail_server_refuses_is_answered_like_any_other_and_logged(
    event: Event, mailbox: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.unknown.add("ada@example.org")
    assert ask(event).content == ask(event, "eve@example.org").content
    assert caplog.messages == [
        f"A code of event {event.pk} could not be mailed: SMTPRecipientsRefused"
    ]
    assert (mailbox.mails, MailCode.objects.count()) == ([], 0)
