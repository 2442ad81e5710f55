"""Who keeps away from whom, for the evening and across the series."""

from __future__ import annotations

import pytest

from events.keeping_apart import block, kept_apart_from, pairs_apart, unblock
from events.models import Attendee, Block, Event, Person, Series, Tie
from tests.phones import make_people
from tests.rows import make_event

pytestmark = pytest.mark.django_db


def remembered(*people: Attendee) -> list[Person]:
    """Let these be remembered in the series of their event."""
    event = people[0].event
    series = event.series or Series.objects.create(team=event.team, name="Suppers")
    Event.objects.filter(pk=event.pk).update(series=series)
    event.series = series
    persons = []
    for attendee in people:
        attendee.person = Person.objects.create(series=series, name=attendee.name)
        attendee.event = event
        attendee.save(update_fields=["person"])
        persons.append(attendee.person)
    return persons


def test_a_block_holds_both_ways_and_for_nobody_else() -> None:
    ada, bo, cleo, _dee = people = make_people()
    block(blocker=ada, blocked=bo)
    assert [kept_apart_from(one) for one in people] == [{bo.pk}, {ada.pk}, set(), set()]
    assert pairs_apart(ada.event, people) == {(0, 1)}
    assert pairs_apart(ada.event, [cleo, bo, ada]) == {(2, 1)}
    assert pairs_apart(ada.event, [cleo, bo]) == set()


def test_blocking_twice_is_one_block_and_taking_it_back_ends_it() -> None:
    ada, bo = make_people(2)
    for _time in range(2):
        block(blocker=ada, blocked=bo)
    assert Block.objects.count() == 1
    unblock(blocker=bo, blocked=ada)
    assert kept_apart_from(ada) == {bo.pk}
    for _time in range(2):
        unblock(blocker=ada, blocked=bo)
    assert kept_apart_from(ada) == kept_apart_from(bo) == set()


def test_a_block_of_two_who_are_remembered_holds_on_the_next_evening() -> None:
    ada, bo = make_people(2)
    persons = remembered(ada, bo)
    block(blocker=ada, blocked=bo)
    next_one = make_event(team=ada.event.team, series=ada.event.series, title="Next")
    people = make_people(3, next_one)
    for attendee, person in zip(people, persons, strict=False):
        Attendee.objects.filter(pk=attendee.pk).update(person=person)
    people = [Attendee.objects.get(pk=attendee.pk) for attendee in people]
    assert [kept_apart_from(one) for one in people] == [{people[1].pk}, {people[0].pk}, set()]
    assert pairs_apart(next_one, people) == {(0, 1)}
    unblock(blocker=people[0], blocked=people[1])
    assert kept_apart_from(people[1]) == kept_apart_from(bo) == set()
    assert not Tie.objects.exists()


def test_taking_a_block_back_leaves_what_else_there_is_between_two_people() -> None:
    ada, bo = make_people(2)
    one, other = remembered(ada, bo)
    Tie.objects.create(
        owner=one, other=other, times=2, first_met=one.created_at, last_met=one.created_at
    )
    block(blocker=ada, blocked=bo)
    unblock(blocker=ada, blocked=bo)
    assert [(tie.times, tie.apart) for tie in Tie.objects.all()] == [(2, False)]
