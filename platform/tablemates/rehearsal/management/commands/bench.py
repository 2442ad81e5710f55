"""`tablemates bench matching` and `bench door`: how good and how quick it is, measured here and now."""

from __future__ import annotations

import json
import os
import signal
import sys
from argparse import RawDescriptionHelpFormatter
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from checkin.bench import report as door_report
from checkin.bench import run as door
from checkin.bench.load import WrongAnswer
from checkin.bench.servers import CannotMeasure
from matching.bench import report, rooms, run
from matching.bench.instances import FAMILIES, SIZES
from matching.bench.peers import NoPeers
from tablemates.figures import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TITLES = {
    "grouping": "Maximally diverse grouping, at equal CPU time"
    " (IMS and TPSDP: our implementation of the published methods)",
    "rooms": "One round of a realistic room",
    "rounds": "Several rounds of one room, planned at once",
    "golfer": "Social golfer: nobody should meet twice",
    "arrivals": "Late arrivals into a seated room",
    "starts": "The first seating of a new process",
}

DOOR = """\
Starts `tablemates serve` on a throw-away database, lets people check in over HTTP, and prints every figure beside the
floor's: a bare Django REST view that looks a ticket up, writes a ledger row with a unique nonce, updates the ticket and
does nothing else, under the same server, on the same database, in turns with ours.

SQLite is always measured. PostgreSQL is measured where an address is given: a database of its own is made there and
dropped afterwards. In a checkout, with a PostgreSQL and a Redis that are started for it:

  .venv/bin/python tests/services.py run bash -c \\
    'DATABASE_URL=$TEST_DATABASE_URL REDIS_URL=$TEST_REDIS_URL .venv/bin/tablemates bench door'
"""

INSTALL = "Pictures need matplotlib: pip install 'tablemates[bench]'."


class Command(BaseCommand):
    """Measure, and print every figure beside its baseline."""

    help = "Measure on this machine; every figure is printed beside its baseline of the same run."

    def add_arguments(self, parser: CommandParser) -> None:
        """What is measured."""
        subjects = parser.add_subparsers(dest="subject", required=True)
        matching = subjects.add_parser(
            "matching",
            help="tables: score, fairness, repeats and speed of the matcher",
            description="The matcher beside methods of the literature, at equal CPU time, and chance.",
        )
        size = matching.add_mutually_exclusive_group()
        size.add_argument(
            "--quick", action="store_true", help="a small choice, under 2 minutes (the default)"
        )
        size.add_argument(
            "--full", action="store_true", help="every family, size and budget, over an hour"
        )
        matching.add_argument(
            "--family",
            action="append",
            choices=FAMILIES,
            help="only the grouping table, of this family (may be given again)",
        )
        matching.add_argument(
            "--n",
            action="append",
            type=int,
            metavar="PEOPLE",
            help="only the grouping table, with so many people (may be given again)",
        )
        matching.add_argument(
            "--seconds",
            action="append",
            type=float,
            metavar="CPU",
            help="CPU budget of each run (0.2 and 1, with --full also 10; may be given again)",
        )
        matching.add_argument(
            "--repeats",
            type=int,
            help="instances of each kind, each with its own seed (2, with --full 3)",
        )
        matching.add_argument(
            "--plots", type=Path, metavar="DIR", help="draw pictures there too (needs matplotlib)"
        )
        matching.add_argument("--json", action="store_true", help="print JSON")

        _add_door(
            subjects.add_parser(
                "door",
                help="check-in: SQL statements, CPU time, requests a second and latency",
                description=DOOR,
                formatter_class=RawDescriptionHelpFormatter,
            )
        )

    def handle(self, *, subject: str, **options: Any) -> None:
        """Run the benchmark of that name."""
        getattr(self, f"_{subject}")(**options)

    def _matching(self, **options: Any) -> None:
        plan = _plan(**options)
        here = report.machine()
        try:
            tables = dict(self._tables(plan, **options))
            if options["plots"]:
                self._draw(options["plots"])
        except NoPeers as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            told = {name: [*map(asdict, rows)] for name, rows in tables.items()}
            self.stdout.write(
                json.dumps({"machine": asdict(here), "parameters": asdict(plan), **told})
            )
            return
        self.stdout.write(str(here))
        for name, rows in tables.items():
            self.stdout.write(f"\n{TITLES[name]}")
            for line in as_text(rows):
                self.stdout.write(f"  {line}")

    def _door(self, *, database: str, **options: Any) -> None:
        plan = _door_plan(**options)
        try:
            with _ending_well():
                result = door.measure(plan, database, self._tell)
        except (CannotMeasure, WrongAnswer) as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt as stop:
            raise CommandError(
                "Stopped; its servers and databases are gone.", returncode=130
            ) from stop
        if options["json"]:
            self.stdout.write(json.dumps(door_report.as_json(plan, result)))
            return
        for line in door_report.lines(plan, result):
            self.stdout.write(line)

    def _tables(
        self, plan: run.Plan, *, full: bool, **options: Any
    ) -> Iterator[tuple[str, Sequence[Any]]]:
        yield "grouping", run.grouping(plan, self._tell)
        if options["family"] or options["n"]:
            return
        seconds = plan.seconds
        self._tell("rooms, rounds, golfer, arrivals, starts")
        people, longest = ((60, 120, 300, 1000), 30.0) if full else ((60, 120), 3.0)
        yield "rooms", rooms.rooms(people, seconds, longest, plan.repeats)
        yield "rounds", rooms.rounds(120, 6, 60.0 if full else 6.0)
        cases, budget = (rooms.FULL_GOLF, 10.0) if full else (rooms.QUICK_GOLF, 2.0)
        yield "golfer", rooms.golfer(cases, budget)
        yield "arrivals", rooms.arrivals(300 if full else 120, 1.0)
        yield "starts", rooms.starts(5 if full else 3)

    def _draw(self, folder: Path) -> None:
        self._tell(f"pictures into {folder}")
        budgets = (0.05, 0.1, 0.2, 0.5, 1.0)
        try:
            # Only pictures need matplotlib, which an ordinary installation leaves out.
            from matching.bench.plots import draw  # noqa: PLC0415

            draw(folder, people=60, budgets=budgets, seconds=1.0)
        except ModuleNotFoundError as error:
            raise CommandError(INSTALL) from error
        except OSError as error:
            raise CommandError(f"Cannot draw into {folder}: {error.strerror}.") from error

    def _tell(self, what: str) -> None:
        """To stderr, so that the output stays a table, or JSON."""
        self.stderr.write(f"{what} ...", style_func=str)


