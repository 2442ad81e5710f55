"""Rolling tables: they open as soon as some share a topic, and nobody who sits is ever moved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from events.models import Attendee, Event
from events.services import change_attendee
from matching.models import Mixer, Round, Seat, Table
from matching.selectors import mixer_of
from matching.services import (
    draft_round,
    pause_round,
    publish_round,
    retell_people,
    rolling,
    seat_waiting,
    set_rolling,
)
from matching.services.hall import look_around
from matching.services.placing import PATIENCE, place_waiting
from tablemates.live.models import Message
from tests.room import come, leave
from tests.rows import arrive, make_attendee, make_crowd, make_event
from tests.threads import at_once, database_of_threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """Doors open, tables open by themselves."""
    event = make_event()
    set_rolling(event=event, version=0, on=True)
    return event


def seat(event: Event) -> int:
    return seat_waiting(event_id=event.pk)


def tables(event: Event) -> dict[int, list[str]]:
    """Who sits at which table now."""
    on = Round.objects.get(mixer__event=event, status="published")
    return {
        table.number: sorted(
            table.seats.filter(left_at=None).values_list("attendee__name", flat=True)
        )
        for table in on.tables.all()
    }


def wait_longer_than_patience(event: Event) -> None:
    earlier = F("present_since") - PATIENCE - timedelta(seconds=1)
    event.attendees.filter(present_since__isnull=False).update(present_since=earlier)


def picked_by(holders: int, *, of: int) -> dict[str, Any]:
    return {"holders": holders, "size": of, "help": None}


FARMERS = [("Ada", "farming"), ("Bob", "farming"), ("Cem", "farming")]


def test_nothing_happens_without_a_round_or_an_event(event: Event):
    other = make_event()
    make_crowd(other, "farming")
    assert (seat(other), seat_waiting(event_id=other.team_id)) == (0, 0)
    assert Table.objects.count() == 0


def test_two_who_share_a_topic_wait_and_the_third_opens_their_table(event: Event):
    come(event, *FARMERS[:2], ("Dot", "chess"))
    assert seat(event) == 0
    come(event, FARMERS[2])
    assert seat(event) == 3
    assert tables(event) == {1: ["Ada", "Bob", "Cem"]}
    table = Table.objects.get()
    assert (table.topic.label, table.why, table.shared) == ("farming", picked_by(3, of=3), True)


def test_latecomer_joins_the_table_of_a_topic_they_hold(event: Event):
    come(event, *FARMERS)
    seat(event)
    come(event, ("Eve", "farming", "opera"), ("Dot", "chess"))
    assert seat(event) == 1
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Eve"]}
    table = Table.objects.get()
    assert (table.why, table.shared) == (picked_by(4, of=4), True)


def test_table_keeps_the_topic_it_began_with_when_a_rarer_one_would_fit_as_well(event: Event):
    come(event, *[(name, "farming", "chess") for name in ("Ada", "Bob", "Cem")])
    seat(event)
    began_with = Table.objects.get().topic.label
    come(event, ("Eve", "farming", "chess"))
    come(event, *[(f"Extra{n}", began_with) for n in range(2)])
    seat(event)
    assert Table.objects.get(number=1).topic.label == began_with


def test_full_table_takes_nobody(event: Event):
    come(event, *[(f"P{n}", "farming") for n in range(event.table_max + 1)])
    while seat(event):
        pass
    assert max(len(people) for people in tables(event).values()) <= event.table_max


def test_who_waits_longer_than_patience_gets_any_table(event: Event):
    come(event, *FARMERS, ("Dot", "chess"))
    assert seat(event) == 3
    wait_longer_than_patience(event)
    assert seat(event) == 1
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Dot"]}
    table = Table.objects.get()
    assert (table.topic.label, table.why, table.shared) == ("farming", picked_by(3, of=4), False)


def test_strangers_who_wait_longer_than_patience_open_a_table_together(event: Event):
    come(event, ("Ada", "farming"), ("Bob", "chess"), ("Cem", "opera"))
    assert seat(event) == 0
    wait_longer_than_patience(event)
    assert seat(event) == 3
    assert tables(event) == {1: ["Ada", "Bob", "Cem"]}


def test_people_without_any_interest_get_an_open_table(event: Event):
    come(event, ("Ada",), ("Bob",), ("Cem",))
    wait_longer_than_patience(event)
    assert seat(event) == 3
    assert (Table.objects.get().topic, Table.objects.get().shared) == (None, False)


def test_seat_of_who_leaves_is_freed_and_its_row_kept(event: Event):
    ada, *_ = come(event, *FARMERS)
    seat(event)
    leave(ada)
    assert seat(event) == 0
    assert tables(event) == {1: ["Bob", "Cem"]}
    assert [(s.attendee_id, s.left_at is None) for s in Seat.objects.filter(attendee=ada)] == [
        (ada.pk, False)
    ]
    told = Message.objects.filter(stream=event.pk).last()
    assert told.type == "table.left"
    assert told.audiences[f"attendee:{ada.pk}"]["set"]["seat"] is None


def test_who_comes_back_gets_a_seat_again_and_both_sittings_are_remembered(event: Event):
    ada, *_ = come(event, *FARMERS)
    seat(event)
    leave(ada)
    seat(event)
    arrive(ada)
    assert seat(event) == 1
    assert tables(event) == {1: ["Ada", "Bob", "Cem"]}
    first, second = Seat.objects.filter(attendee=ada).order_by("seated_at")
    assert first.left_at < second.seated_at
    assert second.left_at is None


def test_who_comes_back_among_new_people_opens_a_table_with_them(event: Event):
    ada, bob, cem = come(event, *FARMERS)
    seat(event)
    for person in (ada, bob, cem):
        leave(person)
    seat(event)
    for person in (ada, bob, cem):
        arrive(person)
    come(event, ("Eve", "farming"))
    wait_longer_than_patience(event)
    assert seat(event) == 4
    assert Seat.objects.filter(round__status="published", left_at=None).count() == 4
    assert [len(people) for people in tables(event).values() if people] == [4]


def test_who_left_between_two_looks_holds_no_table_open(event: Event):
    people = come(event, *FARMERS, *[(f"C{n}", "chess") for n in range(3)])
    seat(event)
    numbers = {s.attendee_id: s.table.number for s in Seat.objects.select_related("table")}
    last = [person for person in people if numbers[person.pk] == 2]
    for person in last:
        leave(person)
    on = Round.objects.get(status="published")
    come(event, ("Eve", "farming"))
    # The plan is made before anybody's seat is freed, as when they leave at this very moment.
    assert look_around(on).numbers == (1,)


def test_plan_made_on_an_older_seating_is_not_written(event: Event):
    ada, *_ = come(event, *FARMERS)
    mixer = mixer_of(event)
    on = Round.objects.get(status="published")
    placement = place_waiting(look_around(on), on)
    leave(ada)
    assert rolling._write(mixer, on, placement) is False
    arrive(ada)
    Mixer.objects.filter(pk=mixer.pk).update(seatings=mixer.seatings + 1)
    assert rolling._write(mixer, on, placement) is False
    assert Seat.objects.count() == 0
    assert seat(event) == 3


def test_plan_for_a_round_that_has_ended_is_not_written(event: Event):
    come(event, *FARMERS)
    mixer, on = mixer_of(event), Round.objects.get(status="published")
    placement = place_waiting(look_around(on), on)
    set_rolling(event=event, version=1, on=False)
    assert rolling._write(mixer, on, placement) is False
    assert Seat.objects.count() == 0


def test_seats_of_a_round_that_has_ended_meanwhile_are_not_told(event: Event):
    ada, *_ = come(event, *FARMERS)
    seat(event)
    stale = Round.objects.get(status="published")
    leave(ada)
    set_rolling(event=event, version=1, on=False)
    told = Message.objects.count()
    rolling._free_seats(event, stale)
    assert Message.objects.count() == told


def test_seats_are_told_with_the_clock_as_it_stands_and_not_as_it_stood():
    event = make_event()
    make_crowd(event, "farming", each=5)
    draft = draft_round(event=event, version=0)
    publish_round(round=draft, version=1)
    come(event, ("Eve", "farming"))
    stale = Round.objects.get(status="published")
    placement = place_waiting(look_around(stale), stale)
    pause_round(round=stale, version=2)
    assert rolling._write(mixer_of(event), stale, placement)
    screen = Message.objects.get(type="table.seated").audiences["screen"]
    assert screen["set"]["round"]["paused_at"]


def test_latecomer_of_a_timed_round_gets_a_free_seat():
    event = make_event()
    make_crowd(event, "farming", each=5)
    publish_round(round=draft_round(event=event, version=0), version=1)
    come(event, ("Dot", "chess"))
    assert seat(event) == 1
    assert [len(people) for people in tables(event).values()] == [6]


def test_latecomers_of_a_full_timed_round_wait_until_they_fill_a_table():
    event = make_event()
    make_crowd(event, "farming", each=6)
    publish_round(round=draft_round(event=event, version=0), version=1)
    come(event, ("Dot", "chess"), ("Eve", "opera"))
    assert seat(event) == 0
    come(event, ("Fay", "radio"))
    assert seat(event) == 3
    assert [len(people) for people in tables(event).values()] == [6, 3]


@pytest.mark.django_db(transaction=True)
def test_several_matchers_at_once_seat_everyone_once(tmp_path: Any):
    with database_of_threads(tmp_path):
        event = make_event()
        set_rolling(event=event, version=0, on=True)
        make_crowd(event, "farming", "chess", "opera", each=6)
        assert sum(at_once(*[lambda: seat_waiting(event_id=event.pk)] * 4)) == 18
        assert Seat.objects.filter(left_at=None).count() == 18


def test_words_of_a_tablemate_are_told_anew_to_the_table_and_no_other(event: Event):
    people = come(event, *FARMERS, *[(f"C{n}", "chess") for n in range(3)])
    seat(event)
    retell_people(event_id=event.pk)
    change_attendee(attendee=people[0], changes={"on_screen": False, "ask": "a shed"})
    assert retell_people(event_id=event.pk) is True
    told = Message.objects.filter(stream=event.pk).last().audiences
    phones = {name for name in told if name.startswith("attendee:")}
    assert phones == {f"attendee:{person.pk}" for person in people[:3]}
    (table,) = [v for k, v in told["screen"]["set"].items() if k.startswith("tables/")]
    assert {p["name"] for p in table["people"]} == {None, "Bob", "Cem"}
    assert retell_people(event_id=event.pk) is False


TOPICS = ("farming", "chess", "opera")
MOVES = st.lists(st.tuples(st.integers(0, 11), st.booleans()), min_size=1, max_size=40)


class AnyEvening(TestCase):
    """Whatever order people come, go and are seated in."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(moves=MOVES)
    def test_nobody_who_sits_is_moved_and_no_table_is_too_full(
        self, moves: list[tuple[int, bool]]
    ) -> None:
        event = make_event()
        set_rolling(event=event, version=0, on=True)
        people = [make_attendee(event, f"P{n}", TOPICS[n % 3]) for n in range(12)]
        for who, look in moves:
            person = Attendee.objects.get(pk=people[who].pk)
            (leave if person.present_since else arrive)(person)
            if look:
                self._look(event)
        self._look(event)

    def _look(self, event: Event) -> None:
        before = _places(event)
        seat(event)
        after = _places(event)
        here = set(event.attendees.exclude(present_since=None).values_list("pk", flat=True))
        assert {who: after.get(who) for who in before if who in here} == {
            who: place for who, place in before.items() if who in here
        }
        assert set(after) <= here
        assert max((len(p) for p in tables(event).values()), default=0) <= event.table_max
        alone = [i for i in event.interests.all() if _waiting_for(event, i.key, here - set(after))]
        assert alone == []


