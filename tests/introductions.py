"""People who were introduced to each other, as an evening leaves them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.test import Client
from django.utils import timezone

from events.models import Attendee, Event
from matching.models import Round, Seat, Table
from matching.selectors import mixer_of
from tablemates.followup.models import Pick
from tests.rows import make_attendee, make_event

if TYPE_CHECKING:
    from collections.abc import Sequence


def evening_of_two(topic: str = "ceramics", **fields: object) -> tuple[Attendee, Attendee]:
    """Ada and Bo, who sat at one table of an evening that ended two hours ago and picked each other."""
    event = make_event(**fields)
    people = [
        make_attendee(event, name, *([topic] if topic else []), email=email)
        for name, email in [("Ada Lovelace", "ada@example.org"), ("Bo Diddley", "bo@example.org")]
    ]
    seat_together(event, people)
    end(event, timedelta(hours=2))
    ada, bo = Attendee.objects.filter(event=event).order_by("name").select_related("event")
    introduce(ada, bo)
    return ada, bo


def seat_together(event: Event, people: Sequence[Attendee]) -> None:
    """A table of a round that is over, at which these people sat."""
    now = timezone.now()
    round = Round.objects.create(
        mixer=mixer_of(event),
        number=1,
        kind="timed",
        status="done",
        published_at=now,
        starts_at=now - timedelta(minutes=15),
        ends_at=now,
    )
    topic = event.interests.first()
    table = Table.objects.create(round=round, number=1, topic=topic, shared=bool(topic))
    for person in people:
        Seat.objects.create(round=round, table=table, attendee=person)


def introduce(
    one: Attendee, other: Attendee, *, shares: Sequence[str] = (), back: Sequence[str] = ()
) -> None:
    """Let two people pick each other; `shares` is what the first shares, `back` the second."""
    for picker, picked, what in ((one, other, shares), (other, one, back)):
        Pick.objects.update_or_create(picker=picker, picked=picked, defaults={"shares": list(what)})


def end(event: Event, ago: timedelta) -> None:
    """Let an evening have ended some time ago."""
    Event.objects.filter(pk=event.pk).update(phase="ended", ended_at=timezone.now() - ago)


def phone(attendee: Attendee) -> Client:
    """A person's own phone."""
    secret = attendee.tickets.get(issuer="tablemates").secret
    return Client(headers={"authorization": f"Ticket {secret}"})
