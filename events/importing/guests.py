"""What a guest list holds once it is read: guests, and notes about lines."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["skipped", "duplicate", "error", "warning"]


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class RowNote:
    """What the organiser should know about one line."""

    line: int
    outcome: Outcome
    """`warning`: kept, with a change. `duplicate`: kept once. The others: the person is not in the list."""
    reason: str


@dataclass(frozen=True)
class GuestList:
    """A file read to its end."""

    source: str
    """Name of the recognised source: `eventbrite`, `pretix` or `plain`."""
    guests: tuple[Guest, ...]
    notes: tuple[RowNote, ...]


class UnreadableGuestList(ValueError):
    """The file as a whole cannot be used; the message says what to do next.

    `code` is one of `empty`, `too_large`, `not_text`, `unknown_encoding`, `no_header`,
    `no_name_column`, `open_quote`, `broken_row`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
