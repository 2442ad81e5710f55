"""Questions about the door."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.db.models import Q

from checkin.models import CheckIn, Conflict
from checkin.presence import Step, turns
from events.models import Attendee

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from events.models import Event


class Minute(NamedTuple):
    """How many people came and left in one minute."""

    at: datetime
    came: int
    left: int


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


def arrivals(event: Event) -> list[Minute]:
    """How many came and left in each minute in which anybody did, oldest first, by the steps that count."""
    rows = event.checkins.filter(counts=True, undone_by=None)
    steps: dict[UUID | None, list[Step]] = defaultdict(list)
    for row in rows.values_list("attendee_id", "happened_at", "nonce", "act", named=True):
        act: Literal["in", "out"] = "in" if row.act == CheckIn.Act.IN else "out"
        steps[row.attendee_id].append(Step(row.happened_at, row.nonce, act))
    counts = Counter(
        (step.happened_at.replace(second=0, microsecond=0), step.act)
        for mine in steps.values()
        for step in turns(mine)
    )
    minutes = sorted({at for at, _act in counts})
    return [Minute(at, counts[at, "in"], counts[at, "out"]) for at in minutes]
