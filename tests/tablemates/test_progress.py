"""A long work told line by line, to somebody who may go away."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from tablemates.progress import NobodyListens, answer_in_lines
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from tablemates.progress import Tell

SECONDS = 20
TRIES = 200


async def all_lines(work: Any) -> list[dict[str, Any]]:
    answer = answer_in_lines(work, stop_when_alone=False)
    return [json.loads(line) async for line in answer.streaming_content]  # type: ignore[union-attr]


async def test_lines_come_while_the_work_goes_on_and_the_last_one_is_what_came_of_it() -> None:
    heard = threading.Event()

    def work(*, progress: Tell) -> dict[str, Any]:
        progress(1, 2)
        assert heard.wait(SECONDS)
        return {"created": 2}

    answer = answer_in_lines(work, stop_when_alone=False)
    told: list[dict[str, Any]] = []
    async for line in answer.streaming_content:  # type: ignore[union-attr]
        told.append(json.loads(line))
        heard.set()
    assert told == [{"done": 1, "total": 2}, {"summary": {"created": 2}}]
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/x-ndjson", "no-store")


async def test_refusal_is_the_last_line() -> None:
    def work(*, progress: Tell) -> dict[str, Any]:
        raise Refusal("empty", "The file is empty.", field="file")

    error = {"code": "empty", "message": "The file is empty.", "field": "file"}
    assert await all_lines(work) == [{"error": error}]


async def test_work_that_breaks_says_so_and_the_log_has_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def work(*, progress: Tell) -> dict[str, Any]:
        raise ValueError("a fault of ours")

    (told,) = await all_lines(work)
    assert told["error"]["code"] == "broken"
    assert "a fault of ours" in caplog.text


@pytest.mark.parametrize("stop_when_alone", [True, False])
async def test_work_nobody_listens_to_goes_on_unless_it_is_only_a_trial(
    stop_when_alone: bool,
) -> None:
    ended = threading.Event()
    how: list[str] = []

    def work(*, progress: Tell) -> dict[str, Any]:
        try:
            for done in range(TRIES):
                progress(done, TRIES)
                time.sleep(0.005)
        except NobodyListens:
            how.append("stopped")
            raise
        else:
            how.append("went on")
        finally:
            ended.set()
        return {}

    answer = answer_in_lines(work, stop_when_alone=stop_when_alone)
    first = asyncio.Event()

    async def listen() -> None:
        async for _ in answer.streaming_content:  # type: ignore[union-attr]
            first.set()

    listening = asyncio.create_task(listen())
    await first.wait()
    # What Django does to an answer whose browser has gone.
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    assert await asyncio.to_thread(ended.wait, SECONDS)
    assert how == ["stopped" if stop_when_alone else "went on"]
