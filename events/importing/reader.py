"""Read one guest list: bytes in, guests and notes out."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from events.importing.attendance import is_known_status, reason_for_absence
from events.importing.decode import decode
from events.importing.guests import (
    Absence,
    Guest,
    GuestList,
    Outcome,
    RowNote,
    UnreadableGuestList,
)
from events.importing.row import Row, read_guest
from events.importing.sheet import Sheet, open_sheet

PROGRESS_EVERY = 500

Progress = Callable[[int, int], None]
"""Called with how many rows are done, and of how many."""


def read_guest_list(
    data: bytes,
    *,
    filename: str = "",
    mapping: Mapping[int, str] | None = None,
    has_header: bool = True,
    progress: Progress | None = None,
) -> GuestList:
    """Read the export of a known source (`sources.SOURCES`), or any table with a column of names.

    UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab. Rows of people who are not
    coming become absences, repeated rows notes. `mapping` (column -> field, or "" for nothing) wins over the
    headers. `filename` only makes the error message clearer.

    Raises `UnreadableGuestList` when the file as a whole cannot be used.
    """
    try:
        return _read(data, mapping or {}, has_header, progress)
    except UnreadableGuestList as problem:
        if not filename:
            raise
        raise UnreadableGuestList(problem.code, f"{filename}: {problem}", problem.columns) from None


def _read(
    data: bytes, mapping: Mapping[int, str], has_header: bool, progress: Progress | None
) -> GuestList:
    decoded = decode(data)
    sheet = open_sheet(decoded.text, mapping=mapping, has_header=has_header)
    intake = _Intake(sheet)
    if decoded.guessed:
        intake.note(1, "warning", "Not UTF-8, read as Windows-1252: check names with accents.")
    # A cell may hold line breaks, so there are at most as many rows.
    total = decoded.text.count("\n") or decoded.text.count("\r")
    for number, (line, cells) in enumerate(sheet.cells()):
        intake.take(line, cells)
        if progress and number % PROGRESS_EVERY == 0:
            progress(number, max(total, number))
    return GuestList(
        sheet.source.name,
        sheet.told(),
        tuple(intake.guests),
        tuple(intake.absences),
        tuple(intake.notes),
    )


class _Intake:
    """Guests and notes so far, and what may come only once in a file."""

    def __init__(self, sheet: Sheet) -> None:
        self.guests: list[Guest] = []
        self.absences: list[Absence] = []
        self.notes: list[RowNote] = []
        self._columns = sheet.columns
        self._width = len(sheet.header)
        self._rows_of_order: Counter[str] = Counter()
        self._line_of_person: dict[tuple[str, ...], int] = {}
        self._secrets: set[str] = set()

    def note(self, line: int, outcome: Outcome, reason: str) -> None:
        self.notes.append(RowNote(line, outcome, reason))

    def take(self, line: int, cells: list[str]) -> None:
        """Add the row's guest, or note why not."""
        row = Row(line, cells, self._columns)
        self._rows_of_order[row["order"]] += 1
        warnings: list[str] = []
        guest = read_guest(
            row, nth_of_order=self._rows_of_order[row["order"]], warn=warnings.append
        )
        if reason := reason_for_absence(status=row["status"], paid=row["paid"]):
            self.absences.append(Absence(guest, reason))
        elif not guest.name and not guest.email:
            self.note(line, "error", "Neither a name nor an e-mail address: add one of them.")
        elif earlier := self._earlier_line(guest):
            self.note(line, "duplicate", f"The same person as on line {earlier}.")
        else:
            self.guests.append(self._with_unused_secrets(guest, warnings))
            if not is_known_status(row["status"]):
                warnings.append(f'Status "{row["status"][:40]}" is not known; kept as coming.')
            if any(cell.strip() for cell in cells[self._width :]):
                warnings.append("More cells than columns, the last ones left out: a stray comma?")
            for warning in warnings:
                self.note(line, "warning", warning)

    def _earlier_line(self, guest: Guest) -> int | None:
        """The line this person was on already: same id, or without one same name and e-mail."""
        person = (guest.source_id,) if guest.source_id else (guest.name.casefold(), guest.email)
        earlier = self._line_of_person.get(person)
        self._line_of_person.setdefault(person, guest.line)
        return earlier

    def _with_unused_secrets(self, guest: Guest, warnings: list[str]) -> Guest:
        unused = tuple(secret for secret in guest.secrets if secret not in self._secrets)
        if unused == guest.secrets:
            self._secrets.update(unused)
            return guest
        warnings.append("The barcode belongs to an earlier line too; kept there only.")
        self._secrets.update(unused)
        return replace(guest, secrets=unused)
