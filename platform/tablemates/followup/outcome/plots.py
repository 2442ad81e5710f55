"""How the evening went, as the console draws it: no group of one to four people stands by itself."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from events.payloads import time
from matching.selectors import pairs_of
from tablemates.followup.outcome.record import SPEAKS_OF_NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from tablemates.followup.outcome.record import Pair, Record, Sat

MINUTE = timedelta(minutes=1)
UP_TO = (2, 5, 10, 20)
"""Minutes of waiting that are told apart; then come longer ones, and whoever was never seated."""
SOON = 3
"""So many of these groups, the first ones, are within what `seated_soon` counts."""


def draw_plots(record: Record) -> dict[str, Any]:
    """All plots of an evening."""
    return {
        "arrivals": arrivals(record),
        "waiting": waiting(record),
        "rounds": rounds(record),
        "fairness": fairness(record),
    }


def arrivals(record: Record) -> list[dict[str, Any]]:
    """How many people had come by the end of a minute; each step is of five people or more."""
    per_minute = Counter(at.replace(second=0, microsecond=0) for at in record.came.values())
    minutes = sorted(per_minute)
    if len(record.came) < SPEAKS_OF_NOBODY:
        return []
    came = list(accumulate(per_minute[minute] for minute in minutes))
    ends = [end - 1 for _start, end in _joined([per_minute[minute] for minute in minutes])]
    opened = {"at": time(record.opened_at), "came": 0}
    return [opened, *({"at": time(minutes[i] + MINUTE), "came": came[i]} for i in ends)]


def waiting(record: Record) -> list[dict[str, Any]]:
    """How many people waited how long for their first seat.

    Groups are joined on each side of what counts as soon, and across it only where one side as a whole is too small: so
    the figure beside it takes no joined group apart.
    """
    if len(record.came) < SPEAKS_OF_NOBODY:
        return []
    counts = _counted_waits(record)
    late = [(start + SOON, end + SOON) for start, end in _joined(counts[SOON:])]
    groups = _joined_groups(counts, [*_joined(counts[:SOON]), *late])
    bounds: list[int | None] = [0, *UP_TO, None]
    return [
        {
            "from": bounds[start],
            # Whoever was never seated comes last, without a bound, and so does a group that holds them.
            "to": bounds[end] if end < len(bounds) else None,
            "people": sum(counts[start:end]),
        }
        for start, end in groups
    ]


def rounds(record: Record) -> list[dict[str, Any]]:
    """Each round of at least five people, rolling tables (0) all in one: its seats, and pairs that sat together before."""
    again = _repeats(record.seats)
    return [
        {
            "number": number,
            "tables": len({seat.table for seat in seats}),
            "seats": len(seats),
            "topic_cover": sum(seat.own_topic for seat in seats) / len(seats),
            "repeats": again[number],
        }
        for number, seats in record.seats_by_number.items()
    ]


def fairness(record: Record) -> dict[str, float | None]:
    """In what share of their seats people had a topic of their own: the mean of everybody, and of the worst-off five."""
    seats_of: dict[UUID, list[bool]] = {}
    for seats in record.seats_by_number.values():
        for seat in seats:
            seats_of.setdefault(seat.sitting.attendee, []).append(seat.own_topic)
    shares = sorted(sum(own) / len(own) for own in seats_of.values())
    # Told beside everybody's, the worst-off of six people would tell of the sixth.
    told = len(shares) >= 2 * SPEAKS_OF_NOBODY
    return {
        "everybody": _mean(shares) if len(shares) >= SPEAKS_OF_NOBODY else None,
        "worst_off": _mean(shares[:SPEAKS_OF_NOBODY]) if told else None,
    }


def _counted_waits(record: Record) -> list[int]:
    """People by how long they waited: one group for each bound, then longer, then never seated."""
    first = record.first_seats
    counts = [0] * (len(UP_TO) + 2)
    for person, came in record.came.items():
        if person not in first:
            counts[-1] += 1
        else:
            waited = first[person] - came
            counts[sum(waited > minutes * MINUTE for minutes in UP_TO)] += 1
    return counts


def _joined(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of neighbours, each of nobody or of five people or more; only where all are fewer, one run of all of them."""
    runs: list[tuple[int, int]] = []
    start = people = 0
    for i, count in enumerate(counts):
        people += count
        if not 0 < people < SPEAKS_OF_NOBODY:
            runs.append((start, i + 1))
            start, people = i + 1, 0
    while people and people < SPEAKS_OF_NOBODY and runs:
        before, end = runs.pop()
        start, people = before, people + sum(counts[before:end])
    return [*runs, (start, len(counts))] if start < len(counts) else runs


def _joined_groups(
    counts: Sequence[int], groups: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The same for groups of neighbours that were joined before."""
    people = [sum(counts[start:end]) for start, end in groups]
    return [(groups[i][0], groups[j - 1][1]) for i, j in _joined(people)]


def _repeats(seats: Iterable[Sat]) -> Counter[int]:
    """Pairs that sat together in an earlier round as well, by the round's number."""
    met: set[Pair] = set()
    again: Counter[int] = Counter()
    for (_round, number), in_round in groupby(seats, key=lambda seat: (seat.round, seat.number)):
        at_table: dict[UUID, list[Any]] = {}
        for seat in in_round:
            at_table.setdefault(seat.table, []).append(seat.sitting)
        pairs = set().union(*map(pairs_of, at_table.values()))
        again[number] += len(pairs & met)
        met |= pairs
    return again


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares)
