"""Simulated phones: they arrive through the real HTTP API, hold real sockets, and fold what they hear."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from tablemates.rehearsal.page import Seen, phone

if TYPE_CHECKING:
    from collections.abc import Callable

    Scan = Callable[[], str]

ARRIVAL_MINUTES = 45.0


def arrival_minutes(people: int, *, seed: int = 7) -> list[float]:
    """When each of `people` comes, in minutes after doors, ascending: few early, most in the first half hour, a tail."""
    draw = random.Random(seed)
    return sorted(ARRIVAL_MINUTES * draw.betavariate(1.6, 3.0) for _ in range(people))


@dataclass
class Crowd(Seen):
    """What the simulated phones have seen so far; `seated_after` in seconds from a scan to the seat on that phone."""

    present: int = 0
    tables: dict[str, int] = field(default_factory=dict)
    seated_after: list[float] = field(default_factory=list)
    first_table_after: float | None = None
    began: float = field(default_factory=time.monotonic)

    def note_seat(self, key: str, table: int | None, scanned: float) -> None:
        """Remember where a phone sits now."""
        if table is None:
            self.tables.pop(key, None)
            return
        if key not in self.tables:
            self.seated_after.append(time.monotonic() - scanned)
        if self.first_table_after is None:
            self.first_table_after = time.monotonic() - self.began
        self.tables[key] = table


async def run_crowd(
    crowd: Crowd, *, base: str, scan: Scan, tickets: list[str], speed: float, seed: int = 7
) -> None:
    """Let one phone per ticket arrive, `speed` times faster than an evening, and stay until cancelled.

    `scan` reads the poster: the path of its link at that moment.
    """
    order = random.Random(seed).sample(tickets, len(tickets))
    waits = [minutes * 60 / speed for minutes in arrival_minutes(len(tickets), seed=seed)]
    async with (
        httpx.AsyncClient(base_url=base, timeout=30) as http,
        asyncio.TaskGroup() as group,
    ):
        for ticket, wait in zip(order, waits, strict=True):
            group.create_task(_phone(crowd, http, scan, ticket, wait))


async def _phone(
    crowd: Crowd, http: httpx.AsyncClient, scan: Scan, ticket: str, wait: float
) -> None:
    await asyncio.sleep(wait)
    scanned = time.monotonic()
    try:
        await check_in(http, scan(), ticket)
    except (httpx.HTTPError, ValueError) as problem:
        crowd.problems.append(f"check-in: {problem!r}")
        return
    crowd.present += 1

    def look(state: dict[str, Any]) -> None:
        if state:
            crowd.note_seat(ticket, _table(state["seat"]), scanned)

    await phone(http, ticket, seen=crowd, changed=look).stay()


async def check_in(http: httpx.AsyncClient, link: str, ticket: str) -> None:
    """Scan the poster, and come in with a ticket."""
    code, _hash, stamp = link.rpartition("/")[2].partition("#")
    poster = await http.get(f"/api/v1/posters/{code}", params={"stamp": stamp})
    # The nonce stays the same however often this is sent: a lost answer never counts twice.
    body = {
        "nonce": secrets.token_hex(12),
        "ticket": ticket,
        "pass": poster.raise_for_status().json()["pass"],
    }
    answer = await http.post(f"/api/v1/posters/{code}/check-in", json=body)
    if answer.status_code not in (200, 201):
        raise ValueError(f"{answer.status_code} {answer.text[:200]}")


def _table(seat: dict[str, Any] | None) -> int | None:
    return seat["table"] if seat else None
