"""A publish that is taken back within a minute: the draft is as it was, and so is what was on before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from checkin.services import check_out, poster_station
from matching.models import Change, LeftOut, Mixer, Round, Seat, Wish
from matching.selectors import mixer_of
from matching.services import (
    Move,
    draft_round,
    end_round,
    make_wish,
    move_person,
    pin_person,
    pin_table,
    publish_round,
    seat_waiting,
    set_rolling,
    settle_wishes,
    undo_publish,
)
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tablemates.surfaces.snapshots import console_state
from tests.rows import arrive, make_attendee, make_crowd, make_event, make_nonce
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from pathlib import Path

    from events.models import Attendee, Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time, as the only item of a list: it moves by a microsecond at every look."""
    time = [datetime(2026, 11, 22, 18, 0, tzinfo=UTC)]

    def now() -> datetime:
        time[0] += timedelta(microseconds=1)
        return time[0]

    monkeypatch.setattr(timezone, "now", now)
    return time


@pytest.fixture
def event() -> Event:
    return make_event()


def act(service: Any, round: Round, **more: Any) -> Mixer:
    done: Mixer = service(round=round, version=mixer_of(round.mixer.event).version, **more)
    return done


def draft(event: Event) -> Round:
    return draft_round(event=event, version=mixer_of(event).version)


def leave(person: Attendee) -> None:
    station = poster_station(person.event)
    check_out(event=person.event, station=station, nonce=make_nonce(), attendee=person)


def room(event: Event) -> dict[str, Any]:
    """All that organisers see of rounds and tables, but for the version and who is out."""
    state = console_state(event)
    rounds = {
        pk: {name: value for name, value in round.items() if name != "sitting_out"}
        for pk, round in state["rounds"].items()
    }
    return {"rounds": rounds, "tables": state["tables"], "wishes": state["wishes"]}


def test_an_undone_publish_leaves_the_draft_exactly_as_it_was():
    event = make_event(table_size=6)
    people = make_crowd(event, "farming", "chess", each=6)
    round = draft(event)
    table = round.tables.last()
    act(pin_person, round, attendee=round.seats.first().attendee, on=True)
    act(pin_table, round, table=table, on=True)
    act(move_person, round, move=Move(round.seats.last().attendee, None))
    before = room(event)
    leave(people[0])
    make_wish(attendee=people[1], kind="sit_out")
    act(publish_round, round)
    assert people[0].pk not in round.seats.values_list("attendee", flat=True)
    make_wish(attendee=people[1], kind=None)
    act(undo_publish, round)
    assert room(event) == before
    assert not LeftOut.objects.exists()
    assert Change.objects.latest("version").kind == "publish_undone"


def test_rolling_tables_go_on_with_who_sat_there(event: Event):
    people = make_crowd(event, "farming", "chess")
    set_rolling(event=event, version=0, on=True)
    seat_waiting(event_id=event.pk)
    round = draft(event)
    before = room(event)
    act(publish_round, round)
    act(undo_publish, round)
    assert room(event) == before
    message = Message.objects.filter(stream=event.pk).last()
    rolling = Round.objects.get(kind="rolling")
    for person in people:
        seat = message.audiences[f"attendee:{person.pk}"]["set"]["seat"]
        assert seat["round"] == str(rolling.pk)
    assert act(publish_round, round).version == 5


def test_without_a_round_before_everyone_waits_again(event: Event):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    act(publish_round, round)
    act(undo_publish, round)
    message = Message.objects.filter(stream=event.pk).last()
    assert message.audiences["phones"]["set"] == {"round": None, "seat": None}
    assert message.audiences["screen"]["set"] == {"round": None}
    assert len(message.audiences["screen"]["unset"]) == 2


