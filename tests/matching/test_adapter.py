"""What the evening has seen, in the solver's words."""

from __future__ import annotations

import pytest

from events.models import Attendee
from matching.adapter import plan_room
from matching.services import set_rolling
from tests.room import come, lay, leave, play_round, tend
from tests.rows import arrive, make_event

pytestmark = pytest.mark.django_db


def test_people_have_met_if_they_sat_at_one_table_at_the_same_time():
    event = make_event()
    set_rolling(event=event, version=0, on=True)
    ada, bob, *_ = come(event, *[(name, "farming") for name in ("Ada", "Bob", "Cem", "Eve")])
    tend(event)
    leave(ada)
    tend(event)
    (dot,) = come(event, ("Dot", "farming"))
    tend(event)
    ada.refresh_from_db()
    arrive(ada)
    people = [ada, bob, dot]
    met = plan_room(event, people).problem.met
    assert met.tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_tables_have_numbers_only_where_somebody_depends_on_one():
    event = make_event()
    people = come(event, *[(f"P{n}", "farming") for n in range(9)])
    assert plan_room(event, people).numbers == ()
    pinned = plan_room(event, people, pins={people[0].pk: 7})
    assert pinned.numbers == (1, 2, 3, 7)
    assert pinned.problem.pins.tolist() == [3] + [-1] * 8
    lay(event, 6, 4)
    lay(event, 6, closed=True)
    plan = plan_room(event, people, tables=[5])
    assert plan.numbers == (1, 2, 3, 5)
    assert [table.seats for table in plan.problem.venue] == [6, 4, 1, 6]


def test_more_people_who_want_to_stay_than_chairs_do_not_all_stay():
    event = make_event()
    people = come(event, *[(f"P{n}", "farming") for n in range(5)])
    play_round(event)
    Attendee.objects.filter(event=event).update(needs=["stay"])
    people = list(event.attendees.order_by("present_since"))
    lay(event, 3, 6)
    assert sorted(plan_room(event, people).problem.pins.tolist()) == [-1, -1, 0, 0, 0]
