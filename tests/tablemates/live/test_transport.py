"""What carries nudges may stall: what was committed stays committed, and nobody at the door waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction

from tablemates.env import REDIS
from tablemates.live.models import Message
from tablemates.live.publish import publish
from tests import services

if TYPE_CHECKING:
    from uuid import UUID

    from pytest_django.fixtures import SettingsWrapper


def _say(stream: UUID) -> None:
    try:
        with transaction.atomic():
            publish(stream=stream, type="said", audiences={"phones": {}})
    finally:
        connections.close_all()


@pytest.mark.usefixtures("loop_end")
async def test_a_redis_that_does_not_answer_holds_up_no_line_of_requests(
    settings: SettingsWrapper,
) -> None:
    async def never_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            pass
        writer.close()

    port, stream = services.free_port(), uuid4()
    stalled = await asyncio.start_server(never_answer, "127.0.0.1", port)
    host = {"address": f"redis://127.0.0.1:{port}/0", **REDIS}
    layer = "channels_redis.pubsub.RedisPubSubChannelLayer"
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": layer, "CONFIG": {"hosts": [host]}}}
    async with stalled:
        # One after the other they would take a second each.
        async with asyncio.timeout(8):
            await asyncio.gather(
                *(sync_to_async(_say, thread_sensitive=False)(stream) for _ in range(12))
            )
    assert await Message.objects.filter(stream=stream).acount() == 12
