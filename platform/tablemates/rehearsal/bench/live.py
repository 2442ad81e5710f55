"""The measurement: what the server says reaches so many phones, beside the `websockets` library's own broadcast."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, Protocol
from urllib.request import Request, urlopen

from checkin.bench.load import WrongAnswer
from checkin.bench.servers import (
    OURS,
    CannotMeasure,
    ask,
    cpu_seconds,
    expect_cpu_times,
    free_port,
    postgresql,
    serving,
    sqlite,
)
from tablemates.figures import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from checkin.bench.servers import Database, Server

    Room = dict[str, Any]

STAGE = "tablemates.rehearsal.bench.stage.settings"
PHONES_PER_PROCESS = 1000
# What a server still does after its last word belongs to the word.
SETTLE_SECONDS = 0.3
WARM_UP = 20


@dataclass(frozen=True)
class Plan:
    """How much is measured: phones in the room, how often each thing is said, and how many messages make a burst."""

    phones: tuple[int, ...] = (100, 500, 1000, 2000)
    repeats: int = 5
    burst: int = 100
    servers: tuple[str, ...] = ("uvicorn", "daphne")


FULL, QUICK = Plan(), Plan(phones=(100, 500), repeats=3, burst=50)


@dataclass(frozen=True)
class Figures:
    """One server with so many phones; x: beside the baseline with as many phones in this run."""

    server: str = column("server")
    database: str = column("database")
    phones: int = column("phones")
    round_ms: float = column("round p99 ms", ".0f")
    round_ratio: float = column("x", ".2f")
    round_cpu_ms: float = column("CPU ms", ".0f")
    seat_ms: float = column("own seat p99 ms", ".0f")
    seat_ratio: float = column("x", ".2f")
    seat_cpu_ms: float = column("CPU ms", ".0f")
    lost: int = column("lost")
    kilobytes: float = column("KB a phone", ".0f")
    back_seconds: float = column("all back s", ".2f")
    back_ratio: float = column("x", ".2f")
    from_memory: int = column("from memory")


@dataclass(frozen=True)
class Sample:
    """What one server did with one room."""

    round_ms: float
    round_cpu_ms: float
    seat_ms: float
    seat_cpu_ms: float
    lost: int
    kilobytes: float
    back_seconds: float
    from_memory: int


class Hall(Protocol):
    """A server with sockets, ours or the baseline."""

    name: str
    database: str
    port: int
    pid: int

    def firsts(self, room: Room, since: int | None) -> list[str]:
        """What each phone of a room says first; after the network was gone also what it knows."""
        ...

    def say(self, room: Room, what: str, times: int) -> float:
        """Tell a room that the round starts ("round") or where each sits ("seats"); returns when it began."""
        ...


class Ours:
    """Our server, told at the address that only benchmarks add."""

    def __init__(self, name: str, server: Server) -> None:
        self.name, self.database = name, server.database.name
        self.port, self.pid = server.port, server.pid

    def firsts(self, room: Room, since: int | None) -> list[str]:
        """Subscribe, as the phone does."""
        known = {} if since is None else {"since": since}
        return [
            json.dumps({"type": "subscribe", "token": secret, **known})
            for secret in room["secrets"]
        ]

    def say(self, room: Room, what: str, times: int) -> float:
        """By a request; the clock begins in front of the transaction."""
        url = f"http://127.0.0.1:{self.port}/bench/{room['event']}/{what}/{times}"
        with urlopen(Request(url, method="POST"), timeout=120) as answer:
            return float(json.load(answer)["began"])


class Baseline:
    """The library's sockets, told the very words that ours says."""

    name, database = "websockets", "-"

    def __init__(self, port: int, process: subprocess.Popen[str]) -> None:
        self.port, self.pid, self.process = port, process.pid, process

    def firsts(self, room: Room, since: int | None) -> list[str]:
        """As long as ours."""
        return [json.dumps({"type": "subscribe", "token": secret}) for secret in room["secrets"]]

    def welcome(self, frames: list[dict[str, Any]]) -> None:
        """What each socket is told on coming."""
        order(self.process, welcome=frames)

    def say(self, room: Room, what: str, times: int) -> float:
        """It has nothing to do but to encode and to send."""
        began = [order(self.process, say=room["words"][what]) for _time in range(times)]
        return float(began[0])


