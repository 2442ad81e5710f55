"""From the cells of one row to one guest."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import parse_qs, urlsplit

from events.importing.answers import is_blank, is_no, is_yes, read_intent, read_needs
from events.importing.guests import Guest
from events.importing.headers import Columns, fold_words
from events.importing.interests import split_interests
from events.importing.people import tidy_email, tidy_name

MAX_NAME_LENGTH = 120
MAX_ANSWER_LENGTH = 140
MAX_TRADE_LENGTH = 60
MAX_ID_LENGTH = 120
MAX_PLUS_ONES = 20
SHORTEST_KEY = 6
"""A shorter part of a link is a word, and no key to a door."""
UNNAMED = "Guest"
QUOTED_LENGTH = 40
NUMBER_ROUNDED_BY_SPREADSHEET = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
FORMULA_STARTS = ("=", "+", "-", "@")
COUNT = re.compile(r"\+?(\d{1,9})([.,]0+)?")

Warn = Callable[[str], None]


class Row:
    """Cells by field name: the first filled cell among the columns of that field."""

    def __init__(self, line: int, cells: Sequence[str], columns: Columns) -> None:
        self.line = line
        self._cells = cells
        self._columns = columns

    def __getitem__(self, field: str) -> str:
        for index in self._columns.get(field, ()):
            if index < len(self._cells) and (cell := _as_meant(self._cells[index].strip())):
                return cell
        return ""

    def answer(self, field: str) -> str:
        """The cell on one line, empty when it only says "n/a"."""
        text = " ".join(self[field].split())
        return "" if is_blank(text) else text


def _as_meant(cell: str) -> str:
    """Without what keeps a spreadsheet from reading a number or a formula: ="0123", or a leading apostrophe."""
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].replace('""', '"').strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS else cell


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
        trade=_capped(row.answer("trade"), MAX_TRADE_LENGTH, "trade", warn),
        needs=_needs(row, warn),
        plus_ones=_plus_ones(row, warn),
    )


def _source_id(row: Row, nth_of_order: int) -> str:
    """Order and position; a digest of the secret or the count stands in for a missing position.

    A position without a digit is the answer to a question of that name, such as a job title.
    """
    order, position, secret = row["order"], row["position"], row["secret"]
    if order and not any(map(str.isdigit, position)):
        position = _digest(secret) if secret else str(nth_of_order)
    # Meetup wrote its ids as "user 123" once.
    source_id = "-".join(filter(None, (order, position.removeprefix("user "))))
    return source_id if len(source_id) <= MAX_ID_LENGTH else _digest(source_id)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _name(row: Row, warn: Warn) -> str:
    name = tidy_name(_full_name(row["name"], row["first_name"], row["last_name"]))
    if not name and tidy_email(row["email"]):
        warn(f'No name given; called "{UNNAMED}" for now.')
        return UNNAMED
    return _capped(name, MAX_NAME_LENGTH, "name", warn)


def _full_name(name: str, first: str, last: str) -> str:
    """A "Name" beside a first name alone may be the family name, and beside a last name alone the given one."""
    if not name:
        return f"{first} {last}"
    words = fold_words(name)
    if first and not last and fold_words(first) not in words:
        return f"{first} {name}"
    if last and not first and fold_words(last) not in words:
        return f"{name} {last}"
    return name


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


def _needs(row: Row, warn: Warn) -> tuple[str, ...]:
    answer = row.answer("needs")
    needs = read_needs(answer)
    if answer and not needs and not is_no(answer):
        warn(f'"{answer[:QUOTED_LENGTH]}" names no need that a table can meet; see to it by hand.')
    return needs


def _secrets(row: Row, warn: Warn) -> tuple[str, ...]:
    secret = row["secret"]
    if NUMBER_ROUNDED_BY_SPREADSHEET.fullmatch(secret):
        warn("A spreadsheet has rounded the barcode; import the original export to scan it.")
        return ()
    kept = tuple(text for text in _openers(secret) if len(text) <= MAX_ID_LENGTH)
    if secret and secret not in kept:
        warn(f"The barcode is longer than {MAX_ID_LENGTH} characters and was left out.")
    return kept


def _openers(secret: str) -> Iterator[str]:
    """What a scanner may read at the door: the text itself, what stands behind its "#", and of a link also the key in it."""
    if secret:
        yield secret
    if len(fragment := secret.partition("#")[2]) >= SHORTEST_KEY:
        yield fragment
    if secret.startswith(("https://", "http://")):
        try:
            link = urlsplit(secret)
        except ValueError:
            return
        key = parse_qs(link.query).get("pk", [link.path.rpartition("/")[2]])[0]
        if len(key) >= SHORTEST_KEY:
            yield key


def _plus_ones(row: Row, warn: Warn) -> int:
    """Those who come along, by their number or by the number of tickets (of which one is the person's own)."""
    # Where every ticket has its own number, the others of an order have rows of their own.
    numbered = any(map(str.isdigit, row["position"]))
    tickets = 0 if numbered else _count(row, "tickets", warn)
    several = max(_count(row, "plus_ones", warn), tickets - 1, 0)
    if several > MAX_PLUS_ONES:
        warn(f"{several} people without a name; the first {MAX_PLUS_ONES} are kept.")
    return min(several, MAX_PLUS_ONES)


def _count(row: Row, field: str, warn: Warn) -> int:
    answer = row.answer(field)
    if number := COUNT.fullmatch(answer):
        return int(number[1])
    if answer and not is_no(answer) and not is_yes(answer) and not answer.startswith("-"):
        warn(f'"{answer[:QUOTED_LENGTH]}" is not a number; nobody was added for it.')
    return int(is_yes(answer))


def _capped(text: str, limit: int, what: str, warn: Warn) -> str:
    if len(text) <= limit:
        return text
    warn(f"The {what} was cut to {limit} characters.")
    return text[:limit].rstrip()
