"""Rounds: drafted, published and discarded, by one organiser at a time."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import tablemates.rehearsal
from checkin.services import check_out, poster_station
from events.guest_list import import_guest_list
from events.models import Attendee, Event
from matching.models import Change, LeftOut, Mixer, Round, Seat, Table, Wish
from matching.selectors import mixer_of
from matching.services import (
    change_times,
    discard_draft,
    draft_round,
    end_evening,
    end_round,
    make_wish,
    publish_round,
    resolve_round,
    seat_waiting,
    set_rolling,
)
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.rows import arrive, make_attendee, make_crowd, make_event, make_nonce
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

GUESTS = Path(tablemates.rehearsal.__file__).with_name("guests.csv")


def version(event: Event) -> int:
    return mixer_of(event).version


def draft(event: Event) -> Round:
    return draft_round(event=event, version=version(event))


def publish(round: Round) -> Mixer:
    return publish_round(round=round, version=version(round.mixer.event))


def play(event: Event) -> Round:
    """A round from draft to end."""
    round = draft(event)
    publish(round)
    end_round(round=round, version=version(event))
    return Round.objects.get(pk=round.pk)


def leave(person: Attendee) -> None:
    station = poster_station(person.event)
    check_out(event=person.event, station=station, nonce=make_nonce(), attendee=person)


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Round, Table, Seat, Message, Change))


def refused(work: Callable[[], object]) -> Refusal:
    """The refusal of an act that writes nothing."""
    before = written()
    with pytest.raises(Refusal) as caught:
        work()
    assert written() == before
    return caught.value


@pytest.fixture
def event() -> Event:
    return make_event()


@pytest.fixture
def guests(event: Event) -> Event:
    """The bundled guest list, all of it present."""
    import_guest_list(event=event, data=GUESTS.read_bytes(), filename=GUESTS.name)
    Attendee.objects.filter(event=event).update(present_since=timezone.now())
    return event


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (0, "0 people are here and a table needs at least 3: wait for 3 more."),
        (1, "1 person is here and a table needs at least 3: wait for 2 more."),
        (2, "2 people are here and a table needs at least 3: wait for 1 more."),
    ],
)
def test_draft_for_fewer_people_than_a_table_says_how_many_are_missing(
    event: Event, people: int, message: str
):
    make_crowd(event, "farming", each=people)
    refusal = refused(lambda: draft(event))
    assert (refusal.status, refusal.code, refusal.message) == (409, "not_enough_people", message)


@pytest.mark.parametrize("people", [3, 4, 5, 6, 7, 13])
def test_draft_seats_everyone_present_once_at_tables_of_legal_size(event: Event, people: int):
    present = make_crowd(event, "farming", each=people)
    make_attendee(event, "Not Here", "farming")
    round = draft(event)
    seated = list(round.seats.values_list("attendee", flat=True))
    assert sorted(seated) == sorted(person.pk for person in present)
    sizes = [table.seats.count() for table in round.tables.all()]
    assert [size for size in sizes if not 3 <= size <= 6] == []
    assert max(sizes) - min(sizes) <= 1
    assert [table.number for table in round.tables.all()] == list(range(1, len(sizes) + 1))


def test_draft_is_refused_before_the_doors_open():
    event = make_event(doors=False)
    assert refused(lambda: draft(event)).code == "not_open"


def test_size_that_cannot_be_split_is_refused_with_advice():
    event = make_event(table_min=4, table_size=4, table_max=4)
    make_crowd(event, "farming", each=7)
    refusal = refused(lambda: draft(event))
    assert (refusal.status, refusal.code) == (409, "no_legal_split")


def test_draft_of_the_bundled_guest_list_beats_random_seating_on_every_figure(guests: Event):
    round = draft(guests)
    assert round.quality["seated"] == guests.attendees.count() == 60
    for figure in ("topic_share", "topic_cover", "best_mean", "mean_affinity"):
        assert round.quality[figure] > round.random[figure]
    assert round.quality["best_worst"] >= round.random["best_worst"]
    assert round.quality["company_clashes"] <= round.random["company_clashes"]
    assert round.quality["all_seller_tables"] == 0
    assert round.quality["repeats"] == 0


def test_second_round_of_the_bundled_guest_list_seats_nobody_together_again(guests: Event):
    play(guests)
    second = draft(guests)
    assert (second.number, second.quality["repeats"]) == (2, 0)
    assert second.random["repeats"] > 0


def _pairs(round: Round) -> set[frozenset[object]]:
    at_tables = [table.seats.values_list("attendee", flat=True) for table in round.tables.all()]
    return {frozenset(pair) for people in at_tables for pair in combinations(people, 2)}


@pytest.mark.parametrize("people", [24, 40])
def test_six_rounds_seat_everyone_once_each_and_count_repeats_rightly(event: Event, people: int):
    event = make_event(table_size=4, table_max=5)
    make_crowd(event, "farming", "chess", "opera", "radio", each=people // 4)
    met: set[frozenset[object]] = set()
    for number in range(1, 7):
        round = play(event)
        pairs = _pairs(round)
        seated = round.seats.values_list("attendee", flat=True)
        assert (round.number, len(set(seated)), len(seated)) == (number, people, people)
        assert round.quality["repeats"] == len(pairs & met)
        met |= pairs


def test_draft_of_a_room_where_all_is_well_has_no_notes(event: Event):
    make_crowd(event, "farming", "chess")
    assert draft(event).notes == []


def test_second_draft_notes_the_repeats_there_are_and_the_fewest_there_can_be(event: Event):
    event = make_event(table_min=4, table_size=4, table_max=4)
    make_crowd(event, "farming", each=8)
    play(event)
    assert draft(event).notes == [
        {"code": "repeats", "n": 4},
        {"code": "forced_repeats", "n": 4, "people": 8, "tables": 2},
    ]


def test_draft_notes_rules_that_do_not_hold_and_how_many_they_concern(event: Event):
    event = make_event(table_min=3, table_size=3, table_max=3)
    for person in make_crowd(event, "farming", each=6)[:3]:
        Attendee.objects.filter(pk=person.pk).update(company="Acme")
    assert draft(event).notes == [
        {"code": "unmet"},
        {"code": "rule", "rule": "company", "n": 1, "people": 2},
    ]


def test_draft_notes_that_one_more_table_would_let_more_tables_share_a_topic(event: Event):
    make_crowd(event, "farming", "chess", "opera", "radio", each=4)
    assert draft(event).notes == [
        {"code": "one_more_table", "more": 4, "tables": 3, "then": 100, "now": 0}
    ]


def test_draft_replaces_the_older_draft_with_its_number(event: Event):
    make_crowd(event, "farming", "chess")
    old = draft(event)
    new = draft(event)
    assert (old.number, new.number) == (1, 1)
    assert list(Round.objects.values_list("pk", flat=True)) == [new.pk]


def test_draft_is_told_to_organisers_alone(event: Event):
    make_crowd(event, "farming")
    draft(event)
    message = Message.objects.filter(stream=event.pk).last()
    assert (message.type, list(message.audiences)) == ("round.drafted", ["console"])


def test_discarded_draft_is_gone_and_its_number_is_free(event: Event):
    make_crowd(event, "farming")
    discard_draft(round=draft(event), version=version(event))
    assert Round.objects.count() == 0
    assert draft(event).number == 1


def test_published_round_cannot_be_discarded_or_published_again(event: Event):
    make_crowd(event, "farming")
    round = draft(event)
    publish(round)
    assert refused(lambda: publish(round)).code == "not_a_draft"
    assert refused(lambda: discard_draft(round=round, version=version(event))).code == "not_a_draft"


def test_publishing_drops_who_has_left_and_who_sits_out_as_long_as_tables_stay_legal(
    event: Event,
):
    people = make_crowd(event, "farming", "chess")
    round = draft(event)
    leave(people[0])
    make_wish(attendee=people[-1], kind="sit_out")
    publish(round)
    seated = set(round.seats.values_list("attendee", flat=True))
    assert seated == {person.pk for person in people[1:-1]}
    for table in round.tables.all():
        assert (table.why["size"], table.why["holders"]) == (4, 4)


def test_publishing_a_draft_with_too_few_left_at_a_table_names_the_table(event: Event):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    second = round.tables.get(number=2)
    for seat in second.seats.all()[:3]:
        leave(seat.attendee)
    refusal = refused(lambda: publish(round))
    assert (refusal.status, refusal.code) == (409, "draft_outdated")
    assert refusal.message == (
        "The room has changed since this draft: table 2 does not work out any more. "
        "Solve again, then publish."
    )
    resolve_round(round=round, version=version(event))
    publish(round)
    assert sorted(table.seats.count() for table in round.tables.all()) == [3, 4]


def test_a_table_whose_people_have_all_left_is_not_published(event: Event):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    first = round.tables.get(number=1)
    for seat in first.seats.all():
        leave(seat.attendee)
    publish(round)
    assert list(round.tables.values_list("number", flat=True)) == [2]


def test_a_draft_of_whom_nobody_is_here_any_more_is_not_published(event: Event):
    people = make_crowd(event, "farming", each=3)
    round = draft(event)
    for person in people:
        leave(person)
    assert refused(lambda: publish(round)).code == "draft_outdated"


def test_publish_remembers_who_is_left_out_but_not_who_asked_to_sit_out(event: Event):
    people = make_crowd(event, "farming", each=6)
    make_wish(attendee=people[0], kind="sit_out")
    round = draft(event)
    late = make_attendee(event, "Late Comer", "farming")
    arrive(late)
    publish(round)
    assert list(LeftOut.objects.values_list("round", "attendee")) == [(round.pk, late.pk)]


def test_a_wish_to_sit_out_is_bound_to_the_round_that_is_published_and_ends_with_it(
    event: Event,
):
    people = make_crowd(event, "farming", each=6)
    make_wish(attendee=people[0], kind="sit_out")
    round = draft(event)
    assert people[0].pk not in round.seats.values_list("attendee", flat=True)
    publish(round)
    assert Wish.objects.get().round == round
    second = draft(event)
    assert second.seats.count() == 6
    end_round(round=round, version=version(event))
    message = Message.objects.filter(stream=event.pk).last()
    assert message.audiences[f"attendee:{people[0].pk}"]["set"]["wish"] is None
    assert message.audiences["console"]["unset"] == [f"wishes/{people[0].pk}"]
    assert not Wish.objects.exists()


def test_publishing_while_a_round_is_on_is_refused(event: Event):
    make_crowd(event, "farming", "chess")
    publish(draft(event))
    second = draft(event)
    refusal = refused(lambda: publish(second))
    assert (refusal.code, refusal.message) == (
        "round_on",
        "Round 1 is still on. End it first.",
    )


def test_publishing_ends_rolling_tables(event: Event):
    make_crowd(event, "farming", "chess")
    set_rolling(event=event, version=0, on=True)
    seat_waiting(event_id=event.pk)
    publish(draft(event))
    kinds = Round.objects.order_by("created_at").values_list("kind", "status")
    assert list(kinds) == [("rolling", "done"), ("timed", "published")]


def test_database_refuses_a_second_round_that_is_on_and_a_second_draft(event: Event):
    make_crowd(event, "farming", "chess")
    publish(draft(event))
    on, mixer = Round.objects.get(status="published"), mixer_of(event)
    copied = {"mixer": mixer, "kind": "timed", "number": 9}
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(
            **copied, status="published", starts_at=on.starts_at, ends_at=on.ends_at
        )
    draft(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(**copied, status="draft")


def test_database_refuses_a_second_seat_in_one_round(event: Event):
    people = make_crowd(event, "farming", "chess", each=3)
    round = draft(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(round=round, table=round.tables.last(), attendee=people[0])


def test_every_act_on_an_old_version_is_refused(event: Event):
    make_crowd(event, "farming", "chess")
    round = draft(event)
    acts: list[Callable[[], object]] = [
        lambda: draft_round(event=event, version=0),
        lambda: publish_round(round=round, version=0),
        lambda: discard_draft(round=round, version=0),
        lambda: set_rolling(event=event, version=0, on=True),
        lambda: change_times(event=event, version=0, changes={"gap_minutes": 1}),
        lambda: end_evening(event=event, version=0),
    ]
    refusals = [refused(act) for act in acts]
    assert [refusal.code for refusal in refusals] == ["version_conflict"] * len(acts)
    for refusal in refusals:
        (change,) = refusal.changes
        assert (change["version"], change["by"], change["kind"], change["params"]) == (
            1,
            "",
            "round_drafted",
            {"round": 1},
        )


def test_rolling_is_refused_before_the_doors_open_and_during_a_round(event: Event):
    planned = make_event(doors=False)
    assert refused(lambda: set_rolling(event=planned, version=0, on=True)).code == "not_open"
    make_crowd(event, "farming")
    publish(draft(event))
    assert (
        refused(lambda: set_rolling(event=event, version=version(event), on=True)).code
        == "round_on"
    )


def test_asking_for_rolling_twice_opens_one_round(event: Event):
    for on in (True, True, False, False, True):
        set_rolling(event=event, version=version(event), on=on)
    states = Round.objects.order_by("created_at").values_list("status", flat=True)
    assert (list(states), version(event)) == (["done", "published"], 5)


def test_end_of_the_evening_ends_the_round_and_throws_the_draft_away(event: Event):
    make_crowd(event, "farming", "chess")
    publish(draft(event))
    draft(event)
    ended = end_evening(event=event, version=version(event))
    assert (ended.phase, [round.status for round in Round.objects.all()]) == ("ended", ["done"])
    assert refused(lambda: draft(ended)).code == "not_open"


def test_evening_that_never_began_cannot_end():
    event = make_event(doors=False)
    assert refused(lambda: end_evening(event=event, version=0)).code == "not_open"
    assert version(event) == 0


@pytest.mark.django_db(transaction=True)
def test_two_organisers_drafting_at_once_leave_one_draft_and_one_conflict(tmp_path: Path):
    with database_of_threads(tmp_path):
        event = make_event()
        make_crowd(event, "farming", "chess")
        answers = at_once(*[lambda: draft_round(event=event, version=0)] * 2)
        drafts = [answer for answer in answers if isinstance(answer, Round)]
        conflicts = [answer.code for answer in answers if isinstance(answer, Refusal)]
        assert conflicts == ["version_conflict"]
        assert list(Round.objects.values_list("pk", flat=True)) == [drafts[0].pk]
        assert Seat.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_publishing_and_discarding_at_once_does_one_of_the_two(tmp_path: Path):
    with database_of_threads(tmp_path):
        event = make_event()
        make_crowd(event, "farming", "chess")
        round = draft(event)
        acts = [lambda: publish_round(round=round, version=1)] * 2
        answers = at_once(*acts, lambda: discard_draft(round=round, version=1))
        conflicts = [answer.code for answer in answers if isinstance(answer, Refusal)]
        assert conflicts == ["version_conflict"] * 2
        assert version(event) == 2
        won = isinstance(answers[2], Mixer)
        assert [r.status for r in Round.objects.all()] == ([] if won else ["published"])


@pytest.mark.django_db(transaction=True)
def test_people_coming_and_going_while_rounds_are_drafted_lock_nobody_out(tmp_path: Path):
    with database_of_threads(tmp_path):
        event = make_event()
        people = make_crowd(event, "farming", "chess", each=6)

        def come_and_go(person: Attendee) -> None:
            for _ in range(3):
                leave(person)
                arrive(person)

        def draft_three() -> None:
            for _ in range(3):
                draft(event)

        def tend() -> None:
            for _ in range(5):
                seat_waiting(event_id=event.pk)

        set_rolling(event=event, version=0, on=True)
        works = [lambda p=person: come_and_go(p) for person in people[:3]]
        assert at_once(*works, draft_three, tend, tend) == [None] * 6
        assert event.attendees.filter(present_since=None).count() == 0
