"""Delete an event with everything that was kept of it. What its series remembers belongs to the people, and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from events.gone import note_gone
from events.models import Event
from events.services import lock_event
from tablemates.followup.models import PastOutcome
from tablemates.followup.outcome.report import figures_of, held_at
from tablemates.followup.services.remembering import write_down
from tablemates.live.models import Stream
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from tablemates.live.publish import Facts


@transaction.atomic
def delete_event(*, event: Event) -> None:
    """Delete an event that is not on now; every link to it says from then on that it is gone.

    Refuses (409) while the evening is on. Of a series, what its people remember is written down first, and its figures
    without a name are kept to compare with.
    """
    event = lock_event(event)
    if event.phase == Event.Phase.OPEN:
        raise Refusal("event_open", _("The evening is on. End it first, then delete it."))
    if event.phase == Event.Phase.ENDED and event.series:
        PastOutcome.objects.create(
            series=event.series,
            title=event.title,
            held_at=held_at(event),
            figures=figures_of(event),
        )
        if event.remembered_at is None:
            write_down(event)
    note_gone(event)
    stream = event.pk
    ends: Facts = {"close": True}
    publish(
        stream=stream,
        type="event.deleted",
        audiences=dict.fromkeys(("console", "screen", "phones"), ends),
    )
    event.delete()
    # What was said about it, this last word too, is full of names.
    Stream.objects.filter(pk=stream).delete()
