"""A server of our own to talk to: `tablemates serve` as a user runs it."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLEMATES = Path(sys.executable).with_name("tablemates")
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15


@dataclass(frozen=True)
class Server:
    """A running `tablemates serve`: its address, its environment and its data are its own."""

    url: str
    env: dict[str, str]

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
