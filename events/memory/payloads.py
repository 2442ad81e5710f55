"""What a series remembers of somebody, as they alone are told it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from events.memory.kinds import CHOSEN, Kind, kind_of
from events.memory.selectors import ties_of
from events.names import first_name
from events.payloads import time

if TYPE_CHECKING:
    from datetime import datetime

    from events.models import Attendee, Evening, Tie


def memory_for_phone(attendee: Attendee) -> dict[str, Any]:
    """All of it, to see, correct and delete; empty for who is not remembered."""
    person, series, now = attendee.person, attendee.event.series, timezone.now()
    evenings = list(person.evenings.all()) if person else []
    judged = [evening.worth for evening in evenings if evening.worth is not None]
    return {
        "series": series.name if series else "",
        "remembered": person is not None,
        "askable": bool(person and person.askable),
        "mix": {kind: person.mix.get(kind, 0) if person else 0 for kind in CHOSEN},
        "admires": [wish.name for wish in person.admires.all()] if person else [],
        "ties": [tie_for_phone(tie, now) for tie in ties_of(person)] if person else [],
        "evenings": [_evening(evening) for evening in evenings],
        "worth": {"yes": sum(judged), "of": len(judged)},
    }


def tie_for_phone(tie: Tie, now: datetime) -> dict[str, Any]:
    """One tie, from its owner's side. The full name belongs to those who were introduced.

    That the other is admired, and glad to be asked, is not said here: it is told to nobody.
    """
    kind = kind_of(tie, admired=False, now=now)
    return {
        "id": str(tie.pk),
        "name": tie.other.name if tie.introduced_at else first_name(tie.other.name),
        "kind": kind,
        "first_met": time(tie.first_met),
        "last_met": time(tie.last_met),
        "times": tie.times,
        "introduced": tie.introduced_at is not None,
        "helped": tie.helped,
        "fading": kind == Kind.DORMANT,
    }


def _evening(evening: Evening) -> dict[str, Any]:
    return {
        "id": str(evening.pk),
        "title": evening.title,
        "at": time(evening.at),
        "mix": evening.mix,
        "worth": evening.worth,
    }
