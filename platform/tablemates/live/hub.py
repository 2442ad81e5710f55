"""The hub: holds this process's sockets and fans each message out to them, in words encoded once for each audience.

Sockets are not members of channel-layer groups: a process listens once, and everything else happens in memory. The
layer makes delivery fast; `Message` rows fill whatever it loses, so a subscriber sees every seq or is told to come back.
`tablemates bench live` measures it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.utils import timezone

from tablemates.live.models import Message, Stream
from tablemates.live.publish import MESSAGES, in_words
from tablemates.live.transport import listen

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)

REMEMBERED = 500  # messages per event, for sockets that come back
QUEUE = 1024  # frames a slow socket may fall behind before it is told to come back; holds a whole replay
# Codes that close a socket from here: its key is not valid any more; it fell too far behind and may come back.
NOT_VALID, TOO_SLOW = 4401, 4409
LOOK_SECONDS = 2.0
BEAT_SECONDS = 5.0
# Beats go out a share at a time: all at once they would hold up what is said meanwhile.
BEAT_SHARES = 10


def now() -> str:
    """Server time as every frame carries it."""
    return timezone.now().isoformat().replace("+00:00", "Z")


@dataclass(frozen=True)
class Said:
    """One message in words: for each audience its facts as JSON, and which audiences' sockets it ends."""

    seq: int
    name: str
    words: dict[str, str]
    ends: frozenset[str]

    def frame(self, audience: str, prev: int) -> str:
        """What a socket of this audience is sent, as JSON; put together as text, which is far quicker than encoding."""
        head = f'{{"seq":{self.seq},"prev":{prev},"type":"{self.name}",'
        return head + self.words[audience][1:]


_numbers = count()


@dataclass(eq=False)
class Subscriber:
    """One socket: whose words it hears (most particular audience first) and the frames that wait for it.

    A number among the frames is the code to close the socket with.
    """

    audiences: tuple[str, ...]
    last: int
    frames: asyncio.Queue[str | int] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    share: int = field(default_factory=lambda: next(_numbers) % BEAT_SHARES)

    def hear(self, said: Said, frames: dict[tuple[str, int], str]) -> None:
        """Queue what is meant for this socket; `frames` holds what others of the same audience were sent of this message."""
        for audience in self.audiences:
            if audience in said.words:
                break
        else:
            return
        if audience in said.ends:
            self.end(NOT_VALID)
            return
        key = (audience, self.last)
        frame = frames.get(key)
        if frame is None:
            frame = frames[key] = said.frame(audience, self.last)
        self.push(frame)
        self.last = said.seq

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
        self.recent: deque[Said] = deque(maxlen=REMEMBERED)
        self.reminded = False
        self.lock = asyncio.Lock()

    def fan_out(self, said: Said) -> None:
        """Write one message to everyone it is meant for. Nobody is awaited: a stalled phone holds up no other."""
        self.seq = said.seq
        self.recent.append(said)
        frames: dict[tuple[str, int], str] = {}
        for subscriber in self.subscribers:
            subscriber.hear(said, frames)

    def remembers(self, since: int) -> bool:
        """Whether all that was said after `since` is in memory."""
        oldest = self.recent[0].seq if self.recent else self.seq + 1
        return oldest - 1 <= since <= self.seq

    def remind(self, older: Iterable[Said]) -> None:
        """Put what was said before this room opened in front of what it remembers."""
        self.recent = deque([*older, *self.recent], maxlen=REMEMBERED)
        self.reminded = True

    def replay(self, subscriber: Subscriber, since: int) -> None:
        """Write what a returning socket missed."""
        subscriber.last = since
        for said in self.recent:
            if said.seq > since:
                subscriber.hear(said, {})


class Hub:
    """All rooms of this process. One per event loop."""

    def __init__(self) -> None:
        self.rooms: dict[UUID, Room] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.opening = asyncio.Lock()

    async def attach(
        self, stream: UUID, audiences: tuple[str, ...], since: int | None
    ) -> tuple[Subscriber, bool]:
        """Add a socket. The second value tells whether all it missed after `since` is already in its queue."""
        while True:
            self._start()
            room = await self._room(stream)
            async with room.lock:
                # While we waited, the last socket may have closed this room, and the last room the hub.
                if self.rooms.get(stream) is not room or not self.tasks:
                    continue
                resumed = since is not None and await _reach_back(stream, room, since)
                subscriber = Subscriber(audiences, room.seq)
                if resumed and since is not None:
                    room.replay(subscriber, since)
                room.subscribers.add(subscriber)
                return subscriber, resumed

    async def _room(self, stream: UUID) -> Room:
        if stream not in self.rooms:
            # A thousand phones come back at once: one of them asks the database.
            async with self.opening:
                if stream not in self.rooms:
                    seq = await database_sync_to_async(_last_seq)(stream)
                    self.rooms[stream] = Room(seq)
        return self.rooms[stream]

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
                words, ends = message["words"], frozenset(message["ends"])
                room.fan_out(Said(message["seq"], message["name"], words, ends))
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
            for said in await database_sync_to_async(_said_after)(stream, room.seq):
                room.fan_out(said)
                # A long gap must not look like a slow socket: its writer gets its turn.
                await asyncio.sleep(0)

    async def _beat(self) -> None:
        for turn in count():
            await asyncio.sleep(BEAT_SECONDS / BEAT_SHARES)
            for room in self.rooms.values():
                self._beat_share(room, turn % BEAT_SHARES)

    @staticmethod
    def _beat_share(room: Room, share: int) -> None:
        clock = now()
        for subscriber in room.subscribers:
            if subscriber.share == share:
                beat = f'{{"type":"beat","prev":{subscriber.last},"now":"{clock}"}}'
                subscriber.push(beat)


async def _reach_back(stream: UUID, room: Room, since: int) -> bool:
    """Whether all after `since` is in memory, if need be from what was said before the room opened: read once for all."""
    if not room.remembers(since) and not room.reminded and since < room.seq:
        oldest = room.recent[0].seq if room.recent else room.seq + 1
        after = room.seq - REMEMBERED
        room.remind(await database_sync_to_async(_said_after)(stream, after, before=oldest))
    return room.remembers(since)


def _last_seq(stream: UUID) -> int:
    return dict(_last_seqs([stream])).get(stream, 0)


def _last_seqs(streams: list[UUID]) -> list[tuple[UUID, int]]:
    return list(Stream.objects.filter(pk__in=streams).values_list("pk", "last_seq"))


def _said_after(stream: UUID, seq: int, *, before: int | None = None) -> list[Said]:
    rows = Message.objects.filter(stream_id=stream, seq__gt=seq).order_by("seq")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return [Said(row.seq, row.type, *in_words(row.audiences)) for row in rows]


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def this_hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
