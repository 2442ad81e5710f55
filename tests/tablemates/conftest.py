"""The hub of a test's event loop, stopped at its end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from tablemates.live.hub import Hub, this_hub

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def loop_end(transactional_db: None) -> AsyncIterator[None]:
    """Closes what the worker thread of this event loop opened in the database."""
    yield
    await sync_to_async(connections.close_all)()


@pytest.fixture
async def hub(loop_end: None) -> AsyncIterator[Hub]:
    """This loop's hub; its tasks are ended and awaited after the test."""
    hub = this_hub()
    yield hub
    tasks = hub.tasks
    hub.stop()
    while tasks:
        # Before Python 3.12 one cancellation may get lost inside the Redis client.
        _, tasks = await asyncio.wait(tasks, timeout=0.5)
        for task in tasks:
            task.cancel()
