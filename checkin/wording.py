"""What the door says: the answer to each attempt, kept with its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from checkin.models import CheckIn
from events.payloads import time

if TYPE_CHECKING:
    from datetime import datetime

    from events.models import Attendee

Outcome = CheckIn.Outcome
GREETED = (Outcome.ENTRY, Outcome.ALREADY_IN, Outcome.EXIT, Outcome.NOT_IN, Outcome.UNDONE)


def answer_of(
    outcome: Outcome, at: datetime, person: Attendee | None, since: datetime | None
) -> dict[str, Any]:
    """What the door says. A refusal names nobody; only who gets in, or is in, is greeted by name.

    `person` is as they are from now on; `since` is when they came in, for who is in already.
    """
    answer: dict[str, Any] = {"code": outcome.value, "outcome": outcome.value, "at": time(at)}
    if person and outcome in GREETED:
        answer |= {"name": person.name, "attendee": str(person.pk)}
    if outcome == Outcome.ALREADY_IN:
        answer["since"] = time(since)
    name = person.first_name if person else ""
    return answer | {"message": _message(outcome, person) % {"name": name}}


def _message(outcome: Outcome, person: Attendee | None) -> str:
    if outcome == Outcome.UNDONE:
        still_in = person and person.present_since
        return _("Undone. %(name)s is in.") if still_in else _("Undone. %(name)s is not in.")
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
        Outcome.BLOCKED: _("This ticket does not open the door. Please ask the organiser."),
        Outcome.TOO_EARLY: _("The doors are not open yet. Please try again in a moment."),
        Outcome.CLOSED: _("This evening is over. Nobody can check in any more."),
        Outcome.REVOKED_STATION: _(
            "This scanner may not let anybody in any more. Ask the organiser for a new pairing code."
        ),
    }[outcome]
