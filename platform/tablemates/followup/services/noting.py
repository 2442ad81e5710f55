"""What people write down for themselves: their card, a note, whether the evening was worth it, to be left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from events.models import Evening
from events.services import lock_event
from tablemates.followup.models import Card, Note, Quiet, Verdict
from tablemates.followup.selectors import acquaintance, card_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from events.models import Attendee


@transaction.atomic
def change_card(*, attendee: Attendee, changes: Mapping[str, str]) -> dict[str, str]:
    """Say how one may be reached; returns the card. From here on the guest list changes nothing of it."""
    lock_event(attendee.event)
    card = {**card_of(attendee), **changes}
    Card.objects.update_or_create(attendee=attendee, defaults=card)
    return card


@transaction.atomic
def write_note(*, attendee: Attendee, about_id: UUID, text: str) -> None:
    """Remember something of a conversation; no text erases it. Refuses who is nobody to this person (404)."""
    lock_event(attendee.event)
    about = acquaintance(attendee, about_id)
    if text:
        Note.objects.update_or_create(attendee=attendee, about=about, defaults={"text": text})
    else:
        attendee.notes.filter(about=about).delete()


@transaction.atomic
def judge_evening(*, attendee: Attendee, worth: bool | None) -> None:
    """Say whether the evening was worth one's time, or take that back; also in one's own memory of the series."""
    lock_event(attendee.event)
    if worth is None:
        Verdict.objects.filter(attendee=attendee).delete()
    else:
        Verdict.objects.update_or_create(attendee=attendee, defaults={"worth": worth})
    Evening.objects.filter(event=attendee.event_id, person=attendee.person_id).update(worth=worth)


@transaction.atomic
def leave_alone(*, attendee: Attendee, on: bool) -> None:
    """Send this person no reminders and no mail of others, or do so again."""
    lock_event(attendee.event)
    if on:
        Quiet.objects.get_or_create(attendee=attendee)
    else:
        Quiet.objects.filter(attendee=attendee).delete()
