"""The only bridge between rows and the pure solver."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from events.importing import fold_interest
from events.names import shown_name
from events.selectors import merged_topics, topics_of
from matching.core import Problem, Seating, explain
from matching.models import Seat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from events.importing import Guest
    from events.models import Attendee, Event, Interest
    from matching.core import Reason


@dataclass(frozen=True)
class RoomPlan:
    """The people of a room in the solver's order, and the problem they make; `merged` topics by their old key."""

    people: tuple[Attendee, ...]
    topics: tuple[Interest, ...]
    problem: Problem
    merged: Mapping[str, Interest]

    def reasons(
        self, table_of: NDArray[np.intp], began_with: Sequence[Interest | None] = ()
    ) -> tuple[Reason, ...]:
        """Why each table sits together, by table index.

        A table keeps the topic it began with as long as anybody there holds it.
        """
        seating = Seating(table_of, 0.0)
        kept = [
            self._column(topic, members)
            for topic, members in zip(began_with, seating.tables, strict=False)
        ]
        return explain(self.problem, seating, topics=kept)

    def holds(self, i: int, key: str | None) -> bool:
        """Whether the person of this index holds the topic of this key, or the one it was merged into."""
        return key is not None and self._held(key, (i,)) is not None

    def _column(self, topic: Interest | None, members: tuple[int, ...]) -> int | None:
        """The topic's column in the problem, None if nobody of these people holds it."""
        return self._held(topic.key, members) if topic else None

    def _held(self, key: str, members: tuple[int, ...]) -> int | None:
        key = self.merged[key].key if key in self.merged else key
        keys = [topic.key for topic in self.topics]
        if key not in keys:
            return None
        column = keys.index(key)
        return column if self.problem.holds[list(members), column].any() else None

    def topic_of(self, reason: Reason) -> Interest | None:
        """The interest a reason names."""
        return next((topic for topic in self.topics if topic.label == reason.topic), None)


def plan_room(event: Event, people: Sequence[Attendee]) -> RoomPlan:
    """Build the solver's problem for these people (interests prefetched), with who has met at this event."""
    topics = tuple(topics_of(event))
    problem = _problem(
        people,
        picks=[{interest.key for interest in person.interests.all()} for person in people],
        labels={topic.key: topic.label for topic in topics},
        met=_met(event, people),
        table_min=event.table_min,
        table_size=event.table_size,
        table_max=event.table_max,
    )
    return RoomPlan(tuple(people), topics, problem, merged_topics(event))


def plan_guest_list(guests: Sequence[Guest], **rules: Any) -> Problem:
    """Build the solver's problem for people straight from a guest list; `rules` as of `Problem`."""
    picks = [{fold_interest(label): label for label in guest.interests} for guest in guests]
    labels: dict[str, str] = {}
    for picked in picks:
        labels = picked | labels
    return _problem(guests, picks=[set(picked) for picked in picks], labels=labels, **rules)


def _problem(
    people: Sequence[Attendee] | Sequence[Guest],
    *,
    picks: Sequence[set[str]],
    labels: dict[str, str],
    **rules: Any,
) -> Problem:
    """A topic counts as asked or offered when its name occurs in the person's own words."""
    return Problem(
        people=_names(people),
        topics=tuple(labels.values()),
        interests=np.array([[float(key in picked) for key in labels] for picked in picks]).reshape(
            len(people), len(labels)
        ),
        asks=_mentioned(labels, [person.ask for person in people]),
        offers=_mentioned(labels, [person.offer for person in people]),
        intents=tuple(person.intent or None for person in people),
        companies=tuple(fold_interest(person.company) or None for person in people),
        hosts=np.array([person.host for person in people], dtype=bool),
        **rules,
    )


def _names(people: Iterable[Attendee] | Iterable[Guest]) -> tuple[str, ...]:
    """Names as tablemates read them, made unique by a number."""
    seen: Counter[str] = Counter()
    names = []
    for person in people:
        name = shown_name(person.name)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _mentioned(keys: Iterable[str], words: Sequence[str]) -> NDArray[np.bool_]:
    keys = list(keys)
    said = [[key in fold_interest(text) for key in keys] for text in words]
    return np.array(said, dtype=bool).reshape(len(words), len(keys))


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
