"""Names and e-mail addresses as people type them."""

import re
import unicodedata

MAX_EMAIL_LENGTH = 254
EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])")
LONG_ENOUGH_TO_BE_SHOUTED = 4
LONGEST_INITIALS = 2
PARTICLES = frozenset((
    "af", "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos",
    "du", "e", "el", "la", "le", "ten", "ter", "van", "von", "y", "zu",
))  # fmt: skip
SCOTTISH_OR_IRISH = re.compile(r"MC\w{3,}")
NUMERALS = frozenset(("II", "III", "IV"))
VOWELS = frozenset("AEIOUYÄÖÜÅØÆ")
NAME_PARTS = re.compile(r"([\s\-'\u2019.]+)")


def tidy_name(text: str) -> str:
    """Collapse spaces, and calm a name that is clearly in capitals only.

    Names in other scripts, in lower case or with any lower-case letter are left as they are.
    """
    name = " ".join(text.split())
    if not _is_shouted(name):
        return name
    pieces = NAME_PARTS.split(name)
    return "".join(
        _calm(word, first=not index, before=pieces[index - 1] if index else "")
        for index, word in enumerate(pieces)
    )


def _is_shouted(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    longest = max(map(len, NAME_PARTS.split(name)), default=0)
    return (
        longest >= LONG_ENOUGH_TO_BE_SHOUTED
        and name == name.upper()
        and all(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    )


def _calm(word: str, *, first: bool, before: str) -> str:
    if word in NUMERALS or (len(word) <= LONGEST_INITIALS and not VOWELS & set(word)):
        return word
    lower = word.lower()
    if lower in PARTICLES and not first and before.isspace():
        return lower
    if SCOTTISH_OR_IRISH.fullmatch(word):
        return "Mc" + lower[2:].capitalize()
    return lower.capitalize()


def tidy_email(text: str) -> str:
    """Return the address in lower case without `mailto:`, or an empty string if it is none."""
    address = text.strip().lower().removeprefix("mailto:")
    return address if len(address) <= MAX_EMAIL_LENGTH and EMAIL.fullmatch(address) else ""
