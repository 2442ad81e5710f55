"""Two server processes on one database: what happens at one is heard at the other, with Redis or without."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

import httpx
from websockets.sync.client import connect

from tests import services
from tests.serving import Server, serving

if TYPE_CHECKING:
    from pathlib import Path

OPEN_DOORS = """
from events.services import create_event, open_doors
from tablemates.accounts.models import Team
event = create_event(team=Team.objects.create(name="Two doors"), title="Two doors")
print(open_doors(event=event).poster_code)
"""


def check_in(server: Server, poster: str, name: str) -> str:
    """A walk-in at one process; returns the secret of the ticket."""
    answer = httpx.post(
        f"{server.url}/api/v1/posters/{poster}/check-in",
        json={"nonce": secrets.token_hex(12), "name": name, "interests": ["Choir singing"]},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["ticket"]


def heard(socket: Any, record: str) -> Any:
    """The next fact about a record that this socket is told."""
    while True:
        frame = json.loads(socket.recv(timeout=20))
        if record in frame.get("set", {}):
            return frame["set"][record]


def test_a_phone_hears_of_an_arrival_at_another_process(server: Server, tmp_path: Path) -> None:
    poster = server.shell(OPEN_DOORS).strip()
    port = services.free_port()
    other = Server(f"http://localhost:{port}", server.env)
    with serving(other, port, tmp_path / "other.log"):
        ticket = check_in(server, poster, "Ada Lovelace")
        address = server.url.replace("http", "ws", 1) + "/ws/phone/"
        with connect(address, origin=server.url) as socket:
            socket.send(json.dumps({"type": "subscribe", "token": ticket}))
            assert json.loads(socket.recv(timeout=20))["type"] == "welcome"
            check_in(other, poster, "Bo Diddley")
            assert heard(socket, "room")["present"] == 2
    assert "Traceback" not in (tmp_path / "other.log").read_text()
