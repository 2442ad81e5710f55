"""Questions about what a series remembers."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from events.memory.kinds import Kind, kind_of
from events.models import Admiration, Attendee, Person, Tie
from events.search import fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from events.models import Event

    Pair = tuple[UUID, UUID]

RECENT = 30.0


def knew_before(attendee: Attendee, others: Collection[UUID]) -> set[UUID]:
    """Of these attendees, whom this one had met across the series before this evening."""
    if attendee.person_id is None or not others:
        return set()
    ties = Tie.objects.filter(owner=attendee.person_id, times__gt=0)
    if attendee.event.opened_at:
        ties = ties.filter(first_met__lt=attendee.event.opened_at)
    known = Attendee.objects.filter(pk__in=others, person__in=ties.values("other"))
    return set(known.values_list("pk", flat=True))


def ties_of(person: Person) -> QuerySet[Tie]:
    """Whom somebody has met, the latest first; nobody whom one of the two keeps away from."""
    apart = Tie.objects.filter(other=person, apart=True).values("owner")
    ties = person.ties.filter(times__gt=0, apart=False).exclude(other__in=apart)
    return ties.select_related("owner", "other").order_by("-last_met", "other__name", "pk")


class Side(NamedTuple):
    """A tie from its owner's side, as much of it as says what the other is to them."""

    times: int
    introduced_at: datetime | None
    helped: int
    last_contact: datetime | None
    apart: bool


@dataclass(frozen=True)
class Company:
    """What some people of a series are to each other."""

    now: datetime
    sides: dict[Pair, Side]
    admired: set[Pair]

    @classmethod
    def of(cls, people: Collection[UUID], *, now: datetime) -> Company:
        """Of these persons among each other, at a moment. Who keeps away from another is no more than anybody to them."""
        rows = Tie.objects.filter(owner__in=people, other__in=people)
        facts = ("times", "introduced_at", "helped", "last_contact", "apart")
        found = rows.values_list("owner_id", "other_id", *facts)
        sides = {(row[0], row[1]): Side(*row[2:]) for row in found}
        apart = {pair for pair, side in sides.items() if side.apart}
        return cls(now, sides, _admired(people) - apart - {(b, a) for a, b in apart})

    def kind(self, one: UUID | None, other: UUID | None, *, admired: bool | None = None) -> Kind:
        """What the other is to the one; None: somebody whom the series does not know."""
        admired = (one, other) in self.admired if admired is None else admired
        side = self.sides.get((one, other)) if one and other else None
        return kind_of(side, admired=admired, now=self.now)

    @cached_property
    def kinds(self) -> dict[Pair, Kind]:
        """What each is to whom they have anything with; all others are new."""
        return {pair: self.kind(*pair) for pair in {*self.sides, *self.admired}}


def recent_company(event: Event) -> Company:
    """Of all whom the series knows at an event, up to `RECENT` seconds ago: tables open faster than ties change."""
    return _company_in(event.pk, int(time.monotonic() // RECENT))


@lru_cache(maxsize=4)
def _company_in(event_id: UUID, _moment: int) -> Company:
    people = Attendee.objects.filter(event=event_id, person__isnull=False)
    return Company.of(list(people.values_list("person_id", flat=True)), now=timezone.now())


def _admired(people: Collection[UUID]) -> set[Pair]:
    """By the names that people wrote: it counts where the other accepts being asked."""
    wishes = list(Admiration.objects.filter(person__in=people).values_list("person_id", "key"))
    if not wishes:
        return set()
    named: dict[str, list[UUID]] = {}
    for pk, name in Person.objects.filter(pk__in=people, askable=True).values_list("pk", "name"):
        named.setdefault(fold(name), []).append(pk)
    return {
        (person, other) for person, key in wishes for other in named.get(key, []) if other != person
    }
