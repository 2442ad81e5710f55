"""Changing who sits where: drafts by hand, what pins keep, and rounds that are on only when it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from events.models import Attendee
from matching.models import Change, LeftOut, Round, Seat, Table, VenueTable, Wish
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
    resolve_round,
    seat_waiting,
    set_rolling,
)
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.rows import arrive, make_attendee, make_crowd, make_event
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.models import Event

pytestmark = pytest.mark.django_db


class Draft:
    """A draft of two tables, farmers at one and chess players at the other; and all that organisers do with it."""

    def __init__(self, *, each: int = 5, **fields: Any) -> None:
        self.event = make_event(**fields)
        self.people = make_crowd(self.event, "farming", "chess", each=each)
        self.round = draft_round(event=self.event, version=self.version)

    @property
    def version(self) -> int:
        return mixer_of(self.event).version

    def table(self, number: int) -> Table:
        return self.round.tables.get(number=number)

    def at(self, number: int) -> list[Attendee]:
        return [seat.attendee for seat in self.table(number).seats.filter(left_at=None)]

    def move(self, person: Attendee, table: Table | None, **more: Any) -> None:
        confirmed = more.pop("confirmed", False)
        move = Move(Attendee.objects.get(pk=person.pk), table, **more)
        move_person(round=self.round, version=self.version, move=move, confirmed=confirmed)

    def pin(self, person: Attendee, *, on: bool = True) -> None:
        pin_person(round=self.round, version=self.version, attendee=person, on=on)

    def pin_table(self, number: int) -> None:
        pin_table(round=self.round, version=self.version, table=self.table(number), on=True)

    def resolve(self) -> None:
        resolve_round(round=self.round, version=self.version)

    def publish(self) -> None:
        publish_round(round=self.round, version=self.version)

    def told(self) -> dict[str, Any]:
        """What the last message told organisers of the round."""
        message = Message.objects.filter(stream=self.event.pk).last()
        told: dict[str, Any] = message.audiences["console"]["set"][f"rounds/{self.round.pk}"]
        return told

    def seats(self) -> dict[str, int]:
        seats = Seat.objects.filter(round=self.round, left_at=None)
        return dict(seats.values_list("attendee__name", "table__number"))


@pytest.fixture
def draft() -> Draft:
    return Draft()


def refused(draft: Draft, work: Callable[[], object]) -> tuple[int, str]:
    """Status and code of a refusal that changes nothing."""
    before = draft.seats(), draft.version, Message.objects.count(), Wish.objects.count()
    with pytest.raises(Refusal) as caught:
        work()
    assert (draft.seats(), draft.version, Message.objects.count(), Wish.objects.count()) == before
    return caught.value.status, caught.value.code


def last_change() -> tuple[str, dict[str, Any]]:
    change = Change.objects.latest("version")
    return change.kind, change.params


def test_a_moved_person_sits_at_the_other_table_and_the_figures_are_recounted(draft: Draft):
    ada = draft.at(1)[0]
    draft.move(ada, draft.table(2))
    assert (len(draft.at(1)), len(draft.at(2))) == (4, 6)
    assert ada in draft.at(2)
    whys = [(table.why["holders"], table.why["size"], table.shared) for table in _tables(draft)]
    assert whys == [(4, 4, True), (5, 6, False)]
    told = draft.told()
    assert (told["quality"]["topic_share"], told["quality"]["topic_cover"]) == (0.5, 0.9)
    assert last_change() == (
        "person_moved",
        {"round": 1, "person": ada.name, "from": 1, "table": 2},
    )


def _tables(draft: Draft) -> list[Table]:
    return list(draft.round.tables.order_by("number"))


def test_an_edit_is_told_to_organisers_alone(draft: Draft):
    draft.move(draft.at(1)[0], None)
    message = Message.objects.filter(stream=draft.event.pk).last()
    assert list(message.audiences) == ["console"]


def test_two_people_change_places_though_both_tables_are_full():
    draft = Draft(each=6, table_size=6)
    one, other = draft.at(1)[0], draft.at(2)[0]
    draft.move(one, draft.table(2), swap=other)
    assert one in draft.at(2)
    assert other in draft.at(1)
    assert last_change() == (
        "people_swapped",
        {"round": 1, "person": one.name, "other": other.name, "table": 2},
    )


def test_who_is_moved_out_sits_out_and_comes_back_at_another_table(draft: Draft):
    ada = draft.at(1)[0]
    draft.move(ada, None)
    assert ada.name not in draft.seats()
    told = draft.told()
    assert told["sitting_out"] == [str(ada.pk)]
    assert {"code": "kept_out", "attendees": [str(ada.pk)]} in told["notes"]
    draft.move(ada, draft.table(2))
    told = draft.told()
    assert (draft.seats()[ada.name], told["sitting_out"]) == (2, [])
    assert [note["code"] for note in told["notes"]] == []


def test_somebody_who_sits_out_changes_places_with_somebody_who_sits(draft: Draft):
    ada, bob = draft.at(1)[:2]
    draft.move(ada, None)
    draft.move(ada, draft.table(1), swap=bob)
    assert draft.seats()[ada.name] == 1
    assert bob.name not in draft.seats()


def test_a_table_that_nobody_is_left_at_has_no_topic_and_is_not_published(draft: Draft):
    for person in draft.at(1):
        draft.move(person, None)
    table = draft.table(1)
    assert (table.topic, table.why, table.shared) == (
        None,
        {"holders": 0, "size": 0, "help": None},
        False,
    )
    draft.publish()
    assert [table.number for table in _tables(draft)] == [2]


def test_a_table_made_too_small_is_noted_and_may_be_published(draft: Draft):
    for person in draft.at(1)[:3]:
        draft.move(person, None)
    size = {"code": "rule", "rule": "size", "n": 1, "people": 2}
    assert size in draft.told()["notes"]
    draft.publish()
    assert len(draft.at(1)) == 2


def test_a_move_to_a_full_a_closed_a_foreign_table_is_refused():
    draft = Draft(each=6, table_size=6)
    ada, foreign = draft.at(1)[0], Draft()
    assert refused(draft, lambda: draft.move(ada, draft.table(2))) == (409, "table_full")
    assert refused(draft, lambda: draft.move(ada, foreign.table(1))) == (422, "unknown_table")
    venue = {"mixer": mixer_of(draft.event), "x": 1, "y": 1}
    VenueTable.objects.create(number=2, chairs=8, closed=True, **venue)
    assert refused(draft, lambda: draft.move(ada, draft.table(2))) == (409, "table_closed")
    VenueTable.objects.update(closed=False, chairs=6)
    assert refused(draft, lambda: draft.move(ada, draft.table(2))) == (409, "table_full")


def test_who_is_not_here_or_wants_no_seat_is_moved_to_no_table(draft: Draft):
    away = make_attendee(draft.event, "Away Person", "chess")
    assert refused(draft, lambda: draft.move(away, draft.table(1))) == (409, "not_here")
    ada = draft.at(1)[0]
    make_wish(attendee=ada, kind="sit_out")
    assert refused(draft, lambda: draft.move(ada, draft.table(2))) == (409, "sitting_out")


def test_who_has_left_is_moved_out_of_a_draft_all_the_same(draft: Draft):
    ada = draft.at(1)[0]
    Attendee.objects.filter(pk=ada.pk).update(present_since=None)
    draft.move(ada, None)
    assert ada.name not in draft.seats()


def test_changing_places_with_somebody_who_does_not_sit_there_is_refused(draft: Draft):
    ada, bob = draft.at(1)[:2]
    assert refused(draft, lambda: draft.move(ada, draft.table(2), swap=bob)) == (400, "invalid")


def test_a_move_to_the_table_one_sits_at_changes_nothing(draft: Draft):
    before = draft.seats()
    draft.move(draft.at(1)[0], draft.table(1))
    assert draft.seats() == before


def test_solving_again_keeps_pinned_people_at_their_table(draft: Draft):
    ada = draft.at(1)[0]
    draft.move(ada, draft.table(2))
    draft.pin(ada)
    draft.resolve()
    assert draft.seats()[ada.name] == 2
    assert draft.round.seats.get(attendee=ada).pinned
    draft.pin(ada, on=False)
    draft.resolve()
    assert {table.shared for table in _tables(draft)} == {True}


def test_pins_outweigh_every_rule_of_mixing():
    draft = Draft(table_size=6)
    Attendee.objects.filter(event=draft.event).update(company="Acme", host=True)
    for person in [*draft.at(1), *draft.at(2)][:6]:
        if person not in draft.at(1):
            draft.move(person, draft.table(1))
        draft.pin(person)
    pinned = draft.at(1)
    draft.resolve()
    assert {person.name for person in draft.at(1)} >= {person.name for person in pinned}
    assert draft.round.seats.filter(pinned=True).count() == 6


def test_solving_again_leaves_a_pinned_table_as_it_is():
    draft = Draft(each=6)
    ada, bea = draft.at(1)[0], draft.at(2)[0]
    draft.move(ada, draft.table(2), swap=bea)
    draft.pin_table(1)
    kept, table = draft.at(1), draft.table(1)
    make_attendees(draft.event, 3)
    draft.resolve()
    assert (draft.at(1), draft.table(1).pk) == (kept, table.pk)
    assert sorted(len(draft.at(table.number)) for table in _tables(draft)) == [4, 5, 6]
    assert [table.pinned for table in _tables(draft)] == [True, False, False]


def make_attendees(event: Event, number: int) -> list[Attendee]:
    late = [make_attendee(event, f"Late{i} Comer", "chess") for i in range(number)]
    for person in late:
        arrive(person)
    return late


def test_solving_again_drops_who_left_and_seats_who_came(draft: Draft):
    ada = draft.at(1)[0]
    draft.pin_table(1)
    Attendee.objects.filter(pk=ada.pk).update(present_since=None)
    late = make_attendees(draft.event, 1)
    draft.resolve()
    assert ada.name not in draft.seats()
    assert draft.seats()[late[0].name] == 2
    assert len(draft.at(1)) == 4


def test_solving_again_leaves_out_whom_an_organiser_moved_out(draft: Draft):
    ada = draft.at(1)[0]
    draft.move(ada, None)
    draft.resolve()
    assert ada.name not in draft.seats()
    assert {"code": "kept_out", "attendees": [str(ada.pk)]} in draft.told()["notes"]


def test_solving_again_with_too_few_beside_the_pinned_tables_says_to_unpin_one(draft: Draft):
    for person in draft.at(2)[:3]:
        draft.move(person, None)
        make_wish(attendee=person, kind="sit_out")
    draft.pin_table(1)
    assert refused(draft, draft.resolve) == (409, "not_enough_people")


def test_solving_again_with_all_tables_pinned_only_drops_who_left(draft: Draft):
    for number in (1, 2):
        draft.pin_table(number)
    ada = draft.at(1)[0]
    Attendee.objects.filter(pk=ada.pk).update(present_since=None)
    before = draft.seats()
    draft.resolve()
    assert draft.seats() == {name: table for name, table in before.items() if name != ada.name}


def test_pins_are_told_and_written_down(draft: Draft):
    ada = draft.at(1)[0]
    draft.pin(ada)
    message = Message.objects.filter(stream=draft.event.pk).last()
    table = message.audiences["console"]["set"][f"tables/{draft.table(1).pk}"]
    assert (table["pins"], table["pinned"]) == ([str(ada.pk)], False)
    assert last_change() == ("person_pinned", {"round": 1, "person": ada.name, "table": 1})
    draft.pin_table(1)
    assert last_change() == ("table_pinned", {"round": 1, "table": 1})


def test_a_pin_needs_a_table_of_the_draft(draft: Draft):
    ada = draft.at(1)[0]
    draft.move(ada, None)
    assert refused(draft, lambda: draft.pin(ada)) == (409, "not_seated")
    foreign = Draft().table(1)
    assert refused(
        draft,
        lambda: pin_table(round=draft.round, version=draft.version, table=foreign, on=True),
    ) == (422, "unknown_table")
    draft.publish()
    assert refused(draft, lambda: draft.pin_table(1)) == (409, "not_a_draft")
    assert refused(draft, draft.resolve) == (409, "not_a_draft")


def test_people_in_a_round_that_is_on_move_only_when_it_is_confirmed(draft: Draft):
    draft.publish()
    ada = draft.at(1)[0]
    table = draft.table(2)
    assert refused(draft, lambda: draft.move(ada, table)) == (409, "needs_confirmation")
    draft.move(ada, table, confirmed=True)
    assert draft.seats()[ada.name] == 2
    message = Message.objects.filter(stream=draft.event.pk).last()
    people = {f"attendee:{person.pk}" for person in draft.people}
    assert set(message.audiences) == {"console", "screen", *people}
    assert message.audiences[f"attendee:{ada.pk}"]["set"]["seat"]["table"] == 2


def test_a_full_table_is_told_before_a_confirmation_is_asked_for():
    draft = Draft(each=6, table_size=6)
    draft.publish()
    ada = draft.at(1)[0]
    assert refused(draft, lambda: draft.move(ada, draft.table(2))) == (409, "table_full")


def test_who_is_taken_from_a_table_that_is_on_is_not_seated_again_until_they_say_so(
    draft: Draft,
):
    draft.publish()
    ada = draft.at(1)[0]
    draft.move(ada, None, confirmed=True)
    seat_waiting(event_id=draft.event.pk)
    assert ada.name not in draft.seats()
    assert (Wish.objects.get().attendee, Wish.objects.get().round) == (ada, draft.round)
    make_wish(attendee=ada, kind=None)
    seat_waiting(event_id=draft.event.pk)
    assert ada.name in draft.seats()


def test_who_was_moved_out_of_the_draft_is_not_seated_once_it_is_on_until_they_say_so(
    draft: Draft,
):
    ada = draft.at(1)[0]
    draft.move(ada, None)
    draft.publish()
    assert not LeftOut.objects.exists()
    message = Message.objects.filter(stream=draft.event.pk, type="round.published").last()
    assert message.audiences[f"attendee:{ada.pk}"]["set"]["wish"]["kind"] == "sit_out"
    seat_waiting(event_id=draft.event.pk)
    assert ada.name not in draft.seats()
    make_wish(attendee=ada, kind=None)
    seat_waiting(event_id=draft.event.pk)
    assert draft.seats()[ada.name] == 1


def test_who_gets_a_seat_by_hand_is_left_out_no_more(draft: Draft):
    late = make_attendees(draft.event, 1)[0]
    draft.publish()
    assert LeftOut.objects.get().attendee == late
    draft.move(late, draft.table(1), confirmed=True)
    assert not LeftOut.objects.exists()


def test_people_at_rolling_tables_are_moved_too():
    event = make_event()
    people = make_crowd(event, "farming", "chess", each=3)
    set_rolling(event=event, version=0, on=True)
    seat_waiting(event_id=event.pk)
    round = Round.objects.get()
    table = round.tables.get(topic__key="chess")
    move = Move(people[0], table)
    move_person(round=round, version=1, move=move, confirmed=True)
    assert table.seats.filter(left_at=None).count() == 4


def test_an_organiser_brings_somebody_back_to_a_table_who_was_sitting_out(draft: Draft):
    ada = draft.at(1)[0]
    table = draft.table(1)
    draft.publish()
    draft.move(ada, None, confirmed=True)
    assert Wish.objects.get().kind == "sit_out"
    draft.move(ada, table, confirmed=True)
    assert draft.seats()[ada.name] == 1
    assert not Wish.objects.exists()
    told = Message.objects.filter(stream=draft.event.pk).last().audiences
    assert told["console"]["unset"] == [f"wishes/{ada.pk}"]
    assert told[f"attendee:{ada.pk}"]["set"]["wish"] is None


def test_nobody_is_moved_in_a_round_that_is_over(draft: Draft):
    draft.publish()
    end_round(round=draft.round, version=draft.version)
    ada, table = draft.at(1)[0], draft.table(2)
    assert refused(draft, lambda: draft.move(ada, table, confirmed=True)) == (409, "round_over")


@pytest.mark.django_db(transaction=True)
def test_two_organisers_editing_at_once_make_one_move_and_the_other_is_told_which(tmp_path: Path):
    with database_of_threads(tmp_path):
        draft = Draft()
        version, table = draft.version, draft.table(2)

        def move(person: Attendee, by: str) -> object:
            move = Move(person, table)
            return move_person(round=draft.round, version=version, move=move, by=by)

        one, other = draft.at(1)[:2]
        answers = at_once(lambda: move(one, "Ada"), lambda: move(other, "Bob"))
        refusals = [answer for answer in answers if isinstance(answer, Refusal)]
        assert [refusal.code for refusal in refusals] == ["version_conflict"]
        (change,) = refusals[0].changes
        mover, by = (other, "Bob") if answers[0] in refusals else (one, "Ada")
        assert (change["version"], change["by"], change["kind"]) == (
            version + 1,
            by,
            "person_moved",
        )
        assert change["params"] == {"round": 1, "person": mover.name, "from": 1, "table": 2}
        assert (len(draft.at(1)), len(draft.at(2))) == (4, 6)


@pytest.mark.django_db(transaction=True)
def test_editing_resolving_and_publishing_at_once_does_one_of_them(tmp_path: Path):
    with database_of_threads(tmp_path):
        draft = Draft()
        version, move = draft.version, Move(draft.at(1)[0], draft.table(2))
        answers = at_once(
            lambda: move_person(round=draft.round, version=version, move=move),
            lambda: resolve_round(round=draft.round, version=version),
            lambda: publish_round(round=draft.round, version=version),
        )
        conflicts = [answer.code for answer in answers if isinstance(answer, Refusal)]
        assert conflicts == ["version_conflict"] * 2
        assert draft.version == version + 1
        assert len(draft.seats()) == 10
