"""From the bytes of an uploaded file to text."""

import codecs
import re
from dataclasses import dataclass

from events.importing.guests import UnreadableGuestList

MAX_BYTES = 20 * 1024 * 1024
SAVE_AS_CSV = 'Open it in your spreadsheet, save it as "CSV UTF-8" and import that file.'
WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MAX_CONTROL_SHARE = 0.05
FALLBACK = "cp1252"

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
BIDI_CONTROLS_AND_BOM = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class DecodedText:
    """Text free of control characters; `guessed` when no encoding could be proven."""

    text: str
    guessed: bool


def decode(data: bytes) -> DecodedText:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or else Windows-1252.

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


def _possible_encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if data.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    return ("utf-8", FALLBACK)
