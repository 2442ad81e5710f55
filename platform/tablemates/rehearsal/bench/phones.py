"""Phones as raw sockets, in a process of their own that is told line by line, in JSON, what to do.

Nothing is decoded until it has arrived: what is measured is the server.

    python -m tablemates.rehearsal.bench.phones
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import sys
import time
from contextlib import suppress
from functools import partial
from typing import Any

PATIENCE = 20.0
UPGRADE = """\
GET {path} HTTP/1.1\r
Host: 127.0.0.1:{port}\r
Origin: http://127.0.0.1:{port}\r
Upgrade: websocket\r
Connection: Upgrade\r
Sec-WebSocket-Version: 13\r
Sec-WebSocket-Key: {key}\r
\r
"""
TEXT, CLOSE, PING = 1, 8, 9


def masked(opcode: int, payload: bytes) -> bytes:
    """A frame as clients send it; the mask is all zeros, so the payload stays as it is."""
    length = len(payload)
    size = bytes([0x80 | length]) if length < 126 else b"\xfe" + length.to_bytes(2)
    return bytes([0x80 | opcode]) + size + bytes(4) + payload


class Phone(asyncio.Protocol):
    """One socket: says its first frame, and keeps every text with the moment it came."""

    def __init__(self, path: str, port: int, first: str, news: asyncio.Event) -> None:
        self.greeting = UPGRADE.format(
            path=path, port=port, key=base64.b64encode(os.urandom(16)).decode()
        )
        self.first = first.encode()
        self.news = news
        self.rest = b""
        self.open = False
        self.gone = False
        self.texts: list[tuple[float, bytes]] = []
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the socket."""
        self.transport = transport
        self.transport.write(self.greeting.encode())

    def data_received(self, data: bytes) -> None:
        """Cut what came into frames."""
        came, rest = time.monotonic(), self.rest + data
        if not self.open:
            head, ended, rest = rest.partition(b"\r\n\r\n")
            if not ended:
                self.rest = head
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.transport.abort()
                return
            self.open = True
            self.transport.write(masked(TEXT, self.first))
        self.rest = self._cut(rest, came)
        self.news.set()

    def _cut(self, rest: bytes, came: float) -> bytes:
        at = 0
        while len(rest) >= at + 2:
            length, begin = rest[at + 1], at + 2
            if length > 125:
                begin += 2 if length == 126 else 8
                if len(rest) < begin:
                    break
                length = int.from_bytes(rest[at + 2 : begin])
            if len(rest) < begin + length:
                break
            self._take(rest[at] & 15, rest[begin : begin + length], came)
            at = begin + length
        return rest[at:]

    def _take(self, opcode: int, payload: bytes, came: float) -> None:
        if opcode == TEXT and b'"type":"beat"' not in payload:
            self.texts.append((came, payload))
        elif opcode == PING:
            self.transport.write(masked(10, payload))
        elif opcode == CLOSE:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Remember that it is over."""
        self.gone = True
        self.news.set()


class Phones:
    """All phones of this process."""

    def __init__(self) -> None:
        self.phones: list[Phone] = []
        self.news = asyncio.Event()

    async def open(self, *, port: int, path: str, firsts: list[str], texts: int) -> dict[str, Any]:
        """Connect all at once; done when each has heard so many texts. Answers when the last one had, and the texts."""
        loop, began = asyncio.get_running_loop(), time.monotonic()
        self.phones = [Phone(path, port, first, self.news) for first in firsts]
        connecting = (
            loop.create_connection(partial(_same, phone), "127.0.0.1", port)
            for phone in self.phones
        )
        await asyncio.gather(*connecting)
        return {"began": began, **await self.hear(texts=texts)}

    async def hear(self, *, texts: int) -> dict[str, Any]:
        """Wait until each phone has heard so many texts since the last time; answers when, and how many are missing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not all(phone.gone or len(phone.texts) >= texts for phone in self.phones):
                    self.news.clear()
                    await self.news.wait()
        heard = [phone.texts[:texts] for phone in self.phones]
        for phone in self.phones:
            phone.texts = []
        return {
            "at": [one[-1][0] for one in heard if one],
            "lost": sum(texts - len(one) for one in heard),
            "gaps": sum(gaps([json.loads(text) for _at, text in one]) for one in heard),
            "last": max((known(text) for one in heard for _at, text in one), default=0),
            "resumed": sum(b'"resumed":true' in text for one in heard for _at, text in one[:1]),
        }

    async def seat_of(self, *, number: int) -> dict[str, Any]:
        """Wait until one phone has been told of its seat; answers when."""
        phone, seen = self.phones[number], 0
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    for at, text in phone.texts[seen:]:
                        if b'"seat":{' in text:
                            return {"at": at}
                    seen = len(phone.texts)
                    self.news.clear()
                    await self.news.wait()
        return {"at": None}

    async def drop(self) -> dict[str, Any]:
        """Lose all sockets, as if the network had gone."""
        for phone in self.phones:
            phone.transport.abort()
        return {}


def _same(phone: Phone) -> Phone:
    return phone


def gaps(frames: list[dict[str, Any]]) -> int:
    """How many of these frames do not follow the one before them."""
    messages = [frame for frame in frames if "prev" in frame]
    return sum(later["prev"] != earlier["seq"] for earlier, later in itertools.pairwise(messages))


def known(text: bytes) -> int:
    """The seq that a frame brings its phone to."""
    return int(json.loads(text).get("seq", 0))


async def obey() -> None:
    """Do what each line of the input says, and answer in a line."""
    phones, loop = Phones(), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        answer = await getattr(phones, order.pop("do"))(**order)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(obey())
