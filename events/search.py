"""Find people by what somebody at the door says of them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from events.models import Event

SHORTEST_QUERY = 2
MOST_HITS = 10
# Letters that are not a plain one with an accent, as people type them who have no key for them.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")
BREAKS = re.compile(r"[\W_]+")


class Hit(NamedTuple):
    """A person who may be meant; no e-mail, since whoever searches shows their screen to a queue."""

    id: UUID
    name: str
    company: str
    status: str
    present_since: datetime | None


def find_people(*, event: Event, text: str) -> list[Hit]:
    """At most `MOST_HITS` people of whose name or company every word of `text` is a part.

    First those in whose name words begin so, then other parts of names, then companies. Fewer than
    `SHORTEST_QUERY` letters find nobody.
    """
    wanted = fold(text).split()
    if len("".join(wanted)) < SHORTEST_QUERY:
        return []
    people = event.attendees.values_list("pk", "name", "company", "status", "present_since")
    found = [
        (rank, hit) for hit in map(Hit._make, people) if (rank := _rank(hit, wanted)) is not None
    ]
    found.sort(key=lambda pair: (pair[0], fold(pair[1].name), pair[1].id))
    return [hit for _rank_of_hit, hit in found[:MOST_HITS]]


def fold(text: str) -> str:
    """Words in small letters without accents, so that "zoe" finds "Zoë"; one space between them."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = APOSTROPHES.sub("", letters.translate(PLAIN))
    return " ".join(BREAKS.sub(" ", words).split())


def _rank(hit: Hit, wanted: list[str]) -> int | None:
    """0: words of the name begin with each of `wanted`. 1: the name holds them. 2: with the company. None: not found."""
    name = fold(hit.name)
    if all(f" {word}" in f" {name}" for word in wanted):
        return 0
    if all(word in name for word in wanted):
        return 1
    both = f"{name} {fold(hit.company)}"
    return 2 if all(word in both for word in wanted) else None
