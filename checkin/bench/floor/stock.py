"""Tickets for the floor, on the measured database; run in a process that has the floor's settings."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkin.bench.floor.models import FloorCheckIn, FloorTicket


def lay_out(rooms: int, people: int) -> list[dict[str, Any]]:
    """Make the two tables, and for each room the tickets of its people."""
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    return [{"secrets": _tickets(people)} for _number in range(rooms)]


def _tickets(people: int) -> list[str]:
    tickets = [FloorTicket(secret=secrets.token_urlsafe(16)) for _number in range(people)]
    return [ticket.secret for ticket in FloorTicket.objects.bulk_create(tickets)]


def statements() -> list[str]:
    """What one check-in does in the database, BEGIN and COMMIT aside."""
    body = {"nonce": "a-nonce-to-count", "secret": _tickets(1)[0]}
    with CaptureQueriesContext(connection) as queries:
        Client(headers={"host": "127.0.0.1"}).post("/check-in", body, "application/json")
    told = [query["sql"].split()[0] for query in queries.captured_queries]
    return [word for word in told if word not in ("BEGIN", "COMMIT")]


def tally() -> dict[str, int]:
    """What has been written so far."""
    return {"entries": FloorCheckIn.objects.count()}
