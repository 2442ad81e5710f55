"""Which tables of the room a plan may use, by number: those of the venue, or alike ones where somebody depends on a number."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matching.core import Table
from matching.models import VenueTable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from numpy.typing import NDArray

    from events.models import Attendee, Event
    from matching.models import Mixer

CLOSED = 1
"""Chairs of a table that is closed: it keeps its place in the plan, and fewer people than any table needs fit there."""
FEATURES = frozenset(VenueTable.Feature.values)


@dataclass(frozen=True)
class Floor:
    """Tables by ascending number. None: tables are alike, and numbers mean nothing.

    known: whether the organiser has said which tables there are, and so what they offer.
    """

    numbers: tuple[int, ...]
    tables: tuple[Table, ...]
    known: bool
    table_max: int

    def places(self, numbers: Sequence[int | None]) -> NDArray[np.intp]:
        """The index of each table number, -1 for None."""
        index = {number: i for i, number in enumerate(self.numbers)}
        return np.array(
            [-1 if number is None else index[number] for number in numbers], dtype=np.intp
        )

    def needs(self, people: Sequence[Attendee]) -> tuple[frozenset[str], ...] | None:
        """What each person's table must have; None where nobody knows what the tables have."""
        return tuple(features_needed(person) for person in people) if self.known else None

    def room_for(
        self, people: Sequence[Attendee], wanted: Mapping[UUID, int], taken: Mapping[UUID, int]
    ) -> dict[UUID, int]:
        """Who of these people can have the table number they want, after those whose place is taken already."""
        free = Counter(dict(zip(self.numbers, map(self._chairs, self.tables), strict=True)))
        free.subtract(Counter(taken.values()))
        given = {}
        for person in people:
            number = wanted.get(person.pk)
            if number is None or person.pk in taken or free[number] < 1:
                continue
            if self._suits(person, number):
                given[person.pk] = number
                free[number] -= 1
        return given

    def _suits(self, person: Attendee, number: int) -> bool:
        """Whether a table gives what a person needs; where nobody knows that, only who wants to stay depends on it."""
        if not self.known:
            return stays(person)
        return features_needed(person) <= self.tables[self.numbers.index(number)].features

    def _chairs(self, table: Table) -> int:
        return 0 if table.seats == CLOSED else min(table.seats, self.table_max)


def stays(person: Attendee) -> bool:
    """Whether somebody wants the same table all evening."""
    return person.Need.STAY in person.needs


def features_needed(person: Attendee) -> frozenset[str]:
    """What a person's table must have."""
    return FEATURES.intersection(person.needs)


def lay_floor(
    event: Event, numbers: Collection[int], *, closed: Collection[int], alike: int | None
) -> Floor:
    """The tables there are: those of the venue and these `numbers`, of which `closed` are not to be used.

    Without a venue there are `alike` ones and these, or none with a number if that is None.
    """
    there = {
        row.number: Table(
            f"Table {row.number}", CLOSED if row.closed else row.chairs, frozenset(row.features)
        )
        for row in VenueTable.objects.filter(mixer__event=event)
    }
    known = bool(there)
    if not known and alike is not None:
        numbers = {*numbers, *range(1, alike + len(closed) + 1)}
    for number in set(numbers) - there.keys() if known or alike is not None else ():
        there[number] = Table(f"Table {number}", event.table_max)
    for number in there.keys() & closed:
        there[number] = replace(there[number], seats=CLOSED)
    order = tuple(sorted(there))
    return Floor(order, tuple(there[n] for n in order), known, event.table_max)


def chairs_by_number(mixer: Mixer) -> Mapping[int, int]:
    """How many may sit at each table: nobody where it is closed, as many as at any where the venue does not know it."""
    most = mixer.event.table_max
    known = {row.number: 0 if row.closed else min(row.chairs, most) for row in mixer.venue.all()}
    return defaultdict(lambda: most, known)
