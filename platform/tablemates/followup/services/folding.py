"""One evening folded into the memory of its series: who met whom, and what kinds of people each sat with."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkin.models import CheckIn
from events.keeping_apart import parted
from events.memory.selectors import Company
from events.memory.services import lock_memory
from events.models import Admiration, Evening, Tie
from events.search import fold
from tablemates.followup.models import Verdict
from tablemates.followup.selectors import pairs_introduced, pairs_together, reveal_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from events.memory.kinds import Kind
    from events.models import Attendee, Event

    Pair = tuple[UUID, UUID]

AT_ONCE = 500


def write_into_memory(event: Event, people: Iterable[Attendee]) -> None:
    """Write the ties and evenings of these people, as far as they are remembered, with all others who are.

    Whoever has this evening in their memory already (they were taken out of the series and back in) is left out.
    """
    if event.series_id is None:
        return
    lock_memory(event.series_id)
    written = set(event.evenings.values_list("person_id", flat=True))
    fresh = {one.pk: one.person_id for one in people if one.person_id not in written}
    page = _Page.of(event, {pk: person for pk, person in fresh.items() if person})
    page.write_evenings()
    page.write_ties()


@dataclass(frozen=True)
class _Page:
    """An evening as it is written down for `fresh` people, and what all of them were to each other before it.

    persons: of all who are remembered, by attendee. names: of all. together: who sat with whom since when; two who keep
    apart are nothing to each other, whether they sat at one table or not.
    """

    event: Event
    fresh: Mapping[UUID, UUID]
    persons: Mapping[UUID, UUID]
    names: Mapping[UUID, str]
    together: Mapping[Pair, datetime]
    company: Company

    @classmethod
    def of(cls, event: Event, fresh: Mapping[UUID, UUID]) -> _Page:
        people = list(event.attendees.all())
        apart = parted(event, people)
        together = pairs_together(event).items()
        persons = {one.pk: one.person_id for one in people if one.person_id}
        return cls(
            event,
            fresh,
            persons,
            {one.pk: one.name for one in people},
            {pair: since for pair, since in together if frozenset(pair) not in apart},
            Company.of(list(persons.values()), now=event.opened_at or event.created_at),
        )

    def write_evenings(self) -> None:
        """One for each of the people who came, with whom they sat: by kind, as they knew them then."""
        came = CheckIn.objects.filter(event=self.event, counts=True, act=CheckIn.Act.IN)
        came = came.filter(undone_by=None, attendee__in=self.fresh)
        verdicts = Verdict.objects.filter(attendee__in=self.fresh)
        worth = dict(verdicts.values_list("attendee_id", "worth"))
        mixes = self._mixes()
        Evening.objects.bulk_create(
            Evening(
                person_id=self.fresh[pk],
                event=self.event,
                title=self.event.title,
                at=self.event.opened_at or self.event.created_at,
                mix=mixes[pk],
                worth=worth.get(pk),
            )
            for pk in {*came.values_list("attendee_id", flat=True), *mixes}
        )

    def _mixes(self) -> dict[UUID, Counter[Kind]]:
        wishes = Admiration.objects.filter(person__in=self.fresh.values())
        wished = set(wishes.values_list("person_id", "key"))
        mixes: dict[UUID, Counter[Kind]] = defaultdict(Counter)
        for pair in self.together:
            for mine, theirs in (pair, pair[::-1]):
                if mine in self.fresh:
                    me, other = self.fresh[mine], self.persons.get(theirs)
                    # By the name alone: whether the other accepts being asked is told to nobody.
                    admired = (me, fold(self.names[theirs])) in wished
                    mixes[mine][self.company.kind(me, other, admired=admired)] += 1
        return mixes

    def write_ties(self) -> None:
        """Both sides of each two who sat together, one of the fresh people at least among them."""
        known = self.persons.values()
        rows = Tie.objects.filter(owner__in=known, other__in=known)
        before = {(tie.owner_id, tie.other_id): tie for tie in rows}
        introduced = pairs_introduced(self.event)
        met = []
        for pair, since in self.together.items():
            if self.persons.keys() >= {*pair} and not self.fresh.keys().isdisjoint(pair):
                moment = reveal_at(self.event) if pair in introduced else None
                one, other = (self.persons[pk] for pk in pair)
                for side in ((one, other), (other, one)):
                    met.append(_met_again(before.get(side) or Tie(), side, since, moment))
        facts = ["first_met", "last_met", "times", "last_contact", "introduced_at"]
        sides = ["owner", "other"]
        Tie.objects.bulk_create(
            met, AT_ONCE, update_conflicts=True, update_fields=facts, unique_fields=sides
        )


def _met_again(was: Tie, side: Pair, since: datetime, introduced_at: datetime | None) -> Tie:
    moments = [moment for moment in (was.first_met, was.last_met, since) if moment]
    return Tie(
        owner_id=side[0],
        other_id=side[1],
        first_met=min(moments),
        last_met=max(moments),
        times=was.times + 1,
        last_contact=max(was.last_contact or since, since),
        introduced_at=was.introduced_at or introduced_at,
    )
