"""`tablemates serve`: pages, API, sockets and the matcher in one process."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from channels.routing import get_default_application
from daphne.server import Server
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.runner import run_matcher
from tablemates.embedded import migrate_if_embedded
from tablemates.links import EVERYONE, address_for_phones

# Daphne's own 50 makes a thousand phones that come back at once wait for seconds.
BACKLOG = 2048


class Command(BaseCommand):
    """Serve until stopped."""

    help = "Run the server: pages, API, sockets and the matcher."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument(
            "--host",
            default="127.0.0.1",
            help="address to listen on (0.0.0.0: everyone on this network)",
        )
        parser.add_argument(
            "--port", type=int, default=8000, help="port to listen on (default 8000)"
        )

    def handle(self, *, host: str, port: int, **_options: Any) -> None:
        """Serve."""
        migrate_if_embedded()
        address = settings.PUBLIC_URL or address_for_phones(host, port)
        if host == EVERYONE:
            settings.PUBLIC_URL = address
        serve(
            host,
            port,
            announce=lambda: self.stdout.write(f"Tablemates is at {address}/  (Ctrl-C stops)"),
        )


def serve(host: str, port: int, *, announce: Any, beside: Any = None) -> None:
    """Serve on host and port; once listening, call `announce` and run the coroutine function `beside`, if any."""
    expect_free(host, port)
    tasks: set[asyncio.Task[None]] = set()

    def ready() -> None:
        loop = asyncio.get_event_loop()
        tasks.add(loop.create_task(run_matcher()))
        if beside:
            tasks.add(loop.create_task(beside()))
        announce()

    interface = host.replace(":", r"\:")
    endpoint = f"tcp:port={port}:interface={interface}:backlog={BACKLOG}"
    Server(get_default_application(), endpoints=[endpoint], ready_callable=ready, verbosity=0).run()


def expect_free(host: str, port: int) -> None:
    """Say in one line that a port is taken, before a traceback does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CommandError(
                f"Cannot listen on {host}:{port} ({problem.strerror}). Choose another port: --port {port + 1}"
            ) from problem
