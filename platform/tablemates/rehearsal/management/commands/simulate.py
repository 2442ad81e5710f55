"""`tablemates simulate EVENT`: the registered guests of an event arrive on simulated phones."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from checkin.poster import stamp_at
from events.management.commands.event import find_event
from events.models import Event, Ticket
from events.payloads import poster_path
from tablemates.embedded import migrate_if_embedded
from tablemates.rehearsal.crowd import Crowd, run_crowd


class Command(BaseCommand):
    """Send a simulated crowd to a running server."""

    help = "Let the registered guests of an event arrive on simulated phones, at a running server."

    def add_arguments(self, parser: CommandParser) -> None:
        """Event, server, speed."""
        parser.add_argument("event", help="short name of the event; its doors must be open")
        parser.add_argument(
            "--server", default="http://127.0.0.1:8000", help="address of the running server"
        )
        parser.add_argument(
            "--speed",
            type=float,
            default=30.0,
            help="times faster than an evening of 45 minutes (30)",
        )
        parser.add_argument(
            "--stay", type=float, default=30.0, help="seconds to stay after the last arrival (30)"
        )

    def handle(
        self, *, event: str, server: str, speed: float, stay: float, **_options: Any
    ) -> None:
        """Arrive, stay, and report."""
        if speed <= 0 or stay < 0:
            raise CommandError("--speed must be above 0, and --stay not below.")
        migrate_if_embedded()
        target = find_event(event)
        if target.phase != Event.Phase.OPEN:
            raise CommandError(
                f"The doors are not open. Open them first: tablemates event open {event}"
            )
        tickets = own_tickets(target)
        if not tickets:
            raise CommandError(
                f"Nobody is registered. Import a list first: tablemates import {event} FILE"
            )
        crowd = asyncio.run(self._play(target, tickets, server.rstrip("/"), speed, stay))
        for line in report(crowd, len(tickets)):
            self.stdout.write(line)
        if crowd.problems:
            raise CommandError(f"{len(crowd.problems)} problems, the first: {crowd.problems[0]}")

    async def _play(
        self, event: Event, tickets: list[str], server: str, speed: float, stay: float
    ) -> Crowd:
        crowd = Crowd()
        playing = run_crowd(
            crowd,
            base=server,
            scan=partial(scan_poster, event),
            tickets=tickets,
            speed=speed,
        )
        with suppress(TimeoutError):
            await asyncio.wait_for(playing, timeout=45 * 60 / speed + stay)
        return crowd


def scan_poster(event: Event) -> str:
    """What a phone's camera reads now. The organiser may make the poster rotate at any time; one on paper ignores the stamp."""
    return f"{poster_path(event)}#{stamp_at(event=event, now=timezone.now())}"


def own_tickets(event: Event) -> list[str]:
    """Secrets of everyone's valid ticket, cancelled people left out."""
    tickets = Ticket.objects.filter(
        event=event,
        issuer="tablemates",
        revoked_at=None,
        attendee__status="registered",
        attendee__present_since=None,
    )
    return list(tickets.order_by("created_at").values_list("secret", flat=True))


def report(crowd: Crowd, expected: int) -> list[str]:
    """What the phones saw, in lines."""
    lines = [
        f"{crowd.present} of {expected} guests are here, {len(crowd.tables)} of them"
        f" at {len(set(crowd.tables.values()))} tables."
    ]
    if not crowd.seated_after:
        lines.append("Nobody got a table: let tables form in the console, or publish a round.")
    if crowd.first_table_after is not None:
        waits = sorted(crowd.seated_after)
        lines.append(
            f"First table after {crowd.first_table_after:.1f} s; from scan to seat"
            f" {waits[len(waits) // 2]:.1f} s in the middle, {waits[-1]:.1f} s at most."
        )
    return lines
