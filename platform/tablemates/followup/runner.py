"""What the clock does for what follows: pass requests on, remember evenings, remind people; in the server, or from cron.

Several at once are harmless: each evening is remembered once, and each reminder is claimed by who sends it.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from channels.db import database_sync_to_async
from django.utils import timezone

from events.models import Event
from tablemates.followup.selectors import REVEAL_AFTER
from tablemates.followup.services import (
    events_to_remind,
    events_with_requests,
    forward_requests,
    remember_evening,
    remind,
)
from tablemates.links import opens_here_only
from tablemates.post import leaves_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

TICK_SECONDS = 20.0

logger = logging.getLogger(__name__)


class Done(NamedTuple):
    """What one pass did."""

    remembered: int
    reminded: int


async def run_followup(site: str) -> None:
    """Do what is due, until cancelled. `site` is where the links in mails begin."""
    if not links_lead_here(site):
        logger.warning("No reminders are sent: set PUBLIC_URL, so that their links lead somewhere.")
    while True:
        try:
            # Not the thread that the sockets share: a mail server may be slow.
            await database_sync_to_async(follow_up, thread_sensitive=False)(site)
        except Exception:
            logger.exception("could not look for evenings that are over")
        await asyncio.sleep(TICK_SECONDS)


def follow_up(site: str, now: datetime | None = None) -> Done:
    """One pass over all events. An error in one is logged, and tried again in the next pass."""
    now = now or timezone.now()
    for event_id in events_with_requests(now):
        _try("pass requests on", event_id, partial(forward_requests, event_id=event_id))
    remembered = [
        _try("remember", event.pk, partial(remember_evening, event))
        for event in events_to_remember(now)
    ]
    reminded = [
        _try("remind people", event.pk, partial(remind, event=event, site=site, now=now))
        for event in (events_to_remind(now) if links_lead_here(site) else [])
    ]
    return Done(sum(remembered), sum(reminded))


def events_to_remember(now: datetime) -> QuerySet[Event]:
    """Of a series, revealed by now and not yet remembered."""
    over = Event.objects.filter(ended_at__lte=now - REVEAL_AFTER, remembered_at=None)
    return over.exclude(series=None)


def links_lead_here(site: str) -> bool:
    """Whether whoever gets a mail can open its links; where mails stay on this computer, they may lead there."""
    return bool(site) and not (opens_here_only(site) and leaves_server())


def _try(what: str, event_id: UUID, work: Callable[[], int]) -> int:
    try:
        return work()
    except Exception:
        logger.exception("could not %s of event %s", what, event_id)
    return 0
