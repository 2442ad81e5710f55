"""`tablemates match FILE`: tables for a guest list, without a server or a database."""

from __future__ import annotations

import json
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.importing import UnreadableGuestList, read_guest_list
from matching.adapter import plan_guest_list
from matching.core import (
    MatchingError,
    MaxRuntime,
    alternatives,
    broken_rules,
    explain,
    forced_repeats_over,
    layout_for,
    over_rounds,
    quality,
    random_seating,
    rooms_of,
    share_of_bound,
    solve_rounds,
    unmet,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.core.management.base import OutputWrapper

    from matching.core import Problem, Progress, Quality, Seating

FIGURES = {
    "topic_share": "tables with a topic that all of them picked",
    "topic_cover": "people who hold their table's topic",
    "best_mean": "best tablemate, on average",
    "best_worst": "best tablemate of the worst-off person",
    "floor_missed": "people far from everybody they have much in common with",
    "repeats": "pairs that meet again, over all rounds",
    "company_clashes": "pairs from one company",
    "all_seller_tables": "tables where everyone came to sell",
}
ALTERNATIVE_SHARE = 0.25
"""Each alternative is searched for this share of the time that the plan took."""


class Command(BaseCommand):
    """Seat the people of a file."""

    help = "Print tables, topics and reasons for a guest list (of a ticket system, or a plain CSV with name and interests)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The list, rounds, table sizes."""
        parser.add_argument("file", type=Path, help="the guest list")
        parser.add_argument(
            "--rounds",
            type=int,
            default=1,
            help="how many rounds, planned together, nobody meeting twice if it can be helped (1)",
        )
        parser.add_argument(
            "--table-size",
            type=int,
            default=5,
            help="people at a table, usually (5; 3 to 6 are used)",
        )
        parser.add_argument(
            "--seconds",
            type=float,
            default=1.0,
            help="search time for each round (1.0); what other tables would change takes up to as much again",
        )
        parser.add_argument(
            "--seed", type=int, default=7, help="another seed gives another seating (7)"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, file: Path, rounds: int, seconds: float, seed: int, **options: Any) -> None:
        """Read, seat, print."""
        size = options["table_size"]
        if not (1 <= rounds <= 8 and seconds > 0 and isfinite(seconds) and 3 <= size <= 6):
            raise CommandError(
                "Choose 1-8 rounds, tables of 3-6, and more than 0 seconds.", returncode=2
            )
        try:
            guests = read_guest_list(file.read_bytes(), filename=file.name).guests
            problem = plan_guest_list(guests, table_size=size)
            told = self._plan(problem, rounds, seconds * rounds, seed)
        except OSError as error:
            raise CommandError(f"Cannot read {file}: {error.strerror}.", returncode=2) from error
        except (UnreadableGuestList, MatchingError) as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._print(told)

    def _plan(self, problem: Problem, rounds: int, seconds: float, seed: int) -> dict[str, Any]:
        line = ProgressLine(self.stderr)
        seatings = solve_rounds(
            problem, rounds, stop=MaxRuntime(seconds), seed=seed, progress=line.planned
        )
        line.say("Looking at what other tables would change")
        others = alternatives(
            problem, seatings, stop=MaxRuntime(seconds * ALTERNATIVE_SHARE), seed=seed
        )
        line.say("")
        played = list(rooms_of(problem, seatings))
        return {
            "rounds": [{"tables": _tables(room, seating)} for room, seating in played],
            "quality": over_rounds([quality(*one) for one in played]).as_dict(),
            "random": over_rounds(_random(problem, rounds, seed)).as_dict(),
            "notes": list(_notes(played)),
            "alternatives": [other.sentence for other in others],
            "bound": share_of_bound(problem, seatings),
        }

    def _print(self, told: dict[str, Any]) -> None:
        for number, played in enumerate(told["rounds"], 1):
            self.stdout.write(f"\nRound {number}")
            for place, table in enumerate(played["tables"], 1):
                self.stdout.write(f"  Table {place}: {table['topic'] or 'open table'}")
                self.stdout.write(f"    {', '.join(table['people'])}")
                self.stdout.write(f"    {table['reason']}")
        self.stdout.write(f"\n{'':<58} {'here':>7}   {'random':>7}")
        for name, words in FIGURES.items():
            ours, random = told["quality"][name], told["random"][name]
            self.stdout.write(f"  {words:<56} {ours:>7.2f}   {random:>7.2f}")
        if told["bound"] is not None:
            words = "score, as a share of what no plan can exceed"
            self.stdout.write(f"  {words:<56} {told['bound']:>7.2f}")
        for title, sentences in (
            ("Good to know", told["notes"]),
            ("What a change would bring", told["alternatives"]),
        ):
            if sentences:
                self.stdout.write(f"\n{title}")
            for sentence in sentences:
                self.stdout.write(f"  {sentence}")


class ProgressLine:
    """One line on a terminal that says how far the search is; on anything else nothing."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self._on = stream.isatty()
        self._said = ""

    def planned(self, progress: Progress) -> None:
        """The search is so far."""
        self.say(f"Planning: {progress.share:.0%}")

    def say(self, words: str) -> None:
        """Write over what was said last."""
        if self._on and words != self._said:
            blanks = " " * (len(self._said) - len(words))
            self._stream.write(f"\r{words}{blanks}" if words else f"\r{blanks}\r", str, "")
            self._stream.flush()
            self._said = words


def _random(problem: Problem, rounds: int, seed: int) -> list[Quality]:
    seatings = [random_seating(problem, seed=seed + number) for number in range(rounds)]
    return [quality(room, seating) for room, seating in rooms_of(problem, seatings)]


def _tables(problem: Problem, seating: Seating) -> list[dict[str, Any]]:
    return [
        {
            "topic": reason.topic,
            "reason": reason.reason,
            "people": [problem.people[i] for i in members],
        }
        for members, reason in zip(seating.tables, explain(problem, seating), strict=True)
    ]


def _notes(played: Sequence[tuple[Problem, Seating]]) -> Iterator[str]:
    """What cannot be helped: who must meet again, who sits out, which rules do not hold."""
    problem, _ = played[0]
    layout, rounds = layout_for(problem), len(played)
    tables = len(layout.tables)
    forced = forced_repeats_over(problem.n, tables, rounds)
    if forced:
        room = f"With {problem.n} people on {tables} table{'s' if tables > 1 else ''}"
        if rounds == 2:
            yield f"{room}, {forced} pairs must meet again in round 2."
        else:
            yield f"{room}, at least {forced} times in {rounds} rounds a pair must meet again."
    yield from layout.notes
    broken = [
        replace(violation, round=number)
        for number, (room_then, seating) in enumerate(played)
        for violation in broken_rules(room_then, seating.tables)
    ]
    if broken:
        yield "No plan was found that keeps every rule; this is the nearest."
        yield from unmet(broken)
