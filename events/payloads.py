"""How events and attendees are told to each audience. Snapshots and messages are built from the same functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tablemates.links import public

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from events.models import Attendee, Event, Interest, Ticket
    from events.selectors import Room


def time(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, as the surfaces read it."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def topic(interest: Interest) -> dict[str, Any]:
    """A topic by id and label."""
    return {"id": interest.pk, "label": interest.label}


def poster_path(event: Event) -> str:
    """Path of the poster's link."""
    return f"/e/{event.poster_code}"


def event_for_phone(event: Event, topics: Iterable[Interest]) -> dict[str, Any]:
    """Record `event` of a phone; `topics` are those one can pick."""
    return {
        "title": event.title,
        "phase": event.phase,
        "topics": [topic(interest) for interest in topics],
        "series": _series(event),
    }


def event_for_screen(event: Event) -> dict[str, Any]:
    """Record `event` of the big screen."""
    return {
        "title": event.title,
        "phase": event.phase,
        "poster_url": public(poster_path(event)),
        "language": event.language,
    }


def event_for_console(event: Event) -> dict[str, Any]:
    """Record `event` of the console; its links open the poster and the screen."""
    return {
        "id": str(event.pk),
        "title": event.title,
        "slug": event.slug,
        "phase": event.phase,
        "poster_url": public(poster_path(event)),
        "poster_page": f"/console/events/{event.pk}/print/poster/",
        "poster_mode": event.poster_mode,
        "poster_screen_url": public(f"/screen?show=poster#{event.screen_token}"),
        "screen_url": public(f"/screen#{event.screen_token}"),
        "starts_at": time(event.starts_at),
        "time_zone": event.time_zone,
        "place": event.place,
        "language": event.language,
        "table_min": event.table_min,
        "table_size": event.table_size,
        "table_max": event.table_max,
        "pick_limit": event.pick_limit,
        "series": _series(event),
    }


def _series(event: Event) -> str | None:
    return event.series.name if event.series else None


class Holds(NamedTuple):
    """What a person has picked, and their own valid ticket: given where it is at hand, else looked up."""

    interests: Iterable[Interest]
    ticket: Ticket | None

    @classmethod
    def of(cls, attendee: Attendee) -> Holds:
        """Look it up; prefetched `interests` and `tickets` make it free."""
        own = (ticket for ticket in attendee.tickets.all() if ticket.opens_page)
        return cls(attendee.interests.all(), next(own, None))


def attendee_for_phone(
    attendee: Attendee, interests: Iterable[Interest] | None = None
) -> dict[str, Any]:
    """Record `me`: told to this person alone."""
    picked = attendee.interests.all() if interests is None else interests
    return {
        "id": str(attendee.pk),
        "name": attendee.name,
        "shown_name": attendee.shown_name,
        "present_since": time(attendee.present_since),
        "interests": [topic(interest) for interest in picked],
        "intent": attendee.intent,
        "ask": attendee.ask,
        "offer": attendee.offer,
        "on_screen": attendee.on_screen,
        "trade": attendee.trade,
        "needs": attendee.needs,
    }


def attendee_for_console(attendee: Attendee, holds: Holds | None = None) -> dict[str, Any]:
    """Record `attendees/<id>` of the console."""
    interests, ticket = holds or Holds.of(attendee)
    return {
        "id": str(attendee.pk),
        "name": attendee.name,
        "email": attendee.email,
        "company": attendee.company,
        "status": attendee.status,
        "interests": [interest.label for interest in interests],
        "intent": attendee.intent,
        "ask": attendee.ask,
        "offer": attendee.offer,
        "trade": attendee.trade,
        "needs": attendee.needs,
        "host": attendee.host,
        "first_timer": attendee.first_timer,
        "present_since": time(attendee.present_since),
        "source": attendee.source,
        "ticket": {"mailed_at": time(ticket.mailed_at)} if ticket else None,
    }


def room_for_phone(room: Room) -> dict[str, Any]:
    """Record `room`: how many are here and what they picked, without a name."""
    here = [(interest, count) for interest, count in room.topics.items() if count]
    # The topics come by label, and sorting keeps that order among equals.
    here.sort(key=lambda pair: -pair[1])
    return {
        "present": room.present,
        "topics": [{**topic(interest), "count": count} for interest, count in here],
    }


def room_for_screen(room: Room) -> dict[str, Any]:
    """The phones' `room` with the latest arrivals who are fine with being read from a screen."""
    return {**room_for_phone(room), "latest": list(room.latest)}
