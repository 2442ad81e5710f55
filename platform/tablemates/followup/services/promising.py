"""Promises: made to somebody one has met, settled by their owner, thanked for by the other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.memory.services import note_contact
from events.services import lock_event
from tablemates.followup.models import Promise
from tablemates.followup.selectors import acquaintance, promises_of
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from events.models import Attendee, Event

DUE_IN, LATEST = timedelta(days=7), timedelta(days=365)
MOST_PROMISES = 20
"""Whoever promises more than that keeps none of them; and each is read by somebody."""


@transaction.atomic
def make_promise(*, owner: Attendee, to_id: UUID, text: str, due: date | None = None) -> Promise:
    """Note what one said one would do for somebody, due in a week unless another day is given.

    Refuses who is nobody to this person (404), a day that is past or far off (400), and promises without end (409).
    """
    event = lock_event(owner.event)
    to = acquaintance(owner, to_id)
    today = _today(event)
    if due is not None:
        _expect_soon(due, today)
    if owner.promises.count() >= MOST_PROMISES:
        raise Refusal(
            "enough_promises",
            _("You have promised %(n)d things this evening. Keep those first.")
            % {"n": MOST_PROMISES},
        )
    return Promise.objects.create(owner=owner, to=to, text=text, due=due or today + DUE_IN)


@transaction.atomic
def change_promise(*, owner: Attendee, promise_id: UUID, changes: Mapping[str, Any]) -> Promise:
    """Say what became of a promise (`status`), or when it is due. What one has been thanked for stays done (409)."""
    event = lock_event(owner.event)
    promise = _of(owner, promise_id, mine=True)
    status, due = changes.get("status", promise.status), changes.get("due")
    if promise.thanked_at and status != Promise.Status.DONE:
        raise Refusal("thanked", _("They have thanked you for it: it stays done."))
    if due is not None:
        _expect_soon(due, _today(event))
        promise.due = due
    if status != promise.status:
        promise.status = status
        promise.settled_at = None if status == Promise.Status.OPEN else timezone.now()
    promise.save(update_fields=["status", "settled_at", "due"])
    return promise


@transaction.atomic
def thank_for(*, attendee: Attendee, promise_id: UUID) -> None:
    """Say that a promise helped. Once it is done (409), and only by the one it was made to (404); twice changes nothing."""
    lock_event(attendee.event)
    promise = _of(attendee, promise_id, mine=False)
    if promise.status != Promise.Status.DONE:
        raise Refusal("not_done", _("They have not said yet that it is done. Ask them about it."))
    if promise.thanked_at is None:
        promise.thanked_at = timezone.now()
        promise.save(update_fields=["thanked_at"])
        note_contact(attendee, promise.owner, at=promise.thanked_at, helped=attendee)


def _of(attendee: Attendee, promise_id: UUID, *, mine: bool) -> Promise:
    for promise in promises_of(attendee):
        if promise.pk == promise_id and (promise.owner_id == attendee.pk) == mine:
            return promise
    raise Refusal("not_found", _("There is no such promise. Look at your page again."), status=404)


def _today(event: Event) -> date:
    return timezone.now().astimezone(ZoneInfo(event.time_zone)).date()


def _expect_soon(due: date, today: date) -> None:
    if not today <= due <= today + LATEST:
        message = _("Choose a day from today to a year ahead.")
        raise Refusal("invalid", message, status=400, field="due")
