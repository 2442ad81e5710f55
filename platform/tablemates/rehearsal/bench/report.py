"""The figures of crowds as text or JSON, with the machine they were measured on."""

from __future__ import annotations

from dataclasses import asdict
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from tablemates import figures
from tablemates.figures import Machine, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tablemates.rehearsal.bench import live, scans


def machine() -> Machine:
    """This one, with what a word to a phone goes through."""
    extra = [name for name in ("uvicorn", "uvloop") if find_spec(name)]
    return figures.machine("daphne", *extra, "channels", "redis", "websockets")


def live_as_json(plan: live.Plan, rows: Sequence[live.Figures]) -> dict[str, Any]:
    """All of it, for a program."""
    return _head(plan) | {"live": [asdict(row) for row in rows]}


def live_lines(plan: live.Plan, rows: Sequence[live.Figures]) -> Iterator[str]:
    """All of it, for a person."""
    yield str(machine())
    yield f"Medians of {plan.repeats} repeats. p99: from before the transaction until 99 of 100 phones had heard it."
    yield f"Lost: of these messages, and of a burst of {plan.burst}. x: beside the websockets library.\n"
    yield from _indented(as_text(rows))


def crowd_as_json(
    plan: scans.Plan, scanned: Sequence[scans.Figures], soaked: Sequence[scans.Soaked]
) -> dict[str, Any]:
    """All of it, for a program."""
    rows = {"scans": [*map(asdict, scanned)], "soak": [*map(asdict, soaked)]}
    return _head(plan) | rows


def crowd_lines(
    _plan: scans.Plan, scanned: Sequence[scans.Figures], soaked: Sequence[scans.Soaked]
) -> Iterator[str]:
    """All of it, for a person."""
    yield str(machine())
    yield "\nFrom the scan to the seat on that person's phone, tables forming by themselves"
    yield from _indented(as_text(scanned))
    yield "\nAn evening in a minute, every page compared with the server at its end"
    yield from _indented(as_text(soaked))


def _head(plan: live.Plan | scans.Plan) -> dict[str, Any]:
    return {"machine": asdict(machine()), "parameters": asdict(plan)}


def _indented(rows: list[str]) -> Iterator[str]:
    return (f"  {row}" for row in rows)
