"""The embedded database brings itself up to date; a real one is migrated by whoever runs it."""

from django.core.management import call_command
from django.db import connection


def migrate_if_embedded() -> None:
    """Apply migrations when the database is the SQLite file beside us."""
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0, interactive=False)
