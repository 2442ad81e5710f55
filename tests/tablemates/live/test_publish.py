"""publish(): one line of messages per event, written with the change and sent after it."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import IntegrityError, transaction

from tablemates.live.models import Message, Stream
from tablemates.live.publish import BELL, MESSAGES, last_seq, publish, ring_bell, said_since
from tablemates.live.transport import listen
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def say(stream: UUID, word: str = "hello", audience: str = "phones") -> int:
    with transaction.atomic():
        return publish(stream=stream, type=word, audiences={audience: {"set": {"word": word}}})


@pytest.mark.django_db
def test_seq_starts_at_one_and_rises_by_one():
    stream = uuid4()
    assert [say(stream) for _ in range(3)] == [1, 2, 3]
    assert last_seq(stream) == 3


@pytest.mark.django_db
def test_streams_count_apart():
    one, other = uuid4(), uuid4()
    assert [say(one), say(other), say(one)] == [1, 1, 2]


@pytest.mark.django_db
def test_stream_without_a_message_is_at_zero():
    assert last_seq(uuid4()) == 0


@pytest.mark.django_db
def test_database_refuses_a_seq_twice():
    stream = uuid4()
    say(stream)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(stream_id=stream, seq=1, type="again", audiences={})


@pytest.mark.django_db
def test_missing_halves_of_facts_are_filled_in():
    stream = uuid4()
    with transaction.atomic():
        publish(
            stream=stream, type="t", audiences={"screen": {"unset": ["tables/1"]}, "phones": {}}
        )
    assert Message.objects.get(stream=stream).audiences == {
        "screen": {"set": {}, "unset": ["tables/1"]},
        "phones": {"set": {}, "unset": []},
    }


@pytest.mark.django_db(transaction=True)
def test_publish_outside_a_transaction_is_refused_and_writes_nothing():
    stream = uuid4()
    with pytest.raises(RuntimeError, match="inside the transaction"):
        publish(stream=stream, type="t", audiences={})
    assert (Stream.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_said_since_gives_the_asked_types_after_a_seq_in_order():
    stream = uuid4()
    for word in ("a", "b", "a", "c", "a"):
        say(stream, word)
    assert [m.seq for m in said_since(stream=stream, seq=1, types=["a", "c"])] == [3, 4, 5]


async def overhear(group: str, work: Callable[[], Any]) -> list[dict[str, Any]]:
    """What the channel layer carries to `group` while `work` runs and until a last ring."""
    heard: list[dict[str, Any]] = []
    done = uuid4()

    async def ears() -> None:
        async for nudge in listen(group):
            heard.append(nudge)

    task = asyncio.create_task(ears())
    await asyncio.sleep(0.1)
    await sync_to_async(work)()
    await sync_to_async(ring_bell if group == BELL else say)(done)
    while not heard or str(done) not in str(heard[-1]):
        await asyncio.sleep(0.01)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return heard[:-1]


@pytest.mark.usefixtures("loop_end")
async def test_committed_message_is_sent_once_with_all_its_audiences():
    stream = uuid4()
    heard = await overhear(MESSAGES, lambda: say(stream, "hello"))
    told = {"phones": '{"set":{"word":"hello"},"unset":[]}'}
    assert [nudge["message"] for nudge in heard] == [
        {"stream": str(stream), "seq": 1, "name": "hello", "words": told, "ends": []}
    ]


@pytest.mark.usefixtures("loop_end")
async def test_rolled_back_change_leaves_no_message_and_sends_nothing():
    stream = uuid4()

    def fail() -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            publish(stream=stream, type="t", audiences={"phones": {}})
            raise ZeroDivisionError

    assert await overhear(MESSAGES, fail) == []
    assert await sync_to_async(last_seq)(stream) == 0
    assert await Message.objects.filter(stream_id=stream).acount() == 0
    assert await sync_to_async(say)(stream) == 1


@pytest.mark.usefixtures("loop_end")
async def test_bell_rings_after_commit_only():
    stream = uuid4()

    def ring() -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            ring_bell(uuid4())
            raise ZeroDivisionError
        with transaction.atomic():
            ring_bell(stream)

    assert [nudge["stream"] for nudge in await overhear(BELL, ring)] == [str(stream)]


@pytest.mark.django_db(transaction=True)
def test_many_publishers_at_once_get_contiguous_seqs_in_the_order_of_commits(tmp_path: Path):
    stream, commits = uuid4(), []

    def publisher() -> None:
        for _ in range(10):
            with transaction.atomic():
                seq = publish(stream=stream, type="t", audiences={"phones": {}})
                time.sleep(random.uniform(0, 0.002))
                commits.append(seq)  # still under the lock: the next one waits for this commit

    with database_of_threads(tmp_path):
        assert at_once(*[publisher] * 6) == [None] * 6
        assert commits == list(range(1, 61))
        stored = Message.objects.filter(stream=stream).values_list("seq", flat=True)
        assert list(stored) == list(range(1, 61))
        assert last_seq(stream) == 60


@pytest.mark.django_db(transaction=True)
def test_first_messages_of_a_stream_at_once_make_one_stream(tmp_path: Path):
    stream = uuid4()
    with database_of_threads(tmp_path):
        assert sorted(at_once(*[lambda: say(stream)] * 6)) == [1, 2, 3, 4, 5, 6]
        assert Stream.objects.filter(pk=stream).count() == 1
