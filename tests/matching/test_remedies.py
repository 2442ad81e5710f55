"""A table that became too short: merge, top up or leave, and nobody moves before the organiser confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from events.models import Attendee, Event
from matching.models import Change, Round, Seat, Table
from matching.services import preview_remedy, remedy_table, set_rolling
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.room import come, leave, tables, tend, version
from tests.rows import arrive, make_attendee, make_event
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """Doors open, tables open by themselves."""
    event = make_event()
    set_rolling(event=event, version=0, on=True)
    return event


def open_table(event: Event, topic: str, people: int) -> list[Attendee]:
    """A table of so many people who share a topic; where there is one, they join it."""
    came = come(event, *[(f"{topic[0].upper()}{n}", topic) for n in range(people)])
    tend(event)
    return came


def shorten(event: Event) -> Table:
    """Four at the farmers' table, and one of three chess players has left theirs."""
    open_table(event, "farming", 4)
    players = open_table(event, "chess", 3)
    leave(players[0])
    tend(event)
    return Table.objects.get(topic__key="chess")


def moves(found: tuple[object, list[object]]) -> list[tuple[str, int, int]]:
    return [(move.attendee.name, move.old, move.new) for move in found[1]]


def apply(table: Table, remedy: str) -> list[tuple[str, int, int]]:
    seen = version(table.round.mixer.event)
    return moves(remedy_table(table=table, version=seen, remedy=remedy, by="Olga"))


def refusal(table: Table, remedy: str) -> str:
    before = Message.objects.count(), Change.objects.count()
    for act in (apply, lambda t, r: preview_remedy(table=t, remedy=r)):
        with pytest.raises(Refusal) as no:
            act(table, remedy)
    assert (Message.objects.count(), Change.objects.count()) == before
    return no.value.code


def test_preview_says_who_would_move_and_moves_nobody(event: Event) -> None:
    table = shorten(event)
    before = tables(event), version(event), Message.objects.count()
    assert moves(preview_remedy(table=table, remedy="merge")) == [("C1", 2, 1), ("C2", 2, 1)]
    assert moves(preview_remedy(table=table, remedy="top_up")) == [("F0", 1, 2)]
    assert moves(preview_remedy(table=table, remedy="leave")) == []
    assert (tables(event), version(event), Message.objects.count()) == before


def test_merge_gives_everybody_a_seat_elsewhere(event: Event) -> None:
    table = shorten(event)
    assert apply(table, "merge") == [("C1", 2, 1), ("C2", 2, 1)]
    assert tables(event) == {1: ["C1", "C2", "F0", "F1", "F2", "F3"]}
    change = Change.objects.latest("version")
    assert (change.by, change.kind, change.params) == (
        "Olga",
        "table_merged",
        {"round": 0, "table": 2},
    )
    kept = Table.objects.get(number=1)
    assert (kept.topic.label, kept.why["holders"], kept.why["size"]) == ("farming", 4, 6)


def test_who_moves_and_who_stays_is_told_on_every_phone(event: Event) -> None:
    table = shorten(event)
    apply(table, "merge")
    told = Message.objects.filter(stream=event.pk).last().audiences
    here = event.attendees.exclude(present_since=None)
    phones = {f"attendee:{person.pk}" for person in here}
    assert {name for name in told if name.startswith("attendee:")} == phones
    assert {told[name]["set"]["seat"]["table"] for name in phones} == {1}
    assert told["console"]["set"][f"tables/{table.pk}"]["people"] == []