def _places(event: Event) -> dict[Any, int]:
    seats = Seat.objects.filter(round__mixer__event=event, left_at=None)
    return dict(seats.values_list("attendee_id", "table__number"))


def _waiting_for(event: Event, topic: str, waiting: set[Any]) -> bool:
    """Whether enough for a table of this topic wait and none of them has met another here."""
    people = event.attendees.filter(pk__in=waiting, interests__key=topic, seats=None)
    return people.count() >= event.table_min


def words(event: Event) -> tuple[str, dict[str, Any], bool]:
    """What the first table says of itself."""
    table = Table.objects.select_related("topic").get(round__mixer__event=event, number=1)
    return table.topic.label if table.topic else "", table.why, table.shared


def test_a_table_says_what_is_true_of_who_sits_there_now(event: Event):
    people = come(event, *FARMERS, ("Dot", "farming"))
    seat(event)
    assert words(event) == ("farming", picked_by(4, of=4), True)
    leave(people[3])
    seat(event)
    assert words(event) == ("farming", picked_by(3, of=3), True)
    change_attendee(attendee=people[0], changes={}, interests=["chess"])
    retell_people(event_id=event.pk)
    assert words(event) == ("farming", picked_by(2, of=3), False)


def test_a_table_that_nobody_of_its_topic_is_left_at_finds_another(event: Event):
    people = come(event, ("Ada", "farming", "chess"), ("Bob", "farming", "chess"), *FARMERS[2:])
    seat(event)
    for person in people:
        change_attendee(attendee=person, changes={}, interests=["chess"])
    retell_people(event_id=event.pk)
    assert words(event) == ("chess", picked_by(3, of=3), True)


def test_too_many_for_tables_of_one_size_leave_only_the_last_ones_waiting():
    event = make_event(table_size=3, table_max=3)
    set_rolling(event=event, version=0, on=True)
    come(event, ("Ada", "farming"), ("Bob", "chess"), ("Cem", "opera"), ("Dot", "radio"))
    wait_longer_than_patience(event)
    assert seat(event) == 3
    assert tables(event) == {1: ["Ada", "Bob", "Cem"]}
