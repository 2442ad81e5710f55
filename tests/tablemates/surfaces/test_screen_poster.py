"""The code that a screen shows: as on paper, or another one every half minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.qr import read_qr
from tests.rows import make_event

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from events.models import Event

pytestmark = pytest.mark.django_db


def shown(client: Client, event: Event) -> Any:
    answer = client.get(
        "/api/v1/screen/poster", headers={"Authorization": f"Screen {event.screen_token}"}
    )
    assert answer.status_code == 200
    return answer.json()


def test_poster_on_paper_is_the_same_on_a_screen(client: Client) -> None:
    event = make_event()
    told = shown(client, event)
    assert (told["url"], told["refresh_at"]) == (f"http://testserver/e/{event.poster_code}", None)
    assert read_qr(told["svg"]) == told["url"]


def test_rotating_one_carries_a_stamp_that_the_poster_takes(
    client: Client, settings: SettingsWrapper
) -> None:
    settings.PUBLIC_URL = "https://tables.example.org"
    event = make_event(poster_mode="rotating")
    told = shown(client, event)
    link, _hash, stamp = told["url"].partition("#")
    assert link == f"https://tables.example.org/e/{event.poster_code}"
    assert read_qr(told["svg"]) == told["url"]
    left = datetime.fromisoformat(told["refresh_at"]) - timezone.now()
    assert timedelta() < left <= timedelta(seconds=30)
    poster = client.get(f"/api/v1/posters/{event.poster_code}", {"stamp": stamp})
    assert poster.json()["pass"]


@pytest.mark.parametrize("token", ["", "Screen nobody's", "Screen \x00", "Ticket x"])
def test_without_the_screens_token_nothing_is_shown(client: Client, token: str) -> None:
    make_event()
    headers = {"Authorization": token} if token else {}
    assert client.get("/api/v1/screen/poster", headers=headers).status_code == 401
