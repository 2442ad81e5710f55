"""Tell a browser line by line how far a long work is, while it runs in a thread of its own."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from rest_framework.renderers import BaseRenderer

from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    Tell = Callable[[int, int], None]


class Work(Protocol):
    """Something long; `progress(done, total)` is called now and then."""

    def __call__(self, *, progress: Tell) -> dict[str, Any]: ...


log = logging.getLogger(__name__)

LINES = "application/x-ndjson"


class LinesRenderer(BaseRenderer):
    """What was refused before the work began, as the only line."""

    media_type = LINES
    format = "ndjson"

    def render(
        self,
        data: object,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """One line `{error}`."""
        return _line({"error": data})


class NobodyListens(Exception):
    """Whoever asked has gone away."""


def answer_in_lines(work: Work, *, stop_when_alone: bool) -> StreamingHttpResponse:
    """Run the work in a thread and answer `{done, total}` lines as it goes on, then `{summary}` or `{error}`.

    `stop_when_alone` raises `NobodyListens` out of `progress` once the browser has gone; otherwise the work goes on to
    its end. Its transaction is its own affair: a line that cannot be sent undoes nothing.
    """
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    lines = _lines(work, stop_when_alone=stop_when_alone)
    return StreamingHttpResponse(lines, content_type=LINES, headers=headers)


async def _lines(work: Work, *, stop_when_alone: bool) -> AsyncGenerator[bytes]:
    loop, told = asyncio.get_running_loop(), asyncio.Queue[dict[str, Any]]()
    alone = threading.Event()

    def put(line: dict[str, Any]) -> None:
        # The loop may have ended with the server.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(told.put_nowait, line)

    def tell(done: int, total: int) -> None:
        if stop_when_alone and alone.is_set():
            raise NobodyListens
        put({"done": done, "total": total})

    threading.Thread(target=lambda: put(_result(work, tell))).start()
    try:
        line: dict[str, Any] = {"done": 0}
        while "done" in line:
            line = await told.get()
            yield _line(line)
    finally:
        alone.set()


def _result(work: Work, tell: Tell) -> dict[str, Any]:
    try:
        return {"summary": work(progress=tell)}
    except Refusal as refusal:
        return {"error": refusal.body()}
    except NobodyListens:
        return {"error": {}}
    except Exception:
        log.exception("a work that was watched broke")
        message = _("That did not work, and nothing was changed. Try again.")
        return {"error": {"code": "broken", "message": message}}
    finally:
        connections.close_all()


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n"
