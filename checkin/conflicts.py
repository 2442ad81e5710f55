"""Conflicts between what a device said at the door and what the server says: an organiser looks at them and settles them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from checkin.models import Conflict
from tablemates.live.publish import publish

if TYPE_CHECKING:
    from tablemates.accounts.models import Organiser


@transaction.atomic
def settle_conflict(*, conflict: Conflict, organiser: Organiser) -> None:
    """Take a conflict off the list; it says who did. Twice is once."""
    open_ones = Conflict.objects.filter(pk=conflict.pk, settled_at=None)
    if open_ones.update(settled_at=timezone.now(), settled_by=organiser):
        publish(
            stream=conflict.checkin.event_id,
            type="conflict.settled",
            audiences={"console": {"unset": [f"conflicts/{conflict.pk}"]}},
        )
