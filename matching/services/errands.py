"""Hosts who are sent to somebody who waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from matching.services.acting import lock_mixer
from matching.services.telling import tell_errand
from tablemates.live.publish import publish

if TYPE_CHECKING:
    from matching.models import Errand
    from tablemates.live.publish import Facts


@transaction.atomic
def finish_errand(*, errand: Errand) -> None:
    """The host has been there. Saying so twice changes nothing."""
    mixer = lock_mixer(errand.mixer.event)
    errand.refresh_from_db(fields=["done_at"])
    if errand.done_at is None:
        told: dict[str, Facts] = {}
        end_errand(told, errand)
        publish(stream=mixer.event_id, type="errand.done", audiences=told)


def end_errand(told: dict[str, Facts], errand: Errand) -> None:
    """Close an errand, with the event locked, and add to what is told that it is done."""
    errand.done_at = timezone.now()
    errand.save(update_fields=["done_at"])
    tell_errand(told, errand)
