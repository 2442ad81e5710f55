"""What an organiser sets out to reach, before anybody can have reached it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Event
from events.services import lock_event
from tablemates.followup.models import Target
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablemates.followup.models import Measure

MOST_TARGETS = 4


@transaction.atomic
def set_targets(*, event: Event, targets: Mapping[Measure, float]) -> None:
    """Set what the evening is to reach, by measure, instead of what was set before; refused once the doors are open.

    One to four measures: with more, none of them is an aim.
    """
    if not 1 <= len(targets) <= MOST_TARGETS:
        raise Refusal("invalid", _("Choose one to four targets."), status=400, field="targets")
    event = lock_event(event)
    if event.phase != Event.Phase.PLANNED:
        raise Refusal(
            "doors_open",
            _("The doors have been opened: what was set out before counts. Read how it went."),
        )
    event.targets.all().delete()
    Target.objects.bulk_create(
        Target(event=event, measure=measure, value=value) for measure, value in targets.items()
    )
