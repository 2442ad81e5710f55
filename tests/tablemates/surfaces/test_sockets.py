"""Sockets: who is let in, what is refused, and that nobody hears what is not theirs."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.test import Client
from django.utils import timezone

from checkin.services import check_in_walk_in, check_out, poster_station
from events.services import change_attendee, change_event
from events.tickets import reissue_ticket
from matching.runner import tend
from matching.selectors import mixer_of
from matching.services import draft_round, publish_round, set_rolling
from tablemates.accounts.team import remove
from tablemates.asgi import application
from tablemates.followup.services import delete_event
from tablemates.live.hub import this_hub
from tablemates.surfaces import consumers
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from events.models import Attendee, Event
    from tablemates.accounts.models import Organiser

pytestmark = pytest.mark.usefixtures("hub")

Frame = dict[str, Any]


class Line:
    """A client's end of a socket."""

    def __init__(self, socket: WebsocketCommunicator) -> None:
        self.socket = socket

    async def say(self, text: str) -> None:
        await self.socket.send_to(text_data=text)

    async def subscribe(self, token: str | None = None, **more: Any) -> None:
        told = {"type": "subscribe", **more} | ({} if token is None else {"token": token})
        await self.say(json.dumps(told))

    async def hear(self) -> Frame:
        """The next frame that is no beat."""
        while True:
            frame: Frame = json.loads(await self.socket.receive_from(timeout=10))
            if frame["type"] != "beat":
                return frame

    async def hear_until(self, type: str) -> list[Frame]:
        frames = [await self.hear()]
        while frames[-1]["type"] != type:
            frames.append(await self.hear())
        return frames

    async def closed_with(self) -> int:
        """The close code, whatever frames come before it."""
        while True:
            output = await self.socket.receive_output(timeout=10)
            if output["type"] == "websocket.close":
                return int(output["code"])


@asynccontextmanager
async def line(path: str, organiser: Organiser | None = None) -> AsyncIterator[Line]:
    """A socket, open until the block ends; as an organiser's browser opens it, if one is given."""
    headers = await sync_to_async(_cookie)(organiser) if organiser else []
    socket = WebsocketCommunicator(application, path, headers=headers)
    assert (await socket.connect(timeout=10))[0]
    try:
        yield Line(socket)
    finally:
        await socket.disconnect(timeout=10)


def _cookie(organiser: Organiser) -> list[tuple[bytes, bytes]]:
    client = Client()
    client.force_login(organiser)
    return [(b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode())]


def _secret(person: Attendee) -> str:
    return person.tickets.get(issuer="tablemates").secret


secret = sync_to_async(_secret)
event_row = sync_to_async(make_event)
attendee_row = sync_to_async(make_attendee)
organiser_row = sync_to_async(make_organiser)


async def test_phone_is_welcomed_and_then_hears_what_happens():
    event = await event_row()
    ada = await attendee_row(event, "Ada Lovelace")
    async with line("/ws/phone/") as phone:
        await phone.subscribe(await secret(ada))
        welcome = await phone.hear()
        assert {**welcome, "now": "?"} == {
            "type": "welcome",
            "seq": 1,
            "now": "?",
            "resumed": False,
        }
        await sync_to_async(arrive)(ada)
        told = await phone.hear()
        assert (told["type"], told["seq"], told["prev"]) == ("attendee.arrived", 2, 1)
        assert told["set"]["me"]["name"] == "Ada Lovelace"


async def test_phone_with_a_replaced_ticket_is_closed_and_only_the_new_one_is_let_in():
    ada = await attendee_row(await event_row())
    old = await secret(ada)
    async with line("/ws/phone/") as phone, line("/ws/phone/") as again:
        await phone.subscribe(old)
        await phone.hear_until("welcome")
        new = await sync_to_async(reissue_ticket)(attendee=ada)
        assert await phone.closed_with() == 4401
        await again.subscribe(old)
        assert await again.closed_with() == 4401
    async with line("/ws/phone/") as phone:
        await phone.subscribe(new.secret)
        assert (await phone.hear())["type"] == "welcome"


