"""From the bytes of an uploaded file to text."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from events.importing.guests import UnreadableGuestList

MAX_BYTES = 20 * 1024 * 1024
SAVE_AS_CSV = 'Open it in your spreadsheet, save it as "CSV UTF-8" and import that file.'
WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MAX_CONTROL_SHARE = 0.05
FALLBACK = "cp1252"
LOOKED_AT = 4096
"""Bytes from which the order of bytes is guessed."""

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
BIDI_CONTROLS_AND_BOM = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff]")
SEPARATORS = re.compile(r"[\t\n\r,;]")
SEPARATOR_BYTES = re.compile(rb"[\t\n\r,;]")


@dataclass(frozen=True)
class DecodedText:
    """Text free of control characters; `guessed` when no encoding could be proven."""

    text: str
    guessed: bool


def decode(data: bytes) -> DecodedText:
    """Decode UTF-8 or UTF-16 (with or without BOM), or else Windows-1252.

    Removes NUL and other control characters, byte order marks and the marks that override the
    direction of text; tabs and line breaks stay.

    Raises `UnreadableGuestList` for an empty, too large or binary file.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableGuestList(
            "too_large",
            "The file is larger than 20 MB. Keep the columns about people only, or split the file.",
        )
    if data.startswith(WORKBOOK_STARTS):
        raise UnreadableGuestList(
            "not_text", f"The file is a spreadsheet workbook or an archive. {SAVE_AS_CSV}"
        )
    raw, guessed = _to_text(data)
    text, controls = CONTROLS.subn("", raw)
    if controls > MAX_CONTROL_SHARE * len(raw):
        raise UnreadableGuestList("not_text", f"The file is not a text file. {SAVE_AS_CSV}")
    text = BIDI_CONTROLS_AND_BOM.sub("", text)
    if not text.strip():
        raise UnreadableGuestList(
            "empty", "The file is empty. Export the guest list again and import the new file."
        )
    return DecodedText(text, guessed)


def _to_text(data: bytes) -> tuple[str, bool]:
    for encoding in _possible_encodings(data):
        try:
            return data.decode(encoding), encoding == FALLBACK
        except UnicodeDecodeError:
            continue
    raise UnreadableGuestList(
        "unknown_encoding", f"The letters of the file cannot be read. {SAVE_AS_CSV}"
    )


def _possible_encodings(data: bytes) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        yield "utf-8-sig"
    else:
        if utf_16 := _utf_16_without_bom(data):
            yield utf_16
        yield from ("utf-8", FALLBACK)


def _utf_16_without_bom(data: bytes) -> str:
    """The byte order under which commas, tabs and line breaks appear; empty when it is not UTF-16.

    In the wrong order they are letters of scripts that nobody writes; in text of one byte a letter, into which NULs have
    strayed, most of their bytes stand without one.
    """
    start = data[: LOOKED_AT - LOOKED_AT % 2]
    if b"\x00" not in start or len(data) % 2:
        return ""
    found = {name: _separators(start, name) for name in ("utf-16-le", "utf-16-be")}
    best = max(found, key=lambda name: found[name])
    return best if found[best] and 2 * found[best] >= len(SEPARATOR_BYTES.findall(start)) else ""


def _separators(start: bytes, encoding: str) -> int:
    text = start.decode(encoding, errors="replace")
    return 0 if "\x00" in text else len(SEPARATORS.findall(text))
