"""Paper, as Chromium prints it: the right size, nothing cut off, and every code read by another reader than our own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.evening import Evening, begin_evening, serious_trouble
from tests.browser.printing import cut, cut_off, print_out, read_code, read_codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

SIZES = {"a4": (210, 297), "letter": (216, 279)}
NAMES = (
    "Ada Lovelace",
    "Bo",
    "Christopher-Alexander Featherstonehaugh-Cholmondeley the Third",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarenge Sen",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "عبد الرحمن بن محمد بن عبد العزيز بن عبد الله آل سعود الكبير",
    "שרה כהן",
    "山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎",
    "🎉🎊✨🎉🎊✨🎉🎊✨🎉🎊✨🎉🎊✨🎉🎊✨🎉🎊✨🎉🎊✨🎉🎊✨🎉🎊✨",
    "<b>Bold</b> & Co",
    "Zoë Ñandú",
    "Мария Александровна Константинопольская-Преображенская",
    "J. R. R. Tolkien",
)
LONG = "Municipal open data and civic technology for small towns"
GUESTS = dict.fromkeys(NAMES, f"Urban farming; {LONG}; {LONG.replace('Municipal', 'Regional')}")

SET_UP = """
from datetime import UTC, datetime
from events.models import Attendee, Event
event = Event.objects.get(slug={slug!r})
event.title = "An unusually long title for a spring evening of makers, growers, gardeners, bakers and their neighbours from all around"
event.starts_at, event.time_zone = datetime(2026, 3, 14, 18, 5, tzinfo=UTC), "America/Argentina/ComodRivadavia"
event.place = "The Great Hall of the Municipal Library and Archive, second floor, entrance from the courtyard behind the old market, beside the fountain and the linden trees"
event.save()
event.attendees.update(company="A very long company name with many words GmbH & Co. KG, Partners and Daughters Ltd.", email="secret@example.org")
gone = event.attendees.get(name="Zoë Ñandú")
gone.status = "cancelled"
gone.save()
"""
SECRETS = """
import json
from events.models import Ticket
rows = Ticket.objects.filter(event__slug={slug!r}, issuer={issuer!r}, revoked_at=None)
print(json.dumps({{t.attendee.name: t.secret for t in rows.select_related("attendee")}}))
"""


@pytest.fixture(scope="module")
def evening(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    begun = begin_evening(server, tmp_path_factory.mktemp("paper"), "paper", GUESTS, then=SET_UP)
    yield begun
    begun.close()


def shell(evening: Evening, script: str, **words: str) -> str:
    return evening.server.shell(script.format(slug=evening.slug, **words))


def secrets_of_guests(evening: Evening, issuer: str) -> list[str]:
    """The secrets of those who are coming."""
    found = json.loads(shell(evening, SECRETS, issuer=issuer))
    return sorted(secret for name, secret in found.items() if name != "Zoë Ñandú")


def open_paper(evening: Evening, browser: Browser, kind: str, choices: str) -> Page:
    page = evening.organiser(browser, f"print/{kind}/?{choices}")
    page.wait_for_selector("html[data-fitted]", state="attached")
    return page


@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("distance", [0.5, 1, 1.5])
def test_poster_reads_from_its_distance(
    evening: Evening, browser: Browser, paper: str, distance: float
) -> None:
    page = open_paper(evening, browser, "poster", f"paper={paper}&distance={distance}")
    assert cut_off(page) == []
    (sheet,) = print_out(page)
    assert sheet.size == SIZES[paper]
    assert sheet.blank_edge() >= 4
    code = read_code(sheet)
    assert re.sub(r"^http://[^/]+", evening.server.url, code.text) == evening.poster
    assert code.width >= distance * 100


@pytest.mark.parametrize("paper", SIZES)
def test_every_ticket_is_read_back(evening: Evening, browser: Browser, paper: str) -> None:
    page = open_paper(evening, browser, "tickets", f"paper={paper}")
    assert cut_off(page) == []
    sheets = print_out(page)
    assert [sheet.size for sheet in sheets] == [SIZES[paper]] * 2
    assert min(sheet.blank_edge() for sheet in sheets) >= 4
    codes = [read_code(card) for card in cut(page, sheets)]
    links = [f"{evening.server.url}/t#{s}" for s in secrets_of_guests(evening, "tablemates")]
    assert sorted(code.text for code in codes) == links
    assert min(code.width for code in codes) >= 33 * 0.4


@pytest.mark.parametrize(("paper", "sheets_needed"), [("a4", 2), ("letter", 2)])
def test_every_badge_is_read_back(
    evening: Evening, browser: Browser, paper: str, sheets_needed: int
) -> None:
    page = open_paper(evening, browser, "badges", f"paper={paper}")
    assert cut_off(page) == []
    sheets = print_out(page)
    assert [sheet.size for sheet in sheets] == [SIZES[paper]] * sheets_needed
    assert min(sheet.blank_edge() for sheet in sheets) >= 4
    cards = cut(page, sheets)
    assert {card.size for card in cards} == {(85, 55)}
    codes = [read_code(card) for card in cards]
    assert sorted(code.text for code in codes) == secrets_of_guests(evening, "badge")
    assert min(code.width for code in codes) >= 25 * 0.4


@pytest.mark.parametrize("paper", SIZES)
def test_table_cards_are_a_sheet_each_and_hold_no_code(
    evening: Evening, browser: Browser, paper: str
) -> None:
    page = open_paper(evening, browser, "table-cards", f"paper={paper}")
    assert cut_off(page) == []
    sheets = print_out(page)
    # Twelve are coming, five to a table.
    assert [sheet.size for sheet in sheets] == [SIZES[paper]] * 3
    assert min(sheet.blank_edge() for sheet in sheets) >= 3
    assert [code for sheet in sheets for code in read_codes(sheet)] == []


@pytest.mark.parametrize("kind", ["poster", "tickets", "badges", "table-cards"])
def test_preview_serves_everyone_and_its_bar_is_not_printed(
    evening: Evening, browser: Browser, kind: str
) -> None:
    page = open_paper(evening, browser, kind, "paper=a4")
    assert serious_trouble(page) == []
    page.get_by_label("Paper").select_option("letter")
    page.wait_for_url(re.compile("paper=letter"))
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()


def test_too_small_paper_leads_to_a_poster_that_fits(evening: Evening, browser: Browser) -> None:
    page = open_paper(evening, browser, "poster", "paper=a4&distance=3")
    expect(page.get_by_role("heading", name="A4 is too small for that distance")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    page.get_by_role("link", name="Poster for").click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
