"""The matcher beside the server: a bell wakes it, it ticks without one, and one broken event stops no other."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.utils import timezone

from matching import runner
from matching.models import Round, Seat, Wish
from matching.services import draft_round, make_wish, publish_round, set_rolling
from tablemates.live.publish import ring_bell
from tests.rows import arrive, make_attendee, make_crowd, make_event
from tests.threads import database_of_threads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from events.models import Event


@pytest.fixture
def side_by_side(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The matcher works in threads of its own beside those of the sockets."""
    with database_of_threads(tmp_path):
        yield


@pytest.fixture
async def database(side_by_side: None) -> AsyncIterator[None]:
    # The sockets' thread outlives each test, and may hold the database of the one before.
    await sync_to_async(connections.close_all)()
    yield
    await sync_to_async(connections.close_all)()


@asynccontextmanager
async def matcher() -> AsyncIterator[None]:
    task = asyncio.create_task(runner.run_matcher())
    try:
        yield
    finally:
        # A cancel that comes as a wait inside runs out can be lost in it: ask again.
        while not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=5)


async def until(count: Callable[[], int], wanted: int) -> None:
    async with asyncio.timeout(30):
        while await sync_to_async(count)() != wanted:
            await asyncio.sleep(0.02)


def seated() -> int:
    return Seat.objects.filter(left_at=None).count()


def _rolling_event() -> Event:
    event = make_event()
    set_rolling(event=event, version=0, on=True)
    return event


def _let_in(event: Event) -> None:
    make_crowd(event, "farming", each=4)


async def test_bell_wakes_the_matcher(database: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runner, "TICK_SECONDS", 3600.0)
    event = await sync_to_async(_rolling_event)()
    await sync_to_async(_let_in)(event)
    async with matcher(), asyncio.timeout(30):
        while await sync_to_async(seated)() != 4:
            # Once more: the first one may ring before the matcher has joined the bell's group.
            await sync_to_async(ring_bell)(event.pk)
            await asyncio.sleep(0.05)


async def test_tick_finds_who_came_while_no_matcher_ran(database: None):
    event = await sync_to_async(_rolling_event)()
    await sync_to_async(_let_in)(event)
    async with matcher():
        await until(seated, 4)


async def test_matcher_ends_a_round_whose_time_came_while_none_ran(database: None):
    def publish_long_ago() -> None:
        event = make_event()
        _let_in(event)
        publish_round(round=draft_round(event=event, version=0), version=1)
        back = timedelta(hours=1)
        on = Round.objects.get()
        Round.objects.update(starts_at=on.starts_at - back, ends_at=on.ends_at - back)

    await sync_to_async(publish_long_ago)()
    async with matcher():
        await until(Round.objects.filter(status="done").count, 1)


async def test_restart_of_the_matcher_changes_nothing(database: None):
    def evening() -> list[Any]:
        rounds = Round.objects.values_list("pk", "status", "starts_at", "ends_at", "paused_at")
        return [*rounds, *Seat.objects.order_by("pk").values_list("pk", "table", "left_at")]

    def publish() -> None:
        event = make_event()
        _let_in(event)
        publish_round(round=draft_round(event=event, version=0), version=1)

    await sync_to_async(publish)()
    before = await sync_to_async(evening)()
    for _ in range(2):
        async with matcher():
            await asyncio.sleep(runner.TICK_SECONDS + 0.2)
    assert await sync_to_async(evening)() == before


async def test_event_with_a_broken_row_is_logged_and_the_others_are_tended(
    database: None, caplog: pytest.LogCaptureFixture
):
    def break_one() -> tuple[Event, Event]:
        broken, sound = _rolling_event(), _rolling_event()
        _let_in(broken)
        # A name that its form never lets through: nobody can be called by it.
        broken.attendees.update(name="\u2003")
        return broken, sound

    broken, sound = await sync_to_async(break_one)()
    with caplog.at_level(logging.ERROR):
        async with matcher():
            await sync_to_async(_let_in)(sound)
            await until(lambda: seated() + bool(caplog.records), 5)
    assert set(await sync_to_async(_events_of_seats)()) == {sound.pk}
    assert {r.getMessage() for r in caplog.records} == {f"could not tend event {broken.pk}"}

    def mend() -> None:
        broken.attendees.update(name="Ada Lovelace")

    await sync_to_async(mend)()
    async with matcher():
        await until(seated, 8)


def _events_of_seats() -> list[Any]:
    return list(Seat.objects.values_list("attendee__event_id", flat=True).distinct())


def test_tended_are_events_with_a_round_that_is_on_and_those_with_any_round_whose_bell_rang(
    db: None,
):
    rolling, quiet, drafted = _rolling_event(), make_event(), make_event()
    make_crowd(drafted, "farming")
    draft_round(event=drafted, version=0)
    assert runner.events_to_tend() == {rolling.pk}
    assert runner.events_to_tend({quiet.pk, drafted.pk}) == {rolling.pk, drafted.pk}


def test_event_is_tended_when_somebody_who_wished_for_something_left_though_no_round_was_ever_on(
    db: None,
):
    event, quiet = make_event(), make_event()
    for where in (event, quiet):
        (person,) = make_crowd(where, "farming", each=1)
        make_wish(attendee=person, kind="draw_me_in")
    assert runner.events_to_tend() == set()
    event.attendees.update(present_since=None)
    assert runner.events_to_tend() == {event.pk}
    runner.tend(event.pk)
    assert [wish.attendee.event for wish in Wish.objects.all()] == [quiet]
    assert runner.events_to_tend() == set()


def test_tending_seats_who_wished_to_be_drawn_in_and_ends_the_wish(db: None):
    event = _rolling_event()
    _let_in(event)
    runner.tend(event.pk)
    late = make_attendee(event, "Late Comer", "chess")
    arrive(late)
    make_wish(attendee=late, kind="draw_me_in")
    runner.tend(event.pk)
    assert (seated(), Wish.objects.count()) == (5, 0)


def test_tending_an_event_ends_its_round_before_seating_anybody(db: None):
    event = make_event()
    _let_in(event)
    publish_round(round=draft_round(event=event, version=0), version=1)
    over = timezone.now() - timedelta(seconds=1)
    Round.objects.update(starts_at=over - timedelta(minutes=15), ends_at=over)
    arrive(make_attendee(event, "Late Comer", "farming"))
    runner.tend(event.pk)
    assert (Round.objects.get().status, seated()) == ("done", 4)
