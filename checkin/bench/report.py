"""The figures of the door as text or JSON, with the machine they were measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from tablemates.figures import as_text, processor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkin.bench.run import Plan, Result


@dataclass(frozen=True)
class Machine:
    """Where the figures come from: only ratios travel to another machine."""

    processor: str
    cores: int
    system: str
    python: str
    tablemates: str
    django: str
    rest_framework: str
    daphne: str
    psycopg: str
    sqlite: str

    def __str__(self) -> str:
        return (
            f"{self.processor}, {self.cores} cores, {self.system}; Python {self.python}, "
            f"tablemates {self.tablemates}, Django {self.django}, REST framework {self.rest_framework}, "
            f"Daphne {self.daphne}, psycopg {self.psycopg}, SQLite {self.sqlite}"
        )


def machine() -> Machine:
    """This one, now."""
    return Machine(
        processor=processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        tablemates=version("tablemates"),
        django=version("django"),
        rest_framework=version("djangorestframework"),
        daphne=version("daphne"),
        psycopg=version("psycopg"),
        sqlite=sqlite3.sqlite_version,
    )


def as_json(plan: Plan, result: Result) -> dict[str, Any]:
    """All of it, for a program."""
    return {"machine": asdict(machine()), "parameters": asdict(plan), **asdict(result)}


def lines(plan: Plan, result: Result) -> Iterator[str]:
    """All of it, for a person."""
    yield str(machine())
    yield f"{plan.people} check-ins a load, each of another person of a room of its own; medians of the repeats."
    yield "\nSQL statements of one check-in, BEGIN and COMMIT aside"
    yield from _indented(as_text(result.statements))
    for database, ms in result.service_cpu_ms.items():
        yield f"  The service alone takes {ms:.2f} ms of CPU with {database}."
    yield "\nUnder load; CPU of the server's process and of PostgreSQL's, x floor: beside the bare view"
    yield from _indented(as_text(result.load))


def _indented(rows: list[str]) -> Iterator[str]:
    return (f"  {row}" for row in rows)
