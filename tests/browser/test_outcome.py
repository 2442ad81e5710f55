"""What an organiser sets out to reach, is told of, reads afterwards and deletes in the end, in a real Chromium."""

from __future__ import annotations

import csv
import json
import re
import secrets
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.evening import (
    EVERYBODY_IN,
    PHONE,
    Evening,
    begin_evening,
    press_and_confirm,
    serious_trouble,
    tab_to,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.serving import Server

FARMERS = ("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown", "Elif Şafak")
OTHERS = ("Fen Yu", "Gus Grissom", "Hedy Lamarr", "Iris Murdoch")
GUESTS = {**dict.fromkeys(FARMERS, "Urban farming"), **dict.fromkeys(OTHERS, "Open data")}
IN_SERIES = """
from events.models import Series
event.series = Series.objects.create(team=event.team, name="Series of {slug}")
event.save()
"""
# Targets, then a round at which three people feel pitched at and two pick each other, and two hours since the end. Long ago
# there was an evening of the same series, which has been deleted.
HELD = (
    IN_SERIES
    + """
from datetime import timedelta
from tablemates.followup.models import PastOutcome
from tablemates.followup.services import flag_table, pick, set_targets
from matching.services import draft_round, end_evening, publish_round
told = [{{"measure": "seated_soon", "value": 0.625, "of": 40, "why_hidden": None}}]
long_ago = event.created_at - timedelta(days=30)
PastOutcome.objects.create(series=event.series, title="Spring supper", held_at=long_ago, figures=told)
set_targets(event=event, targets={{"seated_soon": 0.8, "topic_cover": 0.9, "introduced": 0.4, "pitched": 0.1}})
call_command("event", "open", {slug!r})
"""
    + EVERYBODY_IN
    + """
draft = draft_round(event=event, version=0)
mixer = publish_round(round=draft, version=draft.mixer.version)
ada, bo, cleo, *_others = event.attendees.order_by("name")
for person in (ada, bo, cleo):
    flag_table(reporter=person, table_id=person.seats.get().table_id, kinds=["pitched"])
for one, other in ((ada, bo), (bo, ada)):
    pick(picker=one, picked_id=other.pk)
event = end_evening(event=event, version=mixer.version)
event.ended_at -= timedelta(hours=2)
event.save()
"""
)
FELT_UNSAFE = re.compile("felt unsafe")
WORDS = "He would not let me go."


@pytest.fixture
def begun(server: Server, tmp_path: Path) -> Iterator[list[Evening]]:
    """Evenings that a test begins are closed after it."""
    evenings: list[Evening] = []
    yield evenings
    for evening in evenings:
        evening.close()


def begin(
    begun: list[Evening], server: Server, folder: Path, *, doors: bool, then: str = ""
) -> Evening:
    slug = f"outcome-{secrets.token_hex(4)}"
    begun.append(begin_evening(server, folder, slug, GUESTS, doors=doors, then=then))
    return begun[-1]


def hold_a_round(console: Page) -> None:
    console.get_by_role("button", name="Draft round 1").click()
    console.get_by_role("button", name="Publish round 1").click()
    console.get_by_role("button", name="Start talking now").click()


def feel(evening: Evening, name: str, *flags: str, **more: object) -> None:
    """Somebody says on their phone how their table felt."""
    me = {"Authorization": f"Ticket {evening.tickets[name]}"}
    api = f"{evening.server.url}/api/v1/me"
    seat = httpx.get(f"{api}/snapshot", headers=me).json()["state"]["seat"]
    told = {"flags": flags, **more}
    httpx.put(f"{api}/tables/{seat['id']}/flags", json=told, headers=me).raise_for_status()


def item(page: Page, heading: str) -> Locator:
    """What is said of a measure."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=heading))


def rows(page: Page, title: str) -> list[list[str]]:
    """The table behind a picture, opened by the keyboard."""
    tab_to(page, "As a table")
    page.keyboard.press("Enter")
    table = page.get_by_role("region", name=title).get_by_role("row")
    expect(table.first).to_be_visible()
    return [[" ".join(cell.split()) for cell in row.split("\t")] for row in table.all_inner_texts()]


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=name).click()
    return coming.value.path().read_bytes()


def test_targets_are_set_before_doors_and_stand_from_then_on(
    begun: list[Evening], server: Server, browser: Browser, tmp_path: Path
) -> None:
    evening = begin(begun, server, tmp_path, doors=False)
    console = evening.organiser(browser)
    console.get_by_role("link", name="Set targets for the evening").click()
    console.get_by_role("checkbox", name="Introductions followed up").uncheck()
    console.get_by_role("checkbox", name="At a table with a topic").check()
    pitched = console.get_by_role("spinbutton", name="Felt pitched at: at most")
    for share, said in (("101", "Choose a share"), ("10", "until the doors open")):
        pitched.fill(share)
        console.get_by_role("button", name="Set these targets").click()
        expect(console.get_by_text(said)).to_be_visible()
    assert serious_trouble(console) == []
    console.reload()
    expect(pitched).to_have_value("10")
    evening.open_doors()
    expect(console.get_by_text("The evening is on")).to_be_visible()
    expect(item(console, "Felt pitched at")).to_contain_text("Target: at most 10%")
    expect(pitched).to_have_count(0)


def test_outcome_is_scored_drawn_compared_and_taken_along_without_a_name(
    begun: list[Evening], server: Server, browser: Browser, tmp_path: Path
) -> None:
    evening = begin(begun, server, tmp_path, doors=False, then=HELD)
    console = evening.organiser(browser)
    console.get_by_role("link", name="See what came of it").click()
    expect(console.get_by_text("2 of 4 targets reached.")).to_be_visible()
    for measure, told in {
        "Seated within 10 minutes": ("✓ reached", "100%", "of 9 people who came"),
        "At a table with a topic of their own": ("✓ reached", "100%", "of 9 seats"),
        "With an introduction": ("not reached", "22.2%", "Target: at least 40%"),
        "Felt pitched at": ("not reached", "33.3%", "Target: at most 10%"),
        "Introductions followed up": ("Hidden, since it speaks of fewer than five people.",),
    }.items():
        for words in told:
            expect(item(console, measure)).to_contain_text(words)

    assert rows(console, "When people came")[-1][-1] == "9"
    assert rows(console, "How long people waited")[1] == ["up to 2 minutes", "9"]
    assert rows(console, "Round by round")[1:] == [["Round 1", "2", "9", "100%", "0"]]
    fair = rows(console, "Was it fair?")[1:]
    assert fair == [["Everybody", "100%"], ["The five worst off", "hidden"]]
    series = console.get_by_role("region", name=f"Series of {evening.slug}").get_by_role("row")
    expect(series).to_have_count(3)
    expect(series.nth(1)).to_contain_text(re.compile(r"Spring supper.*62\.5%"))
    assert serious_trouble(console) == []

    sheet, report = download(console, "Download as CSV"), download(console, "Download as JSON")
    lines = list(csv.DictReader(sheet.decode("utf-8-sig").splitlines()))
    assert {line["Event"] for line in lines} == {"Spring supper", f"Evening {evening.slug}"}
    assert json.loads(report)["figures"][0]["value"] == 1
    told = sheet.decode() + report.decode()
    assert [name for name in GUESTS if name.split()[0] in told] == []


def test_organisers_hear_at_once_of_who_felt_unsafe_and_of_patterns_only(
    begun: list[Evening], server: Server, browser: Browser, tmp_path: Path
) -> None:
    evening = begin(begun, server, tmp_path, doors=True, then=EVERYBODY_IN)
    room, door = evening.organiser(browser), evening.organiser(browser, "door/")
    hold_a_round(room)
    feel(evening, FARMERS[0], "unsafe", words=WORDS)
    alert, hint = (page.get_by_role("alert").filter(has_text=FELT_UNSAFE) for page in (room, door))
    expect(alert).to_contain_text(WORDS)
    expect(alert).to_contain_text("Do not ask who told you")
    expect(alert).not_to_contain_text("Ada")
    # Guests may look over a shoulder at the door.
    expect(hint).to_be_visible()
    expect(door.get_by_text(WORDS)).to_have_count(0)
    assert serious_trouble(room) == serious_trouble(door) == []

    for name in FARMERS[1:3]:
        feel(evening, name, "one_voice")
    feel(evening, OTHERS[0], "unsafe", words="", named=True)
    expect(alert.filter(has_text="Fen Yu told you this")).to_be_visible()
    expect(hint).to_contain_text("2 times")
    expect(room.get_by_text("What people say of their tables")).to_have_count(0)
    feel(evening, FARMERS[3], "one_voice")
    pattern = room.get_by_role("status", name="What people say of their tables")
    expect(pattern).to_contain_text("3 people say that one voice took over")
    expect(pattern).to_contain_text(re.compile(r"Round 1, table \d: 3 people"))

    tab_to(room, "It is taken care of")
    room.keyboard.press("Enter")
    tab_to(room, "It is taken care of")
    room.keyboard.press("Enter")
    expect(alert).to_have_count(1)
    press_and_confirm(room, "It is taken care of")
    expect(alert).to_have_count(0)
    expect(hint).to_have_count(0)


def test_deleted_event_says_so_wherever_a_link_led_to_it(
    begun: list[Evening], server: Server, browser: Browser, tmp_path: Path
) -> None:
    evening = begin(begun, server, tmp_path, doors=False, then=IN_SERIES)
    console, colleague = evening.organiser(browser, "settings/"), evening.organiser(browser)
    expect(console.get_by_label("Series", exact=True)).to_have_value(f"Series of {evening.slug}")
    console.get_by_label("Longer talks for each").fill("3")
    console.get_by_role("button", name="Save").click()
    expect(console.get_by_text("Saved.")).to_be_visible()

    console.get_by_role("button", name="Delete the event").click()
    dialog = console.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Evening")
    dialog.get_by_role("textbox").press("Enter")
    expect(dialog.get_by_text("The event is called")).to_be_visible()
    assert serious_trouble(console) == []
    dialog.get_by_role("textbox").fill(f"Evening {evening.slug}")
    dialog.get_by_role("textbox").press("Enter")
    expect(console.get_by_role("heading", name="Your events")).to_be_visible()
    expect(console.get_by_text(f"“Evening {evening.slug}” has been deleted.")).to_be_visible()
    expect(console.get_by_role("link", name=f"Evening {evening.slug}")).to_have_count(0)

    expect(colleague.get_by_text("This event has been deleted")).to_be_visible()
    visitor = evening.page(browser, PHONE, evening.poster)
    expect(visitor.get_by_role("heading", name="This evening is gone")).to_be_visible()
    assert serious_trouble(visitor) == []
    answer = colleague.goto(f"{server.url}/console/events/{evening.event_id}/outcome/")
    assert answer
    assert answer.status == 410
    colleague.get_by_role("link", name="To your events").click()
    expect(colleague.get_by_role("heading", name="Your events")).to_be_visible()