def measure(plan: Plan, database_url: str, tell: Callable[[str], None]) -> list[Figures]:
    """Measure on SQLite, and on the PostgreSQL of this address if it is one. Raises CannotMeasure."""
    expect_cpu_times()
    rows: list[Figures] = []
    for made in databases(database_url):
        with made as database:
            tell(f"{database.name}: rooms for {', '.join(map(str, plan.phones))} people")
            rooms = ask(database, OURS, "tablemates.rehearsal.bench.rooms:seat_rooms", *plan.phones)
            for people, room in zip(plan.phones, rooms, strict=True):
                rows += _room(plan, database, people, room, tell)
    return rows


def databases(url: str) -> Iterator[AbstractContextManager[Database]]:
    """The one of this address, if it is a PostgreSQL, and SQLite; each made when its turn comes."""
    if url.startswith(("postgres://", "postgresql://")):
        yield postgresql(url)
    yield sqlite()


def _room(
    plan: Plan, database: Database, people: int, room: Room, tell: Callable[[str], None]
) -> Iterator[Figures]:
    tell(f"{people} phones: websockets")
    with baseline() as hall:
        floor = _sample(plan, hall, room)
    yield _row(hall, people, floor, floor)
    for name in plan.servers:
        tell(f"{people} phones: {name}, {database.name}")
        with serving(database, STAGE, "--server", name) as server:
            ours = Ours(name, server)
            yield _row(ours, people, _sample(plan, ours, room), floor)


def _row(hall: Hall, people: int, mine: Sample, floor: Sample) -> Figures:
    return Figures(
        server=hall.name,
        database=hall.database,
        phones=people,
        round_ratio=mine.round_ms / floor.round_ms,
        seat_ratio=mine.seat_ms / floor.seat_ms,
        back_ratio=mine.back_seconds / floor.back_seconds,
        **vars(mine),
    )


def _sample(plan: Plan, hall: Hall, room: Room) -> Sample:
    """All that is measured of one server with one room; the first of everything is not counted."""
    with phones_elsewhere(len(room["secrets"])) as crowd:
        # What is loaded with the first sockets belongs to none.
        crowd.open(hall, room | {"secrets": room["secrets"][:WARM_UP]}, None)
        time.sleep(SETTLE_SECONDS)
        crowd.drop()
        before = memory(hall.pid)
        crowd.open(hall, room, None)
        time.sleep(SETTLE_SECONDS)
        kilobytes = (memory(hall.pid) - before) / len(room["secrets"])
        said = {what: _say(plan, crowd, hall, room, what) for what in ("round", "seats")}
        hall.say(room, "round", plan.burst)
        lost = crowd.hear(plan.burst).lost
        back = _come_back(plan, crowd, hall, room)
    return Sample(
        round_ms=said["round"].ms,
        round_cpu_ms=said["round"].cpu_ms,
        seat_ms=said["seats"].ms,
        seat_cpu_ms=said["seats"].cpu_ms,
        lost=lost + said["round"].lost + said["seats"].lost + sum(one.lost for one in back),
        kilobytes=kilobytes,
        back_seconds=median(one.seconds for one in back),
        from_memory=min(one.resumed for one in back),
    )


@dataclass(frozen=True)
class _Said:
    ms: float
    cpu_ms: float
    lost: int


def _say(plan: Plan, crowd: Crowd, hall: Hall, room: Room, what: str) -> _Said:
    """Say one thing again and again: the time until it was heard, which 99 of 100 phones keep, and the server's CPU."""
    hall.say(room, what, 1)
    lost, late, cpu = crowd.hear(1).lost, list[float](), list[float]()
    for _repeat in range(plan.repeats):
        before = cpu_seconds(hall.pid)
        time.sleep(SETTLE_SECONDS)
        # What a server does when nothing is said (beats, the matcher's ticks) is not the word's.
        idle = (cpu_seconds(hall.pid) - before) / SETTLE_SECONDS
        before, clock = cpu_seconds(hall.pid), time.monotonic()
        began = hall.say(room, what, 1)
        heard = crowd.hear(1)
        late.append(1000 * (percentile(heard.at, 99) - began))
        lost += heard.lost
        time.sleep(SETTLE_SECONDS)
        used = cpu_seconds(hall.pid) - before - idle * (time.monotonic() - clock)
        cpu.append(1000 * max(0.0, used))
    return _Said(median(late), fmean(cpu), lost)


