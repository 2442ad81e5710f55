"""Tickets in the console's guest list: replaced, mailed, and what people's phones say then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.evening import PHONE, Evening, begin_evening, press_and_confirm, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.serving import Server

GUESTS = dict.fromkeys(("Ada Lovelace", "Bo Diddley", "Cleo Laine"), "Urban farming")
ADDRESSES = """
from events.models import Event
people = Event.objects.get(slug={slug!r}).attendees
people.exclude(name="Cleo Laine").update(email="somebody@example.org")
"""


@pytest.fixture
def evening(server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Evening]:
    slug = request.node.name.replace("_", "-")[:50]
    begun = begin_evening(server, tmp_path, slug, GUESTS, then=ADDRESSES)
    yield begun
    begun.close()


def test_new_ticket_ends_the_old_ones_page_and_entry(evening: Evening, browser: Browser) -> None:
    evening.open_doors()
    phone = evening.page(browser, PHONE, evening.ticket_link("Ada Lovelace"))
    expect(phone.get_by_role("img", name="Your ticket as a QR code")).to_be_visible()
    console = evening.organiser(browser, "guests/")
    console.get_by_role("button", name="More for Ada Lovelace").click()
    expect(console.get_by_role("button", name="Trade, needs, host…")).to_be_focused()
    assert serious_trouble(console) == []
    press_and_confirm(console, "New ticket")
    expect(console.get_by_role("button", name="More for Ada Lovelace")).to_be_focused()

    # The page in the pocket ends by itself, and says how to get a new one.
    expect(
        phone.get_by_role("heading", name="This link does not open a ticket any more")
    ).to_be_visible()
    expect(phone.get_by_text("scan the poster at the door and check in")).to_be_visible()
    door = evening.organiser(browser, "door/")
    typed = door.get_by_label("Ticket code")
    typed.fill(evening.ticket_link("Ada Lovelace"))
    typed.press("Enter")
    expect(door.get_by_text("Cancelled ticket").first).to_be_visible()


def test_blocked_guest_may_be_let_in_again(evening: Evening, browser: Browser) -> None:
    console = evening.organiser(browser, "guests/")
    row = console.get_by_role("row", name="Bo Diddley")
    row.get_by_role("button", name="More for Bo Diddley").click()
    row.get_by_role("button", name="Do not let in").click()
    expect(row.get_by_text("Not let in")).to_be_visible()
    row.get_by_role("button", name="More for Bo Diddley").click()
    row.get_by_role("button", name="Let in again").click()
    expect(row.get_by_text("Not here yet")).to_be_visible()


def test_all_who_have_an_address_are_mailed_once(evening: Evening, browser: Browser) -> None:
    outbox = Path(evening.server.env["TABLEMATES_HOME"]) / "mail"
    before = len(list(outbox.glob("*.eml")))
    console = evening.organiser(browser, "guests/")
    press_and_confirm(console, "Mail tickets to all (2)")
    # This server has no mail server, and says so.
    expect(console.get_by_text("2 mails were written, but not sent")).to_be_visible()
    expect(console.get_by_text("Ticket mailed")).to_have_count(2)
    expect(console.get_by_text("No e-mail address")).to_have_count(1)
    expect(console.get_by_role("button", name="Mail tickets to all")).to_have_count(0)
    assert len(list(outbox.glob("*.eml"))) == before + 2
