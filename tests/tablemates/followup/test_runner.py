"""What follows an evening goes by the clock: beside the server, and from cron; one broken event stops no other."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from asgiref.sync import sync_to_async
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from events.models import Attendee, Event, Series
from tablemates.followup import runner
from tablemates.followup.models import IntroduceMe, Reminder
from tests.flaky_mail import FlakyBackend
from tests.introductions import end, evening_of_two
from tests.threads import database_of_threads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

SITE = "https://tables.example"


def evening_in_a_series(hours: float) -> Event:
    """One that ended so many hours ago."""
    ada, _bo = evening_of_two()
    event = ada.event
    series, _new = Series.objects.get_or_create(team=event.team, name="Salon")
    Event.objects.filter(pk=event.pk).update(series=series)
    end(event, timedelta(hours=hours))
    return Event.objects.get(pk=event.pk)


def remembered() -> int:
    return Event.objects.exclude(remembered_at=None).count()


@pytest.fixture
def side_by_side(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_of_threads(tmp_path):
        yield


@pytest.fixture
async def database(side_by_side: None) -> AsyncIterator[None]:
    # The sockets' thread outlives each test, and may hold the database of the one before.
    await sync_to_async(connections.close_all)()
    yield
    await sync_to_async(connections.close_all)()


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    task = asyncio.create_task(runner.run_followup(SITE))
    try:
        yield
    finally:
        # A cancel that comes as a wait inside runs out can be lost in it: ask again.
        while not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=5)


async def reminded() -> None:
    async with asyncio.timeout(30):
        while len(mail.outbox) < 2:
            await asyncio.sleep(0.02)


async def test_server_remembers_and_reminds_without_being_asked(database: None) -> None:
    await sync_to_async(evening_in_a_series)(25)
    async with running():
        await reminded()
    assert await sync_to_async(remembered)() == 1
    assert sorted(message.to[0] for message in mail.outbox) == ["ada@example.org", "bo@example.org"]


@contextmanager
def requests_unreadable() -> Iterator[None]:
    """The database answers, but not for this table."""
    table = IntroduceMe._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE elsewhere RENAME TO {table}")


async def test_pass_that_fails_is_logged_and_the_next_one_comes(
    database: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(runner, "TICK_SECONDS", 0.02)
    await sync_to_async(evening_in_a_series)(25)
    unreadable = requests_unreadable()
    await sync_to_async(unreadable.__enter__)()
    async with running():
        try:
            async with asyncio.timeout(30):
                while not caplog.records:
                    await asyncio.sleep(0.02)
        finally:
            await sync_to_async(unreadable.__exit__)(None, None, None)
        await reminded()
    assert {record.getMessage() for record in caplog.records} == {
        "could not look for evenings that are over"
    }


@pytest.mark.django_db
def test_remembered_are_evenings_of_a_series_once_picks_are_revealed() -> None:
    late, early = evening_in_a_series(2), evening_in_a_series(0.9)
    evening_of_two()
    now = timezone.now()
    assert list(runner.events_to_remember(now)) == [late]
    assert runner.follow_up(SITE, now) == (1, 0)
    assert list(runner.events_to_remember(now)) == []
    assert list(runner.events_to_remember(now + timedelta(minutes=7))) == [early]


@pytest.mark.django_db
def test_error_in_one_event_is_logged_and_the_others_are_done(
    settings: SettingsWrapper, caplog: pytest.LogCaptureFixture
) -> None:
    events = {evening_in_a_series(25), evening_in_a_series(25)}
    settings.EMAIL_BACKEND = "tests.flaky_mail.FlakyBackend"
    FlakyBackend.fates = ["bug"]
    assert runner.follow_up(SITE) == (2, 2)
    (record,) = caplog.records
    (spared,) = {reminder.attendee.event for reminder in Reminder.objects.order_by("pk")[1:]}
    (broken,) = events - {spared}
    assert record.getMessage() == f"could not remind people of event {broken.pk}"


@pytest.mark.django_db
def test_command_does_one_pass(settings: SettingsWrapper) -> None:
    evening_in_a_series(25)
    settings.PUBLIC_URL = SITE
    for wanted in ("remembered: 1, reminders sent: 2", "remembered: 0, reminders sent: 0"):
        said = StringIO()
        call_command("remind", stdout=said)
        assert said.getvalue() == f"evenings {wanted}\n"
    assert Attendee.objects.count() == 2


@pytest.mark.django_db
def test_command_needs_to_know_where_links_lead(settings: SettingsWrapper) -> None:
    settings.PUBLIC_URL = ""
    with pytest.raises(CommandError, match="PUBLIC_URL"):
        call_command("remind")
