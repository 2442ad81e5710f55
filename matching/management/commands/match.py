"""`tablemates match FILE`: tables for a guest list, without a server or a database."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.importing import UnreadableGuestList, read_guest_list
from matching.adapter import plan_guest_list
from matching.core import MaxRuntime, Unsolvable, explain, quality, random_seating, solve

if TYPE_CHECKING:
    from matching.core import Problem, Quality, Seating

FIGURES = {
    "topic_share": "tables with a topic that all of them picked",
    "topic_cover": "people who hold their table's topic",
    "best_mean": "best tablemate, on average",
    "best_worst": "best tablemate of the worst-off person",
    "repeats": "pairs that meet again",
    "company_clashes": "pairs from one company",
    "all_seller_tables": "tables where everyone came to sell",
}
COUNTED = ("repeats", "company_clashes", "all_seller_tables")


class Command(BaseCommand):
    """Seat the people of a file."""

    help = "Print tables, topics and reasons for a guest list (Eventbrite, pretix or a plain CSV with name and interests)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The list, rounds, table sizes."""
        parser.add_argument("file", type=Path, help="the guest list")
        parser.add_argument(
            "--rounds",
            type=int,
            default=1,
            help="how many rounds, nobody meeting twice if it can be helped (1)",
        )
        parser.add_argument(
            "--table-size",
            type=int,
            default=5,
            help="people at a table, usually (5; 3 to 6 are used)",
        )
        parser.add_argument(
            "--seconds", type=float, default=1.0, help="search time for each round (1.0)"
        )
        parser.add_argument(
            "--seed", type=int, default=7, help="another seed gives another seating (7)"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, file: Path, rounds: int, seconds: float, seed: int, **options: Any) -> None:
        """Read, seat, print."""
        size = options["table_size"]
        if not 1 <= rounds <= 8 or seconds <= 0 or not 3 <= size <= 6:
            raise CommandError("Choose 1-8 rounds, tables of 3-6, and more than 0 seconds.")
        try:
            guests = read_guest_list(file.read_bytes(), filename=file.name).guests
            problem = plan_guest_list(guests, table_size=size)
            planned = [*_play(problem, rounds, seconds, seed)]
        except OSError as error:
            raise CommandError(f"Cannot read {file}: {error.strerror}.", returncode=2) from error
        except (UnreadableGuestList, Unsolvable) as error:
            raise CommandError(str(error), returncode=2) from error
        ours = _summary([quality(problem, seating) for problem, seating in planned])
        random = _summary(_random(problem, rounds, seed))
        told = {
            "rounds": [{"tables": _tables(problem, seating)} for problem, seating in planned],
            "quality": ours,
            "random": random,
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._print(told)

    def _print(self, told: dict[str, Any]) -> None:
        for number, played in enumerate(told["rounds"], 1):
            self.stdout.write(f"\nRound {number}")
            for place, table in enumerate(played["tables"], 1):
                self.stdout.write(f"  Table {place}: {table['topic'] or 'open table'}")
                self.stdout.write(f"    {', '.join(table['people'])}")
                self.stdout.write(f"    {table['reason']}")
        self.stdout.write("\n                                                  here    random")
        for name, words in FIGURES.items():
            ours, random = told["quality"][name], told["random"][name]
            self.stdout.write(f"  {words:<45} {ours:>7.2f}   {random:>7.2f}")


def _play(problem: Problem, rounds: int, seconds: float, seed: int) -> Any:
    """Round by round, each knowing who met before; yields the problem as it was, and its seating."""
    for number in range(rounds):
        seating = solve(problem, stop=MaxRuntime(seconds), seed=seed + number)
        yield problem, seating
        problem = _remember(problem, seating)


def _random(problem: Problem, rounds: int, seed: int) -> list[Quality]:
    found = []
    for number in range(rounds):
        seating = random_seating(problem, seed=seed + number)
        found.append(quality(problem, seating))
        problem = _remember(problem, seating)
    return found


def _remember(problem: Problem, seating: Seating) -> Problem:
    met = np.zeros((problem.n, problem.n), dtype=np.int64) if problem.met is None else problem.met
    together = (seating.table_of[:, None] == seating.table_of) & (seating.table_of >= 0)
    np.fill_diagonal(together, False)
    return replace(problem, met=met + together)


def _tables(problem: Problem, seating: Seating) -> list[dict[str, Any]]:
    return [
        {
            "topic": reason.topic,
            "reason": reason.reason,
            "people": [problem.people[i] for i in members],
        }
        for members, reason in zip(seating.tables, explain(problem, seating), strict=True)
    ]


def _summary(found: list[Quality]) -> dict[str, float]:
    """Means over the rounds; pairs and tables that should not be are added up."""
    rows = [one.as_dict() for one in found]
    return {
        name: sum(row[name] for row in rows) / (1 if name in COUNTED else len(rows))
        for name in rows[0]
    }
