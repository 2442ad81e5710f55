"""How the door's ledger is told to the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from events.payloads import time

if TYPE_CHECKING:
    from checkin.models import CheckIn, Conflict, Station


def checkin_for_console(checkin: CheckIn, *, undone: bool = False) -> dict[str, Any]:
    """Record `checkins/<id>` of the console."""
    return {
        "id": str(checkin.pk),
        "at": time(checkin.happened_at),
        "late": checkin.device_at is not None,
        "outcome": checkin.outcome,
        "name": checkin.attendee.name if checkin.attendee else "",
        "attendee": str(checkin.attendee_id) if checkin.attendee_id else None,
        "station": checkin.station.name,
        "undone": undone,
    }


def conflict_for_console(conflict: Conflict) -> dict[str, Any]:
    """Record `conflicts/<id>` of the console."""
    row = conflict.checkin
    return {
        "id": str(conflict.pk),
        "at": time(row.happened_at),
        "station": row.station.name,
        "name": row.attendee.name if row.attendee else "",
        "attendee": str(row.attendee_id) if row.attendee_id else None,
        "outcome": row.outcome,
        "since": row.answer.get("since"),
    }


def station_for_console(station: Station) -> dict[str, Any]:
    """Record `stations/<id>` of the console."""
    return {
        "id": str(station.pk),
        "name": station.name,
        "status": _standing(station),
        "valid_until": time(station.valid_until) if station.paired_at else None,
        "seen_at": time(station.seen_at),
        "queue_length": station.queue_length,
        "rejected": station.rejected,
    }


def _standing(station: Station) -> str:
    if station.revoked_at:
        return "revoked"
    if station.paired_at is None or station.valid_until is None:
        return "waiting"
    return "active" if station.valid_until > timezone.now() else "expired"
