"""Sit this one out, draw me in: one tap on the phone, no reason asked, and the room follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from events.models import Attendee, Event
from matching.models import Round, Seat, Wish
from matching.selectors import seatable, waiting
from matching.services import (
    draft_round,
    end_evening,
    end_round,
    make_wish,
    publish_round,
    seat_waiting,
    set_rolling,
    settle_wishes,
)
from matching.services.rolling import free
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.room import come, lay, leave, play_round, tables, tend, version
from tests.rows import arrive, make_attendee, make_crowd, make_event
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

FARMERS = [("Ada", "farming"), ("Bob", "farming"), ("Cem", "farming"), ("Dot", "farming")]


@pytest.fixture
def event() -> Event:
    """Doors open, tables open by themselves."""
    event = make_event()
    set_rolling(event=event, version=0, on=True)
    return event


def said(event: Event) -> Message:
    message = Message.objects.filter(stream=event.pk).last()
    assert message is not None
    return message


def wishes(event: Event) -> dict[str, str]:
    return dict(Wish.objects.filter(attendee__event=event).values_list("attendee__name", "kind"))


def test_who_sits_out_gives_up_the_seat_and_gets_none(event: Event) -> None:
    ada, *_ = come(event, *FARMERS)
    tend(event)
    make_wish(attendee=ada, kind="sit_out")
    assert tables(event) == {1: ["Bob", "Cem", "Dot"]}
    assert tend(event) == 0
    assert list(seatable(event)) == list(event.attendees.exclude(pk=ada.pk))


def test_wish_and_seat_are_told_in_one_message_to_whom_they_concern(event: Event) -> None:
    ada, bob, *_ = come(event, *FARMERS)
    come(event, ("Far", "chess"))
    tend(event)
    wish = make_wish(attendee=ada, kind="sit_out")
    told = said(event).audiences
    assert said(event).type == "wish.made"
    assert told[f"attendee:{ada.pk}"]["set"]["seat"] is None
    assert told[f"attendee:{ada.pk}"]["set"]["wish"]["kind"] == "sit_out"
    assert "wish" not in told[f"attendee:{bob.pk}"]["set"]
    assert told["console"]["set"][f"wishes/{ada.pk}"]["attendee"] == str(ada.pk)
    assert wish is not None
    assert "wish" not in str(told["screen"])
    assert {a for a in told if a.startswith("attendee:")} == {
        f"attendee:{person.pk}" for person in event.attendees.exclude(name="Far")
    }


def test_the_same_wish_again_is_the_same_answer_and_writes_nothing(event: Event) -> None:
    (ada,) = come(event, FARMERS[0])
    first = make_wish(attendee=ada, kind="draw_me_in")
    before = Message.objects.count()
    assert make_wish(attendee=ada, kind="draw_me_in") == first
    assert Message.objects.count() == before


def test_taking_back_nothing_changes_nothing(event: Event) -> None:
    (ada,) = come(event, FARMERS[0])
    before = Message.objects.count()
    assert make_wish(attendee=ada, kind=None) is None
    assert Message.objects.count() == before


def test_who_takes_it_back_is_seated_again(event: Event) -> None:
    ada, *_ = come(event, *FARMERS)
    tend(event)
    make_wish(attendee=ada, kind="sit_out")
    assert make_wish(attendee=ada, kind=None) is None
    assert said(event).audiences["console"]["unset"] == [f"wishes/{ada.pk}"]
    assert said(event).audiences[f"attendee:{ada.pk}"]["set"] == {"wish": None}
    assert tend(event) == 1
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Dot"]}


def test_who_sat_at_the_tables_before_is_seated_again_in_this_round_too(event: Event) -> None:
    ada, *_ = come(event, *FARMERS)
    tend(event)
    play_round(event)
    make_wish(attendee=ada, kind="sit_out")
    make_wish(attendee=ada, kind=None)
    assert waiting(event, Round.objects.get(status="published")) == [ada]
    assert tend(event) == 1
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Dot"]}


def test_sitting_out_while_tables_roll_lasts_through_the_next_timed_round(event: Event) -> None:
    ada, *_ = come(event, *FARMERS)
    make_wish(attendee=ada, kind="sit_out")
    on = play_round(event)
    assert tables(event) == {1: ["Bob", "Cem", "Dot"]}
    assert Wish.objects.get().round == on
    assert tend(event) == 0
    end_round(round=on, version=version(event))
    assert wishes(event) == {}
    play_round(event)
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Dot"]}


def test_sitting_out_a_round_that_is_on_ends_with_it_and_the_next_is_planned_with_them() -> None:
    event = make_event()
    people = make_crowd(event, "farming", each=4)
    on = play_round(event)
    wish = make_wish(attendee=people[0], kind="sit_out")
    assert wish is not None
    assert wish.round == on
    assert len(tables(event)[1]) == 3
    assert set(seatable(event)) == set(people)
    assert set(seatable(event, on)) == set(people[1:])


def test_who_wishes_to_be_drawn_in_is_seated_at_once_whatever_the_topic(event: Event) -> None:
    come(event, *FARMERS[:3])
    tend(event)
    (eve,) = come(event, ("Eve", "chess"))
    assert tend(event) == 0
    make_wish(attendee=eve, kind="draw_me_in")
    assert tend(event) == 1
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Eve"]}
    assert wishes(event) == {}
    told = said(event)
    assert told.type == "wishes.settled"
    assert told.audiences[f"attendee:{eve.pk}"]["set"] == {"wish": None}
    assert told.audiences["console"]["unset"] == [f"wishes/{eve.pk}"]


def test_drawn_in_at_the_table_of_a_host_rather_than_of_the_own_topic(event: Event) -> None:
    come(event, *FARMERS[:3])
    tend(event)
    hosted = [make_attendee(event, f"C{n}", "chess", host=n == 0) for n in range(3)]
    for person in hosted:
        arrive(person)
    tend(event)
    eve = make_attendee(event, "Eve", "farming")
    arrive(eve)
    make_wish(attendee=eve, kind="draw_me_in")
    tend(event)
    assert tables(event)[2] == ["C0", "C1", "C2", "Eve"]


def test_drawn_in_comes_before_who_waits_longer() -> None:
    event = make_event(table_size=3, table_max=4)
    set_rolling(event=event, version=0, on=True)
    come(event, *FARMERS[:3])
    tend(event)
    come(event, ("Eve", "farming"))
    (fay,) = come(event, ("Fay", "chess"))
    make_wish(attendee=fay, kind="draw_me_in")
    tend(event)
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Fay"]}


def test_who_has_a_seat_need_not_be_drawn_in(event: Event) -> None:
    ada, *_ = come(event, *FARMERS)
    tend(event)
    assert make_wish(attendee=ada, kind="draw_me_in") is None
    assert wishes(event) == {}


def test_one_wish_takes_the_place_of_the_other(event: Event) -> None:
    (ada,) = come(event, FARMERS[0])
    make_wish(attendee=ada, kind="draw_me_in")
    make_wish(attendee=ada, kind="sit_out")
    assert wishes(event) == {"Ada": "sit_out"}
    make_wish(attendee=ada, kind="draw_me_in")
    assert wishes(event) == {"Ada": "draw_me_in"}


@pytest.mark.parametrize("kind", ["sit_out", "draw_me_in"])
def test_who_is_not_here_cannot_wish(event: Event, kind: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_wish(attendee=make_attendee(event), kind=kind)
    assert refused.value.code == "not_here"
    assert wishes(event) == {}


def test_nobody_wishes_before_doors_or_after_the_end(event: Event) -> None:
    with pytest.raises(Refusal) as early:
        make_wish(attendee=make_attendee(make_event(doors=False)), kind="sit_out")
    (ada,) = come(event, FARMERS[0])
    end_evening(event=event, version=version(event))
    with pytest.raises(Refusal) as late:
        make_wish(attendee=ada, kind="draw_me_in")
    assert (early.value.code, late.value.code) == ("not_open", "not_open")


def test_wish_ends_when_the_person_leaves(event: Event) -> None:
    (ada,) = come(event, FARMERS[0])
    make_wish(attendee=ada, kind="sit_out")
    leave(ada)
    assert settle_wishes(event_id=event.pk) is True
    assert wishes(event) == {}
    assert said(event).audiences[f"attendee:{ada.pk}"]["set"] == {"wish": None}
    assert settle_wishes(event_id=event.pk) is False


def test_all_wishes_end_with_the_evening(event: Event) -> None:
    ada, bob = come(event, *FARMERS[:2])
    make_wish(attendee=ada, kind="sit_out")
    make_wish(attendee=bob, kind="draw_me_in")
    end_evening(event=event, version=version(event))
    assert settle_wishes(event_id=event.pk) is True
    assert wishes(event) == {}


def test_wish_to_be_drawn_in_ends_when_a_published_round_has_a_seat(event: Event) -> None:
    ada, *_ = come(event, *FARMERS[:2], ("Eve", "chess"))
    make_wish(attendee=ada, kind="draw_me_in")
    play_round(event)
    assert settle_wishes(event_id=event.pk) is True
    assert wishes(event) == {}


def test_freed_table_loses_the_say_that_it_may_stay_short(event: Event) -> None:
    ada, *_ = come(event, *FARMERS)
    tend(event)
    on = Round.objects.get()
    on.tables.update(left_short=True)
    free(on.seats.filter(attendee=ada), on)
    assert not on.tables.get().left_short


def test_seat_that_is_freed_goes_to_who_waits_for_a_full_table() -> None:
    event = make_event(table_size=3, table_max=3)
    lay(event, 3)
    set_rolling(event=event, version=0, on=True)
    people = come(event, *FARMERS)
    tend(event)
    assert tables(event) == {1: ["Ada", "Bob", "Cem"]}
    make_wish(attendee=people[1], kind="sit_out")
    assert tend(event) == 1
    assert tables(event) == {1: ["Ada", "Cem", "Dot"]}


@pytest.mark.django_db(transaction=True)
def test_two_wishes_at_once_leave_one_that_both_answers_may_have_made(tmp_path: Path) -> None:
    with database_of_threads(tmp_path):
        event = make_event()
        set_rolling(event=event, version=0, on=True)
        ada, *_ = make_crowd(event, "farming", each=4)
        tend(event)
        answers = at_once(*[lambda kind=kind: make_wish(attendee=ada, kind=kind) for kind in KINDS])
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        assert Wish.objects.filter(attendee=ada).count() <= 1
        tend(event)
        sits = Seat.objects.filter(attendee=ada, left_at=None).exists()
        assert sits == (wishes(event) == {})


KINDS = ("sit_out", "draw_me_in", "sit_out", None)


@pytest.mark.django_db(transaction=True)
def test_wish_to_sit_out_against_publish_never_leaves_a_seat(tmp_path: Path) -> None:
    with database_of_threads(tmp_path):
        event = make_event()
        ada, *_ = make_crowd(event, "farming", each=5)
        draft = draft_round(event=event, version=0)
        wish, published = at_once(
            lambda: make_wish(attendee=ada, kind="sit_out"),
            lambda: publish_round(round=draft, version=1),
        )
        assert isinstance(wish, Wish), wish
        assert not isinstance(published, Exception), published
        on = Round.objects.get(status="published")
        assert not on.seats.filter(attendee=ada, left_at=None).exists()
        assert Wish.objects.get().round == on


@pytest.mark.django_db(transaction=True)
def test_seat_against_leave_never_seats_who_has_left(tmp_path: Path) -> None:
    with database_of_threads(tmp_path):
        event = make_event()
        set_rolling(event=event, version=0, on=True)
        ada, *_ = make_crowd(event, "farming", each=4)
        answers = at_once(lambda: seat_waiting(event_id=event.pk), lambda: leave(ada))
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        tend(event)
        assert not Seat.objects.filter(attendee=ada, left_at=None).exists()
        assert tables(event) == {1: ["Person1 Farming", "Person2 Farming", "Person3 Farming"]}


@pytest.mark.django_db(transaction=True)
def test_seat_against_wish_to_sit_out_leaves_no_seat(tmp_path: Path) -> None:
    with database_of_threads(tmp_path):
        event = make_event()
        set_rolling(event=event, version=0, on=True)
        ada, *_ = make_crowd(event, "farming", each=4)
        at_once(
            lambda: seat_waiting(event_id=event.pk),
            lambda: make_wish(attendee=ada, kind="sit_out"),
        )
        tend(event)
        assert not Seat.objects.filter(attendee=ada, left_at=None).exists()
        assert Attendee.objects.get(pk=ada.pk).wish.kind == "sit_out"
