"""Questions about what follows. Nothing here tells of a pick that is not mutual to anyone but its picker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.keeping_apart import kept_apart_from, parted
from events.models import Attendee
from matching.models import Seat, Table
from matching.selectors import meetings_of, sittings_of
from tablemates.followup.models import Card, Field, IntroduceMe, Pick, Promise
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from events.models import Event

    Pair = tuple[UUID, UUID]

REVEAL_AFTER = timedelta(hours=1)
DUE_AFTER = timedelta(hours=24)
GRACE = timedelta(hours=48)


@dataclass(frozen=True)
class Met:
    """Somebody this person sat with, and where they did so last; `at` is when the later of the two sat down."""

    person: Attendee
    topic: str
    table: UUID
    round: UUID
    at: datetime


@dataclass(frozen=True)
class Introduction:
    """Somebody who would like to meet this person again, as this person would.

    `shares` is what the other lets this person read, as values of Field. `via` is who introduced them, None where they
    picked each other.
    """

    other: Attendee
    shares: tuple[str, ...]
    topic: str
    via: Attendee | None
    at: datetime


def reveal_at(event: Event) -> datetime | None:
    """When mutual picks are shown and the list closes: the same moment for everyone, so that timing tells nothing."""
    return event.ended_at + REVEAL_AFTER if event.ended_at else None


def due_at(event: Event) -> datetime | None:
    """Until when one writes to whom one was introduced to."""
    return event.ended_at + DUE_AFTER if event.ended_at else None


def grace_until(event: Event) -> datetime | None:
    """When what belongs to the evening closes: flags, requests, and being late with a letter."""
    return event.ended_at + GRACE if event.ended_at else None


def is_revealed(event: Event) -> bool:
    """Whether mutual picks are shown by now."""
    return _has_come(reveal_at(event))


def is_over(event: Event) -> bool:
    """Whether what belongs to the evening is closed by now."""
    return _has_come(grace_until(event))


def _has_come(moment: datetime | None) -> bool:
    return moment is not None and moment <= timezone.now()


def people_of(attendee: Attendee) -> dict[UUID, Met]:
    """Everyone this person has sat with at one table at the same time, the last table first; drafts left out.

    Nobody who is not there any more, or whom one of the two keeps away from. The queries are the same for each of them.
    """
    mine = Seat.objects.filter(attendee=attendee).values("table")
    sittings = sittings_of(Seat.objects.filter(table__in=mine))
    tables = {row.pk: row for row in Table.objects.filter(pk__in=sittings).select_related("topic")}
    last: dict[UUID, tuple[datetime, UUID]] = {}
    for table, sat in sittings.items():
        for pair, since in meetings_of(sat).items():
            if attendee.pk in pair:
                other = pair[pair[0] == attendee.pk]
                last[other] = max((since, table), last.get(other, (since, table)))
    there = _there(attendee, last)
    latest = {
        table: max(at for at, t in last.values() if t == table) for _at, table in last.values()
    }
    ordered = sorted(there, key=lambda pk: there[pk].name)
    ordered.sort(key=lambda pk: (latest[last[pk][1]], last[pk][1]), reverse=True)
    return {pk: _met(there[pk], tables[last[pk][1]], last[pk][0]) for pk in ordered}


def _met(person: Attendee, table: Table, at: datetime) -> Met:
    return Met(person, table.topic.label if table.topic else "", table.pk, table.round_id, at)


def _there(attendee: Attendee, ids: Iterable[UUID]) -> dict[UUID, Attendee]:
    """Of these people of the same event, those who are there for this one; for one who is not there themselves nobody is."""
    apart = kept_apart_from(attendee)
    people = Attendee.objects.filter(pk__in=list(ids), event=attendee.event_id)
    people = people.select_related("card", "quiet")
    return {person.pk: person for person in people if _see_each_other(attendee, person, apart)}


def _see_each_other(attendee: Attendee, other: Attendee | None, apart: set[UUID]) -> bool:
    """Whether both are there, and neither keeps away from the other; `apart` as `kept_apart_from(attendee)`."""
    if other is None or other.pk in apart:
        return False
    return {attendee.status, other.status} == {Attendee.Status.REGISTERED}


def introductions(attendee: Attendee, met: dict[UUID, Met] | None = None) -> list[Introduction]:
    """Whom this person is introduced to, by name: mutual picks once revealed, and requests that both said yes to.

    `met` is `people_of(attendee)`, where it is at hand.
    """
    met = people_of(attendee) if met is None else met
    picks, requests = _mutual(attendee), _agreed(attendee)
    ids = {*picks, *requests}
    there = _there(attendee, ids)
    found = [
        _introduction(attendee, there[pk], picks.get(pk), requests.get(pk), met.get(pk))
        for pk in ids
        if pk in there
    ]
    return sorted(found, key=lambda one: (one.other.name, one.other.pk))


def _mutual(attendee: Attendee) -> dict[UUID, Pick]:
    if not is_revealed(attendee.event):
        return {}
    mutual = Pick.objects.filter(
        picked=attendee, picker__picked_by__picker=attendee, picker__picked_by__picked=F("picker")
    )
    return {pick.picker_id: pick for pick in mutual}


def _agreed(attendee: Attendee) -> dict[UUID, IntroduceMe]:
    both = Q(asker=attendee) | Q(target=attendee)
    agreed = IntroduceMe.objects.filter(both, status=IntroduceMe.Status.ACCEPTED)
    found: dict[UUID, IntroduceMe] = {}
    for request in agreed.select_related("via"):
        other = request.target_id if request.asker_id == attendee.pk else request.asker_id
        if other is not None:
            found.setdefault(other, request)
    return found


def _introduction(
    attendee: Attendee,
    other: Attendee,
    pick: Pick | None,
    request: IntroduceMe | None,
    met: Met | None,
) -> Introduction:
    """What two people agreed to, by picks or by a request, or both: then all that was shared in either."""
    shared = set(pick.shares) if pick else set()
    moments = [moment for moment in [pick and reveal_at(attendee.event)] if moment]
    via = None
    if request:
        theirs = request.target_shares if request.asker_id == attendee.pk else request.asker_shares
        shared |= set(theirs)
        moments += [request.settled_at or request.created_at]
        via = None if pick else request.via
    shares = tuple(field for field in Field.values if field in shared)
    return Introduction(other, shares, met.topic if met else "", via, min(moments))


def introduction_with(attendee: Attendee, other_id: UUID) -> Introduction:
    """The introduction of these two. Whoever one is not introduced to is refused as an unknown person is (404)."""
    for introduction in introductions(attendee):
        if introduction.other.pk == other_id:
            return introduction
    raise Refusal("not_found", _("You have not been introduced to this person."), status=404)


def acquaintance(attendee: Attendee, other_id: UUID) -> Attendee:
    """Somebody this person sat with or is introduced to. Strangers, oneself and unknown people are refused alike (404)."""
    met = people_of(attendee)
    introduced = {one.other.pk: one.other for one in introductions(attendee, met)}
    if other_id in met:
        return met[other_id].person
    if other_id in introduced:
        return introduced[other_id]
    raise stranger()


def stranger() -> Refusal:
    """What is answered about people who are nobody to this person, whatever the reason."""
    return Refusal("not_found", _("You have not shared a table with this person."), status=404)


def promises_of(attendee: Attendee) -> list[Promise]:
    """Promises of this person and those made to them, the next due first; none with who is not there any more."""
    apart = kept_apart_from(attendee)
    both = Promise.objects.filter(Q(owner=attendee) | Q(to=attendee)).select_related("owner", "to")
    return [one for one in both if _see_each_other(attendee, other_side(one, attendee), apart)]


def other_side(promise: Promise, attendee: Attendee) -> Attendee:
    """With whom this person has a promise."""
    return promise.to if promise.owner_id == attendee.pk else promise.owner


def own_requests(attendee: Attendee) -> list[IntroduceMe]:
    """Whom this person asked to be introduced to, but for those taken back; the oldest first."""
    return list(attendee.introduce_me.exclude(name=""))


def requests_to(attendee: Attendee) -> list[IntroduceMe]:
    """What this person is asked: to bring two people together, or to meet somebody; the oldest first.

    Nothing of people who are not there any more, and nothing once the evening is two days ago.
    """
    apart = kept_apart_from(attendee)
    asked = Q(via=attendee, status=IntroduceMe.Status.WITH_VIA)
    asked |= Q(target=attendee, status=IntroduceMe.Status.WITH_TARGET)
    rows = list(IntroduceMe.objects.filter(asked).select_related("asker", "target", "via"))
    return [
        row
        for row in rows
        if not is_over(attendee.event)
        and _see_each_other(attendee, row.asker, apart)
        and (row.target_id == attendee.pk or _see_each_other(attendee, row.target, apart))
    ]


def card_of(attendee: Attendee) -> dict[str, str]:
    """What this person could share, by Field: as they wrote it, else as the guest list has it."""
    card = _card(attendee) or Card(email=attendee.email, company=attendee.company)
    return {field: getattr(card, field) for field in Field.values}


def _card(attendee: Attendee) -> Card | None:
    return getattr(attendee, "card", None)


def contact(introduction: Introduction) -> dict[str, str]:
    """What the other one has chosen to share, and has filled in."""
    card = card_of(introduction.other)
    return {field: card[field] for field in introduction.shares if card[field]}


def pairs_introduced(event: Event) -> set[Pair]:
    """Who of an event is introduced to whom by now; each pair once, the lower id first."""
    found: set[Pair] = set()
    if is_revealed(event):
        picks = set(Pick.objects.filter(picker__event=event).values_list("picker_id", "picked_id"))
        found |= {(one, other) for one, other in picks if one < other and (other, one) in picks}
    agreed = IntroduceMe.objects.filter(asker__event=event, status=IntroduceMe.Status.ACCEPTED)
    for asker, target in agreed.values_list("asker_id", "target_id"):
        if target is not None:
            found.add((min(asker, target), max(asker, target)))
    people = list(event.attendees.filter(status=Attendee.Status.REGISTERED))
    apart = parted(event, people)
    there = {person.pk for person in people}
    return {pair for pair in found if there.issuperset(pair) and frozenset(pair) not in apart}


def pairs_together(event: Event) -> dict[Pair, datetime]:
    """Who sat with whom this evening, and since when first; each pair once, the lower id first. Drafts left out."""
    found: dict[Pair, datetime] = {}
    for sat in sittings_of(Seat.objects.filter(round__mixer__event=event)).values():
        for pair, since in meetings_of(sat).items():
            found[pair] = min(found.get(pair, since), since)
    return found
