"""Whatever people do in whatever order: revealed is exactly what is mutual at the reveal, and nothing else can be seen.

A plain model of the rules runs beside the real ones. After every act each phone reads all it can: of a pick, a withdrawal
or a block nobody else's answers may change by a byte, nor by the queries made for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Attendee, Event
from tablemates.followup.models import Pick
from tests.phones import Answer, Phone, end, reveal, sat_down

pytestmark = pytest.mark.django_db

PEOPLE = 4
Pair = tuple[int, int]


@dataclass
class Rules:
    """The rules as one would explain them to a friend."""

    limit: int
    picks: set[Pair] = field(default_factory=set)
    blocks: set[Pair] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    revealed: bool = False

    def sees(self, i: int, j: int) -> bool:
        apart = {(i, j), (j, i)} & self.blocks
        return i != j and not {i, j} & self.gone and not apart

    def pick(self, i: int, j: int) -> int:
        if self.revealed:
            return 409
        if not self.sees(i, j):
            return 404
        self.picks = {(a, b) for a, b in self.picks if a != i or self.sees(a, b)}
        if len({b for a, b in self.picks if a == i} - {j}) >= self.limit:
            return 409
        self.picks.add((i, j))
        return 204

    def withdraw(self, i: int, j: int) -> int:
        if self.revealed:
            return 409
        self.picks.discard((i, j))
        return 204

    def block(self, i: int, j: int) -> int:
        if (i, j) in self.blocks:
            return 204
        if not self.sees(i, j):
            return 404
        self.blocks.add((i, j))
        self.picks -= {(i, j), (j, i)}
        return 204

    def unblock(self, i: int, j: int) -> int:
        self.blocks.discard((i, j))
        return 204

    def introduced(self, i: int) -> set[int]:
        mutual = {b for a, b in self.picks if a == i and (b, i) in self.picks}
        return {j for j in mutual if self.sees(i, j)} if self.revealed else set()


class Room:
    """The same with phones, and a database behind them."""

    def __init__(self, limit: int) -> None:
        self.people = sat_down(PEOPLE)
        self.event = self.people[0].event
        Event.objects.filter(pk=self.event.pk).update(pick_limit=limit)
        self.phones = [Phone(person) for person in self.people]

    def act(self, what: str, i: int, j: int) -> Answer:
        phone, other = self.phones[i], self.people[j].pk
        if what == "pick":
            return phone.put(f"picks/{other}", shares=["email"])
        if what == "block":
            return phone.put(f"blocks/{other}")
        return phone.delete(f"{'picks' if what == 'withdraw' else 'blocks'}/{other}")

    def set_status(self, i: int, status: str) -> None:
        Attendee.objects.filter(pk=self.people[i].pk).update(status=status)

    def place(self, pk: str) -> int:
        return [str(person.pk) for person in self.people].index(pk)

    def expect(self, rules: Rules) -> None:
        for i, phone in enumerate(self.phones):
            page = phone.afterwards()
            rows = {self.place(row["id"]): row["picked"] for row in page["tablemates"]}
            assert rows == {j: (i, j) in rules.picks for j in range(PEOPLE) if rules.sees(i, j)}
            assert {self.place(one["id"]) for one in page["introductions"]} == rules.introduced(i)
            assert page["revealed"] == rules.revealed


def answers_either_way(room: Room, what: str, i: int, j: int) -> set[Answer]:
    """What `i` gets for an act on `j`, if `j` has picked `i` and if not; of neither anything is left."""
    found = set()
    for mutual in (False, True):
        with transaction.atomic():
            pair = {"picker": room.people[j], "picked": room.people[i]}
            Pick.objects.filter(**pair).delete()
            if mutual:
                Pick.objects.create(**pair)
            found.add(room.act(what, i, j))
            transaction.set_rollback(True)
    return found


PERSON = st.integers(0, PEOPLE - 1)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["pick"] * 4 + ["withdraw", "block", "unblock"]), PERSON, PERSON),
        st.tuples(st.sampled_from(["cancelled", "blocked", "registered"]), PERSON, st.just(0)),
        st.tuples(st.sampled_from(["end", "reveal"]), st.just(0), st.just(0)),
    ),
    max_size=10,
)


def do(room: Room, rules: Rules, what: str, i: int, j: int) -> None:
    if what in ("end", "reveal"):
        if not rules.revealed:
            (reveal if what == "reveal" else end)(room.event)
        rules.revealed |= what == "reveal"
    elif what in Attendee.Status.values:
        room.set_status(i, what)
        rules.gone = rules.gone - {i} if what == "registered" else rules.gone | {i}
    else:
        if not rules.revealed and i != j:
            assert len(answers_either_way(room, what, i, j)) == 1
        touched = {i, j} if what in ("block", "unblock") else {i}
        before = unseen(room, touched)
        assert room.act(what, i, j).status == getattr(rules, what)(i, j)
        assert unseen(room, touched) == before


def unseen(room: Room, touched: set[int]) -> list[tuple[Any, ...]]:
    """All that people read whom an act must not change anything for."""
    return [phone.reads() for i, phone in enumerate(room.phones) if i not in touched]


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS, limit=st.integers(1, 3))
def test_revealed_is_what_is_mutual_and_nothing_else_is_ever_seen(
    acts: list[tuple[str, int, int]], limit: int
) -> None:
    with transaction.atomic():
        room, rules = Room(limit), Rules(limit)
        for act in acts:
            do(room, rules, *act)
        room.expect(rules)
        if not rules.revealed:
            do(room, rules, "reveal", 0, 0)
            room.expect(rules)
        assert Pick.objects.count() == len(rules.picks)
        transaction.set_rollback(True)
