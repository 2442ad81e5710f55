"""A simulated page (phone, screen or console): a real socket, and a copy of the state that it keeps right by itself."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin

from tablemates.rehearsal.replica import Replica

if TYPE_CHECKING:
    from collections.abc import Callable

    from websockets.asyncio.client import ClientConnection

TIMEOUT = 60.0


@dataclass
class Seen:
    """What happened to pages; several may share one."""

    messages: int = 0
    snapshots: int = 0
    resumed: int = 0
    problems: list[str] = field(default_factory=list)


class Page:
    """Subscribes, then takes the snapshot, then applies; comes back after a lost socket, and knows when it missed something."""

    def __init__(  # noqa: PLR0913  # where it connects, what it says there, and who hears of it
        self,
        http: httpx.AsyncClient,
        *,
        socket: str,
        snapshot: str,
        headers: dict[str, str],
        token: str | None = None,
        seen: Seen | None = None,
        changed: Callable[[dict[str, Any]], None] = lambda _state: None,
    ) -> None:
        self.http, self.headers, self.token = http, headers, token
        self.base = str(http.base_url).rstrip("/")
        self.address, self.snapshot = self.base.replace("http", "ws", 1) + socket, snapshot
        self.seen, self.changed = seen or Seen(), changed
        self.replica = Replica()
        self.line: ClientConnection | None = None
        self.away = 0.0

    @property
    def state(self) -> dict[str, Any]:
        """What the page shows; empty before the first snapshot."""
        return self.replica.state or {}

    async def stay(self) -> None:
        """Be open until cancelled."""
        while True:
            try:
                await self._listen()
            except (httpx.HTTPError, OSError, WebSocketException) as problem:
                # Losing a socket is part of an evening; being refused, or left without an answer, is not.
                if not isinstance(problem, ConnectionClosed):
                    self.seen.problems.append(f"{self.address}: {problem!r}")
            await asyncio.sleep(self.away or random.uniform(0.1, 1.0))
            self.away = 0.0

    def drop(self, away: float = 0.0) -> None:
        """Lose the socket, as in a lift, and have no network for so many seconds."""
        self.away = away
        if self.line:
            self.line.transport.abort()

    def reload(self) -> None:
        """Forget everything and begin again."""
        self.replica = Replica()
        self.drop()

    async def refresh(self) -> None:
        """Take the snapshot."""
        self.seen.snapshots += 1
        replica = self.replica
        answer = await self.http.get(self.snapshot, headers=self.headers)
        whole = replica.adopt(answer.raise_for_status().json())
        self.changed(self.state)
        if not whole:
            await asyncio.sleep(0.2)
            await self.refresh()

    async def _listen(self) -> None:
        async with connect(
            self.address,
            origin=Origin(self.base),
            additional_headers=self.headers,
            compression=None,
            open_timeout=TIMEOUT,
        ) as self.line:
            await self.line.send(json.dumps(self._subscription()))
            async for text in self.line:
                await self._take(json.loads(text))

    def _subscription(self) -> dict[str, Any]:
        token = {} if self.token is None else {"token": self.token}
        since = {} if self.replica.state is None else {"since": self.replica.seq}
        return {"type": "subscribe", **token, **since}

    async def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "welcome":
            self.seen.resumed += frame["resumed"]
            right = frame["resumed"]
        elif frame["type"] == "beat":
            right = self.replica.knows(frame["prev"])
        elif frame["type"] == "error":
            self.seen.problems.append(f"{self.address}: {frame}")
            right = True
        else:
            self.seen.messages += 1
            right = self.replica.receive(frame)
            self.changed(self.state)
        if not right:
            await self.refresh()


def phone(http: httpx.AsyncClient, ticket: str, **more: Any) -> Page:
    """The page of one ticket."""
    return Page(
        http,
        socket="/ws/phone/",
        snapshot="/api/v1/me/snapshot",
        headers={"Authorization": f"Ticket {ticket}"},
        token=ticket,
        **more,
    )
