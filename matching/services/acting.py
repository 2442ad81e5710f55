"""An organiser's act: one at a time, and only on what they have seen."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from events.services import lock_event
from matching.models import Round
from matching.selectors import mixer_of
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.models import Event
    from matching.models import Mixer


@contextmanager
def organiser_acts(event: Event, version: int) -> Iterator[Mixer]:
    """Run an act in one transaction with the event locked, and count its mixer's version up.

    Refuses (409 `version_conflict`) when someone else acted since the version the organiser saw.
    """
    with transaction.atomic():
        mixer = lock_mixer(event)
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


def lock_mixer(event: Event) -> Mixer:
    """The mixer as it is now. Its event is locked until the transaction ends: nobody arrives or leaves meanwhile."""
    return mixer_of(lock_event(event))


def round_on(mixer: Mixer) -> Round | None:
    """The round that is published now."""
    return mixer.rounds.filter(status=Round.Status.PUBLISHED).first()
