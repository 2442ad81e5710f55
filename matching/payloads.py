"""How rounds and tables are told to each audience. Snapshots and messages are built from the same functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from events.payloads import time
from matching.selectors import waiting

if TYPE_CHECKING:
    from events.models import Attendee
    from matching.models import Mixer, Round, Table


def mixer_for_console(mixer: Mixer) -> dict[str, Any]:
    """Record `mixer` of the console."""
    on = mixer.rounds.filter(kind="rolling", status="published").exists()
    return {
        "rolling": on,
        "round_minutes": mixer.round_minutes,
        "gap_minutes": mixer.gap_minutes,
        "version": mixer.version,
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
    }


def people_at(table: Table) -> list[Attendee]:
    """Who sits at a table that came from `tables_with_people`."""
    return [seat.attendee for seat in table.taken]  # type: ignore[attr-defined]


def topic_words(table: Table) -> str:
    """The table's topic in words; an open table has none."""
    return table.topic.label if table.topic else _("Open table")


def table_for_console(table: Table) -> dict[str, Any]:
    """Record `tables/<id>` of the console."""
    return {
        "id": str(table.pk),
        "round": str(table.round_id),
        "number": table.number,
        "topic": topic_words(table),
        "reason": table.reason,
        "shared": table.shared,
        "people": [str(person.pk) for person in people_at(table)],
    }


def table_for_screen(table: Table) -> dict[str, Any]:
    """Record `tables/<id>` of the big screen: a name only of those who are fine with it."""
    return {
        "id": str(table.pk),
        "number": table.number,
        "topic": topic_words(table),
        "people": [
            {"id": str(person.pk), "name": person.shown_name if person.on_screen else None}
            for person in people_at(table)
        ],
    }


def seat_for_phone(table: Table, person: Attendee) -> dict[str, Any]:
    """Record `seat` of one phone: the table, why, and who is there by first name."""
    return {
        "round": str(table.round_id),
        "table": table.number,
        "topic": topic_words(table),
        "reason": table.reason,
        "opener": opener(table),
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


def opener(table: Table) -> str:
    """A question to begin with; the same for all at the table, another one at the next."""
    if table.topic is None:
        return _("What are you curious about at the moment?")
    questions = (
        _("What first drew you to %(topic)s?"),
        _("What are you trying out in %(topic)s at the moment?"),
        _("What has surprised you about %(topic)s?"),
        _("What would you love to understand better about %(topic)s?"),
    )
    return questions[table.number % len(questions)] % {"topic": table.topic.label}
