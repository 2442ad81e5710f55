"""The measurement: our door and the floor beside it, under the same load, on the same database, in turns."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from checkin.bench.load import WrongAnswer, put_under_load, request
from checkin.bench.servers import (
    FLOOR,
    OURS,
    TICKS,
    Server,
    ask,
    expect_cpu_times,
    postgresql,
    serving,
    sqlite,
)
from tablemates.figures import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from checkin.bench.servers import Database

    Room = dict[str, Any]

# What a server still does after its last answer belongs to the answers.
SETTLE_SECONDS = 0.3


@dataclass(frozen=True)
class Plan:
    """How much is measured: people who check in at each room, repeats, and how many clients ask at once."""

    people: int
    repeats: int
    clients: tuple[int, ...] = (1, 4, 16)
    seconds: float = 120.0
    """On each database: after so long no further repeat begins."""

    @property
    def rooms(self) -> int:
        """A room for each load, and one to warm up in."""
        return 1 + self.repeats * len(self.clients)


QUICK, FULL = Plan(people=100, repeats=1), Plan(people=300, repeats=3)


@dataclass(frozen=True)
class Statements:
    """SQL statements of one check-in, BEGIN and COMMIT aside."""

    database: str = column("database")
    what: str = column("check-in")
    first: int = column("statements")
    repeated: int = column("repeated nonce")


@dataclass(frozen=True)
class Figures:
    """One kind of check-in at so many clients: medians of the repeats, and their ratio to the floor's."""

    database: str = column("database")
    what: str = column("check-in")
    clients: int = column("clients")
    repeats: int = column("repeats")
    cpu_ms: float = column("CPU ms", ".2f")
    cpu_database_ms: float = column("of it database", ".2f")
    cpu_ratio: float = column("x floor", ".2f")
    rate: float = column("per second", ".0f")
    rate_ratio: float = column("x floor", ".2f")
    p50_ms: float = column("p50 ms", ".1f")
    p99_ms: float = column("p99 ms", ".1f")
    p99_ratio: float = column("x floor", ".2f")


@dataclass(frozen=True)
class _Sample:
    cpu_ms: float
    cpu_database_ms: float
    rate: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True)
class _Kind:
    """One kind of check-in: whom it asks, in which of the rooms, and how."""

    what: str
    server: Server
    rooms: list[Room]
    requests: Callable[[int, Room], list[bytes]]


@dataclass(frozen=True)
class Result:
    """All that was measured; `service_cpu_ms` of the service alone, without HTTP, by database."""

    statements: list[Statements] = field(default_factory=list)
    service_cpu_ms: dict[str, float] = field(default_factory=dict)
    load: list[Figures] = field(default_factory=list)


def measure(plan: Plan, database_url: str, tell: Callable[[str], None]) -> Result:
    """Measure on SQLite, and on the PostgreSQL of this address if it is one.

    Raises CannotMeasure, and WrongAnswer if a single check-in was not written once.
    """
    expect_cpu_times()
    result = Result()
    for made in _databases(database_url):
        with made as database:
            tell(f"{database.name}, statements")
            told = ask(database, OURS, "checkin.bench.room:count")
            result.statements.extend(Statements(database.name, *row) for row in told["statements"])
            result.service_cpu_ms[database.name] = told["service_cpu_ms"]
            result.load.extend(_load(database, plan, tell))
    return result


def _databases(url: str) -> Iterator[AbstractContextManager[Database]]:
    """One after the other, each made when its turn comes; what may be refused comes first."""
    if url.startswith(("postgres://", "postgresql://")):
        yield postgresql(url)
    yield sqlite()


def _load(database: Database, plan: Plan, tell: Callable[[str], None]) -> list[Figures]:
    """Put our door and the floor under load, in turns."""
    floor_rooms = ask(database, FLOOR, "checkin.bench.floor.stock:lay_out", plan.rooms, plan.people)
    rooms = ask(database, OURS, "checkin.bench.room:lay_out", 2 * plan.rooms, plan.people)
    before = ask(database, OURS, "checkin.bench.room:tally")
    with serving(database, FLOOR) as floor, serving(database, OURS) as ours:
        staff, poster = rooms[: plan.rooms], rooms[plan.rooms :]
        kinds = [
            _Kind("floor", floor, floor_rooms, _at_floor),
            _Kind("staff scan", ours, staff, _at_station),
            # The same requests once more: every nonce has its answer.
            _Kind("repeated nonce", ours, staff, _at_station),
            _Kind("poster", ours, poster, _at_poster),
        ]
        samples = _take_turns(kinds, plan, tell)
    after = ask(database, OURS, "checkin.bench.room:tally")
    used = 1 + sum(len(taken) for (_, what), taken in samples.items() if what == "poster")
    expected = 2 * used * plan.people
    if [after[kind] - before[kind] for kind in ("entries", "rows")] != [expected] * 2:
        raise WrongAnswer(f"{expected} check-ins were to be written, from {before} to {after}.")
    return list(_figures(database.name, samples))


