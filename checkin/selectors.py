"""Questions about the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.models import Attendee

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from checkin.models import CheckIn
    from events.models import Event


def present_attendees(event: Event) -> QuerySet[Attendee]:
    """Who is here now, in the order they came."""
    return (
        Attendee.objects.filter(event=event, present_since__isnull=False)
        .order_by("present_since", "pk")
        .prefetch_related("interests")
    )


def latest_checkins(event: Event, limit: int = 50) -> QuerySet[CheckIn]:
    """The newest rows of the ledger, refusals included."""
    return event.checkins.select_related("attendee", "station").order_by("-at")[:limit]