async def test_phone_that_comes_back_is_told_what_it_missed():
    event = await event_row()
    ada, bob = await attendee_row(event, "Ada"), await attendee_row(event, "Bob")
    async with line("/ws/screen/") as screen:  # the room stays open while the phone is away
        await screen.subscribe(event.screen_token)
        await screen.hear()
        await sync_to_async(arrive)(bob)
        await screen.hear()
        async with line("/ws/phone/") as phone:
            await phone.subscribe(await secret(ada), since=1)
            welcome, told = await phone.hear(), await phone.hear()
    assert (welcome["resumed"], welcome["seq"]) == (True, 2)
    assert (told["seq"], told["prev"], told["set"]["room"]["present"]) == (2, 1, 1)


@pytest.mark.parametrize("since", [-1, "5", True, None, 1.5, [], 10**40])
async def test_senseless_since_is_answered_like_none(since: Any):
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.subscribe(event.screen_token, since=since)
        assert (await screen.hear())["resumed"] is False


BAD_TOKENS = ["", "wrong", "x" * 3000, "a\x00b", "\ud800", "😀", "' OR 1=1 --", None, 5, ["a"], {}]


@pytest.mark.parametrize("token", BAD_TOKENS)
@pytest.mark.parametrize("path", ["/ws/phone/", "/ws/screen/"])
async def test_wrong_token_is_closed_with_4401(path: str, token: Any):
    await event_row()
    async with line(path) as socket:
        await socket.subscribe(token)
        assert await socket.closed_with() == 4401


async def test_revoked_ticket_is_closed_with_4401():
    ada = await attendee_row(await event_row())
    key = await secret(ada)
    await ada.tickets.aupdate(revoked_at=timezone.now())
    async with line("/ws/phone/") as phone:
        await phone.subscribe(key)
        assert await phone.closed_with() == 4401


async def test_ticket_of_another_system_opens_no_phone():
    event = await event_row()
    ada = await attendee_row(event)
    await ada.tickets.acreate(event=event, secret="12345678", issuer="eventbrite", code="")
    async with line("/ws/phone/") as phone:
        await phone.subscribe("12345678")
        assert await phone.closed_with() == 4401


async def test_screens_token_opens_no_phone_and_a_ticket_no_screen():
    event = await event_row()
    ada = await attendee_row(event)
    async with line("/ws/phone/") as phone, line("/ws/screen/") as screen:
        await phone.subscribe(event.screen_token)
        await screen.subscribe(await secret(ada))
        assert (await phone.closed_with(), await screen.closed_with()) == (4401, 4401)


async def test_all_sockets_of_a_deleted_event_are_closed():
    organiser = await organiser_row()
    event = await event_row(organiser.team, doors=False)
    ada = await attendee_row(event)
    async with (
        line("/ws/phone/") as phone,
        line("/ws/screen/") as screen,
        line(f"/ws/console/{event.pk}/", organiser) as console,
    ):
        keys = {phone: await secret(ada), screen: event.screen_token, console: ""}
        for socket, key in keys.items():
            await socket.subscribe(key)
            await socket.hear_until("welcome")
        await sync_to_async(delete_event)(event=event)
        assert [await socket.closed_with() for socket in keys] == [4401] * 3


async def test_anonymous_console_is_closed_with_4401():
    event = await event_row()
    async with line(f"/ws/console/{event.pk}/") as console:
        await console.subscribe()
        assert await console.closed_with() == 4401


async def test_ticket_is_no_key_to_the_console():
    event = await event_row()
    ada = await attendee_row(event)
    async with line(f"/ws/console/{event.pk}/") as console:
        await console.subscribe(await secret(ada))
        assert await console.closed_with() == 4401


