"""Memory is written by many at once: each evening counts once, and nobody comes back who wanted to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from events.models import Attendee, Evening, Event, Person, Series, Tie
from events.services import change_attendee
from tablemates.followup.services import (
    delete_event,
    forget_me,
    recognise_me,
    remember_evening,
    remember_me,
)
from tests.phones import make_people, reveal, sit_together
from tests.rows import arrive, make_attendee, make_event
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[None]:
    with database_of_threads(tmp_path):
        yield


def supper(n: int = 4, *, remembered: bool = True) -> tuple[Event, list[Attendee]]:
    """An evening of a series whose people sat at one table, an hour after its end."""
    event = make_event()
    series = Series.objects.create(team=event.team, name="Suppers")
    Event.objects.filter(pk=event.pk).update(series=series)
    event = Event.objects.get(pk=event.pk)
    people = make_people(n, event)
    for person in people:
        arrive(person)
        if remembered:
            remember_me(attendee=person)
    sit_together(*people)
    reveal(event)
    return Event.objects.get(pk=event.pk), people


def expect_each_pair_once(n: int) -> None:
    assert sorted(Tie.objects.values_list("times", flat=True)) == [1] * n * (n - 1)
    assert Evening.objects.count() == Person.objects.count() == n


def test_an_evening_that_several_write_down_at_once_counts_once() -> None:
    event, _people = supper()
    done = at_once(*[lambda: remember_evening(event)] * 6)
    assert sorted(done) == [False] * 5 + [True]
    expect_each_pair_once(4)


def test_who_says_yes_while_the_evening_is_written_down_gets_each_tie_once() -> None:
    event, people = supper(remembered=False)
    yes = [lambda one=one: remember_me(attendee=one) for one in people for _time in "12"]
    answers = at_once(lambda: remember_evening(event), *yes)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    expect_each_pair_once(4)


def test_somebody_who_is_forgotten_while_a_door_recognises_them_is_forgotten() -> None:
    _event, (ada, *_others) = supper(2)
    ada = Attendee.objects.select_related("event").get(pk=ada.pk)
    secret = ada.tickets.get().secret
    later = make_event(team=ada.event.team, series=ada.event.series, title="Stew")
    again = make_attendee(later, "Ada Lovelace")
    answers = at_once(
        lambda: forget_me(attendee=ada),
        lambda: recognise_me(attendee=again, earlier=[secret]),
        lambda: change_attendee(attendee=ada, changes={"ask": "a shed"}),
        lambda: arrive(again),
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert list(Person.objects.values_list("name", flat=True)) == ["Bo Diddley"]
    assert not Attendee.objects.filter(name="Ada Lovelace", person__isnull=False).exists()


def test_an_evening_that_is_deleted_while_it_is_written_down_is_remembered_once() -> None:
    event, _people = supper()
    at_once(lambda: delete_event(event=event), lambda: remember_evening(event))
    assert not Event.objects.exists()
    expect_each_pair_once(4)
