"""After the talk, in a real Chromium: who picks each other is introduced, an hour after the evening has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.evening import Evening, begin_evening, press_and_confirm, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

GUESTS = dict.fromkeys(("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown"), "Urban farming")
QUESTION = "Would you like a longer talk with someone in the next week?"
CONTACT = "How they can reach me, if they pick me too"
AN_HOUR_LATER = """
from datetime import timedelta
from django.db.models import F
from events.models import Event
Event.objects.filter(slug={slug!r}).update(ended_at=F("ended_at") - timedelta(hours=1))
"""


@pytest.fixture
def evening(server: Server, tmp_path: Path) -> Iterator[Evening]:
    begun = begin_evening(server, tmp_path, "afterwards", GUESTS)
    yield begun
    begun.close()


def arrive(evening: Evening, browser: Browser, name: str) -> Page:
    phone = evening.check_in(browser, name)
    expect(phone.get_by_text("What happens next")).to_be_visible()
    return phone


def hold_a_round(console: Page) -> None:
    console.get_by_role("button", name="Draft round 1").click()
    console.get_by_role("button", name="Publish round 1").click()
    console.get_by_role("button", name="Start talking now").click()
    press_and_confirm(console, "End round 1")


def pick(phone: Page, name: str, contact: str) -> None:
    """Pick someone, say how to be reached, and see that it is kept."""
    row = phone.get_by_role("group", name=name)
    row.get_by_role("button").click()
    expect(row.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    row.get_by_label(CONTACT).fill(contact)
    row.get_by_label(CONTACT).blur()
    expect(row.get_by_text("✓ Saved")).to_be_visible()


def test_two_who_pick_each_other_read_how_to_reach_each_other_after_the_reveal(
    evening: Evening, browser: Browser
) -> None:
    evening.open_doors()
    ada, bo, cleo = (
        arrive(evening, browser, name) for name in ("Ada Lovelace", "Bo Diddley", "Cleo Laine")
    )
    console = evening.organiser(browser)
    hold_a_round(console)
    expect(ada.get_by_role("heading", level=1, name=QUESTION)).to_be_visible()
    expect(ada.get_by_text("introduced an hour after the evening ends")).to_be_visible()
    pick(ada, "Bo", "ada@example.org")

    press_and_confirm(console, "End the evening")
    for phone in (ada, bo, cleo):
        expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(ada.get_by_label(CONTACT)).to_have_value("ada@example.org")
    pick(bo, "Ada", "ring me: 555 0100")
    pick(ada, "Cleo", "ada@example.org")
    trouble = {"asked": serious_trouble(ada)}

    evening.server.tablemates(
        "shell", "--no-imports", "-c", AN_HOUR_LATER.format(slug=evening.slug)
    )
    for phone in (ada, bo, cleo):
        phone.reload()
    introduced = ada.get_by_role("listitem").filter(has_text="Bo Diddley")
    expect(introduced.get_by_text("ring me: 555 0100", exact=True)).to_be_visible()
    introduced = bo.get_by_role("listitem").filter(has_text="Ada Lovelace")
    expect(introduced.get_by_text("ada@example.org", exact=True)).to_be_visible()
    expect(bo.get_by_role("link")).to_have_count(0)
    expect(cleo.get_by_text("No introductions this time")).to_be_visible()
    expect(ada.get_by_text("Cleo Laine")).to_have_count(0)
    trouble |= {"introduced": serious_trouble(ada), "not introduced": serious_trouble(cleo)}
    assert trouble == {state: [] for state in trouble}
