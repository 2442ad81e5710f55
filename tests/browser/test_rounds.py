"""Organisers at work on rounds in a real Chromium: editing a draft by hand, changing a round that is on, helping who waits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.evening import (
    EVERYBODY_IN,
    PHONE,
    Evening,
    begin_evening,
    drag,
    other_table,
    press_and_confirm,
    serious_trouble,
    table_of,
    walk_to,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

FARMERS = ("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown")
COOKS = ("Dev Patel", "Elif Şafak", "Fen", "Gus Grissom")
GUESTS = {**dict.fromkeys(FARMERS, "Urban farming"), **dict.fromkeys(COOKS, "Cooking")}
ONE_OUT = """
from secrets import token_hex
from checkin.services import check_out, console_station
from events.models import Event
event = Event.objects.get(slug={slug!r})
person = event.attendees.get(name={name!r})
check_out(event=event, station=console_station(event, "all"), nonce=token_hex(8), attendee=person)
"""


@pytest.fixture
def begin(
    server: Server, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[dict[str, str]], Evening]]:
    slug = re.sub(r"[^a-z]+", "-", request.node.originalname.removeprefix("test_"))[:50].strip("-")
    begun: list[Evening] = []

    def start(guests: dict[str, str]) -> Evening:
        begun.append(begin_evening(server, tmp_path, slug, guests, doors=True, then=EVERYBODY_IN))
        return begun[0]

    yield start
    for evening in begun:
        evening.close()


def drafted(evening: Evening, browser: Browser) -> Page:
    """The console before the draft of round 1."""
    console = evening.organiser(browser)
    console.get_by_role("button", name="Draft round 1").click()
    expect(console.get_by_role("heading", name="Draft of round 1")).to_be_visible()
    return console


def test_a_draft_is_changed_by_mouse_and_by_keyboard_and_solved_around_a_pin(
    begin: Callable[[dict[str, str]], Evening], browser: Browser
) -> None:
    evening = begin(GUESTS)
    console = drafted(evening, browser)
    expect(table_of(console, "Ada Lovelace")).to_contain_text("All four picked Urban farming")
    assert serious_trouble(console) == []

    drag(
        console,
        console.get_by_role("button", name="Pick up Ada Lovelace"),
        other_table(console, "Ada Lovelace"),
    )
    expect(table_of(console, "Ada Lovelace")).to_contain_text("4 of 5 picked Cooking")
    expect(console.get_by_text("1 table has no topic that all of them share")).to_be_visible()

    ada = console.get_by_role("button", name="Pick up Ada Lovelace")
    ada.focus()
    ada.press("Enter")
    expect(console.get_by_role("form", name="Person in hand")).to_be_visible()
    assert serious_trouble(console) == []
    console.keyboard.press("Escape")
    expect(console.get_by_role("form", name="Person in hand")).to_be_hidden()

    walk_to(console, "Pick up Bo Diddley")
    console.keyboard.press("Enter")
    walk_to(console, "Swap with Ada Lovelace")
    console.keyboard.press("Enter")
    expect(table_of(console, "Bo Diddley")).to_contain_text("Cooking")
    expect(table_of(console, "Ada Lovelace")).to_contain_text("Urban farming")
    expect(console.locator("[data-swap] button:focus")).to_have_count(1)

    table_of(console, "Bo Diddley").get_by_role(
        "button", name=re.compile("Keep Bo Diddley")
    ).click()
    expect(console.get_by_text("1 person pinned")).to_be_visible()
    console.get_by_role("button", name="Solve again").click()
    expect(table_of(console, "Bo Diddley")).to_contain_text("Fen")


def test_a_publish_is_taken_back_and_the_draft_is_as_it_was(
    begin: Callable[[dict[str, str]], Evening], browser: Browser
) -> None:
    evening = begin(GUESTS)
    console = drafted(evening, browser)
    console.get_by_role("button", name=re.compile("Keep Bo Diddley at table")).click()
    expect(console.get_by_text("1 person pinned")).to_be_visible()
    phone = evening.page(browser, PHONE, evening.ticket_link("Bo Diddley"))
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("Table")
    console.get_by_role("button", name="Publish round 1").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Table")
    console.get_by_role("button", name="Undo publishing").click()
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("Table")
    expect(table_of(console, "Bo Diddley")).to_contain_text("Ada Lovelace")
    expect(console.get_by_text("1 person pinned")).to_be_visible()


def test_the_second_of_two_organisers_is_told_what_the_first_did(
    begin: Callable[[dict[str, str]], Evening], browser: Browser
) -> None:
    evening = begin(GUESTS)
    first = drafted(evening, browser)
    second = evening.organiser(browser)
    second.get_by_role("button", name="Pick up Dee Brown").click()

    first.get_by_role("button", name="Pick up Ada Lovelace").click()
    first.get_by_role("button", name="Let Ada Lovelace sit out").click()
    expect(second.get_by_role("group", name="Sitting out")).to_contain_text("Ada Lovelace")

    second.get_by_role("button", name="Let Dee Brown sit out").click()
    expect(second.get_by_text("Someone was quicker")).to_be_visible()
    expect(
        second.get_by_role("listitem").filter(
            has_text=re.compile(r"took Ada Lovelace from table \d")
        )
    ).to_be_visible()
    expect(table_of(second, "Dee Brown")).to_be_visible()

    second.get_by_role("button", name="Let Dee Brown sit out").click()
    expect(first.get_by_role("group", name="Sitting out")).to_contain_text("Dee Brown")
    expect(second.get_by_text("Someone was quicker")).to_be_hidden()


def test_in_a_round_that_is_on_people_move_only_after_a_yes_and_a_short_table_is_helped(
    begin: Callable[[dict[str, str]], Evening], browser: Browser
) -> None:
    evening = begin(GUESTS)
    console = drafted(evening, browser)
    console.get_by_role("button", name="Publish round 1").click()
    expect(console.get_by_role("button", name="Start talking now")).to_be_visible()
    console.get_by_text("List", exact=True).click()

    console.get_by_role("button", name="Pick up Ada Lovelace").click()
    other_table(console, "Ada Lovelace").get_by_role("button", name="Put Ada Lovelace here").click()
    expect(console.get_by_role("dialog")).to_contain_text("Move Ada Lovelace from table")
    assert serious_trouble(console) == []
    console.get_by_role("button", name="Yes, move").click()
    expect(table_of(console, "Ada Lovelace")).to_contain_text("Fen")

    script = ONE_OUT.format(slug=evening.slug, name="Bo Diddley")
    evening.server.shell(script)
    expect(console.get_by_text(re.compile(r"Table \d: only 2 people are left"))).to_be_visible()
    assert serious_trouble(console) == []
    console.get_by_role("button", name=re.compile("Top up table")).click()
    expect(console.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
    console.get_by_role("dialog").get_by_role("button", name="Move 1 person").click()
    expect(console.get_by_text(re.compile("only 2 people are left"))).to_be_hidden()
    expect(table_of(console, "Cleo Laine").locator("[data-swap]")).to_have_count(3)

    press_and_confirm(console, "End round 1")
    expect(console.get_by_role("heading", name="Round 1 is over")).to_be_visible()


def test_who_waits_is_seen_and_gets_a_host_or_an_answer(
    begin: Callable[[dict[str, str]], Evening], browser: Browser
) -> None:
    evening = begin(dict.fromkeys((*FARMERS, "Eve Arden", "Flo Kennedy"), "Urban farming"))
    console = drafted(evening, browser)
    console.get_by_role("button", name="Publish round 1").click()
    expect(console.get_by_text("Everyone who is here has a seat.")).to_be_visible()

    phone = evening.page(browser, PHONE, evening.poster)
    phone.get_by_role("button", name="new here").click()
    phone.get_by_label("Your name").fill("Grace Hopper")
    phone.get_by_role("button", name="Urban farming").click()
    phone.get_by_role("button", name="Check in", exact=True).click()

    expect(console.get_by_role("button", name="Seat Grace Hopper now")).to_be_visible()
    assert serious_trouble(console) == []
    console.get_by_role("button", name="Seat Grace Hopper now").click()
    expect(console.get_by_role("alert")).to_contain_text("seat")
    console.get_by_role("button", name="Dismiss").click()
    console.get_by_role("button", name="Send a host to Grace Hopper").click()
    expect(console.get_by_role("alert")).to_contain_text("host")
