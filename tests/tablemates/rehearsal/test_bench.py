"""The benchmarks of crowds: that they measure what they say. How fast the server is, is not tested."""

from __future__ import annotations

import json
import os
import tempfile
from io import StringIO
from itertools import product
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tablemates.rehearsal.bench import scans
from tablemates.rehearsal.bench.phones import gaps, masked
from tablemates.rehearsal.bench.report import crowd_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# PostgreSQL is measured where the environment names one.
URL = os.environ.get("DATABASE_URL", "")
DATABASES = ["PostgreSQL", "SQLite"] if URL.startswith("postgres") else ["SQLite"]


def bench(*words: object) -> str:
    out = StringIO()
    call_command("bench", *map(str, words), stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """What the benchmark has left in its own place for throw-away things: others may run at the same time."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return lambda: list(tmp_path.glob("tablemates-bench-*"))


@pytest.mark.whole
def test_a_tiny_run_says_everything_to_every_phone_under_both_servers_and_loses_nothing(
    left_behind: Callable[[], list[Path]],
) -> None:
    told = json.loads(bench("live", "--quick", "--phones", 8, "--repeats", 1, "--json"))
    assert left_behind() == []
    assert told["parameters"]["phones"] == [8]
    rows = [(row["database"], row["server"]) for row in told["live"]]
    servers = ("uvicorn", "daphne")
    assert rows == [
        row
        for database in DATABASES
        for row in [("-", "websockets"), *product([database], servers)]
    ]
    for row in told["live"]:
        assert (row["phones"], row["lost"]) == (8, 0)
        assert min(row["round_ms"], row["seat_ms"], row["back_seconds"]) > 0
        # After the network was gone nobody needed a snapshot.
        assert row["from_memory"] == (0 if row["server"] == "websockets" else 8)
    assert (told["live"][0]["round_ratio"], told["live"][0]["back_ratio"]) == (1, 1)


@pytest.mark.whole
def test_a_tiny_crowd_is_scanned_and_seated_and_all_its_pages_agree(
    left_behind: Callable[[], list[Path]],
) -> None:
    plan = scans.Plan(
        present=40, scans=4, sockets=12, soakers=8, soak_seconds=5, servers=("uvicorn",)
    )
    told = list[str]()
    scanned, soaked = scans.measure(plan, "", told.append)
    assert left_behind() == []
    assert 0 < scanned[0].seat_p50_ms <= scanned[0].seat_p99_ms
    assert 0 < scanned[0].solver_ms < scanned[0].matcher_ms
    assert (soaked[0].pages, soaked[0].problems, soaked[0].wrong) == (10, 0, 0), told
    assert len(list(crowd_lines(plan, scanned, soaked))) == 7


@pytest.mark.parametrize(
    "words",
    [
        ("live", "--phones", 0),
        ("live", "--phones", 9000),
        ("live", "--repeats", 0),
        ("crowd", "--phones", 1),
        ("crowd", "--seconds", 0),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[object, ...]) -> None:
    with pytest.raises(CommandError) as refusal:
        bench(*words)
    assert refusal.value.returncode == 2


def test_frames_are_as_clients_send_them() -> None:
    assert masked(1, b"hi") == b"\x81\x82\x00\x00\x00\x00hi"
    assert masked(1, bytes(300))[:4] == b"\x81\xfe\x01\x2c"


def test_a_message_that_does_not_follow_the_one_before_is_a_gap() -> None:
    welcome = {"type": "welcome", "seq": 3}
    whole = [welcome, {"seq": 4, "prev": 3}, {"seq": 9, "prev": 4}]
    assert (gaps(whole), gaps([*whole, {"seq": 12, "prev": 11}])) == (0, 1)
