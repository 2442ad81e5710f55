"""Codes by mail, several tries at once: what only the event's lock can keep right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client

from checkin.mail_codes import check_in_by_mail_code, send_mail_code
from checkin.models import CheckIn, MailCode
from tests.rows import make_attendee, make_event, make_nonce
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.http import HttpResponse

    from events.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "ada@example.org"


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[None]:
    with database_of_threads(tmp_path):
        yield


@pytest.fixture
def event() -> Event:
    event = make_event()
    make_attendee(event, "Ada Lovelace", email=ADDRESS)
    return event


def digits_for(event: Event) -> str:
    send_mail_code(event=event, email=ADDRESS)
    return mail.outbox[-1].body.split()[0]


def test_one_code_sent_ten_times_at_once_with_one_nonce_is_one_entry_with_one_answer(
    event: Event,
) -> None:
    path = f"/api/v1/posters/{event.poster_code}/mail-code/check"
    body = {"nonce": make_nonce(), "email": ADDRESS, "mail_code": digits_for(event)}

    def send() -> HttpResponse:
        return Client().post(path, body, content_type="application/json")

    answers = at_once(*[send] * 10)
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (201, answers[0].content)
    }
    assert CheckIn.objects.count() == 1


def test_one_code_used_by_ten_phones_at_once_lets_one_in(event: Event) -> None:
    digits = digits_for(event)

    def use() -> object:
        return check_in_by_mail_code(event=event, nonce=make_nonce(), email=ADDRESS, digits=digits)

    found = at_once(*[use] * 10)
    assert [row.outcome for row in found if row] == ["entry"]
    assert found.count(None) == 9


def test_wrong_tries_at_once_never_give_a_sixth(event: Event) -> None:
    digits = digits_for(event)
    wrong = f"{(int(digits) + 1) % 10**6:06}"

    def guess(typed: str) -> Callable[[], object]:
        return lambda: check_in_by_mail_code(
            event=event, nonce=make_nonce(), email=ADDRESS, digits=typed
        )

    assert at_once(*[guess(wrong)] * 5) == [None] * 5
    assert MailCode.objects.get().tries == 5
    assert at_once(guess(digits)) == [None]


def test_code_asked_for_ten_times_at_once_goes_out_three_times(event: Event) -> None:
    assert at_once(*[lambda: send_mail_code(event=event, email=ADDRESS)] * 10) == [None] * 10
    assert (len(mail.outbox), MailCode.objects.count()) == (3, 3)
