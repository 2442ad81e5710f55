"""People who come without a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from checkin.services import check_in_walk_in, poster_station
from events.models import Attendee, Event, Interest
from events.services import end_event
from tablemates.live.models import Message
from tests.rows import make_event, make_nonce

if TYPE_CHECKING:
    from checkin.models import CheckIn

pytestmark = pytest.mark.django_db


def walk_in(
    event: Event, name: str = "Ada Lovelace", *interests: str, nonce: str = "", **fields: Any
) -> CheckIn:
    return check_in_walk_in(
        event=event,
        station=poster_station(event),
        nonce=nonce or make_nonce(),
        name=name,
        interests=interests,
        **fields,
    )


def labels(event: Event) -> list[str]:
    return list(event.interests.values_list("label", flat=True))


def test_walk_in_is_registered_with_a_ticket_and_is_in() -> None:
    event = make_event()
    row = walk_in(event, "Ada Lovelace", "Poetry", ask="A mathematician")
    ada = event.attendees.get()
    assert (row.outcome, row.turn, row.attendee) == ("entry", 1, ada)
    assert (ada.name, ada.source, ada.ask) == ("Ada Lovelace", "door", "A mathematician")
    assert ada.present_since == row.at
    assert [interest.label for interest in ada.interests.all()] == ["Poetry"]
    assert row.ticket == ada.tickets.get(issuer="tablemates", revoked_at=None)


def test_spellings_of_one_topic_fold_together() -> None:
    event = make_event()
    walk_in(event, "Ada", "ClimateTech", "climate tech")
    walk_in(event, "Grace", " Climate-tech ")
    assert labels(event) == ["ClimateTech"]
    assert [person.interests.count() for person in event.attendees.all()] == [1, 1]


def test_the_first_eight_of_forty_topics_are_kept() -> None:
    event = make_event()
    walk_in(event, "Ada", *(f"Topic {n}" for n in range(40)))
    assert labels(event) == [f"Topic {n}" for n in range(8)]


def test_topics_without_a_letter_or_digit_are_dropped() -> None:
    event = make_event()
    walk_in(event, "Ada", "", "   ", "---", "🎉", "C++", "R")
    assert sorted(labels(event)) == ["C++", "R"]


def test_topics_of_one_event_are_not_those_of_another() -> None:
    here, there = make_event(), make_event()
    walk_in(here, "Ada", "Poetry")
    walk_in(there, "Ada", "Poetry")
    assert Interest.objects.count() == 2


@pytest.mark.parametrize(("doors", "outcome"), [(False, "too_early"), (True, "closed")])
def test_nobody_is_registered_when_the_door_is_shut(doors: bool, outcome: str) -> None:
    event = make_event(doors=doors)
    if doors:
        end_event(event=event)
    Message.objects.all().delete()
    row = walk_in(event, "Ada", "Poetry")
    assert (row.outcome, row.attendee) == (outcome, None)
    assert (Attendee.objects.count(), Interest.objects.count()) == (0, 0)
    assert list(Message.objects.values_list("type", flat=True)) == ["checkin.refused"]


def test_walk_in_with_the_same_nonce_is_the_same_person() -> None:
    event = make_event()
    rows = [walk_in(event, name, nonce="one-attempt") for name in ("Ada", "Grace")]
    assert rows[0] == rows[1]
    assert [person.name for person in event.attendees.all()] == ["Ada"]


def test_two_walk_ins_of_one_name_are_two_people() -> None:
    event = make_event()
    walk_in(event, "Ada")
    walk_in(event, "Ada")
    assert event.attendees.count() == 2


@pytest.mark.parametrize(
    ("typed", "name", "first", "shown"),
    [
        ("  Ada \n Lovelace ", "Ada Lovelace", "Ada", "Ada L."),
        ("Cher", "Cher", "Cher", "Cher"),
        ("<b>Ada</b> <script>", "<b>Ada</b> <script>", "<b>Ada</b>", "<b>Ada</b> <."),
        ("👩‍🚀 Sally", "👩‍🚀 Sally", "👩‍🚀", "👩‍🚀 S."),
        ("فاطمه زهرا", "فاطمه زهرا", "فاطمه", "فاطمه ز."),
        ("山田 花子", "山田 花子", "山田", "山田 花."),
        ("x" * 120, "x" * 120, "x" * 120, "x" * 120),
        ("100% %(name)s", "100% %(name)s", "100%", "100% %."),
    ],
)
def test_names_of_any_script_are_kept_as_typed(
    typed: str, name: str, first: str, shown: str
) -> None:
    event = make_event()
    row = walk_in(event, typed)
    person = event.attendees.get()
    assert (person.name, person.first_name, person.shown_name) == (name, first, shown)
    assert row.answer["message"] == f"Welcome, {first}."