async def test_console_of_another_teams_event_is_closed_with_4403_as_one_that_is_not_there():
    event, stranger = await event_row(), await organiser_row()
    for pk in (event.pk, uuid4()):
        async with line(f"/ws/console/{pk}/", stranger) as console:
            await console.subscribe()
            assert await console.closed_with() == 4403


async def test_console_of_the_own_team_hears_a_refused_scan():
    organiser = await organiser_row()
    event = await event_row(organiser.team, doors=False)
    ada = await attendee_row(event)
    async with line(f"/ws/console/{event.pk}/", organiser) as console:
        await console.subscribe()
        assert (await console.hear())["type"] == "welcome"
        await sync_to_async(arrive)(ada)
        assert (await console.hear())["type"] == "checkin.refused"


async def test_console_of_a_removed_organiser_is_closed_and_its_colleagues_stays_open():
    ada = await organiser_row()
    grace = await sync_to_async(make_organiser)("grace@example.org", ada.team)
    event = await event_row(ada.team)
    path = f"/ws/console/{event.pk}/"
    async with line(path, ada) as stays, line(path, grace) as goes:
        for console in (stays, goes):
            await console.subscribe()
            await console.hear_until("welcome")
        await sync_to_async(remove)(by=ada, member=grace)
        assert await goes.closed_with() == 4401
        await sync_to_async(change_event)(event=event, changes={"place": "Hall 2"})
        assert (await stays.hear())["type"] == "event.changed"


