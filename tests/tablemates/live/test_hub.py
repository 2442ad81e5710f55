"""The hub: everyone hears what is meant for them, in order and whole, whatever the channel layer loses."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection, transaction

from tablemates.live import hub as hub_module
from tablemates.live.hub import NOT_VALID, TOO_SLOW, Hub, Subscriber
from tablemates.live.models import Message, Stream
from tablemates.live.publish import publish

if TYPE_CHECKING:
    from tablemates.live.publish import Facts

REDIS = settings.CHANNEL_LAYERS["default"]["BACKEND"].startswith("channels_redis")


def _say(stream: UUID, *words: str, **audiences: Facts) -> None:
    for word in words:
        with transaction.atomic():
            publish(
                stream=stream, type=word, audiences=audiences or {"phones": {"set": {"w": word}}}
            )


say = sync_to_async(_say)


def _write_unheard(stream: UUID, *words: str) -> None:
    """Messages as they lie in the database when the channel layer has lost all of them."""
    line, _ = Stream.objects.get_or_create(pk=stream)
    for word in words:
        line.last_seq += 1
        told = {"phones": {"set": {"w": word}, "unset": []}}
        Message.objects.create(stream=line, seq=line.last_seq, type=word, audiences=told)
    line.save()


write_unheard = sync_to_async(_write_unheard)


async def frame(subscriber: Subscriber) -> dict[str, Any]:
    """The next frame that is no beat."""
    while True:
        text = await asyncio.wait_for(subscriber.frames.get(), 10)
        assert isinstance(text, str), "closed"
        if (found := json.loads(text))["type"] != "beat":
            return dict(found)


async def words(subscriber: Subscriber, count: int) -> list[str]:
    return [(await frame(subscriber))["type"] for _ in range(count)]


async def listening(hub: Hub) -> UUID:
    """Wait until the hub hears the channel layer, so that nothing has to be looked up; returns a probed stream."""
    stream = uuid4()
    probe, _ = await hub.attach(stream, ("phones",), None)
    for _ in range(100):
        await say(stream, "probe")
        try:
            async with asyncio.timeout(0.1):
                await probe.frames.get()
        except TimeoutError:
            continue
        return stream
    raise AssertionError("the hub hears nothing")


async def test_message_reaches_its_audience_and_no_other(hub: Hub):
    stream = uuid4()
    phone, _ = await hub.attach(stream, ("attendee:7", "phones"), None)
    screen, _ = await hub.attach(stream, ("screen",), None)
    await say(stream, "one", phones={"set": {"w": 1}})
    await say(stream, "two", screen={"set": {"w": 2}})
    assert await frame(phone) == {"seq": 1, "prev": 0, "type": "one", "set": {"w": 1}, "unset": []}
    assert await frame(screen) == {"seq": 2, "prev": 0, "type": "two", "set": {"w": 2}, "unset": []}
    assert (phone.frames.qsize(), screen.frames.qsize()) == (0, 0)


async def test_most_particular_audience_is_heard_alone(hub: Hub):
    stream = uuid4()
    ada, _ = await hub.attach(stream, ("attendee:a", "phones"), None)
    bob, _ = await hub.attach(stream, ("attendee:b", "phones"), None)
    own: dict[str, Facts] = {"phones": {"set": {"seat": None}}, "attendee:a": {"set": {"seat": 4}}}
    await say(stream, "seated", **own)
    assert (await frame(ada))["set"] == {"seat": 4}
    assert (await frame(bob))["set"] == {"seat": None}
    assert (ada.frames.qsize(), bob.frames.qsize()) == (0, 0)


async def test_prev_names_the_last_message_that_was_meant_for_this_socket(hub: Hub):
    stream = uuid4()
    phone, _ = await hub.attach(stream, ("phones",), None)
    await say(stream, "one")
    await say(stream, "elsewhere", "elsewhere", console={})
    await say(stream, "four")
    assert [(f["prev"], f["seq"]) for f in [await frame(phone), await frame(phone)]] == [
        (0, 1),
        (1, 4),
    ]


async def test_one_stream_does_not_hear_another(hub: Hub):
    mine, other = uuid4(), uuid4()
    phone, _ = await hub.attach(mine, ("phones",), None)
    await hub.attach(other, ("phones",), None)
    await say(other, "theirs")
    await say(mine, "ours")
    assert await words(phone, 1) == ["ours"]


async def test_late_subscriber_starts_at_the_seq_there_is(hub: Hub):
    stream = uuid4()
    await say(stream, "before", "before")
    phone, resumed = await hub.attach(stream, ("phones",), None)
    assert (phone.last, resumed) == (2, False)


async def test_returning_subscriber_gets_what_it_missed_from_memory(hub: Hub):
    stream = await listening(hub)
    stays, _ = await hub.attach(stream, ("phones",), None)
    since = stays.last
    await say(stream, "one", "two", "three")
    await words(stays, 3)
    back, resumed = await hub.attach(stream, ("phones",), since + 1)
    assert resumed
    assert await words(back, 2) == ["two", "three"]
    assert back.last == since + 3


async def test_subscriber_that_missed_nothing_is_resumed_with_nothing(hub: Hub):
    stream = uuid4()
    await say(stream, "one")
    phone, resumed = await hub.attach(stream, ("phones",), 1)
    assert (resumed, phone.frames.qsize(), phone.last) == (True, 0, 1)


@pytest.mark.parametrize("since", [3, 10**30])
async def test_subscriber_that_claims_the_future_is_told_to_fetch_the_snapshot(
    hub: Hub, since: int
):
    stream = uuid4()
    await say(stream, "one", "two")
    phone, resumed = await hub.attach(stream, ("phones",), since)
    assert (resumed, phone.frames.qsize(), phone.last) == (False, 0, 2)


async def test_all_come_back_to_a_room_that_was_closed_and_its_messages_are_read_once(hub: Hub):
    stream = uuid4()
    await say(stream, "one", "two", "three")
    reads = list[str]()

    def count(execute: Any, sql: str, *arguments: Any) -> Any:
        reads.append(sql)
        return execute(sql, *arguments)

    await sync_to_async(lambda: connection.execute_wrappers.append(count))()
    back = await asyncio.gather(*(hub.attach(stream, ("phones",), n % 3) for n in range(30)))
    await sync_to_async(connection.execute_wrappers.clear)()
    assert [resumed for _, resumed in back] == [True] * 30
    told = [await words(phone, 3 - n % 3) for n, (phone, _) in enumerate(back)]
    assert told == [["one", "two", "three"][n % 3 :] for n in range(30)]
    assert [("live_message" in sql, "live_stream" in sql) for sql in reads] == [
        (False, True),
        (True, False),
    ]


async def test_subscriber_that_missed_more_than_memory_holds_fetches_the_snapshot(hub: Hub):
    stream = uuid4()
    await write_unheard(stream, *(str(n) for n in range(hub_module.REMEMBERED + 2)))
    phone, resumed = await hub.attach(stream, ("phones",), 1)
    assert (resumed, phone.frames.qsize(), phone.last) == (False, 0, hub_module.REMEMBERED + 2)
    back, resumed = await hub.attach(stream, ("phones",), 2)
    assert (resumed, back.frames.qsize()) == (True, hub_module.REMEMBERED)


async def test_longest_memory_is_replayed_whole(hub: Hub):
    stream = uuid4()
    first, _ = await hub.attach(stream, ("phones",), None)
    many = [str(n) for n in range(hub_module.REMEMBERED)]
    await write_unheard(stream, *many)
    await hub.look()
    assert await words(first, len(many)) == many
    back, resumed = await hub.attach(stream, ("phones",), 0)
    assert resumed
    assert await words(back, len(many)) == many


async def test_message_that_the_channel_layer_lost_is_delivered_by_a_look(hub: Hub):
    stream = uuid4()
    phone, _ = await hub.attach(stream, ("phones",), None)
    await write_unheard(stream, "lost", "lost too")
    await hub.look()
    assert await words(phone, 2) == ["lost", "lost too"]


async def test_message_after_a_lost_one_brings_both_in_order(hub: Hub):
    stream = await listening(hub)
    phone, _ = await hub.attach(stream, ("phones",), None)
    await write_unheard(stream, "lost")
    await say(stream, "heard")
    assert await words(phone, 2) == ["lost", "heard"]


async def test_message_that_comes_twice_is_written_once(hub: Hub):
    stream = uuid4()
    phone, _ = await hub.attach(stream, ("phones",), None)
    await write_unheard(stream, "one", "two")
    await hub.look()
    await hub.look()
    told = {"phones": '{"set":{},"unset":[]}'}
    again = {"stream": str(stream), "seq": 1, "name": "one", "words": told, "ends": []}
    await hub._receive(again)
    assert await words(phone, 2) == ["one", "two"]
    assert phone.frames.qsize() == 0


async def test_burst_of_500_messages_reaches_20_subscribers_whole_and_in_order(hub: Hub):
    stream = await listening(hub)
    phones = [(await hub.attach(stream, ("phones",), None))[0] for _ in range(20)]
    many = [str(n) for n in range(500)]
    readers = [asyncio.create_task(words(phone, len(many))) for phone in phones]
    await say(stream, *many)
    assert await asyncio.gather(*readers) == [many] * 20


async def test_stalled_subscriber_is_closed_and_the_others_hear_all(hub: Hub):
    stream = uuid4()
    stalled, _ = await hub.attach(stream, ("phones",), None)
    reads, _ = await hub.attach(stream, ("phones",), None)
    many = [str(n) for n in range(hub_module.QUEUE + 1)]
    reader = asyncio.create_task(words(reads, len(many)))
    await write_unheard(stream, *many)
    await hub.look()
    assert await reader == many
    assert stalled.frames.get_nowait() == TOO_SLOW


async def test_socket_whose_key_ended_is_closed_and_hears_nothing_more(hub: Hub):
    stream = uuid4()
    old, _ = await hub.attach(stream, ("ticket:1", "attendee:a", "phones"), None)
    new, _ = await hub.attach(stream, ("ticket:2", "attendee:a", "phones"), None)
    told: dict[str, Facts] = {"ticket:1": {"close": True}, "phones": {"set": {"w": "closed"}}}
    await say(stream, "closed", **told)
    assert await words(new, 1) == ["closed"]
    assert old.frames.get_nowait() == NOT_VALID


async def test_beat_carries_the_last_seq_of_this_socket_and_the_servers_time(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hub_module, "BEAT_SECONDS", 0.05)
    stream = uuid4()
    await say(stream, "one")
    phone, _ = await hub.attach(stream, ("phones",), None)
    beat = json.loads(str(await asyncio.wait_for(phone.frames.get(), 10)))
    assert (beat["type"], beat["prev"], beat["now"][-1]) == ("beat", 1, "Z")


async def test_last_socket_closes_the_room_and_the_hub_and_the_next_opens_them(hub: Hub):
    stream = uuid4()
    one, _ = await hub.attach(stream, ("phones",), None)
    two, _ = await hub.attach(stream, ("screen",), None)
    hub.detach(stream, one)
    assert list(hub.rooms) == [stream]
    hub.detach(stream, two)
    assert (hub.rooms, hub.tasks) == ({}, [])
    again, _ = await hub.attach(stream, ("phones",), None)
    await say(stream, "hello")
    assert await words(again, 1) == ["hello"]


async def test_socket_that_comes_while_the_last_one_leaves_is_heard(hub: Hub):
    old, new = uuid4(), uuid4()
    last, _ = await hub.attach(old, ("phones",), None)
    coming = asyncio.create_task(hub.attach(new, ("phones",), None))
    await asyncio.sleep(0)
    hub.detach(old, last)
    phone, _ = await coming
    await say(new, "hello")
    assert await words(phone, 1) == ["hello"]
    assert len(hub.tasks) == 3


async def test_many_sockets_at_once_share_one_room(hub: Hub):
    stream = uuid4()
    attached = await asyncio.gather(*(hub.attach(stream, ("phones",), None) for _ in range(50)))
    assert hub.rooms[stream].subscribers == {subscriber for subscriber, _ in attached}
    await say(stream, "hello")
    assert [await words(subscriber, 1) for subscriber, _ in attached] == [["hello"]] * 50


PUBLISHER = """
import django, sys, uuid
django.setup()
from django.db import connection, transaction
from tablemates.live.publish import publish
connection.settings_dict["NAME"] = sys.argv[2]
for word in ("one", "two", "three"):
    with transaction.atomic():
        publish(stream=uuid.UUID(sys.argv[1]), type=word, audiences={"phones": {}})
connection.close()
"""


if REDIS:

    async def test_what_another_process_publishes_is_heard_over_redis(
        hub: Hub, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(hub_module, "LOOK_SECONDS", 3600.0)
        stream = await listening(hub)
        phone, _ = await hub.attach(stream, ("phones",), None)
        database = settings.DATABASES["default"]["NAME"]
        command = [sys.executable, "-c", PUBLISHER, str(stream), str(database)]
        await asyncio.to_thread(subprocess.run, command, check=True, env=dict(os.environ))
        assert await words(phone, 3) == ["one", "two", "three"]

    async def test_two_hubs_both_deliver_over_redis(hub: Hub, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(hub_module, "LOOK_SECONDS", 3600.0)
        stream = await listening(hub)
        other = Hub()
        try:
            await listening(other)
            phones = [(await h.attach(stream, ("phones",), None))[0] for h in (hub, other)]
            await say(stream, "one", "two")
            assert [await words(phone, 2) for phone in phones] == [["one", "two"]] * 2
        finally:
            tasks = other.tasks
            other.stop()
            await asyncio.wait(tasks, timeout=1)
