"""Keep away from somebody: at once, both ways, and without a word to anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events import keeping_apart
from events.models import Block
from events.services import lock_event
from matching.services import sit_elsewhere
from tablemates.followup.models import IntroduceMe, Pick
from tablemates.followup.selectors import introductions, people_of
from tablemates.followup.services.requesting import tell_requests
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from events.models import Attendee


@transaction.atomic
def block(*, blocker: Attendee, blocked_id: UUID) -> None:
    """Have nothing to do with somebody any more, here and across the series.

    Picks between the two are erased, requests come to nothing, and whoever sits at one table with them now gets another
    seat. Refuses (404) whom one has never met like an unknown person. The second time changes nothing.
    """
    event = lock_event(blocker.event)
    blocker = event.attendees.get(pk=blocker.pk)
    if Block.objects.filter(blocker=blocker, blocked=blocked_id).exists():
        return
    met = people_of(blocker)
    known = {pk: one.person for pk, one in met.items()}
    known |= {one.other.pk: one.other for one in introductions(blocker, met)}
    if blocked_id not in known:
        raise Refusal("not_found", _("You have not shared a table with this person."), status=404)
    blocked = known[blocked_id]
    keeping_apart.block(blocker=blocker, blocked=blocked)
    _erase_between(blocker, blocked)
    sit_elsewhere(attendee=blocker, away_from=blocked)


@transaction.atomic
def unblock(*, blocker: Attendee, blocked_id: UUID) -> None:
    """Take that back. What was erased stays so; whom one does not keep away from is left as they are."""
    event = lock_event(blocker.event)
    blocker = event.attendees.get(pk=blocker.pk)
    blocked = event.attendees.filter(pk=blocked_id).first()
    if blocked:
        keeping_apart.unblock(blocker=blocker, blocked=blocked)


def _erase_between(one: Attendee, other: Attendee) -> None:
    both = Q(picker=one, picked=other) | Q(picker=other, picked=one)
    Pick.objects.filter(both).delete()
    pair = [one, other]
    between = Q(asker__in=pair, target__in=pair)
    passed_on = Q(via__in=pair) & (Q(asker__in=pair) | Q(target__in=pair))
    requests = IntroduceMe.objects.filter(between | passed_on).select_related("via", "target")
    heard = {person for request in requests for person in (request.via, request.target) if person}
    # The row stays with its asker like any other that has come to nothing: that it went would tell them of the block.
    requests.filter(between).update(status=IntroduceMe.Status.DECLINED, settled_at=timezone.now())
    if heard:
        told = tell_requests(heard)
        publish(stream=one.event_id, type="request.taken_back", audiences=told)
