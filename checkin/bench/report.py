"""The figures of the door as text or JSON, with the machine they were measured on."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tablemates import figures
from tablemates.figures import Machine, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkin.bench.run import Plan, Result


def machine() -> Machine:
    """This one, with what a check-in goes through."""
    through = ("django", "djangorestframework", "daphne", "psycopg")
    return figures.machine(*through, sqlite=sqlite3.sqlite_version)


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
