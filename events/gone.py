"""Links that led to an event which has been deleted: they say so, and nothing else."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from events.models import GoneLink, Ticket
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from events.models import Event

AT_ONCE = 500


def note_gone(event: Event) -> None:
    """Remember what opens something of an event that is about to be deleted, as digests."""
    own = Ticket.objects.filter(event=event, issuer="tablemates")
    held = {event.poster_code, event.screen_token, str(event.pk)}
    held |= set(own.values_list("secret", flat=True))
    links = [GoneLink(digest=_digest(text)) for text in held]
    GoneLink.objects.bulk_create(links, AT_ONCE, ignore_conflicts=True)


def is_gone(text: object) -> bool:
    """Whether this secret, code or id led to an event that has been deleted. Ask only where it opens nothing."""
    return GoneLink.objects.filter(digest=_digest(str(text))).exists()


def expect_not_gone(text: object) -> None:
    """Refuse (410) what led to an event that has been deleted."""
    if is_gone(text):
        raise Refusal("gone", gone_words(), status=410)


def gone_words() -> str:
    """What to say where a deleted event was."""
    return _(
        "This evening has been deleted, and everything that was kept of it. "
        "If you need something of it, ask the people who invited you."
    )


def _digest(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()
