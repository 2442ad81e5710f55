"""Read guest lists of ticket systems and spreadsheets into plain values, free of any database."""

from events.importing.guests import (
    Absence,
    Column,
    Guest,
    GuestList,
    RowNote,
    UnreadableGuestList,
)
from events.importing.headers import FIELDS
from events.importing.interests import fold_interest
from events.importing.reader import Progress, read_guest_list

__all__ = [
    "FIELDS",
    "Absence",
    "Column",
    "Guest",
    "GuestList",
    "Progress",
    "RowNote",
    "UnreadableGuestList",
    "fold_interest",
    "read_guest_list",
]
