"""Whatever evenings a series has and whenever people say yes or no to it: ties are what a plain count of tables says."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import Attendee, Evening, Event, Person, Series, Tie
from tablemates.followup.services import (
    forget_me,
    recognise_me,
    remember_evening,
    remember_me,
)
from tests.phones import NAMES, reveal, sit_together
from tests.rows import make_attendee, make_event

pytestmark = pytest.mark.django_db

PEOPLE = 4
Pair = tuple[int, int]


@dataclass
class Night:
    """Who sat where, who was known there, and whether it has been written down."""

    tables: list[set[int]]
    linked: set[int] = field(default_factory=set)
    folded: bool = False

    @property
    def evenings(self) -> set[int]:
        """Who remembers it: nobody checked in, so those who had company."""
        company: set[int] = set().union(*(table for table in self.tables if len(table) > 1))
        return company & self.linked if self.folded else set()

    def pairs_of(self, people: set[int]) -> set[Pair]:
        """Each two of one table who are known, one of these people among them."""
        known = [sorted(table & self.linked) for table in self.tables]
        return {pair for table in known for pair in combinations(table, 2) if people & {*pair}}


@dataclass
class Rules:
    """A series as one would count it on paper."""

    remembered: set[int] = field(default_factory=set)
    nights: list[Night] = field(default_factory=list)
    times: dict[Pair, int] = field(default_factory=dict)

    def begin(self, tables: list[set[int]]) -> None:
        present: set[int] = set().union(*tables)
        self.nights.append(Night(tables, self.remembered & present))

    def count(self, night: Night, people: set[int]) -> None:
        for pair in night.pairs_of(people):
            self.times[pair] = self.times.get(pair, 0) + 1

    def say_yes(self, i: int) -> None:
        night = self.nights[-1]
        if i not in night.linked:
            self.remembered.add(i)
            night.linked.add(i)
            if night.folded:
                self.count(night, {i})

    def forget(self, i: int) -> None:
        if i in self.nights[-1].linked:
            self.remembered.discard(i)
            self.times = {pair: n for pair, n in self.times.items() if i not in pair}
            for night in self.nights:
                night.linked.discard(i)

    def fold(self) -> None:
        night = self.nights[-1]
        if not night.folded:
            night.folded = True
            self.count(night, set(range(PEOPLE)))


class Suppers:
    """The same with a database: every phone holds the tickets of its earlier evenings."""

    def __init__(self) -> None:
        self.series = Series.objects.create(team=make_event(title="First").team, name="Suppers")
        self.tonight: dict[int, Attendee] = {}
        self.held: dict[int, list[str]] = {i: [] for i in range(PEOPLE)}

    def begin(self, tables: list[set[int]]) -> None:
        self.event = make_event(team=self.series.team, series=self.series, title="Supper")
        present = sorted(set().union(*tables))
        self.tonight = {i: make_attendee(self.event, NAMES[i]) for i in present}
        for number, table in enumerate(tables):
            if table:
                sit_together(*(self.tonight[i] for i in sorted(table)), number=number + 1)
        for i, attendee in self.tonight.items():
            recognise_me(attendee=attendee, earlier=self.held[i][-20:])
            self.held[i].append(attendee.tickets.get().secret)
        reveal(self.event)

    def say_yes(self, i: int) -> None:
        remember_me(attendee=self.fresh(i), earlier=self.held[i])

    def forget(self, i: int) -> None:
        forget_me(attendee=self.fresh(i))

    def fold(self) -> None:
        remember_evening(Event.objects.get(pk=self.event.pk))

    def fresh(self, i: int) -> Attendee:
        return Attendee.objects.select_related("event", "person").get(pk=self.tonight[i].pk)

    def expect(self, rules: Rules) -> None:
        place = {name: i for i, name in enumerate(NAMES)}
        people = Person.objects.filter(series=self.series)
        assert sorted(place[name] for name in people.values_list("name", flat=True)) == sorted(
            rules.remembered
        )
        rows = Tie.objects.filter(owner__series=self.series).select_related("owner", "other")
        found = {(place[tie.owner.name], place[tie.other.name]): tie.times for tie in rows}
        assert found == rules.times | {(b, a): n for (a, b), n in rules.times.items()}
        evenings = Evening.objects.filter(person__series=self.series)
        assert evenings.count() == sum(len(night.evenings) for night in rules.nights)


PERSON = st.integers(0, PEOPLE - 1)
TABLES = st.lists(st.integers(0, 2), min_size=PEOPLE, max_size=PEOPLE).map(
    lambda places: [{i for i, at in enumerate(places) if at == table} for table in (0, 1)]
)
NIGHT = st.tuples(
    TABLES,
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(["say_yes"] * 3 + ["forget"]), PERSON),
            st.tuples(st.just("fold"), st.none()),
        ),
        max_size=6,
    ),
)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(NIGHT, min_size=1, max_size=3))
def test_ties_are_what_a_plain_count_says(nights: list[Any]) -> None:
    suppers, rules = Suppers(), Rules()
    for tables, acts in nights:
        suppers.begin(tables)
        rules.begin(tables)
        for act, i in acts:
            if i is None or i in suppers.tonight:
                arguments = [] if i is None else [i]
                getattr(suppers, act)(*arguments)
                getattr(rules, act)(*arguments)
                suppers.expect(rules)
