"""The matcher as a task beside the server: wakes at every bell, and at a tick in case a bell was lost.

Several at once are harmless: a plan that is out of date when it is written is made again.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from uuid import UUID

from channels.db import database_sync_to_async
from django.db.models import Q
from django.utils import timezone

from matching.models import Round
from matching.services import (
    events_with_wishes_over,
    retell_people,
    seat_waiting,
    settle_wishes,
    tend_clock,
)
from tablemates.live.publish import BELL
from tablemates.live.transport import listen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

TICK_SECONDS = 1.0
# People come through a door in bursts: a moment's patience seats them together.
GATHER_SECONDS = 0.02


async def run_matcher() -> None:
    """Tend all events until cancelled. An error in one event is logged and tried again at the next tick."""
    rung: set[UUID] = set()
    woken = asyncio.Event()

    async def hear() -> None:
        while True:
            try:
                async with aclosing(listen(BELL)) as nudges:
                    async for nudge in nudges:
                        rung.add(UUID(nudge["stream"]))
                        woken.set()
            except Exception as problem:
                log.warning("lost the bell (%r), ticking on", problem)
                await asyncio.sleep(TICK_SECONDS)

    ears = asyncio.create_task(hear())
    try:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK_SECONDS):
                    await woken.wait()
                await asyncio.sleep(GATHER_SECONDS)
            woken.clear()
            await _tend(rung)
    finally:
        ears.cancel()
        # A moment to leave its group, but no more: Redis may be away.
        await asyncio.wait({ears}, timeout=1.0)


async def _tend(rung: set[UUID]) -> None:
    heard = frozenset(rung)
    try:
        event_ids = await _in_thread(events_to_tend)(heard)
    except Exception:
        log.exception("could not look for events in play")
        return
    # What rings meanwhile is kept for the next time.
    rung.difference_update(heard)
    for event_id in event_ids:
        try:
            await _in_thread(tend)(event_id)
        except Exception:
            log.exception("could not tend event %s", event_id)


def _in_thread(work: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    # Not the thread that the sockets share: a search must hold up nobody.
    return database_sync_to_async(work, thread_sensitive=False)


def events_to_tend(rung: Collection[UUID] = ()) -> set[UUID]:
    """Events with a round that is on or wishes that are over, and of those whose bell rang the ones that have any round.

    Before the first round nothing follows from who comes in: then the door shares its processor with nobody.
    """
    due = Q(status=Round.Status.PUBLISHED) | Q(mixer__event__in=rung)
    in_play = Round.objects.filter(due).values_list("mixer__event_id", flat=True)
    return {*in_play, *events_with_wishes_over()}


def tend(event_id: UUID) -> None:
    """Do what is due at one event: end the round whose time is up, seat who waits, end wishes, tell who changed."""
    over = Round.objects.filter(
        mixer__event_id=event_id,
        status=Round.Status.PUBLISHED,
        paused_at=None,
        ends_at__lte=timezone.now(),
    )
    for round in over.select_related("mixer__event"):
        tend_clock(event=round.mixer.event)
    seat_waiting(event_id=event_id)
    settle_wishes(event_id=event_id)
    retell_people(event_id=event_id)
