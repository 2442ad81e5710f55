"""Who hears of what happened at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects

from checkin.payloads import checkin_for_console, conflict_for_console
from events.payloads import attendee_for_console, attendee_for_phone
from events.selectors import room_now
from events.services import attendee_facts, room_facts
from tablemates.live.publish import Facts, publish

if TYPE_CHECKING:
    from checkin.batch import Batch
    from checkin.models import CheckIn
    from events.models import Ticket


def tell_console(row: CheckIn) -> None:
    """Only the console hears of an attempt that changed nothing."""
    told: Facts = {"set": _of_row(row)}
    publish(stream=row.event_id, type="checkin.refused", audiences={"console": told})


def tell_everyone(row: CheckIn, *, change: str, ticket: Ticket | None) -> None:
    """Everyone hears of a person who came, left, or came earlier than we knew; `ticket` is their own valid one, if at hand."""
    assert row.attendee is not None
    told = attendee_facts(row.attendee, ticket)
    told["console"]["set"] |= _of_row(row)
    publish(stream=row.event_id, type=f"attendee.{change}", audiences=told, ring=True)


def tell_together(batch: Batch) -> None:
    """Tell of scans that came together, as things stand after all of them: the room once, and each person of themselves."""
    people = list(batch.moved.values())
    prefetch_related_objects(people, "interests", "tickets")
    console: Facts = {"set": {}}
    for row in batch.new:
        console["set"] |= _of_row(row)
    for person in people:
        console["set"][f"attendees/{person.pk}"] = attendee_for_console(person)
    event = batch.event
    if not people:
        if batch.new:
            publish(stream=event.pk, type="checkin.refused", audiences={"console": console})
        return
    told = {"console": console, **room_facts(event, room_now(event))}
    publish(stream=event.pk, type="attendee.arrived", audiences=told, ring=True)
    # A phone hears what is for its owner instead of what is for all, so that is another message.
    own: dict[str, Facts] = {
        f"attendee:{person.pk}": {"set": {"me": attendee_for_phone(person)}} for person in people
    }
    publish(stream=event.pk, type="attendee.told", audiences=own)


def _of_row(row: CheckIn) -> dict[str, Any]:
    """The row, the row it takes back, and the conflict if a device had let the person in."""
    told = {f"checkins/{row.pk}": checkin_for_console(row)}
    if row.undoes:
        told[f"checkins/{row.undoes.pk}"] = checkin_for_console(row.undoes, undone=True)
    if row.is_conflict:
        told[f"conflicts/{row.conflict.pk}"] = conflict_for_console(row.conflict)
    return told
