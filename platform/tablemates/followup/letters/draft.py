"""What a letter begins with, and what of it is in its writer's own words."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from events.names import called

if TYPE_CHECKING:
    from events.models import Event
    from tablemates.followup.selectors import Introduction

LEAST = 20
"""Letters and digits of one's own that a letter holds at least."""


class Meeting(NamedTuple):
    """How two people came together, in words that a letter can begin with."""

    name: str
    """What the one who is written to is called."""
    event: str
    topic: str
    """Of the table where they sat; "" where they did not, or it had none."""
    via: str
    """Who introduced them; "" where they picked each other."""


def meeting_of(introduction: Introduction, event: Event) -> Meeting:
    """How somebody met the person they were introduced to."""
    return Meeting(
        name=called(introduction.other.name)[0],
        event=_one_line(event.title),
        topic=_one_line(introduction.topic),
        via=introduction.via.shown_name if introduction.via else "",
    )


def draft(met: Meeting, note: str) -> str:
    """A greeting, a line on how they met, and the writer's note, in the language of who reads this now."""
    return "\n\n".join(part for part in (*_opening(met), note.strip()) if part)


def own_words(text: str, met: Meeting) -> str:
    """What is left of a letter without the draft's greeting and its line on how they met; spelt alike, on one line."""
    own = _fold(text)
    for sentence in _openings(met):
        own = re.sub(rf"(?<!\w){re.escape(_fold(sentence))}", " ", own)
    return _one_line(own)


def letters_missing(words: str) -> int:
    """How many letters or digits are still to be written."""
    return max(0, LEAST - sum(letter.isalnum() for letter in words))


def digest(words: str, met: Meeting) -> str:
    """The same for letters that differ in signs, spaces and what the other is called only: another name makes no other letter."""
    text = re.sub(rf"(?<!\w){re.escape(_fold(met.name))}(?!\w)", " ", _fold(words))
    kept = (letter for letter in text if unicodedata.category(letter)[0] in "LMN")
    return sha256("".join(kept).encode()).hexdigest()


def how_we_met(met: Meeting) -> str:
    """One sentence on it, in the language of who reads this now."""
    if met.topic:
        text = _("We sat together at %(event)s and talked about %(topic)s.")
    elif met.via:
        text = _("%(via)s introduced us at %(event)s.")
    else:
        text = _("We met at %(event)s.")
    return text % met._asdict()


def _opening(met: Meeting) -> tuple[str, str]:
    return _("Hello %(name)s,") % {"name": met.name}, how_we_met(met)


def _openings(met: Meeting) -> list[str]:
    """Of each language, since a draft may be sent from a phone that speaks another; the longest first."""
    said: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.update(_opening(met))
    return sorted(said, key=len, reverse=True)


def _fold(text: str) -> str:
    return _one_line(unicodedata.normalize("NFKC", text).casefold())


def _one_line(text: str) -> str:
    return " ".join(text.split())