@dataclass(frozen=True)
class _Back:
    seconds: float
    resumed: int
    lost: int


def _come_back(plan: Plan, crowd: Crowd, hall: Hall, room: Room) -> list[_Back]:
    """All sockets are lost, something is said, all connect again at once: the time until the last one knows it."""
    if isinstance(hall, Baseline):
        hall.welcome([{}, *room["words"]["round"]])
    back = []
    for _repeat in range(max(1, plan.repeats // 2)):
        known = crowd.last
        crowd.drop()
        time.sleep(SETTLE_SECONDS)
        hall.say(room, "round", 1)
        time.sleep(SETTLE_SECONDS)
        heard = crowd.open(hall, room, known, texts=2)
        back.append(_Back(max(heard.at) - heard.began, heard.resumed, heard.lost))
    return back


@dataclass(frozen=True)
class Heard:
    """What all phones together heard: when each had heard it, and what was missing or out of order."""

    at: list[float]
    lost: int
    began: float
    resumed: int


class Crowd:
    """Phones in processes of their own."""

    def __init__(self, processes: list[subprocess.Popen[str]]) -> None:
        self.processes = processes
        self.last = 0

    def open(self, hall: Hall, room: Room, since: int | None, texts: int = 1) -> Heard:
        """Connect all phones at once."""
        path = "/ws/phone/"
        firsts = hall.firsts(room, since)
        share = len(self.processes)
        return self._all(
            [
                {"do": "open", "port": hall.port, "path": path, "texts": texts, "firsts": mine}
                for mine in (firsts[n::share] for n in range(share))
            ]
        )

    def hear(self, texts: int) -> Heard:
        """Wait until each phone has heard so much."""
        return self._all([{"do": "hear", "texts": texts}] * len(self.processes))

    def seat_of(self, number: int) -> float:
        """Wait until this phone (counted from 0) shows a seat; says when it came."""
        process = self.processes[number % len(self.processes)]
        answer = order(process, do="seat_of", number=number // len(self.processes))
        if answer["at"] is None:
            raise WrongAnswer("A scan was followed by no seat.")
        return float(answer["at"])

    def drop(self) -> None:
        """Lose all sockets."""
        self._all([{"do": "drop"}] * len(self.processes))

    def _all(self, orders: list[dict[str, Any]]) -> Heard:
        for process, told in zip(self.processes, orders, strict=True):
            write(process, told)
        answers = [read(process) for process in self.processes]
        self.last = max([self.last, *(answer.get("last", 0) for answer in answers)])
        return Heard(
            at=[at for answer in answers for at in answer.get("at", [])],
            lost=sum(answer.get("lost", 0) + answer.get("gaps", 0) for answer in answers),
            began=min(answer.get("began", 0.0) for answer in answers),
            resumed=sum(answer.get("resumed", 0) for answer in answers),
        )


@contextmanager
def phones_elsewhere(phones: int) -> Iterator[Crowd]:
    """As many processes as so many phones need, until the block ends."""
    with ExitStack() as stack:
        yield Crowd(
            [
                stack.enter_context(_started("tablemates.rehearsal.bench.phones"))
                for _process in range(-(-phones // PHONES_PER_PROCESS))
            ]
        )


@contextmanager
def baseline() -> Iterator[Baseline]:
    """The library's server, until the block ends."""
    port = free_port()
    with _started("tablemates.rehearsal.bench.baseline", str(port)) as process:
        read(process)
        yield Baseline(port, process)


@contextmanager
def _started(module: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def order(process: subprocess.Popen[str], **told: Any) -> Any:
    """Say something to a process of ours, and hear its answer."""
    write(process, told)
    return read(process)


def write(process: subprocess.Popen[str], told: dict[str, Any]) -> None:
    """One line to a process of ours."""
    if process.stdin:
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()


def read(process: subprocess.Popen[str]) -> Any:
    """One line of a process of ours. Raises CannotMeasure if it has ended."""
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise CannotMeasure("A process of the benchmark ended early; what it said is above.")
    return json.loads(line)


def memory(pid: int) -> float:
    """Memory of a process that is its own, in KB."""
    told = Path(f"/proc/{pid}/status").read_text()
    return float(told.partition("RssAnon:")[2].split()[0])


def percentile(values: Sequence[float], percent: int) -> float:
    """What so many percent of the values keep."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
