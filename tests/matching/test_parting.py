"""Whoever keeps away from somebody never sits with them: in drafts, at rolling tables, by hand, and after the fact."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.keeping_apart import block
from events.models import Attendee
from matching.core import MaxIterations, Problem, Unsolvable, solve
from matching.models import Mixer, Round, Seat, Table, Wish
from matching.services import (
    Move,
    draft_round,
    move_person,
    pin_person,
    publish_round,
    resolve_round,
    seat_waiting,
    set_rolling,
    sit_elsewhere,
    undo_publish,
)
from matching.services.parting import apart_or_out
from tablemates.refusals import Refusal
from tests.room import come, leave, tables, tend, version
from tests.rows import arrive, make_attendee, make_crowd, make_event

NAMES = tuple("ABCDEFGHIJKL")


def company(round: Round) -> set[frozenset[str]]:
    """Who sits with whom in a round, by name."""
    found = set()
    for table in round.tables.all():
        names = table.seats.filter(left_at=None).values_list("attendee__name", flat=True)
        found |= {frozenset(pair) for pair in combinations(names, 2)}
    return found


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    n=st.integers(3, 14),
    away=st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=14),
    seed=st.integers(0, 3),
)
def test_in_any_room_nobody_sits_with_whom_they_keep_away_from(
    n: int, away: set[tuple[int, int]], seed: int
) -> None:
    away = {(i, j) for i, j in away if i != j and max(i, j) < n}
    dice = Random(seed)
    interests = np.array([[float(dice.random() < 0.4) for _topic in range(4)] for _one in range(n)])
    problem = Problem(
        people=tuple(map(str, range(n))),
        topics=tuple("abcd"),
        interests=interests,
        apart=frozenset(away),
    )
    blockers = {i for i, _j in away}
    try:
        table_of = apart_or_out(
            problem, away, lambda room: solve(room, stop=MaxIterations(60), seed=seed)
        ).table_of
    except Unsolvable:
        assert n - len(blockers) < problem.table_min or n < problem.table_min
        return
    assert all(table_of[i] != table_of[j] or table_of[i] < 0 for i, j in away)
    assert {i for i in range(n) if table_of[i] < 0} <= blockers


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, derandomize=True)
@given(dice=st.randoms(use_true_random=False))
def test_through_a_whole_evening_no_table_holds_such_a_pair(dice: Random) -> None:
    event = make_event(table_min=3, table_size=3, table_max=4)
    people = {name: make_attendee(event, name, dice.choice(["tea", "ink"])) for name in NAMES}
    pairs = {tuple(dice.sample(NAMES, 2)) for _pair in range(5)}
    for one, other in pairs:
        block(blocker=people[one], blocked=people[other])
    apart = {frozenset(pair) for pair in pairs}
    set_rolling(event=event, version=version(event), on=True)
    for name in dice.sample(NAMES, len(NAMES)):
        arrive(people[name])
        seat_waiting(event_id=event.pk)
    assert not apart & company(Round.objects.get(mixer__event=event))
    draft = draft_round(event=event, version=version(event))
    assert not apart & company(draft)
    pinned = dice.choice(list(draft.seats.order_by("attendee__name"))).attendee
    pin_person(round=draft, version=version(event), attendee=pinned, on=True)
    leave(people[dice.choice(NAMES)])
    resolve_round(round=draft, version=version(event))
    assert not apart & company(draft)
    publish_round(round=draft, version=version(event))
    tend(event)
    assert not apart & company(draft)


@pytest.mark.django_db
def test_where_all_sit_at_one_table_who_keeps_away_sits_out() -> None:
    event = make_event()
    ada, bo, *_rest = make_crowd(event, "tea", each=5)
    block(blocker=bo, blocked=ada)
    draft = draft_round(event=event, version=version(event))
    assert draft.seats.filter(attendee=ada).exists()
    assert not draft.seats.filter(attendee=bo).exists()
    assert draft.seats.count() == 4


@pytest.mark.django_db
def test_three_people_of_whom_one_keeps_away_are_too_few_for_a_table() -> None:
    event = make_event()
    ada, bo, _cleo = make_crowd(event, "tea", each=3)
    block(blocker=ada, blocked=bo)
    with pytest.raises(Refusal) as refused:
        draft_round(event=event, version=version(event))
    assert (refused.value.code, "wait for 1 more" in refused.value.message) == (
        "not_enough_people",
        True,
    )


@pytest.mark.django_db
def test_a_draft_of_before_the_block_seats_the_two_apart_once_it_is_published() -> None:
    event = make_event()
    people = make_crowd(event, "tea", each=5)
    draft = draft_round(event=event, version=version(event))
    block(blocker=people[0], blocked=people[1])
    publish_round(round=draft, version=version(event))
    tend(event)
    assert people[0].name not in tables(event)[1]
    assert len(tables(event)[1]) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("on", [False, True])
def test_nobody_is_moved_by_hand_to_whom_they_keep_away_from(on: bool) -> None:
    event = make_event(table_size=4, table_max=5)
    come(event, *[(name, "tea" if i < 4 else "ink") for i, name in enumerate("ABCDEFGH")])
    a, b, e, f = (Attendee.objects.get(name=name) for name in "ABEF")
    draft = draft_round(event=event, version=version(event))
    if on:
        publish_round(round=draft, version=version(event))
    there = Table.objects.get(round=draft, seats__attendee=e)
    block(blocker=e, blocked=a)

    def move(person: Attendee, swap: Attendee | None = None) -> None:
        plan = Move(person, there, swap)
        move_person(round=draft, version=version(event), move=plan, confirmed=on)

    with pytest.raises(Refusal) as refused:
        move(a)
    assert (refused.value.code, "E" in refused.value.message) == ("does_not_suit", False)
    with pytest.raises(Refusal):
        move(a, swap=f)
    move(a, swap=e)
    move(b)
    assert frozenset("AE") not in company(draft)
    assert frozenset("AB") in company(draft)


@pytest.mark.django_db
def test_who_blocks_a_tablemate_gets_another_seat_and_the_other_keeps_theirs() -> None:
    event = make_event(table_size=4, table_max=5)
    come(event, *[(name, "tea" if i < 4 else "ink") for i, name in enumerate("ABCDEFGH")])
    publish_round(round=draft_round(event=event, version=version(event)), version=version(event))
    a, b = Attendee.objects.get(name="A"), Attendee.objects.get(name="B")
    block(blocker=a, blocked=b)
    sit_elsewhere(attendee=a, away_from=b)
    assert Wish.objects.get().kind == Wish.Kind.DRAW_ME_IN
    tend(event)
    seats = sorted(tables(event).values())
    assert seats == [["A", "E", "F", "G", "H"], ["B", "C", "D"]]
    assert not Wish.objects.exists()


@pytest.mark.django_db
def test_who_blocks_somebody_at_another_table_stays_where_they_are() -> None:
    event = make_event(table_size=4, table_max=5)
    come(event, *[(name, "tea" if i < 4 else "ink") for i, name in enumerate("ABCDEFGH")])
    publish_round(round=draft_round(event=event, version=version(event)), version=version(event))
    before, seatings = tables(event), Mixer.objects.get(event=event).seatings
    a, e = Attendee.objects.get(name="A"), Attendee.objects.get(name="E")
    block(blocker=a, blocked=e)
    sit_elsewhere(attendee=a, away_from=e)
    assert (tables(event), Mixer.objects.get(event=event).seatings) == (before, seatings)


@pytest.mark.django_db
def test_undoing_a_publish_does_not_bring_two_together_who_keep_apart_by_now() -> None:
    event = make_event(table_size=5)
    come(event, *[(name, "tea") for name in "ABCDE"])
    set_rolling(event=event, version=version(event), on=True)
    seat_waiting(event_id=event.pk)
    assert tables(event) == {1: list("ABCDE")}
    draft = draft_round(event=event, version=version(event))
    publish_round(round=draft, version=version(event))
    block(blocker=Attendee.objects.get(name="A"), blocked=Attendee.objects.get(name="B"))
    undo_publish(round=draft, version=version(event))
    assert tables(event) == {1: list("BCDE")}
    assert Seat.objects.filter(attendee__name="A", round__kind="rolling", left_at=None).count() == 0


@pytest.mark.django_db
def test_a_draft_does_not_say_that_some_of_it_keep_apart() -> None:
    event = make_event(table_size=4, table_max=5)
    come(event, *[(name, "tea" if i < 4 else "ink") for i, name in enumerate("ABCDEFGH")])
    draft = draft_round(event=event, version=version(event))
    a, b, c = (Attendee.objects.get(name=name) for name in "ABC")
    block(blocker=a, blocked=b)
    move_person(round=draft, version=version(event), move=Move(c, None))
    assert frozenset("AB") in company(draft)
    notes = Round.objects.get(pk=draft.pk).notes
    assert {note["code"] for note in notes} == {"kept_out", "sitting_out"}
