"""The hub: holds this process's sockets and fans each message out to them, encoded once per audience.

Sockets are not members of channel-layer groups: a process listens once, and everything else happens in memory. The
layer makes delivery fast; `Message` rows fill whatever it loses, so a subscriber sees every seq or is told to come back.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from tablemates.live.models import Message, Stream
from tablemates.live.publish import MESSAGES
from tablemates.live.transport import listen

log = logging.getLogger(__name__)

REMEMBERED = 500  # messages per event, for sockets that come back
QUEUE = 1024  # frames a slow socket may fall behind before it is told to come back; holds a whole replay
# Codes that close a socket from here: its key is not valid any more; it fell too far behind and may come back.
NOT_VALID, TOO_SLOW = 4401, 4409
LOOK_SECONDS = 2.0
BEAT_SECONDS = 5.0


def encode(frame: dict[str, Any]) -> str:
    """JSON text of one frame."""
    return json.dumps(frame, cls=DjangoJSONEncoder, separators=(",", ":"), ensure_ascii=False)


def now() -> str:
    """Server time as every frame carries it."""
    return timezone.now().isoformat().replace("+00:00", "Z")


@dataclass(eq=False)
class Subscriber:
    """One socket: whose words it hears (most particular audience first) and the frames that wait for it.

    A number among the frames is the code to close the socket with.
    """

    audiences: tuple[str, ...]
    last: int
    frames: asyncio.Queue[str | int] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def push(self, frame: str) -> None:
        """Queue a frame; a full queue ends the socket."""
        if self.frames.full():
            self.end(TOO_SLOW)
        else:
            self.frames.put_nowait(frame)

    def end(self, code: int) -> None:
        """Close the socket with this code; what waited for it is dropped."""
        while not self.frames.empty():
            self.frames.get_nowait()
        self.frames.put_nowait(code)


class Room:
    """The sockets of one event in this process, and the latest messages."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self.subscribers: set[Subscriber] = set()
        self.recent: deque[dict[str, Any]] = deque(maxlen=REMEMBERED)
        self.lock = asyncio.Lock()

    def fan_out(self, message: dict[str, Any]) -> None:
        """Write one message to everyone it is meant for. Nobody is awaited: a stalled phone holds up no other."""
        self.seq = message["seq"]
        self.recent.append(message)
        encoded: dict[tuple[str, int], str] = {}
        for subscriber in self.subscribers:
            self._write(subscriber, message, encoded)

    def replay(self, subscriber: Subscriber, since: int) -> bool:
        """Write what a returning socket missed; False if that is no longer in memory."""
        oldest = self.recent[0]["seq"] if self.recent else self.seq + 1
        if not oldest - 1 <= since <= self.seq:
            return False
        subscriber.last = since
        for message in self.recent:
            if message["seq"] > since:
                self._write(subscriber, message, {})
        return True

    @staticmethod
    def _write(
        subscriber: Subscriber, message: dict[str, Any], encoded: dict[tuple[str, int], str]
    ) -> None:
        told = message["audiences"]
        audience = next((a for a in subscriber.audiences if a in told), None)
        if audience is None:
            return
        if told[audience].get("close"):
            subscriber.end(NOT_VALID)
            return
        key = (audience, subscriber.last)
        if key not in encoded:
            head = {"seq": message["seq"], "prev": subscriber.last, "type": message["name"]}
            encoded[key] = encode({**head, **told[audience]})
        subscriber.push(encoded[key])
        subscriber.last = message["seq"]


class Hub:
    """All rooms of this process. One per event loop."""

    def __init__(self) -> None:
        self.rooms: dict[UUID, Room] = {}
        self.tasks: list[asyncio.Task[None]] = []

    async def attach(
        self, stream: UUID, audiences: tuple[str, ...], since: int | None
    ) -> tuple[Subscriber, bool]:
        """Add a socket. The second value tells whether all it missed after `since` is already in its queue."""
        while True:
            self._start()
            if stream not in self.rooms:
                seq = await database_sync_to_async(_last_seq)(stream)
                # Another socket may have opened the room while we asked.
                self.rooms.setdefault(stream, Room(seq))
            room = self.rooms[stream]
            async with room.lock:
                # While we waited, the last socket may have closed this room, and the last room the hub.
                if self.rooms.get(stream) is room and self.tasks:
                    subscriber = Subscriber(audiences, room.seq)
                    resumed = since is not None and room.replay(subscriber, since)
                    room.subscribers.add(subscriber)
                    return subscriber, resumed

    def detach(self, stream: UUID, subscriber: Subscriber) -> None:
        """Forget a socket; the last one closes the room."""
        if room := self.rooms.get(stream):
            room.subscribers.discard(subscriber)
            if not room.subscribers:
                del self.rooms[stream]
        if not self.rooms:
            self.stop()

    def stop(self) -> None:
        """End the background tasks; the next socket starts them again."""
        for task in self.tasks:
            task.cancel()
        self.tasks = []

    def _start(self) -> None:
        if not self.tasks:
            jobs = (self._listen(), self._look(), self._beat())
            self.tasks = [asyncio.get_running_loop().create_task(job) for job in jobs]

    async def _listen(self) -> None:
        delay, me = 0.1, asyncio.current_task()
        # Before Python 3.12 a cancellation may get lost inside the Redis client: a stopped listener ends itself.
        while me in self.tasks:
            try:
                async with aclosing(listen(MESSAGES)) as nudges:
                    async for nudge in nudges:
                        if me not in self.tasks:
                            return
                        delay = 0.1
                        await self._receive(nudge["message"])
            except Exception as problem:
                # Redis away: the look below keeps everyone up to date meanwhile. One line a try, or it fills the log.
                log.warning("lost the channel layer (%r), trying again in %.1f s", problem, delay)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 10.0)

    async def _receive(self, message: dict[str, Any]) -> None:
        stream = UUID(message["stream"])
        room = self.rooms.get(stream)
        if room is None or message["seq"] <= room.seq:
            return
        async with room.lock:
            if message["seq"] == room.seq + 1:
                room.fan_out(message)
                return
        await self._catch_up(stream, room)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with suppress(Exception):
                await self.look()

    async def look(self) -> None:
        """Compare every room with the database and deliver what the channel layer lost."""
        for stream, seq in await database_sync_to_async(_last_seqs)(list(self.rooms)):
            room = self.rooms.get(stream)
            if room is not None and seq > room.seq:
                await self._catch_up(stream, room)

    async def _catch_up(self, stream: UUID, room: Room) -> None:
        async with room.lock:
            for message in await database_sync_to_async(_messages_after)(stream, room.seq):
                room.fan_out(message)
                # A long gap must not look like a slow socket: its writer gets its turn.
                await asyncio.sleep(0)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            for room in self.rooms.values():
                for subscriber in room.subscribers:
                    beat = {"type": "beat", "prev": subscriber.last, "now": now()}
                    subscriber.push(encode(beat))


def _last_seq(stream: UUID) -> int:
    return dict(_last_seqs([stream])).get(stream, 0)


def _last_seqs(streams: list[UUID]) -> list[tuple[UUID, int]]:
    return list(Stream.objects.filter(pk__in=streams).values_list("pk", "last_seq"))


def _messages_after(stream: UUID, seq: int) -> list[dict[str, Any]]:
    rows = Message.objects.filter(stream_id=stream, seq__gt=seq).order_by("seq")
    return [{"seq": m.seq, "name": m.type, "audiences": m.audiences} for m in rows]


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def this_hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
