"""An organiser's act: one at a time, only on what they have seen, and written down for their colleagues."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from events.services import lock_event
from matching.models import Change, Round
from matching.payloads import change_for_console
from matching.selectors import mixer_of
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.models import Event
    from matching.models import Mixer

MOST_CHANGES = 20
"""So many of the latest changes are told to an organiser who looked at an old version."""


@dataclass
class Act:
    """One act on a mixer, whose version has been counted up for it. `by` is the organiser, "" the clock."""

    mixer: Mixer
    by: str = ""
    noted: bool = False

    def note(self, kind: str, **params: Any) -> None:
        """Write down what is done, for colleagues who looked at an older version: once in each act."""
        Change.objects.create(
            mixer=self.mixer, version=self.mixer.version, by=self.by, kind=kind, params=params
        )
        self.noted = True


@contextmanager
def organiser_acts(event: Event, version: int, by: str = "") -> Iterator[Act]:
    """Run an act in one transaction with the event locked, and count its mixer's version up.

    Refuses (409 `version_conflict`, with what was done since) when someone else acted after the version the organiser
    saw. Raises RuntimeError for an act that is not written down.
    """
    with transaction.atomic():
        mixer = lock_mixer(event)
        if mixer.version != version:
            raise Refusal(
                "version_conflict",
                _(
                    "Someone else changed this a moment ago. Look at it as it is now, then try again."
                ),
                changes=_changes_since(mixer, version),
            )
        with act_on(mixer, by) as act:
            yield act


@contextmanager
def act_on(mixer: Mixer, by: str = "") -> Iterator[Act]:
    """Count the version of a mixer that is locked up for one act.

    What the clock does counts too: an organiser who did not see it yet is told.
    """
    mixer.version += 1
    mixer.save(update_fields=["version"])
    act = Act(mixer, by)
    yield act
    if not act.noted:
        raise RuntimeError("An act on the mixer is to be written down with note().")


def _changes_since(mixer: Mixer, version: int) -> list[dict[str, Any]]:
    since = mixer.changes.filter(version__gt=version).order_by("-version")[:MOST_CHANGES]
    return [change_for_console(change) for change in reversed(since)]


def lock_mixer(event: Event) -> Mixer:
    """The mixer as it is now. Its event is locked until the transaction ends: nobody arrives or leaves meanwhile."""
    return mixer_of(lock_event(event))


def round_on(mixer: Mixer) -> Round | None:
    """The round that is published now."""
    return mixer.rounds.filter(status=Round.Status.PUBLISHED).first()
