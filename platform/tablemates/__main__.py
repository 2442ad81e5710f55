"""The `tablemates` command."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

HELP = """\
tablemates runs evenings at which people meet people: check in by QR, small tables
with a shared interest, live on phones, on the console and on the big screen.

  tablemates demo                      one evening with 60 made-up guests, now, on this machine
  tablemates serve                     the server: pages, API, sockets and the matcher
  tablemates event create TITLE        a new event; prints its links
  tablemates event open EVENT          open the doors
  tablemates event list                the events and their links
  tablemates import EVENT FILE         read a guest list (Eventbrite, pretix, Luma, Meetup, Hi.Events, plain CSV)
  tablemates remind                    send the reminders that are due, once, as from cron (serve does so by itself)
  tablemates match FILE                tables for a guest list, without a server
  tablemates bench matching            how good the tables are, beside other methods and chance
  tablemates bench door                what a check-in costs, beside a bare view on the same database
  tablemates bench live                how fast a word reaches every phone, beside the websockets library
  tablemates bench crowd               from the scan to the seat, and whether all pages agree after a rough evening
  tablemates simulate EVENT            let the registered guests of an event arrive

  tablemates COMMAND --help            what a command takes
  tablemates help                      every command, Django's own included (migrate, shell, ...)

Settings come from the environment; without any, data is kept in ./var, and so are mails:
  TABLEMATES_HOME  DATABASE_URL  REDIS_URL  SECRET_KEY  PUBLIC_URL  ALLOWED_HOSTS  LOG_LEVEL
  EMAIL_URL  DEFAULT_FROM_EMAIL  TABLEMATES_KERNEL
"""


def main() -> None:
    """Show the short help, or hand over to Django's command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tablemates.settings.base")
    if sys.argv[1:] in ([], ["--help"], ["-h"]):
        sys.stdout.write(HELP)
        return
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"tablemates: {problem}")
    except BrokenPipeError:
        # Whoever read our output has seen enough: `| head` is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
