"""Throw-away databases and the server processes on them; all of it is gone when the blocks end, however they end."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OURS = "tablemates.settings.base"
FLOOR = "checkin.bench.floor.settings"
ASK = """
import sys, json, django
django.setup()
from importlib import import_module
module, name, *arguments = sys.argv[1:]
answer = getattr(import_module(module), name)(*map(int, arguments))
sys.stdout.write(json.dumps(answer))
"""
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class CannotMeasure(RuntimeError):
    """This machine or database does not allow it; the message says what to do next."""


class Database(Protocol):
    """A database of our own, on one kind of server."""

    @property
    def name(self) -> str:
        """What kind of server it is on."""
        ...

    @property
    def env(self) -> dict[str, str]:
        """The environment of the processes that use it."""
        ...

    def cpu(self) -> dict[int, float]:
        """CPU seconds of the processes that work for it, by pid; empty where they cannot be seen."""
        ...


@dataclass(frozen=True)
class SQLite:
    """A file in a folder of its own, as an embedded installation has it."""

    env: dict[str, str]
    name: str = "SQLite"

    def cpu(self) -> dict[int, float]:
        """None: it works in the server's own process."""
        return {}


@dataclass(frozen=True)
class PostgreSQL:
    """A database made on a server that somebody runs; only the server's processes for this one are counted."""

    env: dict[str, str]
    admin: psycopg.Connection[Any] = field(repr=False)
    database: str
    name: str = "PostgreSQL"

    def cpu(self) -> dict[int, float]:
        """Of the backends, if the server is on this machine."""
        query = "SELECT pid FROM pg_stat_activity WHERE datname = %s"
        pids = [pid for (pid,) in self.admin.execute(query, [self.database])]
        return {pid: cpu_seconds(pid) for pid in pids if _is_postgres(pid)}


@contextmanager
def sqlite() -> Iterator[SQLite]:
    """A new SQLite database, gone at the end."""
    with TemporaryDirectory(prefix="tablemates-bench-") as home:
        yield SQLite(_environment(home, DATABASE_URL="", REDIS_URL=""))


@contextmanager
def postgresql(url: str) -> Iterator[PostgreSQL]:
    """A new database on the server of this address, gone at the end; what is in others is never touched."""
    name = f"tablemates_bench_{secrets.token_hex(4)}"
    try:
        admin = psycopg.connect(url, autocommit=True)
        admin.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload, unused-ignore]
    except psycopg.Error as problem:
        raise CannotMeasure(
            f"Cannot make a database of our own ({problem}). Give the address of a PostgreSQL whose user may."
        ) from problem
    try:
        with TemporaryDirectory(prefix="tablemates-bench-") as home:
            own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
            prefix = {"REDIS_PREFIX": name}
            yield PostgreSQL(_environment(home, DATABASE_URL=own, **prefix), admin, name)
    finally:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        admin.close()


def _environment(home: str, **more: str) -> dict[str, str]:
    """Ours, without what would lead to other people's data or another address."""
    kept = {name: value for name, value in os.environ.items() if name != "PUBLIC_URL"}
    code = [str(Path(__file__).parents[2]), *filter(None, sys.path)]
    paths = os.pathsep.join(dict.fromkeys(code))
    return kept | {"TABLEMATES_HOME": home, "PYTHONPATH": paths, "LOG_LEVEL": "ERROR", **more}


def ask(database: Database, settings: str, what: str, *arguments: int) -> Any:
    """Call a function, as in "checkin.bench.room:count", in a process that sees only this database; returns what it told."""
    command = [sys.executable, "-c", ASK, *what.split(":"), *map(str, arguments)]
    with _started(command, database, settings) as process:
        told = process.communicate()[0]
        if process.returncode:
            raise CannotMeasure(f"{what} failed:\n{_complaint(database)}")
    return json.loads(told)


@dataclass(frozen=True)
class Server:
    """A server that listens on `port`, and the database behind it."""

    port: int
    pid: int
    database: Database

    def cpu(self) -> dict[int, float]:
        """CPU seconds so far of all that work on an answer, by pid."""
        return {self.pid: cpu_seconds(self.pid), **self.database.cpu()}


@contextmanager
def serving(database: Database, settings: str, *more: str) -> Iterator[Server]:
    """`tablemates serve` with what `more` says, or with the floor's settings the floor under the same server, until the block ends."""
    port = free_port()
    if settings == FLOOR:
        words = ["daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port)]
        command = [*words, "checkin.bench.floor.asgi:application"]
    else:
        command = ["tablemates", "serve", "--port", str(port), *more]
    command = [sys.executable, "-m", *command]
    with _started(command, database, settings) as process:
        server = Server(port, process.pid, database)
        _wait_until_healthy(process, server)
        yield server


@contextmanager
def _started(
    command: Sequence[str], database: Database, settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block. It is in a group of its own: Ctrl-C reaches us, and we end it."""
    with _log(database).open("wb") as log:
        process = subprocess.Popen(
            command,
            env=database.env | {"DJANGO_SETTINGS_MODULE": settings},
            cwd=database.env["TABLEMATES_HOME"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _log(database: Database) -> Path:
    return Path(database.env["TABLEMATES_HOME"]) / "complaints"


def _complaint(database: Database) -> str:
    return _log(database).read_text(errors="replace")[-2000:]


def _wait_until_healthy(process: subprocess.Popen[bytes], server: Server) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise CannotMeasure(f"The server did not start:\n{_complaint(server.database)}")


def free_port() -> int:
    """A TCP port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def expect_cpu_times() -> None:
    """Say so where a process's CPU time cannot be read."""
    if not Path("/proc/self/stat").exists():
        raise CannotMeasure(
            "CPU time is read from /proc, which this system has not: measure on Linux."
        )


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and its threads so far, in user and kernel; 0 for one that is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = told.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except OSError:
        return False
