"""The only code that touches the channel layer. What it carries is a nudge: losing one costs a tick, never a fact."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, cast

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from channels.layers import BaseChannelLayer

log = logging.getLogger(__name__)

# Longer than any delivery takes, shorter than a guest at the door would notice.
NUDGE_SECONDS = 1.0


def _layer() -> BaseChannelLayer:
    return cast("BaseChannelLayer", get_channel_layer())


def send_after_commit(nudges: Mapping[str, dict[str, Any]]) -> None:
    """Send to every process that listens to these groups, in one trip, once the running transaction has committed."""

    async def deliver() -> None:
        # A Redis that does not answer would hold up one request after the other: all wait for one line to it.
        async with asyncio.timeout(NUDGE_SECONDS):
            for group, content in nudges.items():
                await _layer().group_send(group, {"type": group, **content})

    def send() -> None:
        try:
            async_to_sync(deliver)()
        except Exception as problem:
            # The change is committed and its message stored: the hubs find it at their next look.
            log.warning("could not nudge %s: %r", ", ".join(nudges), problem)

    transaction.on_commit(send)


async def listen(group: str) -> AsyncGenerator[dict[str, Any]]:
    """Yield what is sent to `group` from now on; leaves the group when closed."""
    layer = _layer()
    channel = await layer.new_channel()
    await layer.group_add(group, channel)
    try:
        while True:
            yield await layer.receive(channel)
    finally:
        await layer.group_discard(group, channel)
