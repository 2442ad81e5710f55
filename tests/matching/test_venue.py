"""The plan of the room: tables with numbers, chairs and features, and what follows for who sits where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from events.models import Attendee
from matching.models import Mixer, Round, VenueTable
from matching.selectors import mixer_of
from matching.services import (
    draft_round,
    end_round,
    publish_round,
    resolve_round,
    seat_waiting,
    set_rolling,
    set_venue,
)
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.rows import arrive, make_attendee, make_crowd, make_event

if TYPE_CHECKING:
    from events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event()


def table(number: int, chairs: int = 6, *features: str, closed: bool = False) -> dict[str, Any]:
    spot = {"x": number % 100, "y": 50}
    return {
        "number": number,
        "chairs": chairs,
        "features": list(features),
        "closed": closed,
        **spot,
    }


def furnish(event: Event, *tables: dict[str, Any]) -> Mixer:
    entrance = {"x": 0, "y": 100}
    version = mixer_of(event).version
    return set_venue(event=event, version=version, entrance=entrance, tables=tables)


def draft(event: Event) -> Round:
    return draft_round(event=event, version=mixer_of(event).version)


def play(event: Event) -> Round:
    round = draft(event)
    publish_round(round=round, version=mixer_of(event).version)
    end_round(round=round, version=mixer_of(event).version)
    return round


def laid(round: Round) -> dict[int, int]:
    """How many sit at each table, by number."""
    return {table.number: table.seats.count() for table in round.tables.all()}


def need(person: Attendee, *needs: str) -> None:
    Attendee.objects.filter(pk=person.pk).update(needs=list(needs))


def seat_of(round: Round, person: Attendee) -> int:
    return round.seats.get(attendee=person).table.number


def test_the_plan_is_told_to_consoles_phones_and_screens(event: Event):
    furnish(event, table(3), table(7, closed=True))
    told = Message.objects.filter(stream=event.pk).last().audiences
    assert [row["number"] for row in told["console"]["set"]["venue"]] == [3, 7]
    assert told["console"]["set"]["mixer"]["entrance"] == {"x": 0, "y": 100}
    plan = {"entrance": {"x": 0, "y": 100}, "tables": [{"number": 3, "x": 3, "y": 50}]}
    assert told["phones"]["set"] == told["screen"]["set"] == {"plan": plan}


def test_a_new_plan_replaces_the_old_one(event: Event):
    furnish(event, table(1), table(2))
    furnish(event, table(2, 4), table(9))
    assert list(VenueTable.objects.values_list("number", "chairs")) == [(2, 4), (9, 6)]


def test_people_are_sent_to_tables_of_the_venue_and_not_to_closed_ones(event: Event):
    furnish(event, table(11), table(12, closed=True), table(13), table(20, 2))
    make_crowd(event, "farming", "chess")
    assert laid(draft(event)) == {11: 5, 13: 5}


def test_too_few_chairs_say_how_many_tables_more_would_help(event: Event):
    furnish(event, table(1), table(2))
    make_crowd(event, "farming", "chess", "opera", each=7)
    round = draft(event)
    assert laid(round) == {1: 6, 2: 6}
    few = {"code": "too_few_chairs", "people": 21, "chairs": 12, "out": 9, "more_tables": 2}
    assert [note for note in round.notes if note["code"] == "too_few_chairs"] == [few]
    assert {"code": "sitting_out", "n": 9} in round.notes


def test_who_sat_out_does_not_sit_out_again_before_others_have(event: Event):
    furnish(event, table(1), table(2))
    people = {person.pk for person in make_crowd(event, "farming", "chess", "opera", each=6)}
    out: list[set[object]] = []
    for _ in range(3):
        round = play(event)
        out.append(people - set(round.seats.values_list("attendee", flat=True)))
    assert [len(some) for some in out] == [6, 6, 6]
    assert set.union(*out) == people


def test_people_get_a_table_with_what_they_need(event: Event):
    furnish(event, table(1), table(2, 6, "quiet"), table(3, 6, "step_free"))
    people = make_crowd(event, "farming", "chess", "opera", each=4)
    need(people[0], "step_free")
    need(people[4], "quiet")
    need(people[8], "quiet")
    round = draft(event)
    assert seat_of(round, people[0]) == 3
    assert seat_of(round, people[4]) == seat_of(round, people[8]) == 2
    assert [note for note in round.notes if note["code"] in ("needs_unmet", "unmet")] == []


@pytest.mark.parametrize("tables", [(), (table(1), table(2))])
def test_needs_that_no_table_is_known_to_meet_are_noted(
    event: Event, tables: tuple[dict[str, Any], ...]
):
    furnish(event, *tables)
    people = make_crowd(event, "farming", "chess")
    need(people[0], "step_free")
    need(people[1], "stay")
    notes = draft(event).notes
    assert notes == [{"code": "needs_unmet", "attendees": [str(people[0].pk)]}]


@pytest.mark.parametrize("tables", [(), [table(n) for n in range(4, 9)]])
def test_who_wants_to_stay_keeps_their_table_and_others_come_to_them(
    event: Event, tables: list[dict[str, Any]]
):
    furnish(event, *tables)
    people = make_crowd(event, "farming", "chess", "opera", "radio")
    need(people[0], "stay")
    first = play(event)
    for _ in range(3):
        then = play(event)
        assert seat_of(then, people[0]) == seat_of(first, people[0])
    assert then.quality["seated"] == 20


def test_who_needs_a_quiet_table_keeps_it_while_it_is_there(event: Event):
    furnish(event, table(1, 6, "quiet"), table(2, 6, "quiet"), table(3))
    people = make_crowd(event, "farming", "chess", "opera")
    need(people[0], "quiet")
    number = seat_of(play(event), people[0])
    assert seat_of(play(event), people[0]) == number
    others = [table(n, 6, "quiet") for n in (1, 2) if n != number]
    furnish(event, *others, table(3), table(4))
    assert seat_of(play(event), people[0]) == others[0]["number"]


def test_a_draft_that_uses_a_table_closed_meanwhile_is_not_published(event: Event):
    furnish(event, table(1), table(2), table(3))
    make_crowd(event, "farming", "chess")
    round = draft(event)
    furnish(event, table(1, closed=True), table(2), table(3))
    with pytest.raises(Refusal) as caught:
        publish_round(round=round, version=mixer_of(event).version)
    assert (caught.value.code, "table 1 " in caught.value.message) == ("draft_outdated", True)
    resolve_round(round=round, version=mixer_of(event).version)
    assert laid(round) == {2: 5, 3: 5}


def test_rolling_tables_open_at_free_tables_of_the_venue(event: Event):
    furnish(event, table(5, closed=True), table(6), table(9))
    make_crowd(event, "farming", "chess", "opera", each=4)
    set_rolling(event=event, version=mixer_of(event).version, on=True)
    seat_waiting(event_id=event.pk)
    assert sorted(laid(Round.objects.get())) == [6, 9]


def test_a_table_of_the_round_stays_though_the_venue_does_not_know_it(event: Event):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    publish_round(round=round, version=mixer_of(event).version)
    furnish(event, table(8))
    late = make_attendee(event, "Late Comer", "chess")
    arrive(late)
    seat_waiting(event_id=event.pk)
    assert seat_of(round, late) in (1, 2)
    end_round(round=round, version=mixer_of(event).version)
    assert list(laid(draft(event))) == [8]
