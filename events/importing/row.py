"""From the cells of one row to one guest."""

import hashlib
import re
from collections.abc import Callable, Sequence

from events.importing.answers import is_blank, is_yes, read_intent
from events.importing.guests import Guest
from events.importing.headers import Columns
from events.importing.interests import split_interests
from events.importing.people import tidy_email, tidy_name

MAX_NAME_LENGTH = 120
MAX_ANSWER_LENGTH = 140
MAX_ID_LENGTH = 120
UNNAMED = "Guest"
QUOTED_LENGTH = 40
NUMBER_ROUNDED_BY_SPREADSHEET = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)

Warn = Callable[[str], None]


class Row:
    """Cells by field name: the first filled cell among the columns of that field."""

    def __init__(self, line: int, cells: Sequence[str], columns: Columns) -> None:
        self.line = line
        self._cells = cells
        self._columns = columns

    def __getitem__(self, field: str) -> str:
        for index in self._columns.get(field, ()):
            if index < len(self._cells) and (cell := self._cells[index].strip()):
                return cell
        return ""

    def answer(self, field: str) -> str:
        """The cell on one line, empty when it only says "n/a"."""
        text = " ".join(self[field].split())
        return "" if is_blank(text) else text


def read_guest(row: Row, *, nth_of_order: int, warn: Warn) -> Guest:
    """Return the guest of a row, telling `warn` what had to be changed or left out.

    `nth_of_order` counts the rows of the same order up to this one, from 1.
    """
    return Guest(
        line=row.line,
        source_id=_source_id(row, nth_of_order),
        name=_name(row, warn),
        email=_email(row, warn),
        company=_capped(row.answer("company"), MAX_NAME_LENGTH, "company", warn),
        interests=split_interests(row["interests"], warn=warn),
        intent=_intent(row, warn),
        ask=_capped(row.answer("ask"), MAX_ANSWER_LENGTH, "ask", warn),
        offer=_capped(row.answer("offer"), MAX_ANSWER_LENGTH, "offer", warn),
        secrets=_secrets(row, warn),
        first_timer=is_yes(row["first_timer"]),
        host=is_yes(row["host"]),
    )


def _source_id(row: Row, nth_of_order: int) -> str:
    """Order and position; a digest of the secret or the count stands in for a missing position.

    A position without a digit is the answer to a question of that name, such as a job title.
    """
    order, position, secret = row["order"], row["position"], row["secret"]
    if order and not any(map(str.isdigit, position)):
        position = _digest(secret) if secret else str(nth_of_order)
    source_id = "-".join(filter(None, (order, position)))
    return source_id if len(source_id) <= MAX_ID_LENGTH else _digest(source_id)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _name(row: Row, warn: Warn) -> str:
    name = tidy_name(row["name"] or f"{row['first_name']} {row['last_name']}")
    if not name and tidy_email(row["email"]):
        warn(f'No name given; called "{UNNAMED}" for now.')
        return UNNAMED
    return _capped(name, MAX_NAME_LENGTH, "name", warn)


def _email(row: Row, warn: Warn) -> str:
    typed = row["email"]
    email = tidy_email(typed)
    if typed and not email:
        warn(f'"{typed[:QUOTED_LENGTH]}" is not an e-mail address; kept without one.')
    return email


def _intent(row: Row, warn: Warn) -> str:
    answer = row.answer("intent")
    intent = read_intent(answer)
    if answer and not intent:
        warn(f'"{answer[:QUOTED_LENGTH]}" names no known reason for coming; left open.')
    return intent


def _secrets(row: Row, warn: Warn) -> tuple[str, ...]:
    secret = row["secret"]
    if NUMBER_ROUNDED_BY_SPREADSHEET.fullmatch(secret):
        warn("A spreadsheet has rounded the barcode; import the original export to scan it.")
        return ()
    if len(secret) > MAX_ID_LENGTH:
        warn(f"The barcode is longer than {MAX_ID_LENGTH} characters and was left out.")
        return ()
    return (secret,) if secret else ()


def _capped(text: str, limit: int, what: str, warn: Warn) -> str:
    if len(text) <= limit:
        return text
    warn(f"The {what} was cut to {limit} characters.")
    return text[:limit].rstrip()
