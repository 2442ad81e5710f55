"""An organiser's act: one at a time, and only on what they have seen."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import Mixer, Round
from matching.selectors import mixer_of
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.models import Event


@contextmanager
def organiser_acts(event: Event, version: int) -> Iterator[Mixer]:
    """Run an act in one transaction with the mixer locked, and count its version up.

    Refuses (409 `version_conflict`) when someone else acted since the version the organiser saw.
    """
    mixer_of(event)
    with transaction.atomic():
        mixer = Mixer.objects.select_for_update().select_related("event").get(event=event)
        if mixer.version != version:
            raise Refusal(
                "version_conflict",
                _(
                    "Someone else changed this a moment ago. Look at it as it is now, then try again."
                ),
            )
        mixer.version += 1
        mixer.save(update_fields=["version"])
        yield mixer


def round_on(mixer: Mixer) -> Round | None:
    """The round that is published now."""
    return mixer.rounds.filter(status=Round.Status.PUBLISHED).first()
