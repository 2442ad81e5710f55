"""What a guest list holds once it is read: guests, and notes about lines."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["skipped", "duplicate", "error", "warning"]


@dataclass(frozen=True, slots=True)
class Guest:
    """One person of a guest list, tidied and within the lengths the product stores."""

    line: int
    """Line of the file, from 1, on which the person's row starts."""
    source_id: str
    """Stable id in the source system; empty in a plain list."""
    name: str
    """At most 120 characters, never empty; "Guest" when only an e-mail address is known."""
    email: str
    """Lower case; empty when missing or not an address."""
    company: str
    interests: tuple[str, ...]
    """At most 8 topics of at most 60 characters, as written, no two alike when folded."""
    intent: str
    """One of `answers.INTENTS`, or empty."""
    ask: str
    offer: str
    secrets: tuple[str, ...]
    """QR texts of the source system that open the door for this person."""
    first_timer: bool
    host: bool
    trade: str = ""
    """What they do for a living, in at most 60 characters."""
    needs: tuple[str, ...] = ()
    """What they need of a table: some of `answers.NEEDS`, in that order."""
    plus_ones: int = 0
    """How many people without a name come along."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody whose row says that they are not coming (any more)."""

    guest: Guest
    reason: str


@dataclass(frozen=True, slots=True)
class RowNote:
    """What the organiser should know about one line."""

    line: int
    outcome: Outcome
    """`warning`: kept, with a change. `duplicate`: kept once. The others: the person is not in the list."""
    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: what it was taken for, and what stands in it."""

    header: str
    field: str
    """One of `headers.FIELDS`, or empty when it is not used."""
    samples: tuple[str, ...]
    """The first filled cells, cut to a readable length."""


@dataclass(frozen=True, slots=True)
class GuestList:
    """A file read to its end."""

    source: str
    """Name of the recognised source: `eventbrite`, `pretix`, `luma`, `meetup`, `hi.events` or `plain`."""
    columns: tuple[Column, ...]
    guests: tuple[Guest, ...]
    absences: tuple[Absence, ...]
    notes: tuple[RowNote, ...]


class UnreadableGuestList(ValueError):
    """The file as a whole cannot be used; the message says what to do next.

    `code` is one of `empty`, `too_large`, `not_text`, `unknown_encoding`, `no_header`,
    `no_name_column`, `open_quote`, `broken_row`. Of a file that only lacks headers we know,
    `columns` are there, for somebody to say what they hold.
    """

    def __init__(self, code: str, message: str, columns: tuple[Column, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.columns = columns
