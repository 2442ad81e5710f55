"""What there is to know about one source system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from events.importing.headers import COMMON_ALIASES, Aliases, Columns, fold_words


@dataclass(frozen=True)
class Source:
    """A source system: its name, its headers, and what gives it away.

    Besides the fields every list may have (`headers.COMMON_ALIASES`), a source may name
    `order` and `position` (together the stable id of a ticket or person), `secret` (the QR text of
    its ticket) and `paid` (a yes or no).
    """

    name: str
    own_aliases: Mapping[str, tuple[str, ...]]
    marks: frozenset[str]
    """Fields that must all be there."""
    telltales: tuple[str, ...] = ()
    """Headers that nobody else writes: one of them must be there, if any are named."""

    @property
    def aliases(self) -> Aliases:
        """The source's own headers, preferred to the common ones of the same field."""
        fields = (*self.own_aliases, *(f for f in COMMON_ALIASES if f not in self.own_aliases))
        return {
            field: (*self.own_aliases.get(field, ()), *COMMON_ALIASES.get(field, ()))
            for field in fields
        }

    def wrote(self, headers: Sequence[str], columns: Columns) -> bool:
        """Whether these headers, with the columns found under `aliases`, are this source's."""
        known = set(map(fold_words, headers))
        told = not self.telltales or any(fold_words(t) in known for t in self.telltales)
        return told and self.marks <= columns.keys()
