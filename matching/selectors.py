"""Questions about rounds and seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from checkin.selectors import present_attendees
from matching.models import Mixer, Round, Seat, Table

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.models import Attendee, Event


def mixer_of(event: Event) -> Mixer:
    """The event's mixer, made at first use."""
    mixer = Mixer.objects.get_or_create(event=event)[0]
    mixer.event = event
    return mixer


def current_round(event: Event) -> Round | None:
    """The round that is on, else the one that ended last. Never a draft."""
    shown = Round.objects.filter(mixer__event=event).exclude(status=Round.Status.DRAFT)
    return (
        shown.filter(status=Round.Status.PUBLISHED).first()
        or shown.order_by("-published_at").first()
    )


def tables_with_people(tables: QuerySet[Table]) -> QuerySet[Table]:
    """Tables with their topic and the seats that are taken, ready for the payloads."""
    taken = Seat.objects.filter(left_at__isnull=True).select_related("attendee").order_by("pk")
    taken = taken.prefetch_related("attendee__interests")
    return tables.select_related("topic").prefetch_related(
        Prefetch("seats", queryset=taken, to_attr="taken")
    )


def waiting(event: Event, round: Round) -> list[Attendee]:
    """Who is present without a seat in this round, longest wait first."""
    seated = Q(seats__round=round, seats__left_at__isnull=True)
    return list(present_attendees(event).exclude(seated))