def test_what_is_confirmed_is_what_was_shown_or_nothing(event: Event) -> None:
    table = shorten(event)
    _mixer, shown = preview_remedy(table=table, remedy="top_up")
    said = {move.attendee.pk: move.new for move in shown}
    leave(shown[0].attendee)
    arrive(make_attendee(event, "Fay", "farming"))
    tend(event)
    before = tables(event), version(event)
    with pytest.raises(Refusal) as refused:
        remedy_table(table=table, version=version(event), remedy="top_up", shown=said)
    assert refused.value.code == "moves_changed"
    assert (tables(event), version(event)) == before
    _mixer, shown = preview_remedy(table=table, remedy="top_up")
    said = {move.attendee.pk: move.new for move in shown}
    done = remedy_table(table=table, version=version(event), remedy="top_up", shown=said)
    assert done[1] == shown


def test_top_up_takes_as_few_as_are_missing(event: Event) -> None:
    table = shorten(event)
    assert apply(table, "top_up") == [("F0", 1, 2)]
    assert tables(event) == {1: ["F1", "F2", "F3"], 2: ["C1", "C2", "F0"]}
    assert Change.objects.latest("version").kind == "table_topped_up"


def test_table_left_short_is_not_short_any_more_until_another_leaves(event: Event) -> None:
    table = shorten(event)
    assert apply(table, "leave") == []
    assert Table.objects.get(pk=table.pk).left_short
    assert Change.objects.latest("version").kind == "table_left_short"
    told = Message.objects.filter(stream=event.pk).last().audiences
    assert told["console"]["set"][f"tables/{table.pk}"]["left_short"] is True
    assert refusal(table, "merge") == "not_short"
    leave(Attendee.objects.get(event=event, name="C1"))
    tend(event)
    assert apply(table, "merge") == [("C2", 2, 1)]


def test_merge_needs_free_seats_elsewhere(event: Event) -> None:
    players = open_table(event, "chess", 3)
    leave(players[0])
    tend(event)
    assert refusal(Table.objects.get(), "merge") == "no_free_chairs"


def test_top_up_needs_somebody_to_spare(event: Event) -> None:
    open_table(event, "farming", 3)
    players = open_table(event, "chess", 3)
    leave(players[0])
    tend(event)
    assert refusal(Table.objects.get(topic__key="chess"), "top_up") == "nobody_to_spare"


@pytest.mark.parametrize("remedy", ["merge", "top_up", "leave"])
def test_table_with_people_enough_or_none_at_all_needs_nothing(event: Event, remedy: str) -> None:
    players = open_table(event, "chess", 3)
    table = Table.objects.get()
    assert refusal(table, remedy) == "not_short"
    for person in players:
        leave(person)
    assert refusal(table, remedy) == "not_short"
    tend(event)
    assert refusal(table, remedy) == "not_short"


def test_table_of_a_round_that_is_over_needs_nothing(event: Event) -> None:
    table = shorten(event)
    set_rolling(event=event, version=version(event), on=False)
    assert refusal(table, "top_up") == "not_short"


def test_who_needs_this_very_table_stays_and_others_come(event: Event) -> None:
    open_table(event, "farming", 4)
    pia = make_attendee(event, "Pia", "chess", needs=["stay"])
    arrive(pia)
    players = open_table(event, "chess", 2)
    leave(players[0])
    tend(event)
    table = Table.objects.get(topic__key="chess")
    assert refusal(table, "merge") == "no_free_chairs"
    assert [move[1:] for move in apply(table, "top_up")] == [(1, 2)]
    assert "Pia" in tables(event)[2]


@pytest.mark.django_db(transaction=True)
def test_two_remedies_at_once_are_one(tmp_path: Path) -> None:
    with database_of_threads(tmp_path):
        event = make_event()
        set_rolling(event=event, version=0, on=True)
        table, seen = shorten(event), version(event)
        answers = at_once(
            *[
                lambda remedy=remedy: remedy_table(table=table, version=seen, remedy=remedy)
                for remedy in ("merge", "top_up")
            ]
        )
        assert [a.code for a in answers if isinstance(a, Refusal)] == ["version_conflict"]
        on = Round.objects.get()
        assert Seat.objects.filter(round=on, left_at=None).count() == 6
        assert all(len(people) >= event.table_min for people in tables(event).values())
