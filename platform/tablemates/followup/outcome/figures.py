"""The six measures of an evening. Each is a share of people, seats or introductions, and hidden where those are too few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tablemates.followup.models import Measure
from tablemates.followup.outcome.record import SPEAKS_OF_NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tablemates.followup.outcome.record import Record

SOON = timedelta(minutes=10)
A_PATTERN = 3
"""So many people say the same before an organiser is told that anybody does."""


class Share(NamedTuple):
    """So many of so many, and whom that speaks of."""

    part: int
    of: int
    people: int


@dataclass(frozen=True)
class Figure:
    """A measure of an evening as everybody may read it; `why_hidden` is `too_few` or `not_yet`."""

    measure: Measure
    value: float | None = None
    of: int | None = None
    why_hidden: str | None = None


def seated_soon(record: Record) -> Share:
    """Of the people who came: who sat down within 10 minutes of coming in first, or before. Never seated is not soon."""
    first = record.first_seats
    soon = [p for p, came in record.came.items() if p in first and first[p] - came <= SOON]
    return _of_people(len(soon), record.came)


def topic_cover(record: Record) -> Share:
    """Of all seats in rounds of at least five people: those whose sitter picked the topic of the table.

    Whoever changes tables has a seat at each; an open table has no topic.
    """
    seats = [seat for round in record.seats_by_number.values() for seat in round]
    people = {seat.sitting.attendee for seat in seats}
    return Share(sum(seat.own_topic for seat in seats), len(seats), len(people))


def introduced(record: Record) -> Share | None:
    """Of the people who came: who has an introduction, by picking each other or on request. None before the reveal."""
    if record.introduced is None:
        return None
    people = {person for pair in record.introduced for person in pair}
    return _of_people(len(people & record.came.keys()), record.came)


def followed_up(record: Record) -> Share | None:
    """Of the introductions: those of whom one wrote to the other until 48 hours after the end. None before the reveal."""
    if record.introduced is None:
        return None
    people = {person for pair in record.introduced for person in pair}
    return Share(len(record.introduced & record.wrote), len(record.introduced), len(people))


def pitched(record: Record) -> Share:
    """Of the people who came: who said of a table that they felt pitched at.

    Fewer than three are told to nobody.
    """
    part = min(len(record.felt_pitched_at), len(record.came))
    return _of_people(part, record.came)


def worth(record: Record) -> Share:
    """Of the people who said whether the evening was worth their time: who said that it was."""
    return _of_people(sum(record.verdicts), record.verdicts)


MEASURES: dict[Measure, Callable[[Record], Share | None]] = {
    Measure.SEATED_SOON: seated_soon,
    Measure.TOPIC_COVER: topic_cover,
    Measure.INTRODUCED: introduced,
    Measure.FOLLOWED_UP: followed_up,
    Measure.PITCHED: pitched,
    Measure.WORTH: worth,
}


def count_figures(record: Record | None) -> list[Figure]:
    """Every measure of an evening; of none that has not begun."""
    return [
        _shown(measure, share_of(record) if record else None)
        for measure, share_of in MEASURES.items()
    ]


def is_met(figure: Figure, target: float) -> bool | None:
    """Whether a target is reached; None where that is not known."""
    if figure.measure != Measure.PITCHED:
        return None if figure.value is None else figure.value >= target
    if figure.value is None:
        # Enough people came, and fewer than three of them said so: that is no pattern, whatever the target.
        return True if figure.of else None
    return figure.value <= target


def _shown(measure: Measure, share: Share | None) -> Figure:
    if share is None:
        return Figure(measure, why_hidden="not_yet")
    if min(share.of, share.people) < SPEAKS_OF_NOBODY:
        return Figure(measure, why_hidden="too_few")
    if measure == Measure.PITCHED and share.part < A_PATTERN:
        return Figure(measure, of=share.of, why_hidden="too_few")
    return Figure(measure, share.part / share.of, share.of)


def _of_people(part: int, people: Collection[Any]) -> Share:
    return Share(part, len(people), len(people))
