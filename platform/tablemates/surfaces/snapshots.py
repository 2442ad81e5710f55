"""The whole state of each surface, and the seq it stands for.

The seq is read first: a change that commits in between is in the state already and comes once more as a message,
which is harmless. The other way round it would be lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from checkin.models import Station
from checkin.payloads import checkin_for_console, conflict_for_console, station_for_console
from checkin.selectors import latest_checkins, open_conflicts
from events.payloads import (
    attendee_for_console,
    attendee_for_phone,
    event_for_console,
    event_for_phone,
    event_for_screen,
    room_for_phone,
    room_for_screen,
    time,
)
from events.selectors import room_now
from matching.models import Errand, Table, Wish
from matching.payloads import (
    clock,
    errand_for_console,
    errand_for_phone,
    mixer_for_console,
    plan_of,
    round_for_console,
    seat_for_phone,
    table_for_console,
    table_for_screen,
    venue_for_console,
    wish_for_console,
    wish_for_phone,
)
from matching.selectors import current_round, mixer_of, tables_with_people
from tablemates.followup.payloads import alerts_of, patterns_of, request_for_phone
from tablemates.live.publish import last_seq

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from events.models import Attendee, Event
    from matching.models import Round


def snapshot(stream: UUID, state: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """`{seq, now, state}` of a surface."""
    seq = last_seq(stream)
    return {"seq": seq, "state": state(), "now": time(timezone.now())}


def console_state(event: Event) -> dict[str, Any]:
    """State of the console: everything an organiser works with."""
    mixer = mixer_of(event)
    attendees = event.attendees.prefetch_related("interests", "tickets")
    tables = tables_with_people(Table.objects.filter(round__mixer=mixer))
    return {
        "event": event_for_console(event),
        "mixer": mixer_for_console(mixer),
        "venue": venue_for_console(mixer),
        "attendees": _by_id(attendee_for_console(person) for person in attendees),
        "wishes": {
            str(wish.attendee_id): wish_for_console(wish)
            for wish in Wish.objects.filter(attendee__event=event)
        },
        "errands": _by_id(
            errand_for_console(errand) for errand in mixer.errands.filter(done_at=None)
        ),
        "rounds": _by_id(
            round_for_console(round) for round in mixer.rounds.select_related("mixer__event")
        ),
        "tables": _by_id(table_for_console(table) for table in tables),
        "checkins": _by_id(
            checkin_for_console(row, undone=row.undone) for row in latest_checkins(event)
        ),
        "stations": _by_id(
            station_for_console(station)
            for station in event.stations.filter(kind=Station.Kind.SCANNER)
        ),
        "conflicts": _by_id(conflict_for_console(conflict) for conflict in open_conflicts(event)),
        "alerts": _by_id(alerts_of(event)),
        "patterns": patterns_of(event),
    }


def screen_state(event: Event) -> dict[str, Any]:
    """State of the big screen: nothing that a person would not have read aloud."""
    round = current_round(event)
    tables = tables_with_people(round.tables.all()) if round else []
    return {
        "event": event_for_screen(event),
        "room": room_for_screen(room_now(event)),
        "round": clock(round) if round else None,
        "tables": _by_id(table_for_screen(table) for table in tables),
        "plan": plan_of(mixer_of(event)),
    }


def phone_state(attendee: Attendee) -> dict[str, Any]:
    """State of one phone: this person, and the room without names but the tablemates' first ones."""
    event = attendee.event
    room = room_now(event, attendee)
    round = current_round(event)
    return {
        "event": event_for_phone(event, room.topics),
        "me": attendee_for_phone(attendee, room.mine),
        "room": room_for_phone(room),
        "round": clock(round) if round else None,
        "seat": _seat(attendee, round) if round else None,
        "wish": wish_for_phone(Wish.objects.filter(attendee=attendee).first()),
        "errand": errand_for_phone(
            Errand.objects.filter(host=attendee, done_at=None).select_related("attendee").first()
        ),
        "request": request_for_phone(attendee),
        "plan": plan_of(mixer_of(event)),
    }


def _seat(attendee: Attendee, round: Round) -> dict[str, Any] | None:
    mine = round.tables.filter(seats__attendee=attendee, seats__left_at=None)
    table = tables_with_people(mine).first()
    return seat_for_phone(table, attendee) if table else None


def _by_id(rows: Any) -> dict[str, Any]:
    return {row["id"]: row for row in rows}
