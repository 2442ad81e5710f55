"""People in the room over HTTP: wishes and errands from phones, seats, hosts and short tables from the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from events.services import open_doors
from matching.models import Errand, Mixer, Table, Wish
from matching.services import send_host, set_rolling
from tablemates.live.models import Message
from tests.room import come, leave, tables, tend, version
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from events.models import Attendee, Event

pytestmark = pytest.mark.django_db

FARMERS = [("Ada", "farming"), ("Bob", "farming"), ("Cem", "farming")]


@pytest.fixture(autouse=True)
def fresh_pace() -> Iterator[None]:
    """Nobody has asked for anything a moment ago."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def event() -> Event:
    """Doors open, tables open by themselves."""
    event = make_event()
    set_rolling(event=event, version=0, on=True)
    return event


def phone(person: Attendee, path: str, **body: Any) -> HttpResponse:
    secret = person.tickets.get(issuer="tablemates").secret
    headers = {"Authorization": f"Ticket {secret}"}
    answer: HttpResponse = Client().post(
        f"/api/v1/me/{path}", body, content_type="application/json", headers=headers
    )
    return answer


class Console:
    """An organiser's browser."""

    def __init__(self, event: Event, email: str = "ada@example.org") -> None:
        self.client = Client()
        self.client.force_login(make_organiser(email, event.team))
        self.event = event

    def post(self, path: str, **body: Any) -> HttpResponse:
        body = {"version": version(self.event), **body}
        answer: HttpResponse = self.client.post(
            f"/api/v1/{path}", body, content_type="application/json"
        )
        return answer

    def about(self, act: str, person: Attendee, **body: Any) -> HttpResponse:
        path = f"events/{self.event.pk}/{act}"
        return self.post(path, attendee=str(person.pk), **body)


def refusal(answer: HttpResponse) -> tuple[int, str]:
    body = answer.json()
    assert body["message"].endswith(".")
    return answer.status_code, body["code"]


def test_wish_is_answered_with_the_wish_that_stands(event: Event) -> None:
    (ada,) = come(event, FARMERS[0])
    answer = phone(ada, "wish", kind="sit_out")
    since = Wish.objects.get().since.isoformat().replace("+00:00", "Z")
    stands = {"wish": {"kind": "sit_out", "since": since}}
    assert (answer.status_code, answer.json()) == (200, stands)
    assert phone(ada, "wish", kind="sit_out").json() == stands
    assert phone(ada, "wish", kind=None).json() == {"wish": None}
    assert phone(ada, "wish", kind=None).json() == {"wish": None}


def test_wish_before_arriving_after_leaving_and_before_doors_is_409(event: Event) -> None:
    ada = make_attendee(event, "Ada")
    assert refusal(phone(ada, "wish", kind="sit_out")) == (409, "not_here")
    arrive(ada)
    leave(ada)
    assert refusal(phone(ada, "wish", kind="draw_me_in")) == (409, "not_here")
    early = make_event(doors=False)
    assert refusal(phone(make_attendee(early), "wish", kind="sit_out")) == (409, "not_open")
    open_doors(event=early)


@pytest.mark.parametrize("kind", ["dance", 7, ["sit_out"], ""])
def test_wish_for_anything_else_is_400(event: Event, kind: object) -> None:
    (ada,) = come(event, FARMERS[0])
    answer = phone(ada, "wish", kind=kind)
    assert (refusal(answer), answer.json()["field"]) == ((400, "invalid"), "kind")
    assert refusal(phone(ada, "wish")) == (400, "invalid")


def test_wish_needs_a_ticket(event: Event) -> None:
    answer = Client().post("/api/v1/me/wish", {"kind": "sit_out"}, content_type="application/json")
    assert answer.status_code == 401


def test_flood_of_wishes_is_429_and_says_how_long_to_wait(event: Event) -> None:
    ada, bob = come(event, *FARMERS[:2])
    for n in range(20):
        assert phone(ada, "wish", kind=("sit_out", None)[n % 2]).status_code == 200
    before = Message.objects.count()
    answer = phone(ada, "wish", kind="sit_out")
    assert refusal(answer) == (429, "too_many_wishes")
    assert 1 <= answer.json()["retry_after"] <= 60
    assert answer.headers["Retry-After"] == str(answer.json()["retry_after"])
    assert (Message.objects.count(), Wish.objects.count()) == (before, 0)
    assert phone(bob, "wish", kind="sit_out").status_code == 200


def test_double_leave_and_leave_before_arriving_change_nothing(event: Event) -> None:
    ada, *_ = come(event, *FARMERS)
    tend(event)
    leave(ada)
    tend(event)
    before = tables(event)
    answers = [phone(ada, "leave", nonce=make_nonce()) for _time in range(2)]
    assert [answer.json()["code"] for answer in answers] == ["not_in", "not_in"]
    early = make_attendee(event, "Early")
    assert phone(early, "leave", nonce=make_nonce()).json()["code"] == "not_in"
    tend(event)
    assert tables(event) == before