def _add_door(parser: CommandParser) -> None:
    parser.add_argument("--quick", action="store_true", help="one small run, under 2 minutes")
    parser.add_argument(
        "--database",
        metavar="URL",
        default=os.environ.get("DATABASE_URL", ""),
        help="measure this PostgreSQL too (default: DATABASE_URL)",
    )
    parser.add_argument("--people", type=int, help="check-ins of each load (300, with --quick 100)")
    parser.add_argument("--repeats", type=int, help="loads of each kind (3, with --quick 1)")
    parser.add_argument(
        "--clients",
        action="append",
        type=int,
        help="so many at once (1, 4 and 16; may be given again)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _door_plan(*, quick: bool, **options: Any) -> door.Plan:
    whole = door.QUICK if quick else door.FULL
    asked = {name: options[name] for name in ("people", "repeats") if options[name] is not None}
    if options["clients"]:
        asked["clients"] = tuple(sorted(set(options["clients"])))
    plan = replace(whole, **asked)
    if min(plan.people, plan.repeats, *plan.clients) < 1 or max(plan.clients) > 200:
        raise CommandError(
            "Choose 1 or more people and repeats, and 1 to 200 clients.", returncode=2
        )
    return plan


@contextmanager
def _ending_well() -> Iterator[None]:
    """Being told to end is no reason to leave servers or databases behind."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _plan(*, full: bool, **options: Any) -> run.Plan:
    """What the options ask for; CommandError where they make no sense together."""
    whole = run.FULL if full else run.QUICK
    seconds = tuple(sorted(set(options["seconds"] or whole.seconds)))
    repeats = whole.repeats if options["repeats"] is None else options["repeats"]
    if min(seconds) <= 0 or repeats < 1:
        raise CommandError("Choose more than 0 seconds, and 1 repeat or more.", returncode=2)
    if not (options["family"] or options["n"]):
        return run.Plan(whole.cases, seconds, repeats)
    families = options["family"] or list(FAMILIES)
    cases = tuple(
        (family, n)
        for family in families
        for n in SIZES[family]
        if not options["n"] or n in options["n"]
    )
    if not cases:
        known = ", ".join(map(str, sorted({n for family in families for n in SIZES[family]})))
        raise CommandError(f"Nothing comes with so many people: choose from {known}.", returncode=2)
    return run.Plan(cases, seconds, repeats)
