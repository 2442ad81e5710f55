"""The only bridge between rows and the pure solver."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from events.importing import fold_interest
from matching.core import Problem, Seating, explain
from matching.models import Seat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from events.models import Attendee, Event, Interest
    from matching.core import Reason


@dataclass(frozen=True)
class RoomPlan:
    """The people of a room in the solver's order, and the problem they make."""

    people: tuple[Attendee, ...]
    topics: tuple[Interest, ...]
    problem: Problem

    def index_of(self) -> dict[object, int]:
        """Solver index by attendee id."""
        return {person.pk: i for i, person in enumerate(self.people)}

    def reasons(self, table_of: NDArray[np.intp]) -> tuple[Reason, ...]:
        """Why each table sits together, by table index."""
        return explain(self.problem, Seating(table_of, 0.0))

    def topic_of(self, reason: Reason) -> Interest | None:
        """The interest a reason names."""
        return next((topic for topic in self.topics if topic.label == reason.topic), None)


def plan_room(event: Event, people: Sequence[Attendee]) -> RoomPlan:
    """Build the solver's problem for these people (interests prefetched), with who has met at this event.

    A topic counts as asked or offered when its name occurs in the person's own words.
    """
    topics = tuple(event.interests.all())
    column = {topic.pk: k for k, topic in enumerate(topics)}
    interests = np.zeros((len(people), len(topics)))
    for i, person in enumerate(people):
        for interest in person.interests.all():
            if interest.pk in column:
                interests[i, column[interest.pk]] = 1.0
    problem = Problem(
        people=_names(people),
        topics=tuple(topic.label for topic in topics),
        interests=interests,
        asks=_mentioned(topics, [person.ask for person in people]),
        offers=_mentioned(topics, [person.offer for person in people]),
        intents=tuple(person.intent or None for person in people),
        companies=tuple(fold_interest(person.company) or None for person in people),
        met=_met(event, people),
        hosts=np.array([person.host for person in people], dtype=bool),
        table_min=event.table_min,
        table_size=event.table_size,
        table_max=event.table_max,
    )
    return RoomPlan(tuple(people), topics, problem)


def _names(people: Iterable[Attendee]) -> tuple[str, ...]:
    """Names as tablemates read them, made unique by a number."""
    seen: Counter[str] = Counter()
    names = []
    for person in people:
        name = person.shown_name
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _mentioned(topics: Sequence[Interest], words: Sequence[str]) -> NDArray[np.bool_]:
    folded = [fold_interest(text) for text in words]
    return np.array(
        [[bool(text) and topic.key in text for topic in topics] for text in folded], dtype=bool
    ).reshape(len(words), len(topics))


def _met(event: Event, people: Sequence[Attendee]) -> NDArray[np.int64]:
    """Times each two have sat at one table of this event, drafts left out."""
    index = {person.pk: i for i, person in enumerate(people)}
    at_table: dict[object, list[int]] = {}
    seats = Seat.objects.filter(round__mixer__event=event).exclude(round__status="draft")
    for table, attendee in seats.values_list("table_id", "attendee_id"):
        if attendee in index:
            at_table.setdefault(table, []).append(index[attendee])
    met = np.zeros((len(people), len(people)), dtype=np.int64)
    for members in at_table.values():
        met[np.ix_(members, members)] += 1
    np.fill_diagonal(met, 0)
    return met