def test_errand_is_done_once_and_twice_with_204(event: Event) -> None:
    ida = make_attendee(event, "Ida", host=True)
    arrive(ida)
    (eve,) = come(event, ("Eve", "chess"))
    errand = send_host(attendee=eve, version=version(event))
    for _time in range(2):
        assert phone(ida, "errand/done", id=errand.pk).status_code == 204
    assert Errand.objects.get().done_at is not None
    assert refusal(phone(eve, "errand/done", id=errand.pk)) == (404, "not_found")
    assert refusal(phone(ida, "errand/done", id=errand.pk + 1)) == (404, "not_found")
    assert refusal(phone(ida, "errand/done", id="soon")) == (400, "invalid")


def test_seat_and_host_answer_the_new_version(event: Event) -> None:
    console = Console(event)
    ida = make_attendee(event, "Ida", host=True)
    arrive(ida)
    come(event, *FARMERS)
    tend(event)
    eve, fay = come(event, ("Eve", "chess"), ("Fay", "opera"))
    answer = console.about("seat", eve)
    assert (answer.status_code, answer.json()) == (200, {"version": 2})
    answer = console.about("send-host", fay)
    assert (answer.status_code, answer.json()) == (200, {"version": 3, "host": str(ida.pk)})


@pytest.mark.parametrize("act", ["seat", "send-host"])
def test_acts_on_a_person_refuse_bad_input_and_strangers(event: Event, act: str) -> None:
    console = Console(event)
    (eve,) = come(event, ("Eve", "chess"))
    elsewhere = make_attendee(make_event(), "Far")
    path = f"events/{event.pk}/{act}"
    assert refusal(console.about(act, elsewhere)) == (404, "not_found")
    assert refusal(console.post(path, attendee=str(uuid4()))) == (404, "not_found")
    for bad in ({}, {"attendee": "Eve"}, {"attendee": str(eve.pk), "version": "new"}):
        assert refusal(console.post(path, **bad)) == (400, "invalid")
    stranger = Console(make_event(), "eve@example.org")
    assert stranger.post(path, attendee=str(eve.pk)).status_code == 404
    assert Client().post(f"/api/v1/{path}").status_code == 403
    assert version(event) == 1


@pytest.mark.parametrize("act", ["seat", "send-host"])
def test_act_on_an_older_version_is_409_with_what_was_done_since(event: Event, act: str) -> None:
    console = Console(event)
    arrive(make_attendee(event, "Ida", host=True))
    (eve,) = come(event, ("Eve", "chess"))
    send_host(attendee=eve, version=version(event), by="Olga")
    before = Message.objects.count()
    answer = console.about(act, eve, version=1)
    assert refusal(answer) == (409, "version_conflict")
    (change,) = answer.json()["changes"]
    assert (change["by"], change["kind"]) == ("Olga", "host_sent")
    assert Message.objects.count() == before


def test_remedy_says_who_would_move_and_then_moves_them(event: Event) -> None:
    console = Console(event)
    come(event, *FARMERS)
    tend(event)
    players = come(event, *[(f"C{n}", "chess") for n in range(3)])
    tend(event)
    leave(players[2])
    tend(event)
    table = Table.objects.get(topic__key="chess")
    told = [{"attendee": str(person.pk), "from": 2, "to": 1} for person in players[:2]]
    preview = console.post(f"tables/{table.pk}/remedy", remedy="merge", confirmed=False)
    assert (preview.status_code, preview.json()["version"]) == (200, 1)
    by_id = {move["attendee"]: move for move in preview.json()["moves"]}
    assert by_id == {move["attendee"]: move for move in told}
    assert len(tables(event)) == 2
    confirmed = {"remedy": "merge", "confirmed": True}
    none = console.post(f"tables/{table.pk}/remedy", **confirmed, moves=[])
    assert refusal(none) == (409, "moves_changed")
    shown = preview.json()["moves"]
    done = console.post(f"tables/{table.pk}/remedy", **confirmed, moves=shown)
    assert done.json() == {**preview.json(), "version": 2}
    assert len(tables(event)) == 1
    again = console.post(f"tables/{table.pk}/remedy", remedy="merge", confirmed=True)
    assert refusal(again) == (409, "not_short")


def test_remedy_refuses_bad_input_and_strangers(event: Event) -> None:
    console = Console(event)
    come(event, *FARMERS)
    tend(event)
    table = Table.objects.get()
    path = f"tables/{table.pk}/remedy"
    for bad in (
        {},
        {"remedy": "burn", "confirmed": True},
        {"remedy": "merge"},
        {"remedy": "merge", "confirmed": "perhaps"},
        {"remedy": "merge", "confirmed": True, "version": -1},
        {"remedy": "merge", "confirmed": True, "moves": [{"attendee": "Eve"}]},
    ):
        assert refusal(console.post(path, **bad)) == (400, "invalid")
    good = {"remedy": "merge", "confirmed": True}
    assert refusal(console.post(f"tables/{uuid4()}/remedy", **good)) == (404, "not_found")
    stranger = Console(make_event(), "eve@example.org")
    assert stranger.post(path, **good).status_code == 404
    assert Mixer.objects.get(event=event).version == 1
