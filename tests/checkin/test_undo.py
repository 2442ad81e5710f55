"""What organisers take back: the row stays, the undo is a row too, and presence follows."""

from __future__ import annotations

import pytest

from checkin.models import CheckIn
from checkin.services import check_in, check_out, console_station, undo
from events.models import Attendee, Event
from events.services import end_event
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Attendee:
    return make_attendee(make_event(make_organiser().team))


def take_back(row: CheckIn, nonce: str = "") -> CheckIn:
    event = row.event
    organiser = event.team.organisers.get()
    station = console_station(event, str(organiser))
    return undo(checkin=row, station=station, organiser=organiser, nonce=nonce or make_nonce())


def leave(person: Attendee) -> CheckIn:
    station = console_station(person.event, "Door")
    return check_out(event=person.event, station=station, nonce=make_nonce(), attendee=person)


def is_in(person: Attendee) -> bool:
    person.refresh_from_db()
    return person.present_since is not None


def test_an_entry_taken_back_lets_out_and_both_rows_stay(ada: Attendee) -> None:
    entry = arrive(ada)
    row = take_back(entry)
    assert not is_in(ada)
    assert (row.outcome, row.undoes, row.turn) == ("undone", entry, 2)
    assert row.organiser == ada.event.team.organisers.get()
    assert row.answer["message"] == "Undone. Ada is not in."
    assert [r.outcome for r in ada.checkins.order_by("turn")] == ["entry", "undone"]


def test_an_exit_taken_back_brings_in_since_the_first_entry(ada: Attendee) -> None:
    entry, exit_ = arrive(ada), leave(ada)
    row = take_back(exit_)
    assert is_in(ada)
    assert ada.present_since == entry.happened_at
    assert (row.turn, row.answer["message"]) == (3, "Undone. Ada is in.")


def test_who_was_scanned_again_stays_in_by_the_second_scan(ada: Attendee) -> None:
    entry, again = arrive(ada), arrive(ada)
    row = take_back(entry)
    assert is_in(ada)
    assert ada.present_since == again.happened_at
    assert (row.turn, row.answer["message"]) == (None, "Undone. Ada is in.")


def test_after_an_undo_the_door_opens_again(ada: Attendee) -> None:
    take_back(arrive(ada))
    assert (arrive(ada).outcome, is_in(ada)) == ("entry", True)


def test_the_same_undo_sent_again_gets_the_same_answer(ada: Attendee) -> None:
    entry = arrive(ada)
    first = take_back(entry, "one-attempt")
    assert take_back(entry, "one-attempt").answer == first.answer
    assert CheckIn.objects.count() == 2


def test_a_row_is_taken_back_once(ada: Attendee) -> None:
    entry = arrive(ada)
    take_back(entry)
    with pytest.raises(Refusal) as refused:
        take_back(entry)
    assert refused.value.code == "already_undone"


def test_refusals_and_undos_cannot_be_taken_back(ada: Attendee) -> None:
    event, entry = ada.event, arrive(ada)
    station = console_station(event, "Door")
    unknown = check_in(event=event, station=station, nonce=make_nonce(), text="nobody's")
    for row in (unknown, take_back(entry)):
        with pytest.raises(Refusal) as refused:
            take_back(row)
        assert refused.value.code == "not_undoable"


def test_an_undo_works_after_the_evening_too(ada: Attendee) -> None:
    entry = arrive(ada)
    end_event(event=ada.event)
    assert take_back(entry).outcome == "undone"
    assert not is_in(ada)


def test_everyone_hears_that_a_person_is_not_in_after_all(ada: Attendee) -> None:
    entry = arrive(ada)
    row = take_back(entry)
    told = Message.objects.latest("seq")
    console = told.audiences["console"]["set"]
    assert told.type == "attendee.left"
    assert console[f"checkins/{entry.pk}"]["undone"] is True
    assert console[f"checkins/{row.pk}"]["outcome"] == "undone"
    assert told.audiences["screen"]["set"]["room"]["present"] == 0


def test_presence_of_others_is_untouched(ada: Attendee) -> None:
    bo = make_attendee(ada.event, "Bo")
    entry = arrive(ada)
    arrive(bo)
    take_back(entry)
    assert is_in(bo)
    assert Event.objects.get(pk=ada.event_id).attendees.filter(present_since=None).get() == ada