def _take_turns(
    kinds: list[_Kind], plan: Plan, tell: Callable[[str], None]
) -> dict[tuple[int, str], list[_Sample]]:
    nonces = {kind.what: f"{secrets.token_hex(8)}" for kind in kinds}
    nonces["repeated nonce"] = nonces["staff scan"]

    def sent(kind: _Kind, n: int) -> list[bytes]:
        return kind.requests(
            kind.server.port, kind.rooms[n] | {"nonce": f"{nonces[kind.what]}-{n}"}
        )

    for kind in kinds:
        put_under_load(kind.server.port, sent(kind, 0), max(plan.clients))
    samples: dict[tuple[int, str], list[_Sample]] = {}
    turns = [(repeat, clients) for repeat in range(plan.repeats) for clients in plan.clients]
    deadline = time.monotonic() + plan.seconds
    for n, (repeat, clients) in enumerate(turns, start=1):
        if repeat and clients == plan.clients[0] and time.monotonic() > deadline:
            break
        tell(f"{kinds[0].server.database.name}, {clients} clients, {repeat + 1} of {plan.repeats}")
        for kind in kinds:
            sample = _sample(kind.server, sent(kind, n), clients)
            samples.setdefault((clients, kind.what), []).append(sample)
    return samples


def _sample(server: Server, requests: list[bytes], clients: int) -> _Sample:
    time.sleep(SETTLE_SECONDS)
    before = server.cpu()
    done = put_under_load(server.port, requests, clients)
    time.sleep(SETTLE_SECONDS)
    used = {pid: 1000 * (cpu - before.get(pid, 0.0)) for pid, cpu in server.cpu().items()}
    return _Sample(
        # The kernel counts in ticks: less than one is not nothing.
        cpu_ms=max(sum(used.values()), 1000 / TICKS) / len(requests),
        cpu_database_ms=sum(ms for pid, ms in used.items() if pid != server.pid) / len(requests),
        rate=len(requests) / done.seconds,
        p50_ms=1000 * done.percentile(50),
        p99_ms=1000 * done.percentile(99),
    )


def _figures(database: str, samples: dict[tuple[int, str], list[_Sample]]) -> Iterator[Figures]:
    for (clients, what), taken in samples.items():
        floor = samples[clients, "floor"]
        mine = {name: median(getattr(one, name) for one in taken) for name in vars(taken[0])}
        least = {name: median(getattr(one, name) for one in floor) for name in vars(floor[0])}
        yield Figures(
            database=database,
            what=what,
            clients=clients,
            repeats=len(taken),
            cpu_ratio=mine["cpu_ms"] / least["cpu_ms"],
            rate_ratio=mine["rate"] / least["rate"],
            p99_ratio=mine["p99_ms"] / least["p99_ms"],
            **mine,
        )


def _at_floor(port: int, room: Room) -> list[bytes]:
    return [
        request(port, "/check-in", {"nonce": f"{room['nonce']}-{n}", "secret": secret})
        for n, secret in enumerate(room["secrets"])
    ]


def _at_station(port: int, room: Room) -> list[bytes]:
    return [
        request(
            port,
            "/api/v1/station/check-in",
            {"nonce": f"{room['nonce']}-{n}", "act": "in", "secret": secret},
            authorization=f"Station {room['token']}",
        )
        for n, secret in enumerate(room["secrets"])
    ]


def _at_poster(port: int, room: Room) -> list[bytes]:
    path = f"/api/v1/posters/{room['poster']}/check-in"
    return [
        request(port, path, {"nonce": f"{room['nonce']}-{n}", "ticket": secret})
        for n, secret in enumerate(room["secrets"])
    ]
