"""The door's benchmark: that it measures what it says. How fast the door is, is not tested."""

from __future__ import annotations

import json
import os
import tempfile
from io import StringIO
from itertools import product
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from checkin.bench.load import Load, WrongAnswer, put_under_load, request
from checkin.bench.servers import FLOOR, ask, cpu_seconds, serving, sqlite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# PostgreSQL is measured where the environment names one.
DATABASES = ["SQLite"]
if os.environ.get("DATABASE_URL", "").startswith("postgres"):
    DATABASES.insert(0, "PostgreSQL")


def bench(*words: object) -> str:
    out = StringIO()
    call_command("bench", "door", *map(str, words), stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """What the benchmark has left in its own place for throw-away things: others may run at the same time."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return lambda: list(tmp_path.glob("tablemates-bench-*"))


@pytest.mark.whole
def test_a_tiny_run_measures_every_check_in_beside_the_floor_and_leaves_nothing_behind(
    left_behind: Callable[[], list[Path]],
) -> None:
    told = json.loads(bench("--people", 4, "--repeats", 1, "--clients", 2, "--json"))
    assert left_behind() == []
    assert told["parameters"] == {"people": 4, "repeats": 1, "clients": [2], "seconds": 120}
    most = {"staff scan": (9, 3), "poster": (12, 8), "service alone": (8, 2)}
    counts = told["statements"]
    assert [(row["database"], row["what"]) for row in counts] == [*product(DATABASES, most)]
    for row in counts:
        first, again = most[row["what"]]
        assert (row["first"] <= first, row["repeated"] <= again) == (True, True), counts
    rows = [(row["database"], row["what"]) for row in told["load"]]
    assert rows == [*product(DATABASES, ("floor", "staff scan", "repeated nonce", "poster"))]
    floor = told["load"][0]
    assert (floor["cpu_ratio"], floor["rate_ratio"], floor["p99_ratio"]) == (1, 1, 1)
    assert min(row["rate"] for row in told["load"]) > 0
    assert list(told["service_cpu_ms"]) == DATABASES


@pytest.mark.whole
def test_the_floor_does_look_up_ledger_and_update_and_refuses_a_nonce_it_knows() -> None:
    with sqlite() as database:
        (room,) = ask(database, FLOOR, "checkin.bench.floor.stock:lay_out", 1, 3)
        assert ask(database, FLOOR, "checkin.bench.floor.stock:statements") == [
            "SELECT",
            "INSERT",
            "UPDATE",
        ]
        with serving(database, FLOOR) as server:
            sent = [
                request(server.port, "/check-in", {"nonce": f"nonce-{n}", "secret": secret})
                for n, secret in enumerate(room["secrets"])
            ]
            assert len(put_under_load(server.port, sent, 2).latencies) == 3
            with pytest.raises(WrongAnswer):
                put_under_load(server.port, sent[:1], 1)
            assert cpu_seconds(server.pid) > 0
        assert cpu_seconds(server.pid) == 0
        assert ask(database, FLOOR, "checkin.bench.floor.stock:tally") == {"entries": 4}


def test_percentiles_are_of_the_slowest() -> None:
    load = Load(1.0, [n / 1000 for n in reversed(range(1, 101))])
    assert (load.percentile(50), load.percentile(99)) == (0.051, 0.1)
    assert Load(1.0, [0.5]).percentile(99) == 0.5


@pytest.mark.parametrize(
    "words", [("--people", 0), ("--repeats", 0), ("--clients", 0), ("--clients", 500)]
)
def test_what_makes_no_sense_is_refused(words: tuple[object, ...]) -> None:
    with pytest.raises(CommandError) as refusal:
        bench(*words)
    assert refusal.value.returncode == 2


def test_a_database_that_is_not_there_is_one_clear_line() -> None:
    with pytest.raises(CommandError, match="Cannot make a database of our own"):
        bench(
            *("--people", 1, "--repeats", 1, "--clients", 1),
            *("--database", "postgres://nobody@127.0.0.1:9/nothing"),
        )