def test_who_was_seated_meanwhile_loses_only_that_seat():
    event = make_event(table_size=3, table_max=3)
    make_crowd(event, "farming", each=3)
    round = draft(event)
    seated = set(round.seats.values_list("attendee", flat=True))
    act(publish_round, round)
    crowd = make_crowd(event, "radio", each=3)
    seat_waiting(event_id=event.pk)
    assert round.seats.count() == 6
    assert round.tables.count() == 2
    act(undo_publish, round)
    assert set(round.seats.values_list("attendee", flat=True)) == seated
    told = Message.objects.filter(stream=event.pk).last().audiences["console"]
    assert len(told["unset"]) == 1
    out = told["set"][f"rounds/{round.pk}"]["sitting_out"]
    assert set(out) == {str(person.pk) for person in crowd}


def test_who_asked_to_be_drawn_in_asks_again_and_who_sat_out_still_does(event: Event):
    people = make_crowd(event, "farming", "chess", each=3)
    make_wish(attendee=people[0], kind="draw_me_in")
    round = draft(event)
    before = room(event)
    act(publish_round, round)
    make_wish(attendee=people[5], kind="sit_out")
    settle_wishes(event_id=event.pk)
    assert set(Wish.objects.values_list("kind", "round")) == {("sit_out", round.pk)}
    act(undo_publish, round)
    after = room(event)
    resting = after["wishes"].pop(str(people[5].pk))
    assert (resting["kind"], Wish.objects.get(attendee=people[5]).round) == ("sit_out", None)
    assert after == before


def test_a_minute_later_or_in_a_round_that_is_over_it_is_too_late(
    event: Event, clock: list[datetime]
):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    act(publish_round, round)
    clock[0] += timedelta(seconds=60)
    with pytest.raises(Refusal) as late:
        act(undo_publish, round)
    act(end_round, round)
    second = draft(event)
    act(publish_round, second)
    act(end_round, second)
    with pytest.raises(Refusal) as over:
        act(undo_publish, second)
    assert [late.value.code, over.value.code] == ["undo_over"] * 2
    assert late.value.status == 409


def test_rolling_tables_and_drafts_have_no_publish_to_undo(event: Event):
    make_crowd(event, "farming", "chess")
    set_rolling(event=event, version=0, on=True)
    draft(event)
    for round in Round.objects.all():
        with pytest.raises(Refusal) as caught:
            act(undo_publish, round)
        assert caught.value.code == "undo_over"


def test_with_a_draft_of_the_next_round_there_is_no_room_for_the_old_one(event: Event):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    act(publish_round, round)
    draft(event)
    with pytest.raises(Refusal) as caught:
        act(undo_publish, round)
    assert caught.value.code == "draft_waiting"


def test_people_who_never_sat_together_have_not_met(event: Event):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    act(publish_round, round)
    act(undo_publish, round)
    assert draft(event).quality["repeats"] == 0


def test_what_undoing_needs_is_not_told_to_colleagues(event: Event):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    act(publish_round, round)
    with pytest.raises(Refusal) as caught:
        undo_publish(round=round, version=1)
    assert [change["params"] for change in caught.value.changes] == [{"round": 1}]


@pytest.mark.django_db(transaction=True)
def test_undoing_while_people_come_and_are_seated_leaves_nobody_at_two_tables(tmp_path: Path):
    with database_of_threads(tmp_path):
        event = make_event()
        people = make_crowd(event, "farming", "chess", each=6)
        set_rolling(event=event, version=0, on=True)
        seat_waiting(event_id=event.pk)
        round = draft(event)
        act(publish_round, round)
        late = [make_attendee(event, f"Late{i} Comer", "chess") for i in range(3)]

        def come() -> None:
            for person in late:
                arrive(person)

        def go() -> None:
            for person in people[:2]:
                leave(person)

        works = [lambda: act(undo_publish, round), come, go]
        answers = at_once(*works, *[lambda: seat_waiting(event_id=event.pk)] * 2)
        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        seat_waiting(event_id=event.pk)
        on = Round.objects.get(status="published")
        seats = Seat.objects.filter(round=on, left_at=None)
        assert (on.kind, seats.filter(attendee__present_since=None).count()) == ("rolling", 0)
        assert round.seats.count() == 12
