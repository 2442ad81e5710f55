"""What a series remembers of an evening: written down once, at the reveal, of those who have said yes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.keeping_apart import kept_apart_from, pairs_apart
from events.memory.selectors import ties_of
from events.memory.services import (
    change_memory,
    correct_tie,
    forget_person,
    forget_tie,
    lock_memory,
    recognise,
    remember,
)
from events.services import lock_event
from matching.services import sit_elsewhere
from tablemates.followup.selectors import is_revealed
from tablemates.followup.services.folding import write_into_memory
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from events.models import Attendee, Event, Tie


@transaction.atomic
def remember_evening(event: Event) -> bool:
    """Write the ties and evenings of all who are remembered, once the picks are revealed; says whether it was done now.

    An evening that was written down already, or is not revealed yet, is left as it is.
    """
    event = lock_event(event)
    if event.remembered_at or not is_revealed(event):
        return False
    write_down(event)
    return True


def write_down(event: Event) -> None:
    """Write an evening down that was not yet, whatever the hour. Lock the event first."""
    event.remembered_at = timezone.now()
    event.save(update_fields=["remembered_at"])
    write_into_memory(event, event.attendees.exclude(person=None))


@transaction.atomic
def remember_me(*, attendee: Attendee, earlier: Collection[str] = ()) -> Attendee:
    """Remember somebody across the series from now on, who says yes; of an evening that is written down, what is theirs too.

    `earlier` are secrets of tickets that their phone holds: who they have been before. Saying yes twice changes nothing.
    """
    attendee = _locked(attendee)
    if attendee.person_id is None:
        remember(attendee, earlier)
        _catch_up(attendee)
    return attendee


@transaction.atomic
def recognise_me(*, attendee: Attendee, earlier: Collection[str]) -> bool:
    """Link somebody to who they have been, if they said yes to that before; says whether they are remembered."""
    attendee = _locked(attendee)
    if attendee.person_id is None and recognise(attendee, earlier):
        _catch_up(attendee)
    return attendee.person_id is not None


@transaction.atomic
def change_my_memory(
    *, attendee: Attendee, changes: dict[str, Any], admires: Sequence[str] | None = None
) -> Attendee:
    """Note what somebody would like of a series that remembers them."""
    attendee = _locked(attendee)
    if attendee.person is None:
        raise Refusal("not_remembered", _("Nothing is remembered of you. Say yes to it first."))
    change_memory(person=attendee.person, changes=changes, admires=admires)
    return attendee


@transaction.atomic
def forget_me(*, attendee: Attendee) -> None:
    """Delete all that the series remembers of somebody, on both sides; twice changes nothing."""
    person = in_series(attendee).person
    if person:
        forget_person(person=person)


@transaction.atomic
def correct_my_tie(*, attendee: Attendee, tie_id: UUID, changes: dict[str, Any]) -> Tie:
    """Correct what is remembered of somebody else and oneself, on one's own side. Others' ties are refused (404)."""
    return correct_tie(tie=_own_tie(attendee, tie_id), changes=changes)


@transaction.atomic
def forget_my_tie(*, attendee: Attendee, tie_id: UUID) -> None:
    """Delete what is remembered of somebody else and oneself, on both sides. Others' ties are refused (404)."""
    forget_tie(tie=_own_tie(attendee, tie_id))


def _own_tie(attendee: Attendee, tie_id: UUID) -> Tie:
    person = in_series(attendee).person
    tie = ties_of(person).filter(pk=tie_id).first() if person else None
    if tie is None:
        message = _("Nothing of that kind is remembered any more. Look at your page again.")
        raise Refusal("not_found", message, status=404)
    return tie


def in_series(attendee: Attendee) -> Attendee:
    """The attendee, whose event has a series; refused (404) where it has none."""
    if attendee.event.series_id is None:
        raise _no_series()
    return attendee


def _no_series() -> Refusal:
    return Refusal("not_found", _("This evening is in no series."), status=404)


def _locked(attendee: Attendee) -> Attendee:
    """The attendee as they are now, with the event and what its series remembers locked; 404 without a series."""
    event = lock_event(attendee.event)
    attendee = event.attendees.select_related("person").get(pk=attendee.pk)
    attendee.event = event
    if event.series_id is None:
        raise _no_series()
    lock_memory(event.series_id)
    return attendee


def _catch_up(attendee: Attendee) -> None:
    """What follows from knowing who somebody is: whom they keep away from, and what was written down without them."""
    others = list(attendee.event.attendees.filter(pk__in=kept_apart_from(attendee)))
    people = [attendee, *others]
    for one, other in sorted(pairs_apart(attendee.event, people)):
        sit_elsewhere(attendee=people[one], away_from=people[other])
    if attendee.event.remembered_at:
        write_into_memory(attendee.event, [attendee])
