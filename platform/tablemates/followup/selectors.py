"""Questions about what follows. Nothing here tells of a pick that is not mutual to anyone but its picker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from matching.models import Seat, Table
from matching.selectors import pairs_of, sittings_of
from tablemates.followup.models import Pick

if TYPE_CHECKING:
    from uuid import UUID

    from events.models import Attendee, Event

REVEAL_AFTER = timedelta(hours=1)


def reveal_at(event: Event) -> datetime | None:
    """When mutual picks are shown and the list closes: the same moment for everyone, so that timing tells nothing."""
    return event.ended_at + REVEAL_AFTER if event.ended_at else None


def is_revealed(event: Event) -> bool:
    """Whether that moment has come."""
    moment = reveal_at(event)
    return moment is not None and moment <= timezone.now()


def tablemates_of(attendee: Attendee) -> dict[UUID, tuple[Attendee, str]]:
    """Everyone this person has sat with at one table at the same time, and the topic of the last one; drafts left out."""
    mine = Seat.objects.filter(attendee=attendee).values("table")
    sittings = sittings_of(Seat.objects.filter(table__in=mine))
    topics = dict(Table.objects.filter(pk__in=sittings).values_list("pk", "topic__label"))
    topic_of: dict[UUID, str] = {}
    for table, sat in sorted(sittings.items(), key=lambda entry: entry[1][0].came):
        for pair in pairs_of(sat):
            if attendee.pk in pair:
                (other,) = set(pair) - {attendee.pk}
                topic_of[other] = topics[table] or ""
    people = attendee.event.attendees.in_bulk(topic_of)
    return {pk: (people[pk], topic) for pk, topic in topic_of.items()}


def introductions(attendee: Attendee) -> list[Pick]:
    """Picks of this person by others that are mutual, once revealed."""
    if not is_revealed(attendee.event):
        return []
    mutual = Pick.objects.filter(
        picked=attendee, picker__picked_by__picker=attendee, picker__picked_by__picked=F("picker")
    )
    return list(mutual.select_related("picker").order_by("picker__name"))


def afterwards(attendee: Attendee, limit: int) -> dict[str, Any]:
    """The page after the talk: whom I sat with, whom I picked, and after the reveal my introductions."""
    own = {pick.picked_id: pick for pick in attendee.picks.all()}
    moment = reveal_at(attendee.event)
    return {
        "limit": limit,
        "reveal_at": moment.isoformat().replace("+00:00", "Z") if moment else None,
        "revealed": is_revealed(attendee.event),
        "tablemates": [
            {
                "id": str(pk),
                "name": person.first_name,
                "topic": topic,
                "picked": pk in own,
                "contact": own[pk].contact if pk in own else "",
            }
            for pk, (person, topic) in tablemates_of(attendee).items()
        ],
        "introductions": [
            {"name": pick.picker.name, "contact": pick.contact} for pick in introductions(attendee)
        ],
    }
