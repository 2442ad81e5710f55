"""The command, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def run(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`tablemates` on an embedded database below `home`, unless the environment says otherwise."""
    mine = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(
        [sys.executable, "-m", "tablemates", *words],
        env={**mine, "TABLEMATES_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_bad_setting_is_one_line_without_a_trace_of_the_code(tmp_path: Path) -> None:
    done = run(tmp_path, "event", "list", DATABASE_URL="nonsense")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "tablemates: DATABASE_URL is not a database address. "
        "Use postgres://user:password@host:port/name, or leave it out.\n"
    )


def test_help_needs_no_database(tmp_path: Path) -> None:
    done = run(tmp_path, DATABASE_URL="nonsense")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == (
        "tablemates runs evenings at which people meet people: check in by QR, small tables"
    )


def test_first_command_brings_its_database_and_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    made = run(tmp_path, "event", "create", "Spring evening")
    assert made.returncode == 0
    assert made.stdout.splitlines()[0] == "Spring evening  (spring-evening, planned)"
    assert (tmp_path / "tablemates.sqlite3").exists()
    done = run(tmp_path, "import", "spring-evening", str(tmp_path / "none.csv"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"CommandError: Cannot read {tmp_path}/none.csv: No such file or directory.\n"
    )
