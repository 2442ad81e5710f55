"""Many questions at once, answered by one look-up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

Answer = TypeVar("Answer")

MOST = 500


class Together(Generic[Answer]):
    """Collects what is asked while a look-up is under way, and asks it in the next one.

    A crowd that comes back at once is let in by a few statements instead of one, and a trip to another thread, for each.
    """

    def __init__(self, look_up: Callable[[Collection[str]], dict[str, Answer]]) -> None:
        self.look_up = database_sync_to_async(look_up)
        self.lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line[Answer]] = (
            WeakKeyDictionary()
        )

    async def ask(self, question: str) -> Answer | None:
        """The answer to one question, None if there is none."""
        loop = asyncio.get_running_loop()
        line = self.lines.setdefault(loop, _Line())
        answer = line.waiting.setdefault(question, loop.create_future())
        if line.work is None:
            line.work = loop.create_task(self._answer(line))
        # Whoever hangs up must not take the answer from another who asks the same.
        return await asyncio.shield(answer)

    async def _answer(self, line: _Line[Answer]) -> None:
        try:
            while line.waiting:
                asked = {key: line.waiting.pop(key) for key in list(line.waiting)[:MOST]}
                try:
                    found = await self.look_up(list(asked))
                except Exception as problem:
                    for future in asked.values():
                        future.set_exception(problem)
                    continue
                for question, future in asked.items():
                    future.set_result(found.get(question))
        finally:
            line.work = None


class _Line(Generic[Answer]):
    """Who waits in one event loop."""

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Future[Answer | None]] = {}
        self.work: asyncio.Task[None] | None = None
