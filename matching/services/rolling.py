"""Seats while people come and go: new tables as soon as some share a topic, free seats for late arrivals.

Nobody who sits is moved. The search runs outside any transaction; a plan made on an older seating is made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from events.models import Event
from matching.models import LeftOut, Mixer, Seat
from matching.selectors import mixer_of, seatable, somebody_waits, tables_with_people
from matching.services.acting import lock_mixer, round_on
from matching.services.hall import look_around
from matching.services.placing import place_waiting
from matching.services.rounds import save_tables
from matching.services.telling import tell_seats
from matching.services.wording import reword
from tablemates.live.publish import publish

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from events.models import Attendee
    from matching.models import Round, Table
    from matching.services.placing import Placement

TRIES = 5


def seat_waiting(*, event_id: UUID) -> int:
    """Free the seats of who left, then seat who waits, as far as it makes sense; returns how many sat down.

    Does nothing unless a round is on. Called by the matcher at every bell and tick.
    """
    event = Event.objects.filter(pk=event_id, phase=Event.Phase.OPEN).first()
    if event is None:
        return 0
    for _try in range(TRIES):
        round = round_on(mixer_of(event))
        if round is None:
            return 0
        _free_seats(event, round)
        placed = _place(mixer_of(event), round)
        if placed is not None:
            return placed
    return 0


def _place(mixer: Mixer, round: Round) -> int | None:
    """Seat who waits; None if someone took or gave up a seat meanwhile."""
    if not somebody_waits(mixer.event, round):
        return 0
    placement = place_waiting(look_around(round), round)
    newly_seated = len(placement.newly_seated)
    return newly_seated if not newly_seated or _write(mixer, round, placement) else None


def _write(mixer: Mixer, round: Round, placement: Placement) -> bool:
    """Write joined seats and opened tables in one short transaction; False if the plan is out of date."""
    with transaction.atomic():
        locked = lock_mixer(mixer.event)
        on = round_on(locked)
        if on is None or on != round or locked.seatings != mixer.seatings:
            return False
        # Lock, then look: whoever left or wants no seat any more while we were searching gets none.
        people = [person.pk for person in placement.newly_seated]
        if seatable(locked.event, on).filter(pk__in=people).count() < len(people):
            return False
        count_seating(locked)
        LeftOut.objects.filter(round=on, attendee__in=people).delete()
        sit_down(on, placement.joining)
        if placement.opens:
            save_tables(on, placement.hall.plan, placement.opened)
        tables = tables_with_people(on.tables.filter(seats__attendee__in=people).distinct())
        told = tell_seats(locked, on, tables)
        publish(stream=locked.event_id, type="table.seated", audiences=told)
    return True


def sit_down(round: Round, joining: Mapping[Attendee, int]) -> None:
    """Give people seats at tables of these numbers, with the event locked, and say anew what their tables share."""
    if not joining:
        return
    tables = dict(round.tables.values_list("number", "pk"))
    seats = [
        Seat(round=round, attendee=person, table_id=tables[number])
        for person, number in joining.items()
    ]
    Seat.objects.bulk_create(seats)
    reword(round.mixer.event, round, set(joining.values()))


def free(seats: Iterable[Seat], round: Round) -> list[Table]:
    """Give up seats of a round, with the event locked; returns their tables as they are now, ready for the payloads."""
    given_up = {seat.pk: seat.table_id for seat in seats}
    round.seats.filter(pk__in=given_up).update(left_at=timezone.now())
    tables = round.tables.filter(pk__in=set(given_up.values()))
    # That a table may stay short was said of those who sat there then.
    tables.update(left_short=False)
    count_seating(round.mixer)
    reword(round.mixer.event, round, set(tables.values_list("number", flat=True)))
    return list(tables_with_people(tables))


def change_tables(round: Round, moves: Mapping[Attendee, Table]) -> None:
    """Let people get up from where they sit, if they do, and sit down at these tables, with the event locked."""
    now = timezone.now()
    round.seats.filter(attendee__in=moves, left_at=None).update(left_at=now)
    Seat.objects.bulk_create(
        Seat(round=round, attendee=person, table=table) for person, table in moves.items()
    )


def count_seating(mixer: Mixer) -> None:
    """Note that seats were taken or given up: a plan that was made before is not written any more."""
    Mixer.objects.filter(pk=mixer.pk).update(seatings=F("seatings") + 1)


def _free_seats(event: Event, round: Round) -> None:
    """Give up the seats of those who left the event, and tell their tables."""
    if not _left_behind(round).exists():
        return
    with transaction.atomic():
        mixer = lock_mixer(event)
        on = round_on(mixer)
        # Lock, then look: what is told of a round that has ended meanwhile would put it on again.
        if on != round:
            return
        empty = list(_left_behind(on).select_related("attendee"))
        tables = free(empty, on)
        told = tell_seats(mixer, on, tables, [seat.attendee for seat in empty])
        publish(stream=event.pk, type="table.left", audiences=told)


def _left_behind(round: Round) -> QuerySet[Seat]:
    return round.seats.filter(left_at=None, attendee__present_since=None)
