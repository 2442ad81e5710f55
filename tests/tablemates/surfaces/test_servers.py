"""The same application under both servers: pages, sockets, and what is closed without an answer."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from django.core.management import CommandError, call_command
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tablemates.surfaces import servers
from tests import services
from tests.serving import TABLEMATES, Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


pytestmark = pytest.mark.whole

OPEN_DOORS = """
from events.services import create_event, open_doors
from tablemates.accounts.models import Team
event = create_event(team=Team.objects.create(name="Supper"), title="Supper")
print(open_doors(event=event).poster_code)
"""


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of one installation, which both servers run."""
    env = {**os.environ, "TABLEMATES_HOME": str(tmp_path_factory.mktemp("home"))}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    Server("", env).tablemates("migrate", "--verbosity", "0")
    return env


@pytest.fixture(params=servers.SERVERS, scope="module")
def served(
    request: pytest.FixtureRequest, env: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    port = services.free_port()
    server = Server(f"http://localhost:{port}", env)
    log = tmp_path_factory.mktemp(request.param) / "server.log"
    with serving(server, port, log, "--server", request.param):
        yield server
    assert "Traceback" not in log.read_text(errors="replace")


def line(server: Server) -> Any:
    return connect(server.url.replace("http", "ws", 1) + "/ws/phone/", origin=server.url)


def closed_with(socket: Any) -> int:
    """The close code, whatever was said before."""
    try:
        while True:
            socket.recv(timeout=20)
    except ConnectionClosed as closed:
        return int(closed.rcvd.code) if closed.rcvd else 1006


def test_a_guest_checks_in_and_the_phone_hears_of_the_next_one(served: Server) -> None:
    poster = served.shell(OPEN_DOORS).strip()

    def come_in(name: str) -> str:
        body = {"nonce": secrets.token_hex(12), "name": name, "interests": ["Chess"]}
        answer = httpx.post(f"{served.url}/api/v1/posters/{poster}/check-in", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["ticket"])

    with line(served) as socket:
        socket.send(json.dumps({"type": "subscribe", "token": come_in("Ada Lovelace")}))
        assert json.loads(socket.recv(timeout=20))["type"] == "welcome"
        come_in("Bo Diddley")
        while "room" not in (frame := json.loads(socket.recv(timeout=20))).get("set", {}):
            pass
        assert frame["set"]["room"]["present"] == 2


def test_a_forged_token_is_closed_with_4401(served: Server) -> None:
    with line(served) as socket:
        socket.send(json.dumps({"type": "subscribe", "token": "forged"}))
        assert closed_with(socket) == 4401


def test_a_flood_is_closed_with_4429(served: Server) -> None:
    with line(served) as socket:
        for _frame in range(100):
            try:
                socket.send("{}")
            except ConnectionClosed:
                break
        assert closed_with(socket) == 4429


def test_a_malformed_frame_is_answered_and_the_socket_stays(served: Server) -> None:
    with line(served) as socket:
        for text in ("{", "[]", "x" * 5000, b"\x00\xff"):
            socket.send(text)
            assert json.loads(socket.recv(timeout=20))["code"] == "malformed"


def test_an_oversized_frame_is_closed_before_it_is_held(served: Server) -> None:
    with line(served) as socket:
        socket.send("x" * (servers.FRAME_BYTES + 1))
        # Daphne drops the line without a word.
        assert closed_with(socket) in (1009, 1006)


def test_it_ends_at_ctrl_c_without_a_traceback(tmp_path: Path) -> None:
    for server in servers.SERVERS:
        port = services.free_port()
        env = {**os.environ, "TABLEMATES_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
        for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL"):
            env.pop(name, None)
        command = [TABLEMATES, "serve", "--port", str(port), "--server", server]
        with subprocess.Popen(
            command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            assert f":{port}/" in process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _out, complaints = process.communicate(timeout=60)
        assert "Traceback" not in complaints, complaints


@pytest.mark.django_db
def test_a_server_that_is_not_installed_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    with pytest.raises(CommandError, match=r"pip install 'tablemates\[fast\]'"):
        call_command("serve", "--port", services.free_port(), "--server", "uvicorn")
