"""The whole walk without a browser: a real server, real sockets, sixty simulated phones."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

import tablemates.rehearsal
from tests import services
from tests.serving import TABLEMATES, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

GUESTS = Path(tablemates.rehearsal.__file__).with_name("guests.csv")
ROLLING = """
from events.models import Event
from matching.selectors import mixer_of
from matching.services import set_rolling
event = Event.objects.get(slug="walk")
set_rolling(event=event, version=mixer_of(event).version, on=True)
"""
SEATS = """
from collections import Counter
from matching.models import Table
for table in Table.objects.filter(round__mixer__event__slug="walk"):
    holders = [table.topic in seat.attendee.interests.all() for seat in table.seats.all()]
    assert 3 <= len(holders) <= 6 and all(holders), (table, holders)
print(Table.objects.filter(round__mixer__event__slug="walk").count())
"""


@pytest.mark.whole
def test_sixty_phones_arrive_and_sit_down_with_people_who_share_their_topic(server: Server) -> None:
    server.tablemates("event", "create", "Walk", "--slug", "walk")
    server.tablemates("import", "walk", str(GUESTS))
    server.tablemates("event", "open", "walk")
    server.shell(ROLLING)
    told = server.tablemates(
        "simulate", "walk", "--server", server.url, "--speed", "400", "--stay", "4"
    )
    seen = re.search(r"60 of 60 guests are here, (\d+) of them at (\d+) tables", told)
    assert seen, told
    assert int(seen[1]) >= 40
    # All who sat down were still patient: each holds the topic of the table, as the database has it.
    assert int(server.shell(SEATS)) == int(seen[2])


def test_demo_prints_its_links_and_a_stranger_can_join(tmp_path: Path) -> None:
    port = services.free_port()
    env = {**os.environ, "TABLEMATES_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL"):
        env.pop(name, None)
    command = [TABLEMATES, "demo", "--host", "127.0.0.1", "--port", str(port), "--speed", "2000"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as demo:
        try:
            lines = _until(iter(demo.stdout or ()), "60 of 60 guests are here")
            links = dict(re.findall(r"^  ([a-z]+)\s+(http\S+)", lines, re.M))
            assert set(links) == {"console", "screen", "phone", "poster", "outcome", "guest"}
            code = links["phone"].rsplit("/", 1)[1]
            answer = httpx.post(
                f"http://127.0.0.1:{port}/api/v1/posters/{code}/check-in",
                json={
                    "nonce": "a-nonce-of-my-own",
                    "name": "Grace Hopper",
                    "interests": ["Bouldering"],
                },
            )
            assert (answer.status_code, answer.json()["message"]) == (201, "Welcome, Grace.")
            with httpx.Client(follow_redirects=True) as organiser:
                assert organiser.get(links["console"]).status_code == 200
                assert organiser.get(links["poster"]).status_code == 200
                assert organiser.get(links["outcome"]).status_code == 200
            earlier = httpx.get(
                f"http://127.0.0.1:{port}/api/v1/me/afterwards",
                headers={"Authorization": f"Ticket {links['guest'].partition('#')[2]}"},
            )
            assert len(earlier.json()["introductions"]) == 2
            second = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
            assert second.returncode == 1
            assert second.stderr == (
                f"CommandError: Cannot listen on 127.0.0.1:{port} (Address already in use)."
                f" Choose another port: --port {port + 1}\n"
            )
        finally:
            demo.terminate()


def _until(lines: Iterator[str], words: str) -> str:
    read = []
    deadline = time.monotonic() + 90
    for line in lines:
        read.append(line)
        if words in line or time.monotonic() > deadline:
            break
    assert words in read[-1], "".join(read)
    return "".join(read)
