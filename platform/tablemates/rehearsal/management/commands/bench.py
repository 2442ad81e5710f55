"""`tablemates bench matching`, `door`, `live` and `crowd`: how good and how quick it is, measured here and now."""

from __future__ import annotations

import json
import os
import signal
import sys
from argparse import RawDescriptionHelpFormatter
from contextlib import contextmanager
from dataclasses import asdict, replace
from importlib.util import find_spec
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
from tablemates.rehearsal.bench import live, scans
from tablemates.rehearsal.bench import report as crowd_report
from tablemates.surfaces.servers import SERVERS

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

LIVE = """\
Starts `tablemates serve` on a throw-away database, opens a socket for each phone in other processes, and says things to
all of them: that the round starts, and where each sits. Measured is the time from before the transaction until 99 of 100
phones have heard it; whether all of a burst reached all of them; memory; and how long it takes when all sockets are lost
and come back at once. Beside it stands, in the same run, a server made of the `websockets` library alone, which says the
same words by the library's own broadcast and writes nothing down.
"""

CROWD = """\
Lets people check in one after the other, with a room full of others and their sockets open, and takes the time from the
scan to the seat on that person's phone. Then it plays an evening in a minute with everything that goes wrong in one (lost
sockets, tunnels, reloads, leavers, wishes; rounds drafted, published, undone, ended) and compares every page with the server.
"""

# Both take an address of a PostgreSQL; in a checkout one is started for them.
SERVICES = """
SQLite is always measured. PostgreSQL, with Redis where REDIS_URL names one, is measured where an address is given:

  .venv/bin/python tests/services.py run bash -c \\
    'DATABASE_URL=$TEST_DATABASE_URL REDIS_URL=$TEST_REDIS_URL .venv/bin/tablemates bench %s'
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
        _add_live(
            subjects.add_parser(
                "live",
                help="sockets: how fast a word reaches every phone, and all of them back at once",
                description=LIVE + SERVICES % "live",
                formatter_class=RawDescriptionHelpFormatter,
            )
        )
        _add_crowd(
            subjects.add_parser(
                "crowd",
                help="from the scan to the seat on a phone, and whether all pages agree after a rough evening",
                description=CROWD + SERVICES % "crowd",
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
        with _ending_well():
            result = door.measure(plan, database, self._tell)
        told = door_report.as_json(plan, result), door_report.lines(plan, result)
        self._report(*told, **options)

    def _live(self, *, database: str, **options: Any) -> None:
        plan = _live_plan(**options)
        with _ending_well():
            rows = live.measure(plan, database, self._tell)
        told = crowd_report.live_as_json(plan, rows), crowd_report.live_lines(plan, rows)
        self._report(*told, **options)

    def _crowd(self, *, database: str, **options: Any) -> None:
        plan = _crowd_plan(**options)
        with _ending_well():
            result = scans.measure(plan, database, self._tell)
        told = crowd_report.crowd_as_json(plan, *result), crowd_report.crowd_lines(plan, *result)
        self._report(*told, **options)

    def _report(self, record: dict[str, Any], lines: Iterator[str], **options: Any) -> None:
        for line in [json.dumps(record)] if options["json"] else lines:
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


def _add_common(parser: CommandParser) -> None:
    parser.add_argument("--quick", action="store_true", help="one small run, under 2 minutes")
    parser.add_argument(
        "--database",
        metavar="URL",
        default=os.environ.get("DATABASE_URL", ""),
        help="measure this PostgreSQL too (default: DATABASE_URL)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_live(parser: CommandParser) -> None:
    _add_common(parser)
    parser.add_argument(
        "--phones",
        action="append",
        type=int,
        help="so many (100, 500, 1000 and 2000; may be given again)",
    )
    parser.add_argument("--repeats", type=int, help="how often each thing is said (5, --quick 3)")
    _add_server(parser)


def _live_plan(*, quick: bool, **options: Any) -> live.Plan:
    asked: dict[str, Any] = {"servers": _servers(**options)}
    if options["phones"]:
        asked["phones"] = tuple(sorted(set(options["phones"])))
    if options["repeats"] is not None:
        asked["repeats"] = options["repeats"]
    plan = replace(live.QUICK if quick else live.FULL, **asked)
    if plan.repeats < 1 or min(plan.phones) < 8 or max(plan.phones) > 5000:
        raise CommandError("Choose 8 to 5000 phones, and 1 repeat or more.", returncode=2)
    return plan


def _add_crowd(parser: CommandParser) -> None:
    _add_common(parser)
    parser.add_argument("--phones", type=int, help="in the soak (500, with --quick 100)")
    parser.add_argument("--seconds", type=float, help="of the soak (60, with --quick 20)")
    _add_server(parser)


def _crowd_plan(*, quick: bool, **options: Any) -> scans.Plan:
    asked: dict[str, Any] = {"servers": _servers(**options)}
    if options["phones"] is not None:
        asked["soakers"] = options["phones"]
    if options["seconds"] is not None:
        asked["soak_seconds"] = options["seconds"]
    plan = replace(scans.QUICK if quick else scans.FULL, **asked)
    if not 8 <= plan.soakers <= 2000 or not 5 <= plan.soak_seconds <= 3600:
        raise CommandError("Choose 8 to 2000 phones, and 5 to 3600 seconds.", returncode=2)
    return plan


def _add_server(parser: CommandParser) -> None:
    parser.add_argument(
        "--server",
        action="append",
        choices=SERVERS,
        help="only this one (may be given again; uvicorn is measured where it is installed)",
    )


def _servers(*, server: list[str] | None, **_options: Any) -> tuple[str, ...]:
    if server:
        return tuple(dict.fromkeys(server))
    return ("uvicorn", "daphne") if find_spec("uvloop") else ("daphne",)


def _add_door(parser: CommandParser) -> None:
    _add_common(parser)
    parser.add_argument("--people", type=int, help="check-ins of each load (300, with --quick 100)")
    parser.add_argument("--repeats", type=int, help="loads of each kind (3, with --quick 1)")
    parser.add_argument(
        "--clients",
        action="append",
        type=int,
        help="so many at once (1, 4 and 16; may be given again)",
    )


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
    """Being told to end is no reason to leave servers or databases behind; what cannot be measured is said in one line."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    except (CannotMeasure, WrongAnswer) as problem:
        raise CommandError(str(problem)) from problem
    except KeyboardInterrupt as stop:
        raise CommandError("Stopped; its servers and databases are gone.", returncode=130) from stop
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
