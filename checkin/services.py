"""The door decides here, for posters and scanners alike: one attempt, one row, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from checkin.models import CheckIn, Station
from checkin.payloads import checkin_for_console
from events.models import Attendee, Event
from events.payloads import time
from events.selectors import find_ticket, is_ticket_elsewhere
from events.services import attendee_facts, lock_event, register_attendee
from tablemates.live.publish import Facts, publish, ring_bell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from events.models import Ticket

Outcome = CheckIn.Outcome


def poster_station(event: Event) -> Station:
    """The station that stands for all phones at the event's poster."""
    return _station(event, Station.Kind.POSTER, "Poster")


def console_station(event: Event, name: str) -> Station:
    """The station of an organiser's scanner page, by the organiser's name."""
    return _station(event, Station.Kind.CONSOLE, name[:60])


def _station(event: Event, kind: Station.Kind, name: str) -> Station:
    return Station.objects.get_or_create(event=event, name=name, defaults={"kind": kind})[0]


def check_in(
    *,
    event: Event,
    station: Station,
    nonce: str,
    text: str = "",
    attendee: Attendee | None = None,
) -> CheckIn:
    """Let a person in by what a scanner read or a hand typed (`text`), or by an attendee found by name.

    Every attempt is a row. The same nonce gets the row it got before, whatever else is sent with it.
    """

    def attempt(event: Event) -> CheckIn:
        ticket = None if attendee else find_ticket(event=event, text=text)
        person = attendee or (ticket.attendee if ticket else None)
        if person is None:
            elsewhere = is_ticket_elsewhere(event=event, text=text)
            outcome = Outcome.WRONG_EVENT if elsewhere else Outcome.UNKNOWN
            return _record(event, station, nonce, outcome)
        return _enter(event.attendees.get(pk=person.pk), ticket, station, nonce)

    return _once(event, nonce, attempt)


def check_in_walk_in(
    *,
    event: Event,
    station: Station,
    nonce: str,
    name: str,
    interests: Iterable[str],
    **fields: Any,
) -> CheckIn:
    """Register someone who comes without a ticket, and let them in. Nobody is registered when the door is shut."""

    def attempt(event: Event) -> CheckIn:
        if refused := _door(event):
            return _record(event, station, nonce, refused)
        person = register_attendee(
            event=event, name=name, interests=interests, source="door", **fields
        )
        return _enter(person, person.tickets.get(), station, nonce)

    return _once(event, nonce, attempt)


def check_out(*, event: Event, station: Station, nonce: str, attendee: Attendee) -> CheckIn:
    """Note that a person left. Leaving twice, or before arriving, changes nothing."""

    def attempt(event: Event) -> CheckIn:
        person = event.attendees.get(pk=attendee.pk)
        if person.present_since is None:
            return _record(event, station, nonce, Outcome.NOT_IN, attendee=person)
        person.present_since = None
        return _accept(person, None, station, nonce, Outcome.EXIT)

    return _once(event, nonce, attempt)


@transaction.atomic
def _once(event: Event, nonce: str, attempt: Callable[[Event], CheckIn]) -> CheckIn:
    """Make an attempt on the locked event, unless its nonce has an answer already."""
    locked = lock_event(event)
    return locked.checkins.filter(nonce=nonce).first() or attempt(locked)


def _door(event: Event) -> Outcome | None:
    if event.phase == Event.Phase.PLANNED:
        return Outcome.TOO_EARLY
    return Outcome.CLOSED if event.phase == Event.Phase.ENDED else None


def _enter(person: Attendee, ticket: Ticket | None, station: Station, nonce: str) -> CheckIn:
    """Decide about a known person of the locked event."""
    refused = _door(person.event)
    if person.status == Attendee.Status.CANCELLED or (ticket and ticket.revoked_at):
        refused = Outcome.CANCELLED
    if refused or person.present_since:
        outcome = refused or Outcome.ALREADY_IN
        return _record(person.event, station, nonce, outcome, attendee=person, ticket=ticket)
    person.present_since = timezone.now()
    return _accept(person, ticket, station, nonce, Outcome.ENTRY)


def _accept(
    person: Attendee, ticket: Ticket | None, station: Station, nonce: str, outcome: Outcome
) -> CheckIn:
    """Write an entry or exit and tell everyone. `person.present_since` is as it is from now on."""
    person.save(update_fields=["present_since"])
    turn = (person.checkins.filter(turn__isnull=False).count()) + 1
    row = _write(
        person.event,
        station,
        nonce,
        outcome,
        turn=turn,
        attendee=person,
        ticket=ticket,
        at=person.present_since,
    )
    told = attendee_facts(person)
    told["console"]["set"][f"checkins/{row.pk}"] = checkin_for_console(row)
    name = "attendee.arrived" if outcome == Outcome.ENTRY else "attendee.left"
    publish(stream=person.event_id, type=name, audiences=told)
    ring_bell(person.event_id)
    return row


def _record(event: Event, station: Station, nonce: str, outcome: Outcome, **who: Any) -> CheckIn:
    """Write an attempt that changed nothing; only the console hears of it."""
    row = _write(event, station, nonce, outcome, **who)
    told: Facts = {"set": {f"checkins/{row.pk}": checkin_for_console(row)}}
    publish(stream=event.pk, type="checkin.refused", audiences={"console": told})
    return row


def _write(
    event: Event,
    station: Station,
    nonce: str,
    outcome: Outcome,
    *,
    at: datetime | None = None,
    turn: int | None = None,
    **who: Any,
) -> CheckIn:
    moment = at or timezone.now()
    return CheckIn.objects.create(
        event=event,
        station=station,
        nonce=nonce,
        outcome=outcome,
        turn=turn,
        at=moment,
        answer=_answer(outcome, moment, who.get("attendee")),
        **who,
    )


def _answer(outcome: Outcome, at: datetime, person: Attendee | None) -> dict[str, Any]:
    """What the door says. A refusal names nobody; only who gets in, or is in, is greeted by name."""
    answer: dict[str, Any] = {"code": outcome.value, "outcome": outcome.value, "at": time(at)}
    if person and outcome in (Outcome.ENTRY, Outcome.ALREADY_IN, Outcome.EXIT, Outcome.NOT_IN):
        answer |= {"name": person.name, "attendee": str(person.pk)}
    if outcome == Outcome.ALREADY_IN and person:
        answer["since"] = time(person.present_since)
    return answer | {"message": _message(outcome) % {"name": person.first_name if person else ""}}


def _message(outcome: Outcome) -> str:
    return {
        Outcome.ENTRY: _("Welcome, %(name)s."),
        Outcome.ALREADY_IN: _("%(name)s is already in."),
        Outcome.EXIT: _("Goodbye, %(name)s. See you again."),
        Outcome.NOT_IN: _("%(name)s is not in at the moment."),
        Outcome.UNKNOWN: _(
            "We do not know this ticket. Check the code; the people at the door find you by name too."
        ),
        Outcome.WRONG_EVENT: _("This ticket is for another event."),
        Outcome.CANCELLED: _("This ticket is not valid any more. Please ask at the door."),
        Outcome.TOO_EARLY: _("The doors are not open yet. Please try again in a moment."),
        Outcome.CLOSED: _("This evening is over. Nobody can check in any more."),
    }[outcome]
