"""Signing in: by a link that the command line prints, or with a password."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import signing
from django.utils import timezone

from tablemates.accounts.models import Organiser, Team
from tablemates.accounts.services import (
    LINK_HOURS,
    LINK_SALT,
    ensure_organiser,
    make_sign_in_token,
    read_sign_in_token,
)
from tests.rows import make_event, make_organiser

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def token_of_age(organiser: Organiser, age: timedelta, monkeypatch: pytest.MonkeyPatch) -> str:
    """A token signed so long ago."""
    then = (timezone.now() - age).timestamp()
    with monkeypatch.context() as clock:
        clock.setattr(signing.time, "time", lambda: then)
        return make_sign_in_token(organiser)


def test_link_signs_in_and_opens_the_console(client: Client) -> None:
    organiser = make_organiser()
    answer = client.get(f"/console/enter/{make_sign_in_token(organiser)}")
    assert (answer.status_code, answer["Location"]) == (302, "/console/")
    assert client.session["_auth_user_id"] == str(organiser.pk)
    assert client.get("/console/").status_code == 200


def test_link_lasts_as_long_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    organiser = make_organiser()
    ages = [timedelta(hours=LINK_HOURS, minutes=minutes) for minutes in (-1, 1)]
    tokens = [token_of_age(organiser, age, monkeypatch) for age in ages]
    assert [read_sign_in_token(token) for token in tokens] == [organiser, None]


def test_stale_link_is_403_and_says_how_to_get_a_new_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of_age(make_organiser(), timedelta(days=2), monkeypatch)
    answer = client.get(f"/console/enter/{token}")
    assert answer.status_code == 403
    assert answer.templates[0].name == "accounts/stale_link.html"
    assert "tablemates event list" in answer.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "🎉", "x" * 3000, ":::"])
def test_forged_link_is_403(client: Client, token: str) -> None:
    assert client.get(f"/console/enter/{token}").status_code == 403
    assert "_auth_user_id" not in client.session


def test_token_signed_for_something_else_is_none() -> None:
    organiser = make_organiser()
    assert read_sign_in_token(signing.dumps(str(organiser.pk), salt="other")) is None
    assert read_sign_in_token(signing.dumps(str(organiser.pk), salt=LINK_SALT)) == organiser


def test_token_signed_with_another_key_is_none(settings: SettingsWrapper) -> None:
    token = make_sign_in_token(make_organiser())
    settings.SECRET_KEY = "another"
    assert read_sign_in_token(token) is None


def test_link_of_an_account_that_is_off_or_gone_is_none() -> None:
    off, gone = make_organiser("off@example.org"), make_organiser("gone@example.org")
    tokens = [make_sign_in_token(organiser) for organiser in (off, gone)]
    Organiser.objects.filter(pk=off.pk).update(is_active=False)
    gone.delete()
    assert [read_sign_in_token(token) for token in tokens] == [None, None]


def test_password_signs_in_and_returns_to_the_page_that_was_asked_for(client: Client) -> None:
    organiser = make_organiser("ada@example.org")
    event = make_event(organiser.team)
    page = f"/console/events/{event.pk}/"
    asked = client.get(page)
    assert (asked.status_code, asked["Location"]) == (302, f"/console/sign-in/?next={page}")
    form = {"username": "ada@example.org", "password": "correct horse battery", "next": page}
    answer = client.post("/console/sign-in/", form)
    assert (answer.status_code, answer["Location"]) == (302, page)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"username": "ada@example.org", "password": "wrong"},
        {"username": "nobody@example.org", "password": "correct horse battery"},
        {"username": "a\x00b", "password": "\x00"},
        {"username": "x" * 10_000, "password": "🎉"},
    ],
)
def test_wrong_password_shows_the_form_again(client: Client, form: dict[str, str]) -> None:
    make_organiser("ada@example.org")
    answer = client.post("/console/sign-in/", form)
    assert answer.status_code == 200
    assert answer.templates[0].name == "accounts/sign_in.html"
    assert "_auth_user_id" not in client.session


def test_sign_in_never_sends_to_another_site(client: Client) -> None:
    make_organiser("ada@example.org")
    form = {"username": "ada@example.org", "password": "correct horse battery"}
    answer = client.post("/console/sign-in/", {**form, "next": "https://example.com/"})
    assert answer["Location"] == "/console/"


def test_account_that_is_off_cannot_sign_in(client: Client) -> None:
    Organiser.objects.filter(pk=make_organiser("ada@example.org").pk).update(is_active=False)
    form = {"username": "ada@example.org", "password": "correct horse battery"}
    assert client.post("/console/sign-in/", form).status_code == 200
    assert "_auth_user_id" not in client.session


def test_sign_out_shuts_the_console(client: Client) -> None:
    client.force_login(make_organiser())
    assert client.post("/console/sign-out/")["Location"] == "/console/sign-in/"
    assert client.get("/console/").status_code == 302


def test_organiser_is_made_once_whatever_the_case_of_the_address() -> None:
    first = ensure_organiser(email="ada@example.org", team_name="ada")
    again = ensure_organiser(email="ADA@example.org", team_name="other")
    assert first == again
    assert (Team.objects.count(), first.has_usable_password()) == (1, False)


def test_superuser_gets_a_team_of_their_own_and_the_admin_pages(client: Client) -> None:
    root = Organiser.objects.create_superuser("root@example.org", "correct horse battery")
    assert (root.team.name, root.is_staff) == ("root@example.org", True)
    client.force_login(root)
    models = [
        "events/event",
        "events/attendee",
        "events/ticket",
        "checkin/checkin",
        "accounts/organiser",
    ]
    said = [client.get(f"/admin/{model}/").status_code for model in models]
    assert said == [200] * len(models)
    assert client.get("/admin/checkin/checkin/add/").status_code == 403
