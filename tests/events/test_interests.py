"""Topics that are proposed, merged and kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checkin.services import check_in_walk_in, poster_station
from events.interests import keep_apart, merge_interests, propose_merges, topics_for_console
from events.models import Attendee, Event, Interest
from events.selectors import interests_by_key, topics_of
from events.services import change_attendee, interests_from_labels
from matching.models import Table
from matching.services import retell_people, seat_waiting, set_rolling
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.rows import arrive, make_attendee, make_event, make_nonce
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


def topic(event: Event, label: str) -> Interest:
    return Interest.objects.get(event=event, label=label)


def labels(person: Attendee) -> list[str]:
    return [interest.label for interest in person.interests.all()]


def merge(event: Event, keep: str, *merged: str, label: str = "") -> Interest:
    others = [topic(event, name).pk for name in merged]
    return merge_interests(event=event, keep=topic(event, keep).pk, merge=others, label=label)


def proposed(event: Event) -> list[tuple[str, str, str]]:
    return [(one.label, other.label, why) for one, other, why in propose_merges(event)]


@pytest.fixture
def event() -> Event:
    event = make_event()
    make_attendee(event, "Ada", "ML", "Chess")
    make_attendee(event, "Bela", "Machine learning")
    make_attendee(event, "Cleo", "ML", "Machine learning")
    return event


def test_topics_that_may_be_one_are_proposed_and_nothing_is_merged(event: Event) -> None:
    assert proposed(event) == [("ML", "Machine learning", "short_form")]
    assert [one.label for one in topics_of(event)] == ["Chess", "ML", "Machine learning"]


def test_merging_moves_every_pick_once(event: Event) -> None:
    kept = merge(event, "Machine learning", "ML")
    assert kept.label == "Machine learning"
    picks = {person.name: labels(person) for person in event.attendees.all()}
    assert picks == {
        "Ada": ["Chess", "Machine learning"],
        "Bela": ["Machine learning"],
        "Cleo": ["Machine learning"],
    }


def test_console_has_counts_spellings_and_no_more_proposal(event: Event) -> None:
    kept = merge(event, "Machine learning", "ML")
    chess = topic(event, "Chess")
    assert topics_for_console(event) == {
        "topics": [
            {"id": kept.pk, "label": "Machine learning", "count": 3, "spellings": ["ML"]},
            {"id": chess.pk, "label": "Chess", "count": 1, "spellings": []},
        ],
        "proposals": [],
    }


def test_whoever_picks_the_merged_spelling_later_gets_the_kept_topic(event: Event) -> None:
    kept = merge(event, "Machine learning", "ML")
    assert interests_from_labels(event, ["ml", "M-L", "Machine Learning", "Poetry"]) == [
        kept,
        topic(event, "Poetry"),
    ]


def test_one_look_serves_a_whole_batch(event: Event) -> None:
    kept = merge(event, "Machine learning", "ML")
    known = interests_by_key(event)
    poetry = interests_from_labels(event, ["Poetry"], known)
    with CaptureQueriesContext(connection) as queries:
        again = [interests_from_labels(event, ["poetry", "ml"], known) for _ in range(3)]
    assert (again, len(queries)) == ([[*poetry, kept]] * 3, 0)


def test_a_topic_merged_twice_over_leads_to_the_last(event: Event) -> None:
    make_attendee(event, "Dora", "Statistical learning")
    merge(event, "Machine learning", "ML")
    last = merge(event, "Statistical learning", "Machine learning")
    assert interests_from_labels(event, ["ML"]) == [last]
    told = topics_for_console(event)["topics"][0]
    assert (told["count"], told["spellings"]) == (4, ["Machine learning", "ML"])


def test_with_a_new_name_both_become_that_topic(event: Event) -> None:
    kept = merge(event, "ML", "Machine learning", label="  Learning   machines ")
    assert (kept.label, kept.attendees.count()) == ("Learning machines", 3)
    assert [one.label for one in topics_of(event)] == ["Chess", "Learning machines"]
    assert interests_from_labels(event, ["ML", "machine-learning"]) == [kept]


def test_the_name_of_a_topic_there_is_means_that_topic(event: Event) -> None:
    kept = merge(event, "ML", "Machine learning", label="machine-learning")
    assert (kept.label, kept.attendees.count()) == ("Machine learning", 3)


def test_kept_apart_is_not_proposed_again(event: Event) -> None:
    one, other = topic(event, "ML"), topic(event, "Machine learning")
    for pair in ((one, other), (other, one)):
        keep_apart(event=event, one=pair[0].pk, other=pair[1].pk)
    assert proposed(event) == []
    assert event.interests_apart.count() == 1


def test_what_makes_no_sense_is_refused_and_changes_nothing(event: Event) -> None:
    elsewhere = make_event()
    make_attendee(elsewhere, "Zoe", "Chess")
    here, foreign = topic(event, "ML").pk, topic(elsewhere, "Chess").pk
    refused = [
        ({"keep": here, "merge": [here]}, "same_topic"),
        ({"keep": here, "merge": []}, "same_topic"),
        ({"keep": here, "merge": [foreign]}, "unknown_topic"),
        ({"keep": foreign, "merge": [here]}, "unknown_topic"),
        ({"keep": here, "merge": [10**9]}, "unknown_topic"),
        ({"keep": here, "merge": [topic(event, "Chess").pk], "label": "!?"}, "label_invalid"),
    ]
    for asked, code in refused:
        with pytest.raises(Refusal) as refusal:
            merge_interests(event=event, **asked)
        assert refusal.value.code == code
    for one, other, code in ((here, here, "same_topic"), (here, foreign, "unknown_topic")):
        with pytest.raises(Refusal) as refusal:
            keep_apart(event=event, one=one, other=other)
        assert refusal.value.code == code
    assert topics_of(event).count() == 3
    assert not Message.objects.filter(stream=event.pk, type="topics.merged").exists()


def test_a_topic_that_was_merged_cannot_be_merged_again(event: Event) -> None:
    merge(event, "Machine learning", "ML")
    with pytest.raises(Refusal) as refusal:
        merge(event, "ML", "Machine learning")
    assert refusal.value.code == "unknown_topic"


def test_only_those_whose_picks_changed_are_told_of_themselves(event: Event) -> None:
    merge(event, "Machine learning", "ML")
    told = Message.objects.get(stream=event.pk, type="topics.merged").audiences
    people = {str(p.pk): p.name for p in event.attendees.all()}
    phones = {people[name.removeprefix("attendee:")] for name in told if ":" in name}
    assert phones == {"Ada", "Cleo"}
    assert {people[path.removeprefix("attendees/")] for path in told["console"]["set"]} == phones


def seated(event: Event, *topics: str) -> list[Attendee]:
    """People who sit at rolling tables, one for each topic."""
    people = [make_attendee(event, f"{name} {n}", name) for name in topics for n in range(3)]
    set_rolling(event=event, version=0, on=True)
    for person in people:
        arrive(person)
    seat_waiting(event_id=event.pk)
    return people


def test_a_table_keeps_its_topic_under_the_new_name_and_late_arrivals_join_it() -> None:
    event = make_event(table_size=4, table_max=5)
    seated(event, "ML")
    make_attendee(event, "Bela", "Machine learning")
    merge(event, "Machine learning", "ML")
    table = Table.objects.get()
    assert table.topic == topic(event, "ML")
    retell_people(event_id=event.pk)
    table.refresh_from_db()
    assert (table.topic, table.shared) == (topic(event, "Machine learning"), True)
    late = make_attendee(event, "Late", "ml")
    arrive(late)
    assert seat_waiting(event_id=event.pk) == 1
    assert late.seats.get().table == table


def test_who_waits_at_that_moment_joins_the_table_before_it_is_told_anew() -> None:
    event = make_event(table_size=4, table_max=5)
    seated(event, "ML")
    arrive(make_attendee(event, "Bela", "Machine learning"))
    merge(event, "Machine learning", "ML")
    assert seat_waiting(event_id=event.pk) == 1
    assert Table.objects.get().seats.count() == 4


def test_a_table_of_a_past_round_keeps_its_words() -> None:
    event = make_event(table_size=4, table_max=5)
    seated(event, "ML")
    set_rolling(event=event, version=1, on=False)
    make_attendee(event, "Bela", "Machine learning")
    merge(event, "Machine learning", "ML")
    retell_people(event_id=event.pk)
    table = Table.objects.get()
    assert table.topic is not None
    assert table.topic.label == "ML"


@pytest.mark.django_db(transaction=True)
def test_walk_ins_and_changes_with_the_merged_topic_at_the_same_moment_lose_nothing(
    tmp_path: Path,
) -> None:
    with database_of_threads(tmp_path):
        event = make_event()
        station = poster_station(event)
        ada = make_attendee(event, "Ada", "ML")
        kept = interests_from_labels(event, ["Machine learning"])[0]
        ml = topic(event, "ML")

        def walk_in(name: str) -> object:
            return check_in_walk_in(
                event=event, station=station, nonce=make_nonce(), name=name, interests=["ML"]
            )

        at_once(
            lambda: merge_interests(event=event, keep=kept.pk, merge=[ml.pk]),
            lambda: change_attendee(attendee=ada, changes={}, interests=["m l", "Chess"]),
            *[lambda name=f"Walk-in {n}": walk_in(name) for n in range(6)],
        )
        assert ml.attendees.count() == 0
        assert kept.attendees.count() == 7


@pytest.mark.django_db(transaction=True)
def test_two_organisers_merging_both_ways_at_once_leave_one_topic(tmp_path: Path) -> None:
    with database_of_threads(tmp_path):
        event = make_event()
        make_attendee(event, "Ada", "ML", "Machine learning")
        one, other = topic(event, "ML"), topic(event, "Machine learning")
        done = at_once(
            lambda: merge_interests(event=event, keep=one.pk, merge=[other.pk]),
            lambda: merge_interests(event=event, keep=other.pk, merge=[one.pk]),
        )
        refused = [answer for answer in done if isinstance(answer, Refusal)]
        assert [answer.code for answer in refused] == ["unknown_topic"]
        left = topics_of(event).get()
        assert list(left.attendees.all()) == [Attendee.objects.get()]
