"""Nobody is listed without a right to it: every route of the API, as each kind of caller."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from events.models import Attendee, Event, Ticket
from matching.models import Seat
from matching.selectors import mixer_of
from matching.services import seat_waiting, set_rolling
from tests.rows import arrive, make_attendee, make_crowd, make_event, make_organiser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Every route of the API, as written: "api/v1/events/<uuid:event_id>/open"."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and route.startswith("api/v1/"):
            yield route


ROUTES = sorted(set(routes(get_resolver().url_patterns)) - {"api/v1/<path:rest>"})
OF_AN_EVENT = [route for route in ROUTES if "<uuid:event_id>" in route]
OF_A_ROUND = [route for route in ROUTES if "<uuid:round_id>" in route]
OF_A_TABLE = [route for route in ROUTES if route.startswith("api/v1/tables/")]
OF_A_TEAM = [route for route in ROUTES if route.startswith("api/v1/team")]
OF_ORGANISERS = [
    "api/v1/events",
    "api/v1/series",
    *OF_AN_EVENT,
    *OF_A_ROUND,
    *OF_A_TABLE,
    *OF_A_TEAM,
]
OF_A_PHONE = [route for route in ROUTES if route.startswith("api/v1/me")]
OF_A_SCREEN = [route for route in ROUTES if route.startswith("api/v1/screen/")]
OF_A_SCANNER = [route for route in ROUTES if re.match("api/v1/station(/|$)", route)]
PUBLIC = [
    "api/v1/stations/pair",
    *(route for route in ROUTES if route.startswith("api/v1/posters/<str:code>")),
]


def path(route: str, pk: object) -> str:
    route = re.sub("<int:[^>]*>", "1", route)
    return "/" + re.sub("<[^>]*>", str(pk), route)


def call(client: Client, method: str, path: str, **headers: str) -> HttpResponse:
    return client.generic(method, path, "{}", content_type="application/json", headers=headers)


def answers(client: Client, path: str, **headers: str) -> list[tuple[str, int, bytes]]:
    """What each method that the path knows answers."""
    tried = [(method, call(client, method, path, **headers)) for method in METHODS]
    return [(m, a.status_code, a.content) for m, a in tried if a.status_code != 405]


@pytest.fixture
def event() -> Event:
    event = make_event(title="Spring evening")
    make_attendee(event, "Ada Lovelace", "Poetry", email="ada@example.org", company="Engines Ltd")
    return event


def secret_of(attendee: Attendee) -> str:
    return attendee.tickets.get(issuer="tablemates").secret


def test_every_route_belongs_to_one_kind_of_caller() -> None:
    assert sorted([*OF_ORGANISERS, *OF_A_PHONE, *PUBLIC, *OF_A_SCREEN, *OF_A_SCANNER]) == ROUTES


@pytest.mark.django_db
@pytest.mark.parametrize("route", [*OF_AN_EVENT, *OF_A_ROUND, *OF_A_TABLE])
def test_organiser_of_another_team_gets_the_404_of_an_unknown_id(
    client: Client, event: Event, route: str
) -> None:
    client.force_login(make_organiser("eve@example.org"))
    foreign, unknown = (answers(client, path(route, pk)) for pk in (event.pk, uuid.uuid4()))
    assert foreign == unknown
    assert {status for _, status, _ in foreign} == {404}


@pytest.mark.django_db
@pytest.mark.parametrize("route", OF_ORGANISERS)
@pytest.mark.parametrize("scheme", ["", "Ticket", "Screen"])
def test_organisers_routes_are_shut_to_all_others(
    client: Client, event: Event, route: str, scheme: str
) -> None:
    keys = {"": "", "Ticket": secret_of(event.attendees.get()), "Screen": event.screen_token}
    said = answers(client, path(route, event.pk), Authorization=f"{scheme} {keys[scheme]}".strip())
    assert {status for _, status, _ in said} == {403}
    assert {json.loads(body)["code"] for _, _, body in said} == {"not_authenticated"}


@pytest.mark.django_db
@pytest.mark.parametrize("route", [*OF_A_PHONE, *OF_A_SCREEN, *OF_A_SCANNER])
def test_routes_of_phones_screens_and_scanners_are_shut_to_anonymous_callers(
    client: Client, route: str
) -> None:
    said = answers(client, path(route, uuid.uuid4()))
    assert {status for _, status, _ in said} == {401}


@pytest.mark.django_db
def test_ticket_opens_no_screen_and_the_screens_token_no_phone(
    client: Client, event: Event
) -> None:
    secret = secret_of(event.attendees.get())
    wrong = [
        ("screen/snapshot", f"Ticket {secret}"),
        ("screen/snapshot", f"Screen {secret}"),
        ("me/snapshot", f"Screen {event.screen_token}"),
        ("me/snapshot", f"Ticket {event.screen_token}"),
    ]
    said = [
        client.get(f"/api/v1/{what}", headers={"Authorization": header}) for what, header in wrong
    ]
    assert [answer.status_code for answer in said] == [401] * 4


@pytest.mark.django_db
def test_public_routes_tell_nothing_of_people(client: Client, event: Event) -> None:
    arrive(event.attendees.get())
    said = b"".join(
        body for route in PUBLIC for _, _, body in answers(client, path(route, event.poster_code))
    )
    ada = event.attendees.get()
    private = ["Ada", "Lovelace", "ada@example.org", "Engines Ltd", str(ada.pk), secret_of(ada)]
    assert [word for word in private if word.encode() in said] == []


@pytest.mark.django_db
def test_poster_code_is_not_the_screens_token_nor_the_events_id(event: Event) -> None:
    assert len({event.poster_code, event.screen_token, str(event.pk), event.slug}) == 4


@pytest.mark.django_db
def test_screen_tells_first_names_and_initials_of_those_who_are_fine_with_it(
    client: Client, event: Event
) -> None:
    shy = make_attendee(event, "Grace Hopper", on_screen=False, email="grace@example.org")
    for person in (event.attendees.get(name="Ada Lovelace"), shy):
        arrive(person)
    answer = client.get(
        "/api/v1/screen/snapshot", headers={"Authorization": f"Screen {event.screen_token}"}
    )
    room = answer.json()["state"]["room"]
    assert (room["present"], room["latest"]) == (2, ["Ada L."])
    assert [w for w in ("Lovelace", "Grace", "@example", "Engines") if w in answer.text] == []


@pytest.mark.django_db
def test_phone_without_a_seat_tells_of_nobody_but_its_owner(client: Client, event: Event) -> None:
    make_crowd(event, "poetry", each=3)
    me = make_attendee(event, "Grace Hopper")
    arrive(me)
    answer = client.get("/api/v1/me/snapshot", headers={"Authorization": f"Ticket {secret_of(me)}"})
    state = answer.json()["state"]
    assert (state["me"]["name"], state["seat"], state["room"]["present"]) == (
        "Grace Hopper",
        None,
        4,
    )
    others = event.attendees.exclude(pk=me.pk)
    said = [p.name for p in others if p.name in answer.text or str(p.pk) in answer.text]
    assert said == []


@pytest.mark.django_db
def test_phone_with_a_seat_tells_the_first_names_of_its_tablemates_only(
    client: Client, event: Event
) -> None:
    crowd = make_crowd(event, "poetry", "looms", each=4)
    set_rolling(event=event, on=True, version=mixer_of(event).version)
    assert seat_waiting(event_id=event.pk) == 8
    me = crowd[0]
    answer = client.get("/api/v1/me/snapshot", headers={"Authorization": f"Ticket {secret_of(me)}"})
    seat = answer.json()["state"]["seat"]
    mine = Seat.objects.get(attendee=me).table.seats.exclude(attendee=me)
    others = [taken.attendee for taken in mine.select_related("attendee")]
    assert len(others) == 3
    assert sorted(mate["name"] for mate in seat["tablemates"]) == sorted(
        person.first_name for person in others
    )
    private = [word for p in crowd if p != me for word in (p.name, p.shown_name, str(p.pk))]
    assert [word for word in private if word in answer.text] == []


@pytest.mark.django_db
def test_console_is_told_no_secret_of_any_ticket(client: Client, event: Event) -> None:
    organiser = make_organiser("olga@example.org", event.team)
    client.force_login(organiser)
    arrive(event.attendees.get())
    answer = client.get(f"/api/v1/events/{event.pk}/snapshot")
    assert answer.status_code == 200
    keys = [key for t in Ticket.objects.all() for key in (t.secret, t.code) if key in answer.text]
    assert keys == []


@pytest.mark.django_db
def test_organisers_list_holds_the_events_of_their_team_only(client: Client, event: Event) -> None:
    client.force_login(make_organiser("olga@example.org", event.team))
    make_event(title="Another team's")
    arrive(event.attendees.get())
    assert client.get("/api/v1/events").json() == [
        {
            "id": str(event.pk),
            "title": "Spring evening",
            "slug": "spring-evening",
            "phase": "open",
            "attendees": 1,
            "present": 1,
        }
    ]


def test_keys_cannot_be_guessed() -> None:
    assert len(Ticket().secret) == 22
    assert len(Event().screen_token) == 22
    assert len(Event().poster_code) == 12
    assert {Attendee().pk.version, Event().pk.version} == {4}
