"""Questions about events and their people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from django.db import connection
from django.db.models import Count, Q

from events.models import Event, Interest, Series, Ticket
from events.names import shown_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from events.models import Attendee
    from tablemates.accounts.models import Organiser

SECRET_MAX = 120
LATEST = 6
# Crockford's base 32 has no O, I and L: whoever types one means the digit.
MISREAD = str.maketrans("OIL", "011")


def events_of(organiser: Organiser) -> QuerySet[Event]:
    """Events of the organiser's team."""
    return Event.objects.filter(team_id=organiser.team_id)


def with_counts(events: QuerySet[Event]) -> QuerySet[Event]:
    """The events with `registered_count` and `present_count` of their people."""
    registered = Count("attendees", filter=Q(attendees__status="registered"))
    present = Count("attendees", filter=Q(attendees__present_since__isnull=False))
    return events.annotate(registered_count=registered, present_count=present)


def series_of(organiser: Organiser) -> list[tuple[str, int]]:
    """Series of the organiser's team, by name: how many events each has."""
    series = Series.objects.filter(team_id=organiser.team_id).order_by("name")
    return list(series.annotate(count=Count("events")).values_list("name", "count"))


def topics_of(event: Event) -> QuerySet[Interest]:
    """Topics that people can pick, by label: those that were merged into another are none any more."""
    return event.interests.exclude(key__in=event.interest_spellings.values("key"))


def interests_by_key(event: Event, keys: Collection[str] | None = None) -> dict[str, Interest]:
    """Topics by key (all, or those asked for); the key of a merged one stands for the topic it was merged into."""
    named = event.interests.all() if keys is None else event.interests.filter(key__in=keys)
    return {topic.key: topic for topic in named} | merged_topics(event, keys)


def merged_topics(event: Event, keys: Collection[str] | None = None) -> dict[str, Interest]:
    """The topics that others were merged into, by the others' keys (all, or those asked for)."""
    spelt = event.interest_spellings.select_related("interest")
    spelt = spelt if keys is None else spelt.filter(key__in=keys)
    return {one.key: one.interest for one in spelt}


class Room(NamedTuple):
    """Who is here, in numbers, as phones and the screen are told it."""

    present: int
    topics: dict[Interest, int]
    """All topics of the event by label, with how many people present picked each."""
    mine: list[Interest]
    """Those that the attendee in question picked."""
    latest: list[str]
    """Shown names of the latest arrivals who are fine with the screen, newest first."""


# Written by hand: each arrival asks these two, and building them with the ORM took longer than answering them.
TOPICS_NOW = """
SELECT topic.id, topic.key, topic.label,
       (SELECT count(*) FROM events_attendee_interests pick
          JOIN events_attendee person ON person.id = pick.attendee_id
         WHERE pick.interest_id = topic.id AND person.present_since IS NOT NULL) AS here,
       EXISTS (SELECT 1 FROM events_attendee_interests pick
                WHERE pick.interest_id = topic.id AND pick.attendee_id = %s) AS mine
  FROM events_interest topic
 WHERE topic.event_id = %s
   AND NOT EXISTS (SELECT 1 FROM events_interestspelling merged
                    WHERE merged.event_id = topic.event_id AND merged.key = topic.key)
 ORDER BY topic.label
"""
LATEST_NOW = """
SELECT name, on_screen, count(*) OVER () AS present
  FROM events_attendee
 WHERE event_id = %s AND present_since IS NOT NULL
 ORDER BY on_screen DESC, present_since DESC, name
 LIMIT %s
"""


def room_now(event: Event, attendee: Attendee | None = None) -> Room:
    """The room in two queries, whatever its size."""
    own, whole = (_as_stored(row) for row in (attendee, event))
    with connection.cursor() as cursor:
        cursor.execute(TOPICS_NOW, [own, whole])
        topics = [
            (Interest(pk=pk, event_id=event.pk, key=key, label=label), here, mine)
            for pk, key, label, here, mine in cursor.fetchall()
        ]
        cursor.execute(LATEST_NOW, [whole, LATEST])
        arrivals = cursor.fetchall()
    return Room(
        present=arrivals[0][2] if arrivals else 0,
        topics={interest: here for interest, here, _mine in topics},
        mine=[interest for interest, _here, mine in topics if mine],
        latest=[shown_name(name) for name, on_screen, _present in arrivals if on_screen],
    )


def _as_stored(row: Event | Attendee | None) -> Any:
    """The id as this database keeps it."""
    return row and row._meta.pk.get_db_prep_value(row.pk, connection)


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


def valid_tickets(secrets: Collection[str]) -> dict[str, Ticket]:
    """The same for many at once: by secret, those that are valid; of each the event and the attendee by id only."""
    read = {secret: read_scan(secret) for secret in secrets}
    found = Ticket.objects.filter(
        secret__in=read.values(), issuer="tablemates", revoked_at__isnull=True
    )
    by_secret = {ticket.secret: ticket for ticket in found}
    return {secret: by_secret[text] for secret, text in read.items() if text in by_secret}


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


def tickets_read(*, event: Event, text: str) -> QuerySet[Ticket]:
    """Tickets of this event that a scan or a typed code may mean, revoked ones included: by `which_read` it is one of them."""
    secret = read_scan(text)
    if not secret:
        return Ticket.objects.none()
    means = Q(secret=secret) | Q(code=_code_in(secret)) & ~Q(code="")
    return Ticket.objects.filter(means, event=event)


def which_read(tickets: Iterable[Ticket], text: str) -> Ticket | None:
    """The ticket of that secret; of that short code only if there is none."""
    secret = read_scan(text)
    return min(tickets, key=lambda ticket: ticket.secret != secret, default=None)


def tickets_by_text(*, event: Event, texts: Iterable[str]) -> dict[str, Ticket]:
    """The ticket of this event that each of several scans means, as `tickets_read` finds it, in one statement."""
    secrets = {text: secret for text in texts if (secret := read_scan(text))}
    codes = {_code_in(secret) for secret in secrets.values()} - {""}
    found = list(
        Ticket.objects.filter(Q(secret__in=set(secrets.values())) | Q(code__in=codes), event=event)
    )
    by_secret = {ticket.secret: ticket for ticket in found}
    by_code = {ticket.code: ticket for ticket in found if ticket.code}
    meant = {
        text: by_secret.get(secret) or by_code.get(_code_in(secret))
        for text, secret in secrets.items()
    }
    return {text: ticket for text, ticket in meant.items() if ticket}


def _code_in(secret: str) -> str:
    """A short code without what people put between its letters, and with the digits that they read as letters."""
    return secret.replace("-", "").replace(" ", "").upper().translate(MISREAD)


def is_ticket_elsewhere(*, event: Event, text: str) -> bool:
    """Whether a scan is a ticket of ours for another event (another system's number may well occur twice)."""
    secret = read_scan(text)
    ours = Ticket.objects.filter(secret=secret, issuer__in=["tablemates", "badge"])
    return bool(secret) and ours.exclude(event=event).exists()
