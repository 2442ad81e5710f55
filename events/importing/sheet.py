"""From text to rows of cells: delimiter, quotes and line numbers."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from events.importing.guests import UnreadableGuestList
from events.importing.headers import Columns
from events.importing.sources import recognise
from events.importing.sources.source import Source

DELIMITERS = (",", ";", "\t")
END_MARK = "\x00end"
"""Fed after the last line; decoded text holds no NUL, so no cell can look like it."""

NumberedCells = tuple[int, list[str]]
"""Line on which the row starts, counted from 1, and its cells."""


@dataclass(frozen=True)
class Sheet:
    """A table whose header is understood."""

    source: Source
    columns: Columns
    width: int
    rows: Iterator[NumberedCells]


def open_sheet(text: str) -> Sheet:
    """Find the delimiter under which the header line is understood best, and read by it.

    Raises `UnreadableGuestList` when no header is recognised, there is no column of names, or
    (while the rows are read) a quotation mark is never closed.
    """
    candidates: list[tuple[int, int, Sheet]] = []
    for delimiter in DELIMITERS:
        rows = _rows(text, delimiter)
        header = next(rows, (0, []))[1]
        source, columns = recognise(header)
        candidates.append((len(columns), len(header), Sheet(source, columns, len(header), rows)))
    known, _, sheet = max(candidates, key=lambda candidate: candidate[:2])
    if not known:
        raise UnreadableGuestList(
            "no_header",
            "No known column was found. The first line must name the columns, "
            'for example "Name, E-mail, Interests"; add it and import again.',
        )
    if not sheet.columns.keys() & {"name", "first_name", "last_name"}:
        raise UnreadableGuestList(
            "no_name_column",
            'There is no column of names. Call one "Name" (or "First name" and "Last name") '
            "and import again.",
        )
    return sheet


def _rows(text: str, delimiter: str) -> Iterator[NumberedCells]:
    """Yield the rows that hold anything, with the line each starts on."""
    lines = itertools.chain(io.StringIO(text, newline=""), ["\n", END_MARK])
    reader = csv.reader(lines, delimiter=delimiter)
    start = 1
    while True:
        try:
            cells = next(reader)
        except csv.Error:
            raise UnreadableGuestList(
                "broken_row",
                f"The row on line {start} cannot be read: a quotation mark may be open, or a cell "
                "is far too long. Mend that line and import again.",
            ) from None
        if cells == [END_MARK]:
            return
        if cells[-1:] and cells[-1].endswith(END_MARK):
            raise UnreadableGuestList(
                "open_quote",
                f"A quotation mark in the row on line {start} is never closed. "
                "Close it and import again.",
            )
        if any(cell.strip() for cell in cells) and not _is_delimiter_hint(cells, start):
            yield start, cells
        start = reader.line_num + 1


def _is_delimiter_hint(cells: list[str], line: int) -> bool:
    """Excel may write `sep=;` above the header."""
    return line == 1 and cells[0].startswith("sep=")
