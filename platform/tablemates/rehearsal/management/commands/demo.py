"""`tablemates demo`: one evening on this machine, with a bundled guest list and simulated phones."""

from __future__ import annotations

import asyncio
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.guest_list import import_guest_list
from events.models import Event, Series
from events.payloads import poster_path
from events.services import change_event, create_event, open_doors
from matching.selectors import mixer_of
from matching.services import set_rolling, set_venue
from tablemates.accounts.services import ensure_organiser, make_sign_in_token
from tablemates.embedded import migrate_if_embedded
from tablemates.links import EVERYONE, address_for_phones
from tablemates.live.models import Stream
from tablemates.rehearsal.crowd import Crowd, run_crowd
from tablemates.rehearsal.earlier import SERIES, earlier_evening, recognise_guests
from tablemates.rehearsal.management.commands.simulate import own_tickets, report, scan_poster
from tablemates.surfaces.management.commands.serve import expect_free, serve

if TYPE_CHECKING:
    from events.models import Attendee
    from tablemates.accounts.models import Organiser

TITLE = "Tablemates demo evening"
ORGANISER = "demo@localhost"
ROWS, CHAIRS = 4, 6
ENTRANCE = {"x": 50, "y": 100}


class Command(BaseCommand):
    """Play an evening."""

    help = "Play one evening with 60 made-up guests on this machine; join it with your own phone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where and how fast."""
        parser.add_argument("--host", default=EVERYONE, help="address to listen on (default: everyone on this network, so that your phone can join)")  # fmt: skip
        parser.add_argument(
            "--port", type=int, default=8000, help="port to listen on (default 8000)"
        )
        parser.add_argument(
            "--speed",
            type=float,
            default=30.0,
            help="times faster than an evening of 45 minutes (30)",
        )

    def handle(self, *, host: str, port: int, speed: float, **_options: Any) -> None:
        """Set the evening up, serve it, and let the crowd arrive."""
        if speed <= 0:
            raise CommandError("--speed must be above 0.")
        expect_free(host, port)
        migrate_if_embedded()
        everyone = host == EVERYONE
        settings.PUBLIC_URL = settings.PUBLIC_URL or address_for_phones(host, port)
        # Browsers let the scanner page use the camera on localhost, but not on a bare network address.
        here = f"http://{'localhost' if everyone else host}:{port}"
        organiser = ensure_organiser(email=ORGANISER, team_name="Demo")
        event, guest = fresh_evenings(organiser)

        async def arrive() -> None:
            await self._arrive(event, f"http://{'127.0.0.1' if everyone else host}:{port}", speed)

        serve(
            host,
            port,
            announce=lambda: self._announce(event, guest, organiser, here),
            beside=arrive,
        )

    def _announce(self, event: Event, guest: Attendee, organiser: Organiser, here: str) -> None:
        own = guest.tickets.get(issuer="tablemates")
        phone = f"{settings.PUBLIC_URL}{poster_path(event)}"
        self.stdout.write(
            f"\n{event.title} is on.\n\n"
            f"  console  {here}/console/enter/{make_sign_in_token(organiser)}\n"
            f"  screen   {here}/screen#{event.screen_token}\n"
            f"  phone    {phone}   (what the poster's QR opens; any phone in this network)\n"
            f"  poster   {here}/console/events/{event.pk}/print/poster/\n\n"
            "And of yesterday's:\n\n"
            f"  outcome  {here}/console/events/{guest.event_id}/outcome/   (once you have opened the console)\n"
            f"  guest    {here}/t#{own.secret}   (what {guest.first_name} does on the day after)\n\n"
            "60 guests arrive now. Ctrl-C stops.\n"
        )
        self.stdout.flush()

    async def _arrive(self, event: Event, base: str, speed: float) -> None:
        tickets = await database_sync_to_async(own_tickets)(event)
        crowd = Crowd()
        playing = asyncio.create_task(
            run_crowd(
                crowd,
                base=base,
                scan=partial(scan_poster, event),
                tickets=tickets,
                speed=speed,
            )
        )
        told = 0
        while not playing.done():
            await asyncio.sleep(1)
            if crowd.present >= min(told + 10, len(tickets)) > told:
                told = crowd.present
                self._tell(crowd, len(tickets))

    def _tell(self, crowd: Crowd, expected: int) -> None:
        lines = report(crowd, expected)
        self.stdout.write("\n".join(lines if crowd.present == expected else lines[:1]))
        for problem in crowd.problems[:3]:
            self.stderr.write(problem)
        self.stdout.flush()


def fresh_evenings(organiser: Organiser) -> tuple[Event, Attendee]:
    """New demo evenings in place of the ones before: yesterday's, with a guest to look at, and tonight's, doors open."""
    old = Event.objects.filter(team=organiser.team)
    Stream.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    old.delete()
    Series.objects.filter(team=organiser.team).delete()
    earlier = earlier_evening(organiser.team, furnish)
    guest = earlier.guest()
    event = create_event(team=organiser.team, title=TITLE)
    event = furnish(change_event(event=event, changes={"series": SERIES}))
    recognise_guests(event, earlier)
    event = open_doors(event=event)
    set_rolling(event=event, version=mixer_of(event).version, on=True)
    return event, guest


def furnish(event: Event) -> Event:
    """Guests on the list, and tables in the room."""
    data = files("tablemates.rehearsal").joinpath("guests.csv").read_bytes()
    import_guest_list(event=event, data=data, filename="guests.csv")
    set_venue(event=event, version=mixer_of(event).version, entrance=ENTRANCE, tables=hall())
    return event


def hall() -> list[dict[str, Any]]:
    """Four rows of four tables: quiet at the far end, no steps beside the entrance."""
    features = {0: ["quiet"], ROWS - 1: ["step_free"]}
    return [
        {
            "number": row * ROWS + place + 1,
            "chairs": CHAIRS,
            "x": 14 + 24 * place,
            "y": 10 + 25 * row,
            "features": features.get(row, []),
            "closed": False,
        }
        for row in range(ROWS)
        for place in range(ROWS)
    ]
