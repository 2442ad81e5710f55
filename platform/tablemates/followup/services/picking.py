"""Pick and withdraw. The answers are the same whether the other has picked too or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.services import lock_event
from tablemates.followup.models import Pick
from tablemates.followup.selectors import is_revealed, people_of, stranger
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from events.models import Attendee, Event


@transaction.atomic
def pick(*, picker: Attendee, picked_id: UUID, shares: Sequence[str] = ()) -> None:
    """Wish for a longer talk with someone one sat with; picking again changes what one shares.

    Refuses strangers, oneself and unknown people alike (404), one pick too many (409), and picks after the reveal (409).
    """
    event = lock_event(picker.event)
    _expect_open(event)
    met = people_of(picker)
    if picked_id not in met:
        raise stranger()
    others = picker.picks.exclude(picked_id=picked_id)
    # A pick of somebody who is not there any more is in nobody's way.
    others.exclude(picked_id__in=met).delete()
    if others.count() >= event.pick_limit:
        message = ngettext(
            "You have picked %(n)d person. Take one back to pick another.",
            "You have picked %(n)d people. Take one back to pick another.",
            event.pick_limit,
        )
        raise Refusal("enough_picks", message % {"n": event.pick_limit})
    Pick.objects.update_or_create(
        picker=picker, picked_id=picked_id, defaults={"shares": list(shares)}
    )


@transaction.atomic
def withdraw(*, picker: Attendee, picked_id: UUID) -> None:
    """Take a pick back, without a trace. Taking back what is not there changes nothing."""
    _expect_open(lock_event(picker.event))
    picker.picks.filter(picked_id=picked_id).delete()


def _expect_open(event: Event) -> None:
    if is_revealed(event):
        raise Refusal("revealed", _("The list is closed: who picked each other knows by now."))
