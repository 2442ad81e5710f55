"""Small factories of real rows."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from checkin.services import check_in, poster_station
from events.models import Attendee, Event
from events.services import create_event, open_doors, register_attendee
from events.tickets import badge_tickets
from tablemates.accounts.models import Organiser, Role, Team

if TYPE_CHECKING:
    from checkin.models import CheckIn
    from events.models import Ticket


def make_organiser(email: str = "ada@example.org", team: Team | None = None) -> Organiser:
    """An organiser: the owner of a team of their own unless one is given."""
    role = Role.ORGANISER if team else Role.OWNER
    team = team or Team.objects.create(name=f"Team of {email}")
    return Organiser.objects.create_user(email, "correct horse battery", team=team, role=role)


def make_event(team: Team | None = None, *, doors: bool = True, **fields: Any) -> Event:
    """An event, with its doors open unless `doors` is false."""
    team = team or Team.objects.create(name="Team")
    event = create_event(team=team, title=fields.pop("title", "Spring evening"))
    if fields:
        Event.objects.filter(pk=event.pk).update(**fields)
    return open_doors(event=event) if doors else Event.objects.get(pk=event.pk)


def make_attendee(
    event: Event, name: str = "Ada Lovelace", *interests: str, **fields: Any
) -> Attendee:
    """A registered attendee with a ticket."""
    return register_attendee(event=event, name=name, interests=interests, **fields)


def make_nonce() -> str:
    """A fresh nonce."""
    return secrets.token_hex(8)


def arrive(attendee: Attendee) -> CheckIn:
    """Let an attendee check in at the poster with their own ticket."""
    return check_in(
        event=attendee.event,
        station=poster_station(attendee.event),
        nonce=make_nonce(),
        text=attendee.tickets.get(issuer="tablemates").secret,
    )


def make_crowd(event: Event, *topics: str, each: int = 5) -> list[Attendee]:
    """`each` people present for every topic, each of them holding only that one."""
    people = [
        make_attendee(event, f"Person{i} {topic.title()}", topic)
        for topic in topics
        for i in range(each)
    ]
    for person in people:
        arrive(person)
    return [Attendee.objects.get(pk=person.pk) for person in people]


def badge_of(attendee: Attendee) -> Ticket:
    """The ticket whose secret is on a person's badge."""
    return badge_tickets(event=attendee.event, people=[attendee])[attendee.pk]
