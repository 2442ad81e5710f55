"""Series over HTTP: an event is put into one by its name, and how many people may be picked is set beside it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Event, Series
from tests.phones import Phone, make_people
from tests.rows import make_event, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event(doors=False)


@pytest.fixture
def console(event: Event) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_organiser(team=event.team))
    return client


def change(console: Client, event: Event, **what: Any) -> Any:
    path = f"/api/v1/events/{event.pk}"
    return console.patch(path, what, content_type="application/json")


def told(console: Client, event: Event) -> tuple[Any, Any]:
    state = console.get(f"/api/v1/events/{event.pk}/snapshot").json()["state"]["event"]
    return state["series"], state["pick_limit"]


def test_an_event_goes_into_a_series_by_name_and_out_of_it(console: Client, event: Event) -> None:
    assert told(console, event) == (None, 2)
    assert change(console, event, series=" Suppers ", pick_limit=5).status_code == 200
    assert told(console, event) == ("Suppers", 5)
    (ada,) = make_people(1, event)
    state = Phone(ada).client.get("/api/v1/me/snapshot").json()["state"]
    assert state["event"]["series"] == "Suppers"
    change(console, event, series=None)
    assert told(console, event) == (None, 5)


def test_the_same_name_is_the_same_series_within_a_team_only(console: Client, event: Event) -> None:
    other, foreign = make_event(event.team, title="Stew"), make_event(title="Foreign")
    change(console, event, series="Suppers")
    change(console, other, series="Suppers")
    Series.objects.create(team=foreign.team, name="Secret suppers")
    assert console.get("/api/v1/series").json() == {"series": [{"name": "Suppers", "events": 2}]}


def test_a_series_that_nothing_was_ever_in_goes_with_the_last_word_of_it(
    console: Client, event: Event
) -> None:
    change(console, event, series="Supers")
    change(console, event, series="Suppers")
    assert console.get("/api/v1/series").json() == {"series": [{"name": "Suppers", "events": 1}]}


@pytest.mark.parametrize(
    "what",
    [
        {"series": ""},
        {"series": "x" * 121},
        {"series": "Sup\0pers"},
        {"series": ["Suppers"]},
        {"pick_limit": 0},
        {"pick_limit": 6},
        {"pick_limit": "many"},
        {"pick_limit": None},
    ],
)
def test_odd_settings_are_refused_and_name_the_field(
    console: Client, event: Event, what: dict[str, Any]
) -> None:
    answer = change(console, event, **what)
    (field,) = what
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert told(console, event) == (None, 2)


def test_only_organisers_hear_of_series() -> None:
    assert Client().get("/api/v1/series").status_code == 403
