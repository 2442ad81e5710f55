"""One tap in a mail is enough to be left alone: for people, and for their mail programs (RFC 8058)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client

from events.models import Attendee
from tablemates.followup.letters.mail import SIGNER, quiet_path
from tablemates.followup.models import Quiet
from tests.introductions import phone
from tests.rows import make_attendee, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Attendee:
    return make_attendee(make_event(title="<b>Spring</b> evening"), "Ada Lovelace")


@pytest.fixture
def stranger() -> Client:
    """Whoever has the mail: no ticket, no cookie, and no token against forged forms."""
    return Client(enforce_csrf_checks=True)


def is_quiet() -> bool:
    return Quiet.objects.exists()


def test_opening_the_page_changes_nothing(ada: Attendee, stranger: Client) -> None:
    for answer in (stranger.get(quiet_path(ada)), stranger.head(quiet_path(ada))):
        assert (answer.status_code, is_quiet()) == (200, False)
    page = stranger.get(quiet_path(ada))
    assert page.templates[0].name == "followup/quiet.html"
    assert (page.text.count("<button"), page.text.count("<script")) == (1, 0)
    assert page.text.count("<bdi>&lt;b&gt;Spring&lt;/b&gt; evening</bdi>") == 1
    assert page.text.count("Ada") == 0
    assert "no-store" in page["Cache-Control"]


def test_one_tap_is_enough_and_a_second_changes_nothing(ada: Attendee, stranger: Client) -> None:
    for _ in range(2):
        answer = stranger.post(quiet_path(ada))
        assert (answer.status_code, answer.text.count("<button")) == (200, 0)
        assert list(Quiet.objects.values_list("attendee", flat=True)) == [ada.pk]
    assert stranger.get(quiet_path(ada)).text.count("<button") == 0


def test_mail_program_posts_as_the_standard_says(ada: Attendee, stranger: Client) -> None:
    answer = stranger.post(
        quiet_path(ada),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    # No redirect: programs need not follow one.
    assert (answer.status_code, is_quiet()) == (200, True)


def test_mind_is_changed_on_ones_own_page(ada: Attendee, stranger: Client) -> None:
    stranger.post(quiet_path(ada))
    assert phone(ada).get("/api/v1/me/afterwards").json()["quiet"] is True
    phone(ada).put("/api/v1/me/quiet", {"on": False}, content_type="application/json")
    assert not is_quiet()
    assert stranger.get(quiet_path(ada)).text.count("<button") == 1


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_no_other_method_is_understood(ada: Attendee, stranger: Client, method: str) -> None:
    assert getattr(stranger, method)(quiet_path(ada)).status_code == 405
    assert not is_quiet()


def test_forged_links_are_one_page_that_says_what_to_do(ada: Attendee, stranger: Client) -> None:
    real = quiet_path(ada)
    tokens = [
        real[:-1],
        f"{real}x",
        f"/quiet/{ada.pk.hex}",
        f"/quiet/{ada.pk}:{real.partition(':')[2]}",
        f"/quiet/{uuid4().hex}:{real.partition(':')[2]}",
        f"/quiet/{signing.Signer(salt='tablemates.invitation').sign(ada.pk.hex)}",
        f"/quiet/{SIGNER.sign('nobody')}",
        "/quiet/%00",
        "/quiet/%F0%9F%8E%89",
    ]
    pages = [stranger.post(token) for token in tokens] + [stranger.get(tokens[0])]
    assert {page.status_code for page in pages} == {404}
    assert {page.templates[0].name for page in pages} == {"followup/no_quiet.html"}
    assert len({page.content for page in pages}) == 1
    assert not is_quiet()


def test_link_of_a_deleted_evening_says_that_it_is_gone(ada: Attendee, stranger: Client) -> None:
    link = quiet_path(ada)
    Attendee.objects.all().delete()
    for page in (stranger.get(link), stranger.post(link)):
        assert (page.status_code, page.templates[0].name) == (410, "followup/quiet_gone.html")
