"""From text to rows of cells: delimiter, quotes, header and line numbers."""

import csv
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from events.importing.guests import Column, UnreadableGuestList
from events.importing.headers import Columns, remap_columns
from events.importing.sources import PLAIN, recognise
from events.importing.sources.source import Source

DELIMITERS = (",", ";", "\t")
HINT = "sep="
"""Excel may write `sep=;` above the header."""
END_MARK = "\x00end"
"""Fed after the last line; decoded text holds no NUL, so no cell can look like it."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
SAMPLES, SAMPLE_LENGTH, ROWS_SAMPLED = 3, 60, 200

NumberedCells = tuple[int, list[str]]
"""Line on which the row starts, counted from 1, and its cells."""


@dataclass(frozen=True)
class Sheet:
    """A table whose columns are understood, as far as they are."""

    source: Source
    line: int
    """Where the header stands."""
    header: list[str]
    columns: Columns
    rows: Iterator[NumberedCells]
    samples: list[list[str]] = field(default_factory=list)
    """By column: the first filled cells. Complete once the rows are read."""

    def cells(self) -> Iterator[NumberedCells]:
        """The rows, of which the first ones leave samples."""
        self.samples.extend([] for _ in self.header)
        for number, (line, cells) in enumerate(self.rows):
            if number < ROWS_SAMPLED:
                self._sample(cells)
            yield line, cells

    def _sample(self, cells: list[str]) -> None:
        for kept, cell in zip(self.samples, cells, strict=False):
            words = " ".join(cell.split())
            if words and len(kept) < SAMPLES and words[:SAMPLE_LENGTH] not in kept:
                kept.append(words[:SAMPLE_LENGTH])

    def told(self) -> tuple[Column, ...]:
        """What each column was taken for, with the samples found so far."""
        field_of = {index: name for name, indices in self.columns.items() for index in indices}
        return tuple(
            Column(" ".join(header.split()), field_of.get(index, ""), tuple(samples))
            for index, (header, samples) in enumerate(zip(self.header, self.samples, strict=True))
        )


def open_sheet(text: str, *, mapping: Mapping[int, str], has_header: bool) -> Sheet:
    """Find the delimiter under which the header line is understood best, and read by it.

    `mapping` (column -> field or "") wins over what is recognised. Without a header the columns are named by number.

    Raises `UnreadableGuestList` when no column is known, there is no column of names, or
    (while the rows are read) a quotation mark is never closed.
    """
    candidates = [_sheet(text, delimiter) for delimiter in _delimiters(text)]
    # Of the same number of known columns the more columns win, and of one column alone the tab: names hold commas.
    sheet = max(reversed(candidates), key=lambda s: (len(s.columns), len(s.header)))
    if not has_header:
        sheet = _without_header(sheet)
    sheet = replace(sheet, columns=remap_columns(sheet.columns, _within(mapping, sheet)))
    if not sheet.columns:
        raise _refusal(
            sheet,
            "no_header",
            "No known column was found. The first line must name the columns, "
            'for example "Name, E-mail, Interests"; add it and import again.',
        )
    if not sheet.columns.keys() & {"name", "first_name", "last_name"}:
        raise _refusal(
            sheet,
            "no_name_column",
            'There is no column of names. Call one "Name" (or "First name" and "Last name") '
            "and import again.",
        )
    return sheet


def _delimiters(text: str) -> tuple[str, ...]:
    start = text[:10].lstrip('"').casefold()
    declared = start.removeprefix(HINT)[:1] if start.startswith(HINT) else ""
    return (declared,) if declared and declared not in '"\r\n' else DELIMITERS


def _sheet(text: str, delimiter: str) -> Sheet:
    rows = _rows(text, delimiter)
    line, header = next(rows, (1, []))
    source, columns = recognise(header)
    return Sheet(source, line, header, columns, rows)


def _without_header(sheet: Sheet) -> Sheet:
    """The first line is a person as well."""
    names = [f"Column {number}" for number in range(1, len(sheet.header) + 1)]
    rows = itertools.chain([(sheet.line, sheet.header)], sheet.rows)
    return Sheet(PLAIN, sheet.line, names, {}, rows)


def _within(mapping: Mapping[int, str], sheet: Sheet) -> dict[int, str]:
    return {index: name for index, name in mapping.items() if index < len(sheet.header)}


def _refusal(sheet: Sheet, code: str, message: str) -> UnreadableGuestList:
    for _ in itertools.islice(sheet.cells(), ROWS_SAMPLED):
        pass
    return UnreadableGuestList(code, message, sheet.told())


def _rows(text: str, delimiter: str) -> Iterator[NumberedCells]:
    """Yield the rows that hold anything, with the line each starts on."""
    # Cut one by one: a copy of a large file for every delimiter that is tried would fill the memory.
    cut = (line[0] for line in LINE.finditer(text))
    lines = itertools.chain(cut, ["\n", END_MARK])
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
    return line == 1 and cells[0].casefold().startswith(HINT)
