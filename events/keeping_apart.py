"""Who keeps away from whom: for the evening by Block, across a series by Tie. Nobody but the blocker is ever told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from events.models import Attendee, Block, Tie

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from events.models import Event


@transaction.atomic
def block(*, blocker: Attendee, blocked: Attendee) -> None:
    """Keep away from another, here and across the series; the second time too. Lock the event first."""
    Block.objects.get_or_create(blocker=blocker, blocked=blocked)
    keep_persons_apart(blocker, blocked)


@transaction.atomic
def unblock(*, blocker: Attendee, blocked: Attendee) -> None:
    """Keep away no more, here and across the series; nothing that went with the block comes back. Lock the event first."""
    Block.objects.filter(blocker=blocker, blocked=blocked).delete()
    if blocker.person_id and blocked.person_id:
        both = {"blocker__person": blocker.person_id, "blocked__person": blocked.person_id}
        Block.objects.filter(**both).delete()
        ties = Tie.objects.filter(owner=blocker.person_id, other=blocked.person_id)
        ties.update(apart=False)
        ties.filter(times=0, introduced_at=None, helped=0).delete()


def keep_persons_apart(blocker: Attendee, blocked: Attendee) -> None:
    """Let a block hold across the series, as far as both are remembered there."""
    if blocker.person_id and blocked.person_id:
        Tie.objects.update_or_create(
            owner_id=blocker.person_id, other_id=blocked.person_id, defaults={"apart": True}
        )


def kept_apart_from(attendee: Attendee) -> set[UUID]:
    """Attendees of the same event whom this one keeps away from, or who keep away from this one."""
    mine, theirs = Block.objects.filter(blocker=attendee), Block.objects.filter(blocked=attendee)
    apart = Q(pk__in=mine.values("blocked")) | Q(pk__in=theirs.values("blocker"))
    if attendee.person_id:
        ties = Tie.objects.filter(apart=True)
        apart |= Q(person__in=ties.filter(owner=attendee.person_id).values("other"))
        apart |= Q(person__in=ties.filter(other=attendee.person_id).values("owner"))
    there = Attendee.objects.filter(apart, event=attendee.event_id).order_by()
    return set(there.values_list("pk", flat=True))


def pairs_apart(event: Event, people: Sequence[Attendee]) -> set[tuple[int, int]]:
    """Of these attendees, by index: who keeps away, and from whom."""
    place = {person.pk: i for i, person in enumerate(people)}
    rows = Block.objects.filter(blocker__event=event).values_list("blocker_id", "blocked_id")
    found = {(place[one], place[other]) for one, other in rows if one in place and other in place}
    known = {person.person_id: i for i, person in enumerate(people) if person.person_id}
    if event.series_id and known:
        ties = Tie.objects.filter(owner__series=event.series_id, apart=True)
        for owner, other in ties.values_list("owner_id", "other_id"):
            if owner in known and other in known:
                found.add((known[owner], known[other]))
    return found


def parted(event: Event, people: Sequence[Attendee]) -> set[frozenset[UUID]]:
    """Of these attendees, by id: each two of whom either keeps away from the other."""
    return {frozenset((people[i].pk, people[j].pk)) for i, j in pairs_apart(event, people)}
