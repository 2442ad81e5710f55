"""How rounds and tables are told to each audience. Snapshots and messages are built from the same functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from events.payloads import time
from matching.selectors import waiting

if TYPE_CHECKING:
    from events.models import Attendee
    from matching.models import Change, Errand, Mixer, Round, Table, VenueTable, Wish

PATIENCE_SECONDS = 90
"""After this long without company of one's own topic, any table is better than the edge of the room."""
OPENERS = 4
"""How many questions to begin with the surfaces have in words; tables take them in turn."""


def mixer_for_console(mixer: Mixer) -> dict[str, Any]:
    """Record `mixer` of the console."""
    on = mixer.rounds.filter(kind="rolling", status="published").exists()
    return {
        "rolling": on,
        "round_minutes": mixer.round_minutes,
        "gap_minutes": mixer.gap_minutes,
        "version": mixer.version,
        "entrance": _entrance(mixer),
    }


def _entrance(mixer: Mixer) -> dict[str, int]:
    return {"x": mixer.entrance_x, "y": mixer.entrance_y}


def venue_for_console(mixer: Mixer) -> list[dict[str, Any]]:
    """Record `venue` of the console: the tables of the room, by number."""
    return [_venue_table(table) for table in mixer.venue.all()]


def _venue_table(table: VenueTable) -> dict[str, Any]:
    names = ("number", "chairs", "x", "y", "features", "closed")
    return {name: getattr(table, name) for name in names}


def plan_of(mixer: Mixer) -> dict[str, Any]:
    """Record `plan` of phones and screens: where the tables are that people may be sent to."""
    tables = [
        {"number": table.number, "x": table.x, "y": table.y}
        for table in mixer.venue.all()
        if not table.closed
    ]
    return {"entrance": _entrance(mixer), "tables": tables}


def wish_for_console(wish: Wish) -> dict[str, Any]:
    """Record `wishes/<attendee id>` of the console."""
    return {"attendee": str(wish.attendee_id), "kind": wish.kind, "since": time(wish.since)}


def wish_for_phone(wish: Wish | None) -> dict[str, Any] | None:
    """Record `wish`: told to this person alone."""
    return None if wish is None else {"kind": wish.kind, "since": time(wish.since)}


def errand_for_console(errand: Errand) -> dict[str, Any]:
    """Record `errands/<id>` of the console."""
    return {
        "id": str(errand.pk),
        "host": str(errand.host_id),
        "attendee": str(errand.attendee_id),
        "sent_at": time(errand.sent_at),
    }


def errand_for_phone(errand: Errand | None) -> dict[str, Any] | None:
    """Record `errand`: told to the host who is asked."""
    if errand is None:
        return None
    return {"id": errand.pk, "name": errand.attendee.shown_name}


def change_for_console(change: Change) -> dict[str, Any]:
    """What an organiser or the clock did, as an organiser with an older version is told."""
    told = {name: value for name, value in change.params.items() if name != "draft"}
    return {
        "version": change.version,
        "by": change.by,
        "at": time(change.at),
        "kind": change.kind,
        "params": told,
    }


def clock(round: Round) -> dict[str, Any]:
    """Record `round` of phones and screens: its clock and nothing about people."""
    return {
        "id": str(round.pk),
        "number": round.number,
        "kind": round.kind,
        "status": round.status,
        "starts_at": time(round.starts_at),
        "ends_at": time(round.ends_at),
        "paused_at": time(round.paused_at),
        "patience": PATIENCE_SECONDS if round.kind == "rolling" else None,
    }


def round_for_console(round: Round) -> dict[str, Any]:
    """Record `rounds/<id>` of the console, with the plan's figures."""
    out = [] if round.status == "done" else waiting(round.mixer.event, round)
    return {
        **clock(round),
        "quality": round.quality,
        "random": round.random,
        "sitting_out": [str(person.pk) for person in out],
        "notes": round.notes,
        "published_at": time(round.published_at),
    }


def people_at(table: Table) -> list[Attendee]:
    """Who sits at a table that came from `tables_with_people`."""
    return [seat.attendee for seat in table.taken]  # type: ignore[attr-defined]


def _topic(table: Table) -> str | None:
    """The table's topic; an open table has none."""
    return table.topic.label if table.topic else None


def table_for_console(table: Table) -> dict[str, Any]:
    """Record `tables/<id>` of the console."""
    return {
        "id": str(table.pk),
        "round": str(table.round_id),
        "number": table.number,
        "topic": _topic(table),
        "why": table.why,
        "shared": table.shared,
        "people": [str(person.pk) for person in people_at(table)],
        "pinned": table.pinned,
        "pins": [str(seat.attendee_id) for seat in table.taken if seat.pinned],  # type: ignore[attr-defined]
        "left_short": table.left_short,
    }


def table_for_screen(table: Table) -> dict[str, Any]:
    """Record `tables/<id>` of the big screen: a name only of those who are fine with it."""
    return {
        "id": str(table.pk),
        "number": table.number,
        "topic": _topic(table),
        "people": [
            {"id": str(person.pk), "name": person.shown_name if person.on_screen else None}
            for person in people_at(table)
        ],
    }


def seat_for_phone(table: Table, person: Attendee) -> dict[str, Any]:
    """Record `seat` of one phone: the table, why, and who is there by first name."""
    return {
        "round": str(table.round_id),
        "id": str(table.pk),
        "table": table.number,
        "topic": _topic(table),
        "why": table.why,
        "opener": table.number % OPENERS,
        "tablemates": [_tablemate(person, other) for other in people_at(table) if other != person],
    }


def _tablemate(person: Attendee, other: Attendee) -> dict[str, Any]:
    mine = {interest.pk for interest in person.interests.all()}
    return {
        "name": other.first_name,
        "shared": [interest.label for interest in other.interests.all() if interest.pk in mine],
        "ask": other.ask,
        "offer": other.offer,
        "host": other.host,
    }
