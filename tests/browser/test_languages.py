"""An evening in another language than English, and pages that are read from right to left."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.evening import PHONE, Evening, begin_evening, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.serving import Server

GUESTS = dict.fromkeys(("Ada Lovelace", "Bo Diddley", "Cleo Laine"), "Urban farming")
SOURCES = Path(__file__).parents[2] / "frontend/src"
# Sentences of the English catalogues, as far as they are said as they stand.
ENGLISH = {
    said
    for file in SOURCES.rglob("words/en.ts")
    for said in re.findall(r"'([^'{}]{12,})'[,}]", file.read_text(encoding="utf-8"))
}
PAGES = ("", "guests/", "door/", "tables/", "outcome/", "settings/")
# The demo's evening of yesterday: over, with letters to write, requests to answer and a memory to look at.
YESTERDAY = """
import json
from tablemates.accounts.services import ensure_organiser, make_sign_in_token
from tablemates.rehearsal.management.commands.demo import ORGANISER, fresh_evenings
organiser = ensure_organiser(email=ORGANISER, team_name="Demo")
_tonight, guest = fresh_evenings(organiser)
print(json.dumps({
    "guest": "/t#" + guest.tickets.get(issuer="tablemates").secret,
    "console": "/console/enter/" + make_sign_in_token(organiser),
    "outcome": f"/console/events/{guest.event_id}/outcome/",
}))
"""


@pytest.fixture
def evening(server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Evening]:
    slug = re.sub(r"[^a-z]+", "-", request.node.originalname.removeprefix("test_"))[:50].strip("-")
    begun = begin_evening(server, tmp_path, slug, GUESTS)
    yield begun
    begun.close()


def check_in(evening: Evening, browser: Browser, name: str) -> Page:
    """A German phone at the poster."""
    phone = evening.page(browser, PHONE, evening.poster, "de-DE")
    phone.get_by_role("button", name="Ich habe ein Ticket").click()
    phone.get_by_label("Link oder Kurzcode").fill(evening.ticket_link(name))
    phone.get_by_role("button", name="Einchecken").click()
    return phone


def english_on(page: Page) -> set[str]:
    """What is said in English on a page."""
    shown = page.locator("body").inner_text()
    return {said for said in ENGLISH if said in shown}


def overflow(page: Page) -> int:
    """Pixels that a page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def test_an_evening_in_german_on_console_and_phones(evening: Evening, browser: Browser) -> None:
    console = evening.organiser(browser, locale="de-DE")
    console.get_by_role("button", name="Einlass öffnen").click()
    console.get_by_role("button", name="Tische entstehen lassen").click()
    ada, *others = (check_in(evening, browser, name) for name in GUESTS)
    expect(ada.get_by_text("Alle drei haben Urban farming gewählt.")).to_be_visible()
    for phone in (ada, *others):
        expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile(r"Tisch\s*1"))
        assert english_on(phone) == set()
    for part in PAGES:
        console.goto(f"{evening.server.url}/console/events/{evening.event_id}/{part}")
        assert serious_trouble(console) == []
        assert console.evaluate("document.documentElement.lang") == "de"
        assert english_on(console) == set()


@pytest.fixture
def german(browser: Browser) -> Iterator[BrowserContext]:
    """A German phone."""
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", locale="de-DE")
    yield context
    context.close()


def open_all(page: Page) -> None:
    """Unfold whatever is folded, also within."""
    folded = page.locator("details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()


def test_the_day_after_in_german_on_a_guests_page_and_in_the_outcome(
    server: Server, german: BrowserContext
) -> None:
    links = json.loads(server.shell(YESTERDAY))
    page = german.new_page()
    page.goto(server.url + links["guest"])
    expect(page.get_by_role("heading", name="Sie möchten beide länger reden")).to_be_visible()
    open_all(page)
    assert (english_on(page), serious_trouble(page), overflow(page)) == (set(), [], 0)
    page.get_by_text("Was Tablemates demo von Ihnen weiß").click()
    expect(page.get_by_role("heading", name="Ihre Abende")).to_be_visible()
    open_all(page)
    assert (english_on(page), serious_trouble(page), overflow(page)) == (set(), [], 0)

    page.goto(server.url + links["console"])
    page.goto(server.url + links["outcome"])
    expect(page.get_by_role("heading", name="Was Sie sich vorgenommen haben")).to_be_visible()
    open_all(page)
    assert (english_on(page), serious_trouble(page), overflow(page)) == (set(), [], 0)


def test_language_chosen_on_a_phone_stays_and_the_server_speaks_it_too(
    evening: Evening, browser: Browser
) -> None:
    phone = evening.page(browser, PHONE, evening.ticket_link("Ada Lovelace"), "de-DE")
    expect(phone.get_by_role("heading", name="Bis dann, Ada")).to_be_visible()
    phone.get_by_label("Sprache").select_option("fr")
    expect(phone.get_by_role("heading", name="À bientôt, Ada")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="À bientôt, Ada")).to_be_visible()
    refused = phone.evaluate("fetch('/api/v1/me').then((answer) => answer.json())")
    assert refused["message"] == "Connectez-vous d’abord, ou rouvrez votre propre lien."  # noqa: RUF001


def test_language_chosen_in_the_console_stays(evening: Evening, browser: Browser) -> None:
    console = evening.organiser(browser)
    expect(console.get_by_role("heading", name="The doors are closed")).to_be_visible()
    console.get_by_label("Language").select_option("de")
    expect(console.get_by_role("heading", name="Der Einlass ist zu")).to_be_visible()
    console.reload()
    expect(console.get_by_label("Sprache")).to_have_value("de")
    assert serious_trouble(console) == []


def test_pages_from_right_to_left_keep_within_their_window(
    evening: Evening, browser: Browser
) -> None:
    evening.open_doors()
    console = evening.organiser(browser)
    phones = [
        evening.page(browser, PHONE, address)
        for address in (evening.poster, evening.ticket_link("Ada Lovelace"))
    ]
    phones.append(evening.check_in(browser, "Bo Diddley"))
    for phone in phones:
        phone.get_by_role("heading", level=1).wait_for()
        phone.evaluate("document.documentElement.dir = 'rtl'")
        assert overflow(phone) == 0
        assert serious_trouble(phone) == []
    for part in PAGES:
        console.goto(f"{evening.server.url}/console/events/{evening.event_id}/{part}")
        console.get_by_role("heading", level=1).wait_for()
        console.evaluate("document.documentElement.dir = 'rtl'")
        assert overflow(console) == 0
        assert serious_trouble(console) == []
