"""Rolling tables in a room whose tables are known: by their numbers, chairs and what they offer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models import F

from matching.models import LeftOut, Round, Table
from matching.selectors import mixer_of
from matching.services import make_wish, set_rolling
from matching.services.placing import PATIENCE
from tests.room import come, lay, leave, play_round, tables, tend
from tests.rows import arrive, make_attendee, make_crowd, make_event

if TYPE_CHECKING:
    from events.models import Event

pytestmark = pytest.mark.django_db

FARMERS = [("Ada", "farming"), ("Bob", "farming"), ("Cem", "farming")]
PLAYERS = [("Pia", "chess"), ("Per", "chess"), ("Pam", "chess")]


@pytest.fixture
def event() -> Event:
    """Doors open, tables open by themselves."""
    event = make_event()
    set_rolling(event=event, version=0, on=True)
    return event


def wait_longer_than_patience(event: Event) -> None:
    earlier = F("present_since") - PATIENCE - timedelta(seconds=1)
    event.attendees.filter(present_since__isnull=False).update(present_since=earlier)


def test_tables_open_by_the_numbers_of_the_room_and_never_a_closed_one(event: Event) -> None:
    lay(event, 6, closed=True)
    lay(event, 6, 6)
    come(event, *FARMERS)
    tend(event)
    come(event, *PLAYERS)
    tend(event)
    assert tables(event) == {2: ["Ada", "Bob", "Cem"], 3: ["Pam", "Per", "Pia"]}


def test_no_table_left_to_open_is_a_wait(event: Event) -> None:
    lay(event, 3)
    come(event, *FARMERS)
    tend(event)
    come(event, *PLAYERS)
    wait_longer_than_patience(event)
    assert tend(event) == 0


def test_table_that_all_have_left_is_opened_again_with_its_own_number(event: Event) -> None:
    lay(event, 6)
    for person in come(event, *FARMERS):
        tend(event)
        leave(person)
    tend(event)
    come(event, *PLAYERS)
    assert tend(event) == 3
    assert tables(event) == {1: ["Pam", "Per", "Pia"]}
    table = Table.objects.get()
    assert (table.topic.label, table.why["size"]) == ("chess", 3)


def test_table_with_few_chairs_is_opened_for_no_more(event: Event) -> None:
    lay(event, 3)
    come(event, *FARMERS, ("Dot", "farming"))
    tend(event)
    assert [len(people) for people in tables(event).values()] == [3]


def test_strangers_who_waited_long_open_one_of_the_free_tables(event: Event) -> None:
    lay(event, 3, 3)
    come(event, *FARMERS)
    tend(event)
    come(event, ("Eve", "chess"), ("Fay", "opera"), ("Gus", "radio"))
    wait_longer_than_patience(event)
    assert tend(event) == 3
    assert tables(event) == {1: ["Ada", "Bob", "Cem"], 2: ["Eve", "Fay", "Gus"]}


def test_who_needs_no_steps_gets_such_a_table_and_others_come_to_them(event: Event) -> None:
    lay(event, 6)
    lay(event, 6, features=["step_free"])
    eve = make_attendee(event, "Eve", "farming", needs=["step_free"])
    arrive(eve)
    come(event, *FARMERS)
    tend(event)
    assert tables(event) == {2: ["Ada", "Bob", "Cem", "Eve"]}


def test_need_that_no_table_meets_leaves_nobody_at_the_edge(event: Event) -> None:
    lay(event, 6)
    arrive(make_attendee(event, "Eve", "farming", needs=["step_free", "quiet"]))
    come(event, *FARMERS)
    tend(event)
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Eve"]}


def test_who_keeps_one_table_all_evening_comes_back_to_it(event: Event) -> None:
    lay(event, 6, 6)
    eve = make_attendee(event, "Eve", "farming", needs=["stay"])
    arrive(eve)
    come(event, *PLAYERS)
    tend(event)
    come(event, *FARMERS)
    tend(event)
    (number,) = [n for n, people in tables(event).items() if "Eve" in people]
    leave(eve)
    tend(event)
    arrive(eve)
    tend(event)
    assert "Eve" in tables(event)[number]


def test_table_taken_out_of_the_plan_keeps_who_sits_there_and_is_opened_no_more(
    event: Event,
) -> None:
    lay(event, 6, 6)
    people = come(event, *FARMERS)
    tend(event)
    (number,) = tables(event)
    mixer_of(event).venue.filter(number=number).delete()
    come(event, ("Dot", "farming"))
    assert tend(event) == 1
    assert len(tables(event)[number]) == 4
    for person in [*people, event.attendees.get(name="Dot")]:
        leave(person)
    tend(event)
    come(event, *PLAYERS)
    tend(event)
    assert number not in tables(event)


def test_newcomer_of_a_full_timed_round_opens_a_free_table_with_others() -> None:
    event = make_event(table_size=3, table_max=3)
    lay(event, 3, 3)
    make_crowd(event, "farming", each=3)
    play_round(event)
    come(event, ("Eve", "chess"), ("Fay", "opera"))
    assert tend(event) == 0
    come(event, ("Gus", "radio"))
    assert tend(event) == 3
    assert sorted(map(len, tables(event).values())) == [3, 3]


def test_who_was_left_out_and_gets_a_seat_after_all_was_not_left_out() -> None:
    event = make_event(table_size=3, table_max=3)
    lay(event, 3)
    make_crowd(event, "farming", each=4)
    on = play_round(event)
    out = LeftOut.objects.get(round=on).attendee
    seated = event.attendees.exclude(pk=out.pk).first()
    make_wish(attendee=seated, kind="sit_out")
    tend(event)
    assert LeftOut.objects.count() == 0
    assert out.name in tables(event)[1]


def test_many_who_left_at_once_leave_legal_tables(event: Event) -> None:
    lay(event, *[5] * 6)
    people = make_crowd(event, "farming", "chess", "opera", each=6)
    while tend(event):
        pass
    for person in people[::2]:
        leave(person)
    tend(event)
    here = set(event.attendees.exclude(present_since=None).values_list("name", flat=True))
    seated = [name for names in tables(event).values() for name in names]
    assert set(seated) == here
    assert len(seated) == len(here)
    assert Round.objects.get().seats.filter(left_at=None).count() == len(here)
