"""A topic's label as words, and what two labels must not differ in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from events.importing import fold_interest
from events.likeness.short_forms import SHORT_FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence

BETWEEN_WORDS = re.compile(r"[\s_/,;:&()\-\u2010-\u2015]+")
NUMBER = re.compile(r"\d+")
# They tell nothing of what a topic is about.
FILLERS = frozenset(
    {"a", "an", "and", "as", "for", "in", "my", "of", "on", "the", "to", "with", "your"}
)
NEGATIONS = frozenset({"against", "anti", "ex", "never", "no", "non", "not", "without"})
NEGATING = ("anti", "counter", "de", "dis", "ex", "il", "im", "in", "ir", "non", "un")
OPPOSITES = (
    ("back", "front"),
    ("down", "up"),
    ("ex", "im"),
    ("ex", "in"),
    ("hard", "soft"),
    ("in", "out"),
    ("macro", "micro"),
    ("off", "on"),
    ("over", "under"),
    ("post", "pre"),
)


@dataclass(frozen=True)
class Words:
    """One label as caseless words, fillers left out."""

    label: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, label: str) -> Words:
        """Read a label."""
        found = [word for part in BETWEEN_WORDS.split(label) if (word := fold_interest(part))]
        return cls(label, _without_fillers(found))

    @cached_property
    def key(self) -> str:
        """All words as one, as topics fold."""
        return "".join(self.words)

    @cached_property
    def in_any_order(self) -> tuple[str, ...]:
        """The words as a bag."""
        return tuple(sorted(self.words))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers, as a bag."""
        return tuple(sorted(NUMBER.findall(self.label)))

    @cached_property
    def negated(self) -> bool:
        """Whether it says what it is not."""
        return not NEGATIONS.isdisjoint(self.words)

    @cached_property
    def readings(self) -> tuple[Words, ...]:
        """The label with its short forms written out; several where a short form stands for several things."""
        readings: list[tuple[str, ...]] = [()]
        for word in self.words:
            readings = [
                (*before, *after)
                for before in readings
                for after in SHORT_FORMS.get(word, ((word,),))
            ]
        readings += SHORT_FORMS.get(self.key, ())
        return tuple(Words(self.label, _without_fillers(reading)) for reading in readings)

    def beside(self, other: Words) -> tuple[str, ...]:
        """The words that the other has not."""
        return tuple(word for word in self.words if word not in other.words)


def _without_fillers(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in FILLERS) or tuple(words)


def contradict(one: Words, other: Words) -> bool:
    """Whether a number, a "not" or an opposite keeps them apart, however alike they look: Web2 and Web3."""
    return (
        one.numbers != other.numbers
        or one.negated != other.negated
        or any(_opposite(a, b) for a in one.words for b in other.words if a != b)
    )


def _opposite(a: str, b: str) -> bool:
    longer, shorter = sorted((a, b), key=len, reverse=True)
    if any(longer == prefix + shorter for prefix in NEGATING):
        return True
    return any(
        {a, b} == {left + rest, right + rest}
        for left, right in OPPOSITES
        for rest in {a.removeprefix(left), a.removeprefix(right)}
    )
