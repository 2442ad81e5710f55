"""A server of our own to talk to: `tablemates serve` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLEMATES = Path(sys.executable).with_name("tablemates")
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15
# Reads scripts, one a line, and answers each with whether it went well and with what it printed.
LISTENING = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.db import connections

for line in sys.stdin:
    out, well = io.StringIO(), True
    try:
        with contextlib.redirect_stdout(out):
            exec(json.loads(line), {})
    except Exception:
        well = False
        out.write(traceback.format_exc())
    connections.close_all()
    print(json.dumps([well, out.getvalue()]), flush=True)
"""


class Shell:
    """A Python that stays: to start one for each script takes longer than many a walk."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", LISTENING],
            env={"DJANGO_SETTINGS_MODULE": "tablemates.settings.base", **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, script: str) -> str:
        """What a script prints."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(script) + "\n")
        self._process.stdin.flush()
        well, printed = json.loads(self._process.stdout.readline())
        assert well, printed
        return str(printed)

    def end(self) -> None:
        """Let it go."""
        self._process.communicate(timeout=SECONDS_TO_STOP)


@dataclass(frozen=True)
class Server:
    """A running `tablemates serve`: its address, its environment and its data are its own."""

    url: str
    env: dict[str, str]
    shells: list[Shell] = field(default_factory=list)

    def shell(self, script: str) -> str:
        """Run a script of Python on the same data and return what it printed."""
        if not self.shells:
            self.shells.append(Shell(self.env))
        return self.shells[0].run(script)

    def tablemates(self, *arguments: str) -> str:
        """Run another `tablemates` command on the same data and return what it printed."""
        command = [TABLEMATES, *arguments]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def serving(server: Server, port: int, log: Path, *more: str) -> Iterator[None]:
    command = [TABLEMATES, "serve", "--host", "127.0.0.1", "--port", str(port), *more]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=server.env, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(server.url, process, log)
        yield
    finally:
        while server.shells:
            server.shells.pop().end()
        process.terminate()
        process.wait(SECONDS_TO_STOP)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/healthz", timeout=1).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')[-5000:]}")
