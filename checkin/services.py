"""The door decides here, for posters, consoles and scanners alike: one attempt, one row, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from checkin import presence
from checkin.attempt import Attempt, DeviceScan
from checkin.models import CheckIn, Conflict, Station
from checkin.telling import tell_console, tell_everyone
from checkin.wording import answer_of
from events.memory.services import recognise
from events.models import Attendee
from events.selectors import is_ticket_elsewhere
from events.services import lock_event, register_attendee
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from events.models import Event
    from tablemates.accounts.models import Organiser

Act = CheckIn.Act
Outcome = CheckIn.Outcome

__all__ = [
    "DeviceScan",
    "check_in",
    "check_in_walk_in",
    "check_out",
    "refuse_check_in",
    "refuse_check_out",
    "undo",
]


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
    device: DeviceScan | None = None,
) -> CheckIn:
    """Let a person in by what a scanner read or a hand typed (`text`), or by an attendee found by name.

    Every attempt is a row. The same nonce gets the row it got before, whatever else is sent with it.
    """
    scan = Attempt(event, station, nonce, Act.IN, device)
    return _pass_door(scan, text, attendee)


def check_out(
    *,
    event: Event,
    station: Station,
    nonce: str,
    text: str = "",
    attendee: Attendee | None = None,
    device: DeviceScan | None = None,
) -> CheckIn:
    """Note that a person left. Leaving twice, or before arriving, changes nothing."""
    scan = Attempt(event, station, nonce, Act.OUT, device)
    return _pass_door(scan, text, attendee)


def refuse_check_in(*, event: Event, station: Station, nonce: str, **what: Any) -> CheckIn:
    """Write down whom a station let in that may scan no more, so that they are known; takes what `check_in` takes."""
    return _refuse_station(Attempt(event, station, nonce, Act.IN), **what)


def refuse_check_out(*, event: Event, station: Station, nonce: str, **what: Any) -> CheckIn:
    """The same for whom it let out."""
    return _refuse_station(Attempt(event, station, nonce, Act.OUT), **what)


@transaction.atomic
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
    scan = Attempt(lock_event(event), station, nonce, Act.IN)
    if row := scan.earlier_row():
        return row
    if refused := _shut(scan):
        return _refuse(scan, refused)
    scan.person = register_attendee(
        event=scan.event, name=name, interests=interests, source="door", **fields
    )
    scan.ticket = scan.person.tickets.get()
    return _step(scan)


@transaction.atomic
def undo(*, checkin: CheckIn, station: Station, organiser: Organiser, nonce: str) -> CheckIn:
    """Take back an entry or exit; the row stays, and so does this one. For organisers only: a scanner cannot.

    The person may still be in by another scan: presence follows from the rows that are left, and the answer says so.
    """
    scan = Attempt(lock_event(checkin.event), station, nonce, Act.UNDO)
    if checkin.attendee:
        scan.person = scan.event.attendees.get(pk=checkin.attendee.pk)
    if row := scan.earlier_row():
        return row
    if scan.person is None or not checkin.counts:
        raise Refusal("not_undoable", _("Only entries and exits can be taken back."))
    if checkin.pk in scan.undone:
        raise Refusal("already_undone", _("This was taken back already."))
    scan.undoes, scan.organiser = checkin, organiser
    return _move(scan, Outcome.UNDONE, scan.steps_without(checkin))


@transaction.atomic(savepoint=False)
def _pass_door(scan: Attempt, text: str, attendee: Attendee | None) -> CheckIn:
    scan.meet(text, attendee)
    if row := scan.earlier_row():
        return row
    if scan.person is None:
        elsewhere = is_ticket_elsewhere(event=scan.event, text=text)
        return _refuse(scan, Outcome.WRONG_EVENT if elsewhere else Outcome.UNKNOWN)
    refused = _not_welcome(scan) if scan.act == Act.IN else None
    return _refuse(scan, refused) if refused else _step(scan)


@transaction.atomic(savepoint=False)
def _refuse_station(
    scan: Attempt,
    text: str = "",
    attendee: Attendee | None = None,
    device: DeviceScan | None = None,
) -> CheckIn:
    scan.device = device
    scan.meet(text, attendee)
    return scan.earlier_row() or _refuse(scan, Outcome.REVOKED_STATION)


def _not_welcome(scan: Attempt) -> Outcome | None:
    if scan.person and scan.person.status == Attendee.Status.BLOCKED:
        return Outcome.BLOCKED
    cancelled = scan.person and scan.person.status == Attendee.Status.CANCELLED
    if cancelled or (scan.ticket and scan.ticket.revoked_at):
        return Outcome.CANCELLED
    return _shut(scan)


def _shut(scan: Attempt) -> Outcome | None:
    """Whether the doors were shut: now, or for a scan that comes later, when it happened."""
    event, moment = scan.event, scan.device.happened_at if scan.device else None
    if event.opened_at is None or (moment and moment < event.opened_at):
        return Outcome.TOO_EARLY
    over = event.ended_at is not None and (moment is None or moment >= event.ended_at)
    return Outcome.CLOSED if over else None


def _step(scan: Attempt) -> CheckIn:
    """Write a step of a known person over the threshold, and what follows from it."""
    new = presence.Step(scan.moment(), scan.nonce, "in" if scan.act == Act.IN else "out")
    if presence.is_news(scan.steps, new):
        outcome = Outcome.ENTRY if scan.act == Act.IN else Outcome.EXIT
        if scan.act == Act.IN and scan.person and scan.event.series_id:
            scan.person.event = scan.event
            recognise(scan.person)
    else:
        outcome = Outcome.ALREADY_IN if scan.act == Act.IN else Outcome.NOT_IN
    return _move(scan, outcome, [*scan.steps, new], new)


def _move(
    scan: Attempt,
    outcome: Outcome,
    steps: list[presence.Step],
    new: presence.Step | None = None,
) -> CheckIn:
    """Write the row, set where the person is by all `steps`, and tell everyone whom it concerns."""
    person = scan.person
    assert person is not None
    was, person.present_since = person.present_since, presence.present_since(steps)
    turned = (was is None) != (person.present_since is None)
    counted = presence.counted_since(scan.steps, new) if new and new.act == "in" else None
    row = _write(
        scan,
        outcome,
        at=new.happened_at if new else scan.moment(),
        counts=new is not None,
        turn=scan.turns + 1 if turned else None,
        since=counted or person.present_since,
    )
    if scan.batch:
        if was != person.present_since:
            scan.batch.move(person)
    elif was == person.present_since:
        tell_console(row)
    else:
        name = "changed" if not turned else "arrived" if person.present_since else "left"
        person.save(update_fields=["present_since"])
        own = scan.ticket if scan.ticket and scan.ticket.opens_page else None
        tell_everyone(row, change=name, ticket=own)
    return row


def _refuse(scan: Attempt, outcome: Outcome) -> CheckIn:
    """Write an attempt that changed nothing."""
    row = _write(scan, outcome, at=scan.moment())
    if not scan.batch:
        tell_console(row)
    return row


def _write(
    scan: Attempt,
    outcome: Outcome,
    *,
    at: datetime,
    counts: bool = False,
    turn: int | None = None,
    since: datetime | None = None,
) -> CheckIn:
    row = CheckIn(
        event=scan.event,
        station=scan.station,
        attendee=scan.person,
        ticket=scan.ticket,
        organiser=scan.organiser,
        nonce=scan.nonce,
        act=scan.act,
        outcome=outcome,
        undoes=scan.undoes,
        counts=counts,
        turn=turn,
        at=timezone.now() if scan.device else at,
        happened_at=at,
        answer=answer_of(outcome, at, scan.person, since),
    )
    if scan.device:
        row.device_at, row.shown = scan.device.at, scan.device.shown
    if scan.batch:
        scan.batch.add(row)
        return row
    row.save()
    if row.is_conflict:
        Conflict.objects.create(checkin=row)
    return row
