"""How events and attendees are told to each audience. Snapshots and messages are built from the same functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from events.models import Attendee
from tablemates.links import public

if TYPE_CHECKING:
    from datetime import datetime

    from events.models import Event, Interest

LATEST = 6


def time(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, as the surfaces read it."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def topic(interest: Interest) -> dict[str, Any]:
    """A topic by id and label."""
    return {"id": interest.pk, "label": interest.label}


def poster_path(event: Event) -> str:
    """Path of the poster's link."""
    return f"/e/{event.poster_code}"


def event_for_phone(event: Event) -> dict[str, Any]:
    """Record `event` of a phone."""
    return {
        "title": event.title,
        "phase": event.phase,
        "topics": [topic(interest) for interest in event.interests.all()],
    }


def event_for_screen(event: Event) -> dict[str, Any]:
    """Record `event` of the big screen."""
    return {"title": event.title, "phase": event.phase, "poster_url": public(poster_path(event))}


def event_for_console(event: Event) -> dict[str, Any]:
    """Record `event` of the console; its links open the poster and the screen."""
    return {
        "id": str(event.pk),
        "title": event.title,
        "slug": event.slug,
        "phase": event.phase,
        "poster_url": public(poster_path(event)),
        "poster_page": f"/console/events/{event.pk}/poster/",
        "screen_url": public(f"/screen#{event.screen_token}"),
        "table_min": event.table_min,
        "table_size": event.table_size,
        "table_max": event.table_max,
    }


def attendee_for_phone(attendee: Attendee) -> dict[str, Any]:
    """Record `me`: told to this person alone."""
    return {
        "id": str(attendee.pk),
        "name": attendee.name,
        "shown_name": attendee.shown_name,
        "present_since": time(attendee.present_since),
        "interests": [topic(interest) for interest in attendee.interests.all()],
        "intent": attendee.intent,
        "ask": attendee.ask,
        "offer": attendee.offer,
        "on_screen": attendee.on_screen,
    }


def attendee_for_console(attendee: Attendee) -> dict[str, Any]:
    """Record `attendees/<id>` of the console."""
    return {
        "id": str(attendee.pk),
        "name": attendee.name,
        "email": attendee.email,
        "company": attendee.company,
        "status": attendee.status,
        "interests": [interest.label for interest in attendee.interests.all()],
        "intent": attendee.intent,
        "ask": attendee.ask,
        "offer": attendee.offer,
        "host": attendee.host,
        "present_since": time(attendee.present_since),
        "source": attendee.source,
    }


def room_for_phone(event: Event) -> dict[str, Any]:
    """Record `room`: how many are here and what they picked, without a name."""
    topics = (
        event.interests.annotate(
            here=Count("attendees", filter=Q(attendees__present_since__isnull=False))
        )
        .filter(here__gt=0)
        .order_by("-here", "label")
    )
    return {
        "present": event.attendees.filter(present_since__isnull=False).count(),
        "topics": [{**topic(interest), "count": interest.here} for interest in topics],
    }


def room_for_screen(event: Event, room: dict[str, Any]) -> dict[str, Any]:
    """The phones' `room` with the latest arrivals who are fine with being read from a screen."""
    latest = Attendee.objects.filter(
        event=event, present_since__isnull=False, on_screen=True
    ).order_by("-present_since", "name")[:LATEST]
    return {**room, "latest": [attendee.shown_name for attendee in latest]}
