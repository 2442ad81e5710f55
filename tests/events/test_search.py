"""People found by what somebody says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from events.search import find_people, fold
from tests.rows import make_attendee, make_event

if TYPE_CHECKING:
    from events.models import Event

pytestmark = pytest.mark.django_db

GUESTS = {
    "Zoë Ångström": "Lund University",
    "Đorđe Łukasiewicz": "",
    "Søren Kierkegaard": "Ærø Boats",
    "Siobhán O\u2019Brien": "Harbour Co-op",
    "Jean-Luc Picard": "",
    "王小明": "",
    "Lunden Hall": "",
}


@pytest.fixture
def event() -> Event:
    event = make_event()
    for name, company in GUESTS.items():
        make_attendee(event, name, company=company, email="someone@example.org")
    return event


def names(event: Event, text: str) -> list[str]:
    return [hit.name for hit in find_people(event=event, text=text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("zoe", "Zoë Ångström"),
        ("ZOË", "Zoë Ångström"),
        ("Zoe\u0308", "Zoë Ångström"),
        ("angs", "Zoë Ångström"),
        ("ström", "Zoë Ångström"),
        ("angstrom zoe", "Zoë Ångström"),
        ("dorde", "Đorđe Łukasiewicz"),
        ("luka", "Đorđe Łukasiewicz"),
        ("soren", "Søren Kierkegaard"),
        ("aero", "Søren Kierkegaard"),
        ("soren boats", "Søren Kierkegaard"),
        ("obrien", "Siobhán O\u2019Brien"),
        ("o'brien", "Siobhán O\u2019Brien"),
        ("brien", "Siobhán O\u2019Brien"),
        ("co-op", "Siobhán O\u2019Brien"),
        ("luc", "Jean-Luc Picard"),
        ("jean luc", "Jean-Luc Picard"),
        ("小明", "王小明"),
        ("  picard,  ", "Jean-Luc Picard"),
    ],
)
def test_part_of_a_name_or_company_finds_the_person(event: Event, text: str, name: str) -> None:
    assert names(event, text) == [name]


def test_beginnings_of_names_come_first_then_parts_then_companies(event: Event) -> None:
    make_attendee(event, "Blund Ericson")
    assert names(event, "lund") == ["Lunden Hall", "Blund Ericson", "Zoë Ångström"]


@pytest.mark.parametrize(
    "text", ["", "z", " z ", "!!", "\u0301\u0301", "someone@example.org", "zoe x"]
)
def test_too_little_an_address_or_a_word_too_many_finds_nobody(event: Event, text: str) -> None:
    assert names(event, text) == []


def test_ten_people_at_most_are_shown_in_order(event: Event) -> None:
    for number in range(12, 0, -1):
        make_attendee(event, f"Guest {number:02}")
    assert names(event, "guest") == [f"Guest {number:02}" for number in range(1, 11)]


def test_people_of_other_events_are_not_found(event: Event) -> None:
    make_attendee(make_event(), "Zoë Elsewhere")
    assert names(event, "zoe") == ["Zoë Ångström"]


def test_cancelled_people_are_found_with_their_status(event: Event) -> None:
    make_attendee(event, "Cancelled Carl", status="cancelled")
    assert [hit.status for hit in find_people(event=event, text="carl")] == ["cancelled"]


@pytest.mark.parametrize("text", ["ŞTRASSE", "\u0130stanbul", "ﬁne", "Ǆ", "a\u200bb"])
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
