"""`tablemates remind`: what the server does by the clock for what follows an evening, once, as from cron."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tablemates.followup.runner import follow_up, links_lead_here


class Command(BaseCommand):
    """Remember evenings that are over, and send the reminders that are due."""

    help = "Pass requests on, write down evenings that are over, send the reminders that are due; serve does so by itself."

    def handle(self, **_options: Any) -> None:
        """One pass."""
        if not links_lead_here(settings.PUBLIC_URL):
            raise CommandError("Set PUBLIC_URL: the mails hold links to people's own pages.")
        done = follow_up(settings.PUBLIC_URL)
        self.stdout.write(
            f"evenings remembered: {done.remembered}, reminders sent: {done.reminded}"
        )
