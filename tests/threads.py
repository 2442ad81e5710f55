"""Many at once, for tests of races."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection, connections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def database_of_threads(folder: Path) -> Iterator[None]:
    """A database as in production, which threads write to side by side.

    The test database of SQLite is in memory, where writers do not wait for each other: a copy in a
    file, as an embedded installation has it, takes its place meanwhile.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = folder / "tablemates.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    in_memory, name = connections["default"], connection.settings_dict["NAME"]
    connections.settings["default"]["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    # Switching the file to its write-ahead log takes it alone, and two threads at once do not wait for that.
    connections["default"].ensure_connection()
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = in_memory
        connections.settings["default"]["NAME"] = name


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run every work in a thread of its own, all from one moment on; answers or exceptions, in order."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
