"""The big screen in a real Chromium: what the far end of the hall can read, and in which language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.evening import HALL, Evening, begin_evening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

LONG = "Maximiliane <i>of the seven hills</i>, called Max by everybody"
NAMES = ("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown", "ليلى حداد", "李娜", LONG)
GUESTS = dict.fromkeys(NAMES, "Urban farming and community gardens of the inner city")
# Everybody is in and sits at table 7 of 7, by the plan; one of them would rather not be named.
SEATED = """
from datetime import timedelta
from secrets import token_hex
from django.utils import timezone
from checkin.services import check_in, console_station
from matching.models import Mixer, Round, Seat, Table, VenueTable
Event.objects.update(language={language!r})
for person in event.attendees.all():
    check_in(event=event, station=console_station(event, "all"), nonce=token_hex(8), attendee=person)
event.attendees.filter(name="Dee Brown").update(on_screen=False)
mixer, _ = Mixer.objects.get_or_create(event=event)
for number in range(1, 8):
    VenueTable.objects.create(mixer=mixer, number=number, chairs=8, x=12 * number, y=50)
now = timezone.now()
begins, ends = (now + timedelta(minutes=minutes) for minutes in {minutes})
round = Round.objects.create(mixer=mixer, number=1, kind="timed", status="published",
    starts_at=begins, ends_at=ends, published_at=now)
table = Table.objects.create(round=round, number=7, topic=event.interests.first(), shared=True,
    why={{"holders": 7, "size": 7, "help": None}})
for person in event.attendees.all():
    Seat.objects.create(round=round, table=table, attendee=person)
"""
GATHER, TALK, DONE = (3, 18), (-1, 14), (-20, -5)

# Text that is not hidden, smaller than a twentieth of the height; of a drawing as it is scaled.
TOO_SMALL = """() => {
  const found = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const { parentElement: box } = node, { width, height } = box.getBoundingClientRect();
    if (!node.data.trim() || width < 2 || height < 2) continue;
    const scale = box.getScreenCTM ? box.getScreenCTM().d : 1;
    const size = parseFloat(getComputedStyle(box).fontSize) * scale;
    if (size < innerHeight / 20 - 0.1) found.push(`${node.data.trim()}: ${size}`);
  }
  return found;
}"""


@pytest.fixture
def show(
    server: Server, browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """show(minutes, language) -> Page: the screen of an event whose round begins and ends so many minutes from now."""
    begun: list[Evening] = []

    def start(minutes: tuple[int, int] | None, language: str = "en") -> Page:
        slug = re.sub(r"[^a-z]+", "-", request.node.name.removeprefix("test_"))[:50].strip("-")
        then = SEATED.replace("{language!r}", repr(language)).replace("{minutes}", str(minutes))
        begun.append(
            begin_evening(server, tmp_path, slug, GUESTS, doors=True, then=then if minutes else "")
        )
        return begun[-1].page(browser, HALL, begun[-1].screen)

    yield start
    for evening in begun:
        evening.close()


def expect_readable(screen: Page) -> None:
    """Large enough, and light enough on its ground: 7:1, which is what axe calls enhanced contrast."""
    assert screen.evaluate(TOO_SMALL) == []
    rules = {
        "runOnly": ["color-contrast-enhanced"],
        "rules": {"color-contrast-enhanced": {"enabled": True}},
    }
    assert [
        found["nodes"] for found in Axe().run(screen, options=rules).response["violations"]
    ] == []
    width = screen.evaluate("document.documentElement.scrollWidth")
    assert width == HALL["width"]


def test_doors_can_be_read(show: Callable[..., Page]) -> None:
    screen = show(None)
    expect(screen.get_by_text("Be the first to check in")).to_be_visible()
    expect(screen.get_by_role("img", name="QR code that opens the check-in page")).to_be_visible()
    expect_readable(screen)


def test_names_plan_and_tables_follow_each_other_and_can_be_read(show: Callable[..., Page]) -> None:
    screen = show(GATHER)
    expect(screen.get_by_text("Ada L.", exact=True)).to_be_visible()
    assert screen.locator("li bdi").all_inner_texts() == [
        "Ada L.",
        "Bo D.",
        "Cleo L.",
        "Maximiliane e.",
        "ليلى ح.",
        "李娜",
    ]
    assert screen.locator("i").count() == 0
    expect_readable(screen)
    expect(screen.get_by_role("img", name="Plan of the room")).to_be_visible()
    expect_readable(screen)
    expect(screen.get_by_text("+1", exact=True)).to_be_visible()
    expect(screen.get_by_text("Dee")).to_have_count(0)
    expect_readable(screen)


def test_while_they_talk_clock_and_topics_can_be_read(show: Callable[..., Page]) -> None:
    screen = show(TALK)
    expect(screen.get_by_role("timer")).to_have_text(re.compile(r"1[34]:\d\d"))
    expect(screen.get_by_text("Urban farming and community")).to_be_visible()
    expect_readable(screen)


def test_thanks_can_be_read_and_silence_of_the_server_is_told(show: Callable[..., Page]) -> None:
    screen = show(DONE)
    expect(screen.get_by_text("Thank your table")).to_be_visible()
    expect_readable(screen)
    screen.context.set_offline(True)
    expect(screen.get_by_role("status")).to_have_text("Reconnecting… You see what we last knew.")
    assert screen.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Danke an Ihren Tisch"), ("fr", "Merci à votre table"), ("es", "Gracias a su mesa")],
)
def test_screen_speaks_the_language_of_the_event(
    show: Callable[..., Page], language: str, words: str
) -> None:
    screen = show(DONE, language)
    expect(screen.get_by_role("heading", name=words)).to_be_visible()
    assert screen.evaluate("document.documentElement.lang") == language
    expect_readable(screen)


def test_screen_can_be_read_from_right_to_left(show: Callable[..., Page]) -> None:
    screen = show(GATHER)
    screen.evaluate("document.documentElement.dir = 'rtl'")
    expect(screen.get_by_text("Ada L.", exact=True)).to_be_visible()
    name, number = (screen.locator(f"li {part}").first.bounding_box() for part in ("bdi", "strong"))
    assert name
    assert number
    assert name["x"] > number["x"]
    expect_readable(screen)
