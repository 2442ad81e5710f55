"""`tablemates serve`: pages, API, sockets and the matcher in one process."""

from __future__ import annotations

import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tablemates.embedded import migrate_if_embedded
from tablemates.links import EVERYONE, address_for_phones
from tablemates.surfaces import servers


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
        parser.add_argument(
            "--server",
            choices=servers.SERVERS,
            default="daphne",
            help="daphne, or uvicorn for many hundred phones (an extra: tablemates[fast])",
        )

    def handle(self, *, host: str, port: int, server: str, **_options: Any) -> None:
        """Serve."""
        migrate_if_embedded()
        address = settings.PUBLIC_URL or address_for_phones(host, port)
        if host == EVERYONE:
            settings.PUBLIC_URL = address
        serve(
            host,
            port,
            server=server,
            announce=lambda: self.stdout.write(f"Tablemates is at {address}/  (Ctrl-C stops)"),
        )


def serve(
    host: str, port: int, *, announce: Any, beside: Any = None, server: str = "daphne"
) -> None:
    """Serve on host and port; once listening, call `announce` and run the coroutine function `beside`, if any."""
    expect_free(host, port)
    try:
        servers.run(server, host, port, [beside] if beside else [], announce)
    except servers.NotInstalled as problem:
        raise CommandError(str(problem)) from problem


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
