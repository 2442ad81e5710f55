"""Several writers in one process take turns, and a turn always ends."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.utils import ConnectionHandler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[..., BaseDatabaseWrapper]]:
    """connect(timeout) -> another connection to one file, as another thread would have it; it waits so many seconds."""
    opened: list[BaseDatabaseWrapper] = []
    config = {
        **settings.DATABASES["default"],
        "ENGINE": "tablemates.sqlite",
        "NAME": tmp_path / "turns.sqlite3",
    }

    def another(timeout: float = 0.2) -> BaseDatabaseWrapper:
        options = {"transaction_mode": "IMMEDIATE", "timeout": timeout}
        connection = ConnectionHandler({"default": {**config, "OPTIONS": options}})["default"]
        connection.inc_thread_sharing()
        opened.append(connection)
        return connection

    yield another
    for connection in opened:
        connection.close()


def begin(connection: BaseDatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: BaseDatabaseWrapper, how: str) -> None:
    if how == "close":
        connection.close()
        return
    getattr(connection, how)()
    connection.set_autocommit(True)


@pytest.mark.parametrize("how", ["commit", "rollback", "close"])
def test_however_a_transaction_ends_the_next_may_begin(
    how: str, connect: Callable[..., BaseDatabaseWrapper]
) -> None:
    one, other = connect(), connect()
    begin(one)
    with pytest.raises(OperationalError, match="locked"):
        begin(other)
    end(one, how)
    begin(other)
    end(other, "commit")


def test_a_transaction_that_cannot_begin_holds_no_turn(
    connect: Callable[..., BaseDatabaseWrapper],
) -> None:
    one, other, third = connect(), connect(), connect()
    begin(one)
    for _ in range(2):
        with pytest.raises(OperationalError, match="locked"):
            begin(other)
    end(one, "rollback")
    begin(third)
    end(third, "commit")


def test_writers_at_once_all_write(connect: Callable[..., BaseDatabaseWrapper]) -> None:
    first = connect()
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE counter (n integer)")
        cursor.execute("INSERT INTO counter VALUES (0)")
    first.close()
    connections = [connect(timeout=20) for _ in range(8)]

    def count_up(connection: BaseDatabaseWrapper) -> None:
        for _ in range(20):
            begin(connection)
            with connection.cursor() as cursor:
                cursor.execute("SELECT n FROM counter")
                (seen,) = cursor.fetchone()
                cursor.execute("UPDATE counter SET n = %s", [seen + 1])
            end(connection, "commit")

    threads = [threading.Thread(target=count_up, args=[connection]) for connection in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with first.cursor() as cursor:
        cursor.execute("SELECT n FROM counter")
        assert cursor.fetchone() == (160,)


def test_atomic_blocks_within_each_other_are_one_turn() -> None:
    with transaction.atomic(), transaction.atomic():
        pass
    with transaction.atomic():
        pass
