"""A rough evening in a few seconds, without a browser: at its end every page shows what the server says."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from tablemates.rehearsal.soak import GUESTS_ACTS, ORGANISERS_ACTS, Evening, play

if TYPE_CHECKING:
    from tests.serving import Server

ROOM = """
import json
from tablemates.rehearsal.bench.rooms import soak_room
print(json.dumps(soak_room(60)))
"""


@pytest.mark.whole
def test_sixty_phones_a_console_and_a_screen_agree_with_the_server_after_a_rough_evening(
    server: Server,
) -> None:
    room = json.loads(server.shell(ROOM))
    soak = asyncio.run(play(Evening(base=server.url, **room), seconds=20))
    assert (soak.problems, soak.wrong) == ([], [])
    assert soak.pages == 62
    # It was one: everybody came, the organiser did everything, and sockets were lost and taken up again.
    assert soak.acts["come_in"] >= 60
    assert {act.__name__ for act in ORGANISERS_ACTS} <= soak.acts.keys()
    assert len(soak.acts.keys() & {act.__name__ for act in GUESTS_ACTS}) >= 6
    assert min(soak.resumed, soak.snapshots, soak.messages) > 10
