"""The only bridge between rows and the pure solver."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils import timezone

from events.importing import fold_interest
from events.keeping_apart import pairs_apart
from events.memory.kinds import Kind, worth
from events.memory.selectors import Company, recent_company
from events.models import Attendee, Person
from events.names import shown_name
from events.selectors import merged_topics, topics_of
from matching.core import Problem, Seating, explain
from matching.laying import lay_floor, stays
from matching.models import LeftOut, Round, Seat
from matching.selectors import pairs_of, sittings_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from numpy.typing import NDArray

    from events.importing import Guest
    from events.models import Event, Interest
    from matching.core import Reason


@dataclass(frozen=True)
class RoomPlan:
    """The people of a room in the solver's order, and the problem they make; `merged` topics by their old key.

    numbers: of the tables, by their index in the problem's venue; () where tables are alike and have no place.
    apart: who keeps away, and from whom.
    """

    people: tuple[Attendee, ...]
    topics: tuple[Interest, ...]
    problem: Problem
    merged: Mapping[str, Interest]
    numbers: tuple[int, ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()

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

    def why(self, reason: Reason) -> dict[str, Any]:
        """Record `why` of a table: the facts that surfaces put into words."""
        help_ = reason.help and {
            "topic": reason.help.topic,
            "askers": [self.problem.people[i] for i in reason.help.askers],
            "helpers": [self.problem.people[i] for i in reason.help.helpers],
        }
        return {"holders": len(reason.holders), "size": reason.size, "help": help_}

    def topic_of(self, reason: Reason) -> Interest | None:
        """The interest a reason names."""
        return next((topic for topic in self.topics if topic.label == reason.topic), None)


def plan_room(
    event: Event,
    people: Sequence[Attendee],
    *,
    pins: Mapping[UUID, int] | None = None,
    tables: Collection[int] = (),
    closed: Collection[int] = (),
    in_haste: bool = False,
) -> RoomPlan:
    """Build the solver's problem for these people, with all that this evening has seen.

    pins: table numbers by attendee id. tables: numbers of tables that are there beside those of the venue. closed: numbers
    that are not to be used. in_haste: what people are to each other may be half a minute old. Who needs a certain table and has sat already is kept where they sat last.
    """
    pins, last = pins or {}, _last_numbers(event, people)
    numbers = {*pins.values(), *tables}
    numbered = pins or closed or any(stays(person) for person in people if person.pk in last)
    alike = len(people) // event.table_min if numbered else None
    floor = lay_floor(event, numbers, closed=closed, alike=alike)
    kept = floor.room_for(people, last, taken=pins) | dict(pins)
    apart = frozenset(pairs_apart(event, people))
    rules = {
        "met": _met(event, people),
        "apart": apart,
        "ties": _ties(event, people, recent=in_haste),
        "sat_out": _sat_out(event, people),
        "newcomers": np.array([person.first_timer for person in people], dtype=bool),
        "trades": tuple(fold_interest(person.trade) or None for person in people),
        "venue": floor.tables,
        "needs": floor.needs(people),
        "pins": floor.places([kept.get(person.pk) for person in people]) if kept else None,
    }
    return replace(_plan(event, people, **rules), numbers=floor.numbers, apart=apart)


def plan_words(event: Event, people: Sequence[Attendee]) -> RoomPlan:
    """Build as much of the problem as tells why these people sit together."""
    return _plan(event, people)


def _plan(event: Event, people: Sequence[Attendee], **rules: Any) -> RoomPlan:
    topics = tuple(topics_of(event))
    problem = _problem(
        people,
        picks=_picks(people),
        labels={topic.key: topic.label for topic in topics},
        table_min=event.table_min,
        table_size=event.table_size,
        table_max=event.table_max,
        **rules,
    )
    return RoomPlan(tuple(people), topics, problem, merged_topics(event))


def _picks(people: Sequence[Attendee]) -> list[set[str]]:
    """The keys of what each of them picked: far quicker than a row for every interest of everybody."""
    links = Attendee.interests.through.objects.filter(attendee__in=people)
    picks: dict[UUID, set[str]] = {person.pk: set() for person in people}
    for person, key in links.values_list("attendee_id", "interest__key"):
        picks[person].add(key)
    return list(picks.values())


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
    said = [[key in text for key in keys] for text in map(fold_interest, words)]
    return np.array(said, dtype=bool).reshape(len(words), len(keys))


def _met(event: Event, people: Sequence[Attendee]) -> NDArray[np.int64]:
    """At how many tables of this event each two have sat at the same time, drafts left out."""
    index = {person.pk: i for i, person in enumerate(people)}
    whole: list[list[int]] = []
    met = np.zeros((len(people), len(people)), dtype=np.int64)
    for sittings in sittings_of(Seat.objects.filter(round__mixer__event=event)).values():
        known = [sitting for sitting in sittings if sitting.attendee in index]
        if all(sitting.went is None for sitting in known):
            whole.append([index[sitting.attendee] for sitting in known])
        else:
            for one, other in pairs_of(known):
                met[index[one], index[other]] += 1
                met[index[other], index[one]] += 1
    met += _together(whole, len(people))
    np.fill_diagonal(met, 0)
    return met


def _ties(event: Event, people: Sequence[Attendee], *, recent: bool) -> NDArray[np.float64] | None:
    """What each two whom the series remembers are worth to each other at a table: the mean of both sides."""
    place = {one.person_id: i for i, one in enumerate(people) if one.person_id is not None}
    if event.series_id is None or len(place) < 2:
        return None
    mixes = dict(Person.objects.filter(pk__in=place).values_list("pk", "mix"))
    company = recent_company(event) if recent else Company.of(list(mixes), now=timezone.now())
    value = {pk: {kind: worth(kind, mix) for kind in Kind} for pk, mix in mixes.items()}
    ties = np.zeros((len(people), len(people)))
    known = np.array([place[pk] for pk in mixes], dtype=np.intp)
    ties[np.ix_(known, known)] = np.array([[value[pk][Kind.NEW]] for pk in mixes])
    for (one, other), kind in company.kinds.items():
        if one in value and other in value:
            ties[place[one], place[other]] = value[one][kind]
    np.fill_diagonal(ties, 0)
    return (ties + ties.T) / 2


def _together(tables: Sequence[Sequence[int]], n: int) -> NDArray[np.int64]:
    """At how many of these tables each two of `n` people are: (n, n)."""
    at = np.zeros((n, len(tables)), dtype=np.float32)
    for table, members in enumerate(tables):
        at[members, table] = 1
    return np.asarray(at @ at.T, dtype=np.int64)


def _sat_out(event: Event, people: Sequence[Attendee]) -> NDArray[np.int64]:
    """Rounds of this event that each was left out of."""
    rows = LeftOut.objects.filter(round__mixer__event=event)
    times = Counter(rows.values_list("attendee_id", flat=True))
    return np.array([times[person.pk] for person in people], dtype=np.int64)


def _last_numbers(event: Event, people: Sequence[Attendee]) -> dict[UUID, int]:
    """Where those who need a certain table sat last, by attendee id."""
    needy = [person.pk for person in people if person.needs]
    if not needy:
        return {}
    seats = Seat.objects.filter(round__mixer__event=event, attendee__in=needy)
    sat = seats.exclude(round__status=Round.Status.DRAFT).order_by("seated_at")
    return dict(sat.values_list("attendee_id", "table__number"))
