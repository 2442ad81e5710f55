"""A contact card as phones and address books read it: vCard 3.0 (RFC 2426), which all of them do."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category
from urllib.parse import quote

from events.names import called

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LINE_BYTES = 75
# What is part of an address stays; spaces, quotes, backslashes and the like are written as %20.
OF_A_LINK = ":/?#[]@!$&'()*+,;=%~"


def vcard(*, name: str, shared: Mapping[str, str]) -> str:
    """The card of somebody with their full name and of `shared` (values of Field) what is filled in; nothing else."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", *_about(" ".join(name.split()), shared), "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _about(name: str, shared: Mapping[str, str]) -> Iterator[str]:
    first, rest = called(name)
    yield f"FN:{_text(name)}"
    yield f"N:{_text(rest)};{_text(first)};;;"
    for field, label in (("email", "EMAIL"), ("phone", "TEL"), ("company", "ORG")):
        if value := shared.get(field):
            yield f"{label}:{_text(value)}"
    if link := shared.get("link"):
        yield f"URL:{_address(link)}"
    if words := shared.get("words"):
        yield f"NOTE:{_text(words)}"


def _text(value: str) -> str:
    """A value in which nothing ends the line, begins another or counts as a separator."""
    escaped = clean(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def clean(value: str) -> str:
    """Without control characters; whatever some program takes for the end of a line is one newline."""
    lines = value.splitlines()
    return "\n".join(
        "".join(" " if category(letter) in ("Cc", "Cs") else letter for letter in line)
        for line in lines
    )


def _address(link: str) -> str:
    """A link to a web page, whatever was typed: what is opened with a tap must run nothing."""
    web = link.strip().lower().startswith(("https://", "http://"))
    return quote(link.strip() if web else f"https://{link.strip()}", safe=OF_A_LINK)


def _folded(line: str) -> str:
    """Long lines go on in the next one after a space; no letter is torn apart."""
    parts, size = [""], 0
    for letter in line:
        size += len(letter.encode())
        if size > LINE_BYTES:
            parts.append("")
            size = 1 + len(letter.encode())
        parts[-1] += letter
    return "\r\n ".join(parts)
