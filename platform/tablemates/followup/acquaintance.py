"""Who may bring two people together: one who knows both, else a host. Reads the whole event, whoever is sought.

So the look-up takes the same queries for a name that is known and for one that is not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from events.keeping_apart import parted
from events.memory.kinds import strength
from events.models import Attendee, Event, Tie
from events.names import shown_name
from events.search import fold
from tablemates.followup.models import IntroduceMe
from tablemates.followup.selectors import pairs_together

if TYPE_CHECKING:
    from uuid import UUID

Status = IntroduceMe.Status
TONIGHT = 0.3
"""What one evening together is worth beside a tie's strength: about as much as a tie of one evening."""


@dataclass
class Circle:
    """The people of an event who are there, who keeps away from whom, and how well people know each other."""

    people: dict[UUID, Attendee]
    apart: set[frozenset[UUID]]
    known: dict[tuple[UUID, UUID], float]
    # Whom a request may be passed to now.
    askable: set[UUID]
    requests: list[IntroduceMe]

    @classmethod
    def of(cls, event: Event) -> Circle:
        """As they are now."""
        people = list(event.attendees.filter(status=Attendee.Status.REGISTERED))
        apart = parted(event, people)
        over = event.phase == Event.Phase.ENDED
        askable = {person.pk for person in people if over or person.present_since}
        requests = IntroduceMe.objects.filter(asker__event=event).select_related("via")
        by_id = {person.pk: person for person in people}
        return cls(by_id, apart, _known(event, people), askable, list(requests))

    def has_been_asked(self, request: IntroduceMe, target: UUID) -> bool:
        """Whether its asker has asked for the same person in another request: nobody is asked twice."""
        return any(
            (one.asker_id, one.target_id) == (request.asker_id, target) and one.pk != request.pk
            for one in self.requests
        )

    def named(self, asker: UUID, name: str) -> Attendee | None:
        """Whom somebody means by a name: the one person who is called so, in full or as others are shown it."""
        wanted = fold(name)
        found = [
            person
            for person in self.people.values()
            if wanted in (fold(person.name), fold(shown_name(person.name)))
            and person.pk != asker
            and not self.are_apart(asker, person.pk)
        ]
        return found[0] if len(found) == 1 and asker in self.people else None

    def via(self, asker: UUID, target: UUID) -> Attendee | None:
        """Who brings these two together: who knows both best, else the host with the least to do; None: nobody yet."""
        can = [pk for pk in self.askable if self.can_bring(pk, asker, target)]
        both = {pk: min(self._knows(pk, asker), self._knows(pk, target)) for pk in can}
        friends = [pk for pk in can if both[pk] > 0]
        hosts = [pk for pk in can if self.people[pk].host]
        busy = Counter(one.via_id for one in self.requests if one.status == Status.WITH_VIA)
        if friends:
            return self.people[min(friends, key=lambda pk: (-both[pk], pk))]
        return self.people[min(hosts, key=lambda pk: (busy[pk], pk))] if hosts else None

    def can_bring(self, via: UUID, asker: UUID, target: UUID) -> bool:
        """Whether nobody of the three has gone, and none keeps away from another."""
        three = {via, asker, target}
        pairs = ((via, asker), (via, target), (asker, target))
        return (
            len(three) == len(pairs)
            and three <= self.people.keys()
            and not any(self.are_apart(*pair) for pair in pairs)
        )

    def are_apart(self, one: UUID, other: UUID) -> bool:
        """Whether either keeps away from the other."""
        return frozenset((one, other)) in self.apart

    def _knows(self, one: UUID, other: UUID) -> float:
        return self.known.get((one, other), 0.0)


def _known(event: Event, people: list[Attendee]) -> dict[tuple[UUID, UUID], float]:
    """How well each knows another, of those who do: by their tie, and by having sat together tonight."""
    known: dict[tuple[UUID, UUID], float] = defaultdict(float)
    here = {person.person_id: person.pk for person in people if person.person_id}
    now = timezone.now()
    for tie in Tie.objects.filter(owner__in=here, other__in=here, times__gt=0):
        known[here[tie.owner_id], here[tie.other_id]] += strength(tie, now)
    for one, other in pairs_together(event):
        known[one, other] += TONIGHT
        known[other, one] += TONIGHT
    return known
