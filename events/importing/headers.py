"""Recognise columns by their headers, however they are cased, spaced and punctuated."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

WORDS = re.compile(r"[^\W_]+|#")

Aliases = Mapping[str, tuple[str, ...]]
"""Field name -> headers that hold it, the preferred one first."""
Columns = Mapping[str, tuple[int, ...]]
"""Field name -> indices of the columns that hold it, the preferred one first."""

COMMON_ALIASES: Aliases = {
    "name": ("Name", "Full name", "Guest name", "Attendee", "Guest", "Vollständiger Name"),
    "first_name": ("First name", "Given name", "Forename", "Vorname"),
    "last_name": ("Last name", "Surname", "Family name", "Nachname", "Familienname"),
    "email": ("E-mail", "Email", "E-mail address", "Email address", "Mail", "E-Mail-Adresse"),
    "company": (
        "Company", "Organisation", "Organization", "Primary organization", "Employer",
        "Affiliation", "Firma", "Unternehmen",
    ),
    "status": ("Status", "RSVP", "Approval status"),
    "interests": ("Interests", "Interest", "Topics", "Topic", "Interessen", "Themen"),
    "intent": ("Intent", "Why", "Aim", "Goal", "Reason for coming", "Absicht"),
    "ask": ("Ask", "Asks", "Need", "Suche", "Ich suche"),
    "offer": ("Offer", "Offers", "Biete", "Ich biete"),
    "first_timer": ("First timer", "First time", "New here", "Zum ersten Mal"),
    "host": ("Host", "Table host", "Gastgeber"),
}  # fmt: skip

QUESTION_PHRASES: Aliases = {
    "intent": (
        "why are you coming", "why are you here", "why do you come", "what brings you",
        "why will you come", "warum kommst du", "warum kommen sie", "was führt",
    ),
    "ask": (
        "looking for", "need help with", "could use help", "would like help", "hope to find",
        "suchst du", "suchen sie",
    ),
    "offer": (
        "help with", "can you offer", "can offer", "could offer", "happy to share", "give back",
        "kannst du anbieten", "können sie anbieten", "helfen",
    ),
    "first_timer": ("your first time", "your first event", "erstes mal"),
    "host": ("host a table", "welcome people at a table", "gastgeber"),
    "interests": (
        "what are you interested in", "which topics", "what topics", "topics you", "your topics",
        "your interests", "areas of interest", "topics of interest", "technical interests",
        "talk about", "themen", "wofür interessierst",
    ),
}  # fmt: skip


def fold_words(text: str) -> str:
    """Return the words of a text in lower case with single spaces; "#" counts as a word."""
    return " ".join(WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def find_columns(headers: Sequence[str], aliases: Aliases) -> Columns:
    """Say which columns hold which field: exact headers first, then phrases within a question.

    A column is used for one field only. When several columns hold the same field (an attendee's
    and a buyer's address), all are listed in the order of the aliases.
    """
    folded = [fold_words(header) for header in headers]
    columns = _exact_columns(folded, aliases)
    taken = {index for indices in columns.values() for index in indices}
    for index, header in enumerate(folded):
        field = _question_field(header)
        if index not in taken and field:
            columns[field] = (*columns.get(field, ()), index)
    return columns


def _exact_columns(folded: Sequence[str], aliases: Aliases) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for field, names in aliases.items():
        found = [
            index
            for alias in map(fold_words, names)
            for index, header in enumerate(folded)
            if header == alias and index not in taken
        ]
        if found:
            columns[field] = tuple(dict.fromkeys(found))
            taken.update(found)
    return columns


def _question_field(header: str) -> str:
    for field, phrases in QUESTION_PHRASES.items():
        if any(f" {phrase} " in f" {header} " for phrase in phrases):
            return field
    return ""
