"""The measurement: from the scan at the door to the seat on that person's phone, with a room full of others."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median
from typing import TYPE_CHECKING, Any

from checkin.bench.load import WrongAnswer
from checkin.bench.servers import OURS, ask, expect_cpu_times, serving
from tablemates.figures import column
from tablemates.rehearsal.bench.live import Crowd, Ours, databases, percentile, phones_elsewhere
from tablemates.rehearsal.soak import Evening, Soak, play

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkin.bench.servers import Database, Server

    Room = dict[str, Any]

# A scan that was not followed by a seat by then is a fault.
PATIENCE = 20.0


@dataclass(frozen=True)
class Plan:
    """How many people sit there already, how many scans follow, how many sockets are open; and the soak's size."""

    present: int = 300
    scans: int = 100
    sockets: int = 500
    soakers: int = 500
    soak_seconds: float = 60.0
    servers: tuple[str, ...] = ("uvicorn", "daphne")


FULL = Plan()
QUICK = Plan(present=100, scans=30, sockets=150, soakers=100, soak_seconds=20.0)


@dataclass(frozen=True)
class Figures:
    """Scans one after the other into a rolling room; answer: when the door says welcome."""

    server: str = column("server")
    database: str = column("database")
    present: int = column("present")
    sockets: int = column("sockets")
    scans: int = column("scans")
    answer_ms: float = column("answer p50 ms", ".0f")
    seat_p50_ms: float = column("seat p50 ms", ".0f")
    seat_p99_ms: float = column("seat p99 ms", ".0f")
    matcher_ms: float = column("matcher CPU ms", ".0f")
    solver_ms: float = column("of it solver", ".1f")


@dataclass(frozen=True)
class Soaked:
    """An evening in a minute: how many pages ended up otherwise than the server says."""

    server: str = column("server")
    database: str = column("database")
    pages: int = column("pages")
    seconds: float = column("seconds", ".0f")
    messages: int = column("messages")
    sockets_lost: int = column("sockets lost")
    from_memory: int = column("back from memory")
    snapshots: int = column("snapshots")
    acts: int = column("acts")
    refused: int = column("refused by rule")
    problems: int = column("problems")
    wrong: int = column("wrong at the end")


def measure(
    plan: Plan, database_url: str, tell: Callable[[str], None]
) -> tuple[list[Figures], list[Soaked]]:
    """Scans and the soak on each database, under each server."""
    expect_cpu_times()
    scans, soaks = list[Figures](), list[Soaked]()
    for made in databases(database_url):
        with made as database:
            for server in plan.servers:
                tell(f"scans: {server}, {database.name}")
                scans.append(_scans(plan, database, server))
                tell(f"soak: {plan.soakers} phones, {server}, {database.name}")
                soaks.append(_soak(plan, database, server, tell))
    return scans, soaks


def _scans(plan: Plan, database: Database, name: str) -> Figures:
    room = ask(
        database,
        OURS,
        "tablemates.rehearsal.bench.rooms:scan_room",
        *(plan.present, plan.scans, plan.sockets),
    )
    with (
        serving(database, OURS, "--server", name) as server,
        phones_elsewhere(plan.sockets) as crowd,
    ):
        crowd.open(Ours(name, server), room, None)
        done = list(_scan_all(server, crowd, room, plan.scans))
    matcher = ask(database, OURS, "tablemates.rehearsal.bench.rooms:time_matcher", room["number"])
    return Figures(
        server=name,
        database=database.name,
        present=plan.present,
        sockets=plan.sockets,
        scans=plan.scans,
        answer_ms=1000 * median(answered for answered, _seated in done),
        seat_p50_ms=1000 * median(seated for _answered, seated in done),
        seat_p99_ms=1000 * percentile([seated for _answered, seated in done], 99),
        matcher_ms=matcher["matcher_ms"],
        solver_ms=matcher["solver_ms"],
    )


def _scan_all(
    server: Server, crowd: Crowd, room: Room, scans: int
) -> Iterator[tuple[float, float]]:
    """Scan one ticket after the other; yields how long the answer took, and the seat on that phone."""
    door = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    path = f"/api/v1/posters/{room['poster']}/check-in"
    for n in range(scans):
        body = json.dumps({"nonce": secrets.token_hex(12), "ticket": room["secrets"][n]})
        began = time.monotonic()
        door.request("POST", path, body, {"Content-Type": "application/json"})
        answer = door.getresponse()
        text = answer.read()
        answered = time.monotonic()
        if answer.status != 201:
            raise WrongAnswer(f"A scan was answered {answer.status}: {text[:300]!r}")
        seated = crowd.seat_of(n)
        yield answered - began, seated - began
    door.close()


def _soak(plan: Plan, database: Database, name: str, tell: Callable[[str], None]) -> Soaked:
    room = ask(database, OURS, "tablemates.rehearsal.bench.rooms:soak_room", plan.soakers)
    with serving(database, OURS, "--server", name) as server:
        evening = Evening(base=f"http://127.0.0.1:{server.port}", **room)
        soak: Soak = asyncio.run(play(evening, seconds=plan.soak_seconds))
    for what in [*soak.problems[:3], *soak.wrong[:3]]:
        tell(what)
    return Soaked(
        server=name,
        database=database.name,
        pages=soak.pages,
        seconds=plan.soak_seconds,
        messages=soak.messages,
        sockets_lost=sum(
            soak.acts[act] for act in ("lose_the_socket", "sit_in_a_tunnel", "reload")
        ),
        from_memory=soak.resumed,
        snapshots=soak.snapshots,
        acts=soak.acts.total(),
        refused=soak.refusals.total(),
        problems=len(soak.problems),
        wrong=len(soak.wrong),
    )