async def test_silent_socket_is_closed_with_4408(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(consumers, "SUBSCRIBE_SECONDS", 0.05)
    async with line("/ws/phone/") as phone:
        assert await phone.closed_with() == 4408


async def test_subscribed_socket_outlives_the_deadline(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(consumers, "SUBSCRIBE_SECONDS", 0.5)
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.subscribe(event.screen_token)
        assert (await screen.hear())["type"] == "welcome"
        await asyncio.sleep(0.6)
        await sync_to_async(arrive)(await attendee_row(event))
        assert (await screen.hear())["type"] == "attendee.arrived"


async def test_flood_of_frames_is_closed_with_4429():
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.subscribe(event.screen_token)
        for _ in range(consumers.FLOOD_FRAMES + 5):
            await screen.say("{}")
        assert await screen.closed_with() == 4429


MALFORMED = ["{", "[]", "5", '"subscribe"', "null", "[" * 4000, "x" * 5000, "\x00", "nul", "😀"]


@pytest.mark.parametrize("text", MALFORMED)
async def test_malformed_frame_is_answered_and_the_socket_lives(text: str):
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.say(text)
        assert await screen.hear() == {
            "type": "error",
            "code": "malformed",
            "message": "Send one JSON object of at most 4096 characters.",
        }
        await screen.subscribe(event.screen_token)
        assert (await screen.hear())["type"] == "welcome"


async def test_binary_frame_is_answered_and_the_socket_lives():
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.socket.send_to(bytes_data=b'{"type": "subscribe"}')
        assert (await screen.hear())["code"] == "malformed"
        await screen.subscribe(event.screen_token)
        assert (await screen.hear())["type"] == "welcome"


@pytest.mark.parametrize("text", ["{}", '{"type": "publish"}', '{"type": ["subscribe"]}'])
async def test_unexpected_frame_is_answered_and_the_socket_lives(text: str):
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.say(text)
        assert (await screen.hear())["code"] == "unexpected"
        await screen.subscribe(event.screen_token)
        assert (await screen.hear())["type"] == "welcome"


async def test_second_subscribe_is_answered_and_the_socket_lives():
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.subscribe(event.screen_token)
        await screen.hear()
        await screen.subscribe(event.screen_token)
        assert (await screen.hear())["code"] == "unexpected"
        await sync_to_async(arrive)(await attendee_row(event))
        assert (await screen.hear())["type"] == "attendee.arrived"


async def test_socket_that_leaves_is_forgotten():
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.subscribe(event.screen_token)
        await screen.hear()
        assert len(this_hub().rooms[event.pk].subscribers) == 1
    assert this_hub().rooms == {}


async def test_socket_whose_queue_overflowed_is_closed_with_4409():
    event = await event_row()
    async with line("/ws/screen/") as screen:
        await screen.subscribe(event.screen_token)
        await screen.hear()
        (subscriber,) = this_hub().rooms[event.pk].subscribers
        for _ in range(subscriber.frames.maxsize + 1):
            subscriber.push("{}")
        assert await screen.closed_with() == 4409


def _evening(event: Event) -> dict[str, Attendee]:
    """Two tables of three and one who waits; one of the seated would rather not be on a screen."""
    names = {
        "farming": ["Alma Zuckmayer", "Bela Yttrium", "Cleo Xanthos"],
        "chess": ["Dora Wolkenstein", "Emil Vandermeer", "Fritz Unruh"],
        "opera": ["Gala Thorvald"],
    }
    people = {
        name: make_attendee(event, name, topic, ask=f"ask of {name.split()[0]}")
        for topic, group in names.items()
        for name in group
    }
    change_attendee(attendee=people["Bela Yttrium"], changes={"on_screen": False})
    return people


def _live_through(event: Event, people: dict[str, Attendee]) -> None:
    set_rolling(event=event, version=0, on=True)
    for person in people.values():
        arrive(person)
        tend(event.pk)
    change_attendee(attendee=people["Alma Zuckmayer"], changes={"offer": "seeds"})
    tend(event.pk)
    station = poster_station(event)
    check_out(event=event, station=station, nonce=make_nonce(), attendee=people["Fritz Unruh"])
    tend(event.pk)
    check_in_walk_in(
        event=event, station=station, nonce=make_nonce(), name="Hedda Sorge", interests=["chess"]
    )
    tend(event.pk)
    draft = draft_round(event=event, version=mixer_of(event).version)
    publish_round(round=draft, version=mixer_of(event).version)
    change_event(event=event, changes={"title": "Good night"})


def _said(frames: list[Frame]) -> str:
    return json.dumps(frames, ensure_ascii=False)


async def test_no_phone_or_screen_ever_hears_a_name_that_is_not_meant_for_it():
    event = await event_row()
    people = await sync_to_async(_evening)(event)
    async with (
        line("/ws/phone/") as seated,
        line("/ws/phone/") as waits,
        line("/ws/screen/") as screen,
    ):
        await seated.subscribe(await secret(people["Alma Zuckmayer"]))
        await waits.subscribe(await secret(people["Gala Thorvald"]))
        await screen.subscribe(event.screen_token)
        for socket in (seated, waits, screen):
            assert (await socket.hear())["type"] == "welcome"
        await sync_to_async(_live_through)(event, people)
        heard = [await socket.hear_until("event.changed") for socket in (seated, waits, screen)]
    for frames, person in zip(heard, ("Alma Zuckmayer", "Gala Thorvald", ""), strict=False):
        _expect_no_last_name(frames, people, person)
    before_round = [frame for frame in heard[1] if frame["type"] != "round.published"]
    assert [name for name in people if name.split()[0] in _said(before_round)] == ["Gala Thorvald"]
    rolling = [frame for frame in heard[0] if frame["type"] != "round.published"]
    mates = {
        m["name"]
        for f in rolling
        for m in (f["set"].get("seat") or {"tablemates": []})["tablemates"]
    }
    assert mates == {"Bela", "Cleo"}
    assert "Bela" not in _said(heard[2])
    tables = [v for f in heard[2] for k, v in f["set"].items() if k.startswith("tables/")]
    bela = str(people["Bela Yttrium"].pk)
    assert {p["name"] for table in tables for p in table["people"] if p["id"] == bela} == {None}


def _expect_no_last_name(frames: list[Frame], people: dict[str, Attendee], own: str) -> None:
    said = _said(frames)
    assert [name for name in people if name.split()[1] in said] == ([own] if own else [])
