"""Read guest lists of ticket systems and spreadsheets into plain values, free of any database."""

from events.importing.guests import Guest, GuestList, RowNote, UnreadableGuestList
from events.importing.interests import fold_interest
from events.importing.reader import read_guest_list

__all__ = [
    "Guest",
    "GuestList",
    "RowNote",
    "UnreadableGuestList",
    "fold_interest",
    "read_guest_list",
]
