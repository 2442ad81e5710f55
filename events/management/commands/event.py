"""`tablemates event create TITLE` and `tablemates event list`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.models import Event
from events.payloads import poster_path
from events.services import create_event, open_doors
from tablemates.accounts.models import Organiser
from tablemates.accounts.services import ensure_organiser, make_sign_in_token
from tablemates.embedded import migrate_if_embedded
from tablemates.links import public
from tablemates.refusals import Refusal


class Command(BaseCommand):
    """Create or list events."""

    help = "Create an event, or list the events there are, with their links."

    def add_arguments(self, parser: CommandParser) -> None:
        """create, open or list."""
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="a new event; prints its links")
        create.add_argument("title")
        create.add_argument(
            "--slug", default="", help="short name for commands (made from the title)"
        )
        create.add_argument("--organiser", metavar="EMAIL", default="organiser@localhost",
                            help="who runs it; made with a team of their own if new (organiser@localhost)")  # fmt: skip
        acts.add_parser("open", help="open the doors").add_argument("slug")
        acts.add_parser("list", help="all events and their links")

    def handle(self, *, act: str, **options: Any) -> None:
        """Do it."""
        migrate_if_embedded()
        try:
            getattr(self, f"_{act}")(**options)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

    def _create(self, title: str, slug: str, organiser: str, **_options: Any) -> None:
        if not title.strip():
            raise CommandError("An event needs a title: tablemates event create 'Spring evening'")
        owner = ensure_organiser(email=organiser, team_name=organiser.partition("@")[0])
        self._print(create_event(team=owner.team, title=title.strip()[:120], slug=slug))

    def _open(self, slug: str, **_options: Any) -> None:
        self._print(open_doors(event=find_event(slug)))

    def _list(self, **_options: Any) -> None:
        for event in Event.objects.all():
            self._print(event)

    def _print(self, event: Event) -> None:
        base = public("") or "http://localhost:8000"
        organiser = Organiser.objects.filter(team=event.team_id, is_active=True).first()
        self.stdout.write(f"{event.title}  ({event.slug}, {event.phase})")
        if organiser:
            self.stdout.write(f"  console  {base}/console/enter/{make_sign_in_token(organiser)}")
        self.stdout.write(f"  poster   {base}{poster_path(event)}")
        self.stdout.write(f"  screen   {base}/screen#{event.screen_token}")


def find_event(slug: str) -> Event:
    """The event with this short name; says which there are if it is none of them."""
    event = Event.objects.filter(slug=slug).select_related("team").first()
    if event is None:
        known = ", ".join(Event.objects.values_list("slug", flat=True)[:10]) or "none yet"
        raise CommandError(f"There is no event '{slug}'. Known: {known}.")
    return event
