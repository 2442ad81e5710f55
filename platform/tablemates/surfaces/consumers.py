"""Sockets. A consumer finds out who you are and hands you to the hub; it decides nothing else."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from autobahn.exception import Disconnected
from channels.generic.websocket import AsyncWebsocketConsumer

from events.models import Event
from events.selectors import events_of, valid_tickets
from tablemates.accounts.models import Organiser
from tablemates.live.hub import NOT_VALID, Subscriber, now, this_hub
from tablemates.live.publish import encode
from tablemates.surfaces.together import Together

if TYPE_CHECKING:
    from uuid import UUID

SUBSCRIBE_SECONDS = 5.0
FLOOD_FRAMES, FLOOD_SECONDS = 20, 10.0
MAX_FRAME = 4096

NOT_YOURS, TOO_LATE, TOO_MANY = 4403, 4408, 4429
GONE = 1006


class Refused(Exception):
    """Closes the socket with a code, and says nothing else."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class SurfaceConsumer(AsyncWebsocketConsumer):
    """One socket: subscribe within 5 seconds, then listen."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Handle what the server hands over, one after the other.

        Channels would give this socket a channel of its own, tasks to listen to it, and a thread to look after database
        connections at every frame: the hub holds it, and only `identify` asks the database.
        """
        ended = False

        async def tell(message: Any) -> None:
            # What comes from a socket that we have ended, or is meant for it, changes nothing: servers take a word more amiss.
            nonlocal ended
            if not ended:
                ended = message["type"] == "websocket.close"
                try:
                    await send(message)
                except Disconnected as gone:
                    # What Daphne calls it; other servers raise an OSError by themselves.
                    raise ConnectionResetError from gone

        self.scope, self.base_send = scope, tell
        code = GONE
        try:
            while (message := await receive())["type"] != "websocket.disconnect":
                await getattr(self, message["type"].replace(".", "_"))(message)
            code = message["code"]
        except OSError:
            # The phone has gone while it was answered: some servers say so when we send.
            pass
        finally:
            await self.disconnect(code)

    async def connect(self) -> None:
        """Accept; who it is comes with the first frame."""
        self.stream: UUID | None = None
        self.subscriber: Subscriber | None = None
        self.writer: asyncio.Task[None] | None = None
        self.received: deque[float] = deque(maxlen=FLOOD_FRAMES)
        await self.accept()
        self.deadline = asyncio.get_running_loop().call_later(
            SUBSCRIBE_SECONDS, lambda: asyncio.ensure_future(self.close(TOO_LATE))
        )

    async def disconnect(self, code: int) -> None:
        """Leave the hub."""
        if hasattr(self, "deadline"):
            self.deadline.cancel()
        if self.writer:
            self.writer.cancel()
        if self.subscriber and self.stream:
            this_hub().detach(self.stream, self.subscriber)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Subscribe with the first good frame; anything else is answered with an error frame."""
        clock = asyncio.get_running_loop().time()
        if len(self.received) == FLOOD_FRAMES and clock - self.received[0] < FLOOD_SECONDS:
            await self.close(TOO_MANY)
            return
        self.received.append(clock)
        frame = _parse(text_data)
        if frame is None:
            await self._complain("malformed", "Send one JSON object of at most 4096 characters.")
        elif frame.get("type") != "subscribe" or self.subscriber:
            await self._complain("unexpected", "Subscribe once, then listen. Acts go over HTTP.")
        else:
            await self._subscribe(frame)

    async def _subscribe(self, frame: dict[str, Any]) -> None:
        # In time, however long it takes us to answer a whole crowd.
        self.deadline.cancel()
        token, since = frame.get("token"), frame.get("since")
        try:
            # No database takes a NUL or half a surrogate pair, and no token of ours holds one.
            key = token if isinstance(token, str) and token.isprintable() else ""
            self.stream, audiences = await self.identify(key)
        except Refused as refused:
            await self.close(refused.code)
            return
        seen = since if type(since) is int and since >= 0 else None
        self.subscriber, resumed = await this_hub().attach(self.stream, audiences, seen)
        welcome = {"type": "welcome", "seq": self.subscriber.last, "now": now(), "resumed": resumed}
        await self.send(encode(welcome))
        self.writer = asyncio.ensure_future(self._write(self.subscriber))

    async def _write(self, subscriber: Subscriber) -> None:
        # A phone that has gone is told nothing more: the server ends its socket.
        with suppress(OSError):
            while isinstance(frame := await subscriber.frames.get(), str):
                await self.send(frame)
            await self.close(frame)

    async def _complain(self, code: str, message: str) -> None:
        await self.send(encode({"type": "error", "code": code, "message": message}))

    async def identify(self, token: str) -> tuple[UUID, tuple[str, ...]]:
        """The stream to hear and the audiences to be, most particular first. Raises Refused."""
        raise NotImplementedError


def _parse(text: str | None) -> dict[str, Any] | None:
    if text is None or len(text) > MAX_FRAME:
        return None
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) else None


tickets = Together(valid_tickets)


class PhoneConsumer(SurfaceConsumer):
    """An attendee's phone, by the secret of its ticket."""

    async def identify(self, token: str) -> tuple[UUID, tuple[str, ...]]:
        """Hear that my ticket ended, else what is told to me, else what is told to all phones."""
        ticket = await tickets.ask(token)
        if ticket is None:
            raise Refused(NOT_VALID)
        mine = (f"ticket:{ticket.pk}", f"attendee:{ticket.attendee_id}")
        return ticket.event_id, (*mine, "phones")


class ScreenConsumer(SurfaceConsumer):
    """A big screen, by its token."""

    async def identify(self, token: str) -> tuple[UUID, tuple[str, ...]]:
        """Hear what is told to screens."""
        event = await Event.objects.filter(screen_token=token).afirst() if token else None
        if event is None:
            raise Refused(NOT_VALID)
        return event.pk, ("screen",)


class ConsoleConsumer(SurfaceConsumer):
    """An organiser's console, by the session."""

    async def identify(self, token: str) -> tuple[UUID, tuple[str, ...]]:
        """Hear that my account ended, else what is told to consoles, of one's own team's events only."""
        user = self.scope["user"]
        if not isinstance(user, Organiser):
            raise Refused(NOT_VALID)
        event_id: UUID = self.scope["url_route"]["kwargs"]["event_id"]
        if not await events_of(user).filter(pk=event_id).aexists():
            raise Refused(NOT_YOURS)
        return event_id, (f"organiser:{user.pk}", "console")
