"""Questions about the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from checkin.models import Conflict
from events.models import Attendee

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.models import Event


def present_attendees(event: Event) -> QuerySet[Attendee]:
    """Who is here now, in the order they came."""
    return (
        Attendee.objects.filter(event=event, present_since__isnull=False)
        .order_by("present_since", "pk")
        .prefetch_related("interests")
    )


def latest_checkins(event: Event, limit: int = 50) -> QuerySet[Any]:
    """The newest rows of the ledger, refusals included; `undone` tells whether an organiser took one back."""
    return (
        event.checkins.annotate(undone=Q(undone_by__isnull=False))
        .select_related("attendee", "station")
        .order_by("-at")[:limit]
    )


def open_conflicts(event: Event) -> QuerySet[Conflict]:
    """What devices said at the door and the server does not, until an organiser has settled it."""
    return Conflict.objects.filter(checkin__event=event, settled_at=None).select_related(
        "checkin__attendee", "checkin__station"
    )
