"""Evenings in a real Chromium: scan, check in, sit down, on console, phone and screen."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.evening import (
    HALL,
    PHONE,
    Evening,
    begin_evening,
    press_and_confirm,
    serious_trouble,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

GERMAN_PRETIX = Path(__file__).parents[1] / "data/guest_lists/pretix_checkin_list_german.csv"
FARMERS = ("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown", "Eve Arden")
GUESTS = {
    **dict.fromkeys(FARMERS, "Urban farming"),
    **dict.fromkeys(("Dev Patel", "Elif Şafak", "Fen", "Gus Grissom", "Hedy Lamarr"), "Open data"),
}


@pytest.fixture
def evening(server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Evening]:
    slug = re.sub(r"[^a-z]+", "-", request.node.originalname.removeprefix("test_"))[:50].strip("-")
    begun = begin_evening(server, tmp_path, slug, GUESTS)
    yield begun
    begun.close()


def check_in_as_walk_in(evening: Evening, browser: Browser, name: str, topic: str) -> Page:
    """At the poster, without a ticket."""
    phone = evening.page(browser, PHONE, evening.poster)
    phone.get_by_role("button", name="new here").click()
    phone.get_by_label("Your name").fill(name)
    phone.get_by_role("button", name=topic).click()
    phone.get_by_role("button", name="Check in", exact=True).click()
    return phone


def table_on(phone: Page) -> re.Pattern[str]:
    """Wait for a table on a phone and return its number as the screen writes it."""
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"Table\s*\d+"), timeout=10_000)
    number = re.search(r"\d+", heading.inner_text())
    assert number
    return re.compile(rf"^\D*{number[0]}$")


def test_from_the_poster_to_a_table_on_phone_and_screen(evening: Evening, browser: Browser) -> None:
    console = evening.organiser(browser)
    console.get_by_role("button", name="Open the doors").click()
    console.get_by_role("button", name="Let tables form").click()
    screen = evening.page(browser, HALL, evening.screen)
    expect(screen.get_by_text("Be the first to check in")).to_be_visible()

    ada = evening.check_in(browser, "Ada Lovelace")
    expect(ada.get_by_text("You are the first one here for Urban farming")).to_be_visible()
    bo = evening.check_in(browser, "Bo Diddley")
    expect(bo.get_by_text("One other person who picked Urban farming is here")).to_be_visible()
    grace = check_in_as_walk_in(evening, browser, "Grace Hopper", "Urban farming")

    for phone in (ada, bo, grace):
        table_on(phone)
        expect(phone.get_by_text("All three picked Urban farming.")).to_be_visible()
    expect(ada.get_by_text("Grace", exact=True)).to_be_visible()
    expect(
        screen.get_by_text("3 people are here").or_(screen.get_by_text("Grace H.")).first
    ).to_be_visible()
    expect(console.get_by_text("Urban farming").first).to_be_visible()

    ada.reload()
    table_on(ada)


def test_a_ticket_held_before_the_scanner_lets_its_owner_in(
    evening: Evening, browser: Browser, launch_with_camera: Callable[[str], Browser]
) -> None:
    evening.open_doors()
    phone = evening.page(browser, PHONE, evening.ticket_link("Dev Patel"))
    expect(phone.get_by_role("img", name="Your ticket as a QR code")).to_be_visible()

    with_camera = launch_with_camera(evening.ticket_link("Dev Patel"))
    door = evening.organiser(with_camera, "door/")
    foreign: list[str] = []
    door.on("request", lambda request: foreign.append(request.url))
    door.get_by_role("button", name="Scan with the camera").click()

    expect(door.get_by_text("Welcome, Dev").first).to_be_visible(timeout=20_000)
    expect(phone.get_by_text("You are the first one here for Open data")).to_be_visible()
    expect(door.get_by_text("came in").first).to_be_visible()
    own = (evening.server.url, "data:", "blob:")
    assert [url for url in foreign if not url.startswith(own)] == []


def test_refusals_at_the_door_are_said_in_words(evening: Evening, browser: Browser) -> None:
    door = evening.organiser(browser, "door/")
    typed = door.get_by_label("Ticket code")
    typed.fill(evening.tickets["Fen"])
    typed.press("Enter")
    expect(door.get_by_text("Doors are not open yet").first).to_be_visible()

    evening.open_doors()
    expect(door.get_by_text("The doors are not open", exact=True)).to_be_hidden()
    for secret, words in (
        ("no such ticket", "Unknown ticket"),
        (evening.tickets["Fen"], "Welcome, Fen"),
        (evening.tickets["Fen"], "Fen is already in"),
    ):
        expect(door.get_by_role("alert")).to_be_hidden(timeout=10_000)
        typed.fill(secret)
        typed.press("Enter")
        expect(door.get_by_text(words).first).to_be_visible()


def test_a_guest_list_is_previewed_before_it_is_imported_and_a_wrong_file_is_explained(
    evening: Evening, browser: Browser, tmp_path: Path
) -> None:
    guests = evening.organiser(browser, "guests/")
    guests.get_by_role("button", name="Import guests").click()
    picture = tmp_path / "guests.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    guests.locator("input[type=file]").set_input_files(picture)
    expect(guests.get_by_text("That did not work")).to_be_visible()

    guests.locator("input[type=file]").set_input_files(GERMAN_PRETIX)
    expect(guests.get_by_text("A pretix export. Nothing is changed yet.")).to_be_visible()
    expect(guests.get_by_role("cell", name="Jürgen Groß")).to_have_count(0)
    guests.get_by_role("button", name="Import 2 guests").click()
    expect(guests.get_by_text("2 guests imported.")).to_be_visible()
    expect(guests.get_by_text("12 guests", exact=True)).to_be_visible()


def test_a_round_from_draft_to_thanks_on_all_three_surfaces(
    evening: Evening, browser: Browser
) -> None:
    console = evening.organiser(browser)
    console.get_by_role("button", name="Open the doors").click()
    phones = {name: evening.check_in(browser, name) for name in GUESTS}
    screen = evening.page(browser, HALL, evening.screen)

    console.get_by_role("button", name="Draft round 1").click()
    expect(console.get_by_text("every table shares a topic").first).to_be_visible()
    expect(phones["Fen"].get_by_role("heading", level=1)).not_to_contain_text("Table")

    console.get_by_role("button", name="Publish round 1").click()
    for phone in phones.values():
        table_on(phone)
    expect(screen.get_by_text("Find your table")).to_be_visible()
    expect(screen.get_by_text("Ada L.").first).to_be_visible(timeout=30_000)

    console.get_by_role("button", name="Start talking now").click()
    expect(phones["Ada Lovelace"].get_by_text("left to talk")).to_be_visible()
    console.get_by_role("button", name="Pause").click()
    expect(phones["Ada Lovelace"].get_by_text("The clock is paused").first).to_be_visible()
    expect(screen.get_by_text("The clock is paused")).to_be_visible()
    console.get_by_role("button", name="Resume").click()

    phones["Fen"].reload()
    table_on(phones["Fen"])
    press_and_confirm(console, "End round 1")
    expect(phones["Fen"].get_by_text("Time is up").first).to_be_visible()
    expect(screen.get_by_text("Thank your table")).to_be_visible()


def test_a_phone_that_was_offline_is_right_again_by_itself(
    evening: Evening, browser: Browser
) -> None:
    evening.open_doors()
    ada = evening.check_in(browser, "Ada Lovelace")
    expect(ada.get_by_text("You are the first one here for Urban farming")).to_be_visible()
    ada.context.set_offline(True)
    evening.check_in(browser, "Bo Diddley")
    ada.context.set_offline(False)
    expect(ada.get_by_text("One other person who picked Urban farming is here")).to_be_visible(
        timeout=20_000
    )


def test_no_page_has_anything_serious_for_a_screen_reader_to_trip_over(
    evening: Evening, browser: Browser
) -> None:
    evening.open_doors()
    console = f"{evening.server.url}/console/events/{evening.event_id}"
    organiser = evening.organiser(browser)
    found = {"sign-in": serious_trouble(evening.page(browser, PHONE, f"{console}/"))}
    for address in (evening.server.url, f"{console}/", f"{console}/guests/", f"{console}/door/"):
        organiser.goto(address)
        found[address] = serious_trouble(organiser)
    found["poster"] = serious_trouble(evening.page(browser, PHONE, evening.poster))
    found["screen"] = serious_trouble(evening.page(browser, HALL, evening.screen))
    found["ticket"] = serious_trouble(evening.page(browser, PHONE, evening.ticket_link("Fen")))
    waiting = evening.check_in(browser, "Hedy Lamarr")
    expect(waiting.get_by_text("You are the first one here for Open data")).to_be_visible()
    found["waiting"] = serious_trouble(waiting)
    assert found == {address: [] for address in found}


def test_the_printed_poster_opens_the_evening(evening: Evening, browser: Browser) -> None:
    page = evening.organiser(browser, "poster/")
    picture = Image.open(io.BytesIO(page.get_by_role("img", name="QR code").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [evening.poster]
