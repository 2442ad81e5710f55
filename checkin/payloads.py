"""How the door's ledger is told to the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from events.payloads import time

if TYPE_CHECKING:
    from checkin.models import CheckIn


def checkin_for_console(checkin: CheckIn) -> dict[str, Any]:
    """Record `checkins/<id>` of the console."""
    return {
        "id": str(checkin.pk),
        "at": time(checkin.at),
        "outcome": checkin.outcome,
        "name": checkin.attendee.name if checkin.attendee else "",
        "attendee": str(checkin.attendee_id) if checkin.attendee_id else None,
        "station": checkin.station.name,
    }
