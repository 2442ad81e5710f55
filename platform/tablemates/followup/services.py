"""Pick and withdraw. The answers are the same whether the other has picked too or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.services import lock_event
from tablemates.followup.models import Pick
from tablemates.followup.selectors import is_revealed, tablemates_of
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from events.models import Attendee, Event

LIMIT = 2


@transaction.atomic
def pick(*, picker: Attendee, picked_id: UUID, contact: str = "") -> None:
    """Wish for a longer talk with someone one sat with; picking again changes what one shares.

    Refuses strangers, oneself and unknown people alike (404), a third pick (409), and picks after the reveal (409).
    """
    _expect_open(lock_event(picker.event))
    if picked_id not in tablemates_of(picker):
        raise Refusal("not_found", _("You have not shared a table with this person."), status=404)
    others = picker.picks.exclude(picked_id=picked_id).count()
    if others >= LIMIT:
        raise Refusal(
            "enough_picks",
            ngettext(
                "You have picked %(n)d person. Take one back to pick another.",
                "You have picked %(n)d people. Take one back to pick another.",
                LIMIT,
            )
            % {"n": LIMIT},
        )
    Pick.objects.update_or_create(
        picker=picker, picked_id=picked_id, defaults={"contact": contact.strip()}
    )


@transaction.atomic
def withdraw(*, picker: Attendee, picked_id: UUID) -> None:
    """Take a pick back, without a trace. Taking back what is not there changes nothing."""
    _expect_open(lock_event(picker.event))
    picker.picks.filter(picked_id=picked_id).delete()


def _expect_open(event: Event) -> None:
    if is_revealed(event):
        raise Refusal("revealed", _("The list is closed: who picked each other knows by now."))
