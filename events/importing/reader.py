"""Read one guest list: bytes in, guests and notes out."""

from collections import Counter
from dataclasses import replace

from events.importing.attendance import is_known_status, reason_for_absence
from events.importing.decode import decode
from events.importing.guests import Guest, GuestList, Outcome, RowNote, UnreadableGuestList
from events.importing.row import Row, read_guest
from events.importing.sheet import open_sheet


def read_guest_list(data: bytes, *, filename: str = "") -> GuestList:
    """Read an Eventbrite or pretix export, or any table with a column of names.

    UTF-8, UTF-16 with BOM or Windows-1252; comma, semicolon or tab. Rows of people who are not
    coming, and repeated rows, become notes. `filename` only makes the error message clearer.

    Raises `UnreadableGuestList` when the file as a whole cannot be used.
    """
    try:
        return _read(data)
    except UnreadableGuestList as problem:
        if not filename:
            raise
        raise UnreadableGuestList(problem.code, f"{filename}: {problem}") from None


def _read(data: bytes) -> GuestList:
    decoded = decode(data)
    sheet = open_sheet(decoded.text)
    intake = _Intake()
    if decoded.guessed:
        intake.note(1, "warning", "Not UTF-8, read as Windows-1252: check names with accents.")
    for line, cells in sheet.rows:
        intake.take(
            Row(line, cells, sheet.columns),
            overlong=any(cell.strip() for cell in cells[sheet.width :]),
        )
    return GuestList(sheet.source.name, tuple(intake.guests), tuple(intake.notes))


class _Intake:
    """Guests and notes so far, and what may come only once in a file."""

    def __init__(self) -> None:
        self.guests: list[Guest] = []
        self.notes: list[RowNote] = []
        self._rows_of_order: Counter[str] = Counter()
        self._line_of_person: dict[tuple[str, ...], int] = {}
        self._secrets: set[str] = set()

    def note(self, line: int, outcome: Outcome, reason: str) -> None:
        self.notes.append(RowNote(line, outcome, reason))

    def take(self, row: Row, *, overlong: bool) -> None:
        """Add the row's guest, or note why not; an overlong row has cells beyond the header."""
        self._rows_of_order[row["order"]] += 1
        warnings: list[str] = []
        guest = read_guest(
            row, nth_of_order=self._rows_of_order[row["order"]], warn=warnings.append
        )
        if reason := reason_for_absence(status=row["status"], paid=row["paid"]):
            self.note(row.line, "skipped", reason)
        elif not guest.name and not guest.email:
            self.note(row.line, "error", "Neither a name nor an e-mail address: add one of them.")
        elif earlier := self._earlier_line(guest):
            self.note(row.line, "duplicate", f"The same person as on line {earlier}.")
        else:
            self.guests.append(self._with_unused_secrets(guest, warnings))
            if not is_known_status(row["status"]):
                warnings.append(f'Status "{row["status"][:40]}" is not known; kept as coming.')
            if overlong:
                warnings.append("More cells than columns, the last ones left out: a stray comma?")
            for warning in warnings:
                self.note(row.line, "warning", warning)

    def _earlier_line(self, guest: Guest) -> int | None:
        """The line this person was on already: same id, or without one same name and e-mail."""
        person = (guest.source_id,) if guest.source_id else (guest.name.casefold(), guest.email)
        earlier = self._line_of_person.get(person)
        self._line_of_person.setdefault(person, guest.line)
        return earlier

    def _with_unused_secrets(self, guest: Guest, warnings: list[str]) -> Guest:
        unused = tuple(secret for secret in guest.secrets if secret not in self._secrets)
        if unused != guest.secrets:
            warnings.append("The barcode belongs to an earlier line too; kept there only.")
        self._secrets.update(unused)
        return replace(guest, secrets=unused)
