"""Questions about events and their people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db.models import Count, Q

from events.models import Event, Ticket

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tablemates.accounts.models import Organiser

SECRET_MAX = 120


def events_of(organiser: Organiser) -> QuerySet[Event]:
    """Events of the organiser's team, with how many people are registered and present."""
    registered = Count("attendees", filter=Q(attendees__status="registered"))
    present = Count("attendees", filter=Q(attendees__present_since__isnull=False))
    return Event.objects.filter(team_id=organiser.team_id).annotate(
        registered_count=registered, present_count=present
    )


def event_at_poster(code: str) -> Event | None:
    """The event whose poster carries this code."""
    return Event.objects.filter(poster_code=code).first() if code.isprintable() else None


def valid_ticket(secret: str) -> Ticket | None:
    """The ticket of ours with this secret, unless it was revoked: what a phone shows as its key."""
    return (
        Ticket.objects.filter(
            secret=read_scan(secret), issuer="tablemates", revoked_at__isnull=True
        )
        .select_related("attendee", "event")
        .first()
    )


def read_scan(text: str) -> str:
    """The secret in what a scanner read: the text itself, or the fragment of a ticket's link.

    Too long or unprintable text comes back as "", which no ticket has.
    """
    text = text.strip()
    if "#" in text:
        try:
            text = urlsplit(text).fragment
        except ValueError:
            return ""
    return text if len(text) <= SECRET_MAX and text.isprintable() else ""


def find_ticket(*, event: Event, text: str) -> Ticket | None:
    """The ticket of this event that a scan or a typed code means, revoked ones included."""
    secret = read_scan(text)
    if not secret:
        return None
    if ticket := event.tickets.filter(secret=secret).first():
        return ticket
    code = secret.replace("-", "").replace(" ", "").upper()
    return event.tickets.filter(code=code).first() if code else None


def is_ticket_elsewhere(*, event: Event, text: str) -> bool:
    """Whether a scan is a ticket of ours for another event (another system's number may well occur twice)."""
    secret = read_scan(text)
    return bool(secret) and (
        Ticket.objects.filter(secret=secret, issuer="tablemates").exclude(event=event).exists()
    )
