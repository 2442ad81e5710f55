"""`tablemates import EVENT FILE`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.guest_list import import_guest_list
from events.importing import UnreadableGuestList
from events.management.commands.event import find_event
from tablemates.embedded import migrate_if_embedded


class Command(BaseCommand):
    """Read a guest list into an event."""

    help = (
        "Read a guest list (Eventbrite, pretix, Luma, Meetup, Hi.Events or a plain CSV) into an event. "
        "The same file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Event and file."""
        parser.add_argument("event", help="short name of the event (tablemates event list)")
        parser.add_argument("file", type=Path, help="the export, as the ticket system wrote it")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", help="print the whole summary as JSON")

    def handle(self, *, event: str, file: Path, dry_run: bool, **options: Any) -> None:
        """Import, and print what came of it."""
        migrate_if_embedded()
        target = find_event(event)
        try:
            data = file.read_bytes()
        except OSError as problem:
            raise CommandError(
                f"Cannot read {file}: {problem.strerror}.", returncode=2
            ) from problem
        try:
            summary = import_guest_list(
                event=target, data=data, filename=file.name, dry_run=dry_run
            )
        except UnreadableGuestList as problem:
            raise CommandError(str(problem), returncode=2) from problem
        if options["json"]:
            # What columns were taken for is for the console, where it can be changed.
            del summary["columns"]
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
            return
        counts = ("created", "updated", "skipped", "duplicates", "errors")
        told = ", ".join(f"{summary[name]} {name}" for name in counts)
        self.stdout.write(f"{file.name} ({summary['source']}): {told}")
        for row in summary["rows"]:
            if row["reason"]:
                self.stdout.write(f"  line {row['line']}: {row['outcome']}: {row['reason']}")
