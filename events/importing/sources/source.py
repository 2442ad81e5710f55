"""What there is to know about one source system."""

from collections.abc import Mapping
from dataclasses import dataclass

from events.importing.headers import COMMON_ALIASES, Aliases


@dataclass(frozen=True)
class Source:
    """A source system: its name, its headers, and the fields that give it away.

    Besides the fields every list may have (`headers.COMMON_ALIASES`), a source may name
    `order` and `position` (together the stable id of a ticket), `secret` (the QR text of its
    ticket) and `paid` (a yes or no).
    """

    name: str
    own_aliases: Mapping[str, tuple[str, ...]]
    marks: frozenset[str]

    @property
    def aliases(self) -> Aliases:
        """The source's own headers, preferred to the common ones of the same field."""
        fields = (*self.own_aliases, *(f for f in COMMON_ALIASES if f not in self.own_aliases))
        return {
            field: (*self.own_aliases.get(field, ()), *COMMON_ALIASES.get(field, ()))
            for field in fields
        }
