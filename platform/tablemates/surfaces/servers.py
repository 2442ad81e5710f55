"""The two servers that run our `asgi.py`, each with the matcher and what follows an evening beside it in the same process.

Daphne comes with every installation. uvicorn on uvloop reaches many phones several times as fast (`tablemates bench live`).
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from channels.routing import get_default_application
from daphne.server import Server as Daphne
from django.conf import settings

from matching.runner import run_matcher
from tablemates.followup.runner import run_followup
from tablemates.links import address_for_phones

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Task = Callable[[], Awaitable[None]]

SERVERS = ("daphne", "uvicorn")
# The usual 50 to 100 make a thousand phones that come back at once wait for seconds.
BACKLOG = 2048
# What phones say is far shorter; a longer frame ends the socket before it is held in memory.
FRAME_BYTES = 65_536
# Each phone is an open file, and many systems begin with 1,024 of them for each process.
OPEN_FILES = 65_536
IDLE_SECONDS = 75
GRACE_SECONDS = 3


class NotInstalled(RuntimeError):
    """This server is an extra; the message says how to get it."""


def run(
    server: str, host: str, port: int, beside: Sequence[Task], ready: Callable[[], None]
) -> None:
    """Serve until stopped; once listening, call `ready`, and run what goes by the clock and the tasks `beside`.

    Raises NotInstalled.
    """
    site = settings.PUBLIC_URL or address_for_phones(host, port)
    tasks: list[Task] = [run_matcher, partial(run_followup, site), *beside]
    start = _run_uvicorn if server == "uvicorn" else _run_daphne
    # Ctrl-C is how it ends, even while it starts.
    with suppress(KeyboardInterrupt):
        start(host, port, tasks, ready)


def _run_daphne(host: str, port: int, tasks: Sequence[Task], ready: Callable[[], None]) -> None:
    _make_ready()
    running: list[asyncio.Future[None]] = []

    def start() -> None:
        loop = asyncio.get_event_loop()
        running.extend(asyncio.ensure_future(task(), loop=loop) for task in tasks)
        ready()

    interface = host.replace(":", r"\:")
    endpoint = f"tcp:port={port}:interface={interface}:backlog={BACKLOG}"
    Daphne(
        get_default_application(),
        endpoints=[endpoint],
        ready_callable=start,
        websocket_max_message_size=FRAME_BYTES,
        websocket_max_frame_size=FRAME_BYTES,
        verbosity=0,
    ).run()


def _run_uvicorn(host: str, port: int, tasks: Sequence[Task], ready: Callable[[], None]) -> None:
    try:
        # An extra, which the embedded default does without.
        import uvicorn  # noqa: PLC0415
        import uvloop  # noqa: F401, PLC0415
    except ImportError as problem:
        raise NotInstalled(
            "This server is an extra. Install it: pip install 'tablemates[fast]'"
        ) from problem

    _make_ready()

    class Server(uvicorn.Server):
        """uvicorn, with tasks that live as long as it does."""

        async def startup(self, sockets: Any = None) -> None:
            """Listen, then begin."""
            await super().startup(sockets)
            self.running = [asyncio.ensure_future(task()) for task in tasks]
            ready()

        async def shutdown(self, sockets: Any = None) -> None:
            """End the tasks first: they use what is about to close."""
            for task in self.running:
                task.cancel()
            await asyncio.wait(self.running, timeout=GRACE_SECONDS)
            await super().shutdown(sockets)

    config = uvicorn.Config(
        get_default_application(),
        host=host,
        port=port,
        loop="uvloop",
        # Compression would take 64 KB and more for each phone, to shorten frames of some hundred bytes.
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=FRAME_BYTES,
        backlog=BACKLOG,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        # As under Daphne: Django reads what a proxy says (settings).
        proxy_headers=False,
        # Longer than a proxy in front, or a browser, lets a line idle that it may use again.
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    Server(config).run()


def _make_ready() -> None:
    _allow_many_sockets()
    _set_aside_what_stays()


def _set_aside_what_stays() -> None:
    """Spare the garbage collector what was loaded at the start: going through it all stops the loop for 100 ms and more."""
    gc.collect()
    gc.freeze()
    # Thousands of objects come with each crowd, and stay for the evening.
    gc.set_threshold(20_000, 20, 20)


def _allow_many_sockets() -> None:
    try:
        # Windows has none, and no such limit.
        import resource  # noqa: PLC0415
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
