"""The console's other pages in a real Chromium: the plan, the team, settings, what is known of guests, the line of the evening."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.evening import PHONE, Evening, begin_evening, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

GUESTS = {"Ada Lovelace": "Urban farming", "Bo Diddley": "Open data", "Cleo Laine": "Open data"}
PARTS = ("guests/", "door/", "tables/", "outcome/", "settings/")


@pytest.fixture
def evening(server: Server, tmp_path: Path) -> Iterator[Evening]:
    begun = begin_evening(server, tmp_path, f"pages-{secrets.token_hex(4)}", GUESTS, doors=True)
    yield begun
    begun.close()


def read(page: Page, path: str) -> Any:
    """What the API answers whoever is signed in on this page."""
    return page.evaluate("path => fetch(path).then(answer => answer.json())", f"/api/v1/{path}")


def venue(page: Page, evening: Evening) -> dict[int, tuple[int, int]]:
    """Where each table of the saved plan stands, by number."""
    tables = read(page, f"events/{evening.event_id}/snapshot")["state"]["venue"]
    return {table["number"]: (table["x"], table["y"]) for table in tables}


def overflows(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_tables_are_laid_dragged_moved_by_keyboard_and_saved(
    evening: Evening, browser: Browser
) -> None:
    console = evening.organiser(browser, "tables/")
    console.get_by_label("Rows").fill("1")
    console.get_by_label("In each row").fill("3")
    console.get_by_role("button", name="Add to the plan").click()
    plan = console.get_by_role("group", name="Tables on the plan")
    expect(plan.get_by_role("button", name=re.compile("^Table"))).to_have_count(3)

    # By mouse: a fifth of the room to the right, and down.
    room, table = plan.bounding_box(), plan.get_by_role("button", name="Table 1")
    assert room
    table.click()
    console.mouse.down()
    console.mouse.move(room["x"] + room["width"] * 0.28, room["y"] + room["height"] * 0.7, steps=5)
    console.mouse.up()

    # By keyboard: the middle one, all the way to the top.
    plan.get_by_role("button", name="Table 2").focus()
    for key in ("Enter", *["Shift+ArrowUp"] * 11, "Enter"):
        console.keyboard.press(key)
    console.get_by_role("button", name="Save the plan").click()
    expect(console.get_by_text("Saved. It counts from the next draft on.")).to_be_visible()
    laid = venue(console, evening)
    assert laid == {1: (28, 70), 2: (50, 0), 3: (92, 50)}
    assert serious_trouble(console) == []


def test_second_organiser_sees_the_plan_and_is_told_of_changes(
    evening: Evening, browser: Browser
) -> None:
    first, second = (evening.organiser(browser, "tables/") for _ in range(2))
    for console in (first, second):
        console.get_by_role("button", name="Add to the plan").click()
    first.get_by_role("button", name="Save the plan").click()
    expect(first.get_by_text("Saved.")).to_be_visible()
    expect(second.get_by_text("Somebody else has changed the plan meanwhile")).to_be_visible()
    second.get_by_role("button", name="Take theirs instead").click()
    expect(second.get_by_role("button", name="Save the plan")).to_have_count(0)
    expect(second.get_by_text("12 tables · 72 chairs")).to_be_visible()


def test_changes_to_the_plan_survive_a_look_at_another_page(
    evening: Evening, browser: Browser
) -> None:
    console = evening.organiser(browser, "tables/")
    console.get_by_role("button", name="Add to the plan").click()
    parts = console.get_by_role("navigation", name="Parts of this event")
    parts.get_by_role("link", name="Guests").click()
    expect(console.get_by_role("heading", name="Guests", level=2)).to_be_visible()
    parts.get_by_role("link", name="Plan").click()
    expect(console.get_by_text("Your changes are not saved yet.")).to_be_visible()


def test_somebody_is_invited_joins_and_is_removed_again(evening: Evening, browser: Browser) -> None:
    owner = evening.organiser(browser)
    owner.get_by_role("link", name="Team").click()
    email = f"{evening.slug}@example.org"
    owner.get_by_label("Their e-mail address").fill(email)
    owner.get_by_role("button", name="Send the invitation").click()
    expect(owner.get_by_text(f"No mail got through to {email}.")).to_be_visible()
    assert serious_trouble(owner) == []
    link = next(one["url"] for one in read(owner, "team")["invitations"] if one["email"] == email)

    member = evening.page(browser, PHONE, re.sub(r"^http://[^/]+", evening.server.url, link))
    assert (serious_trouble(member), overflows(member)) == ([], 0)
    member.get_by_label("Your name").fill("Grace Hopper")
    member.get_by_label("Choose a password").fill("12345678")
    member.get_by_role("button", name="Join").click()
    expect(member.get_by_role("alert").first).to_be_visible()
    member.get_by_label("Choose a password").fill("nine blue herons")
    member.get_by_role("button", name="Join").click()
    expect(member.get_by_role("heading", name="Your events")).to_be_visible()
    member.get_by_role("link", name=f"Evening {evening.slug}").click()
    expect(member.get_by_role("heading", name=f"Evening {evening.slug}")).to_be_visible()
    stale = evening.page(browser, PHONE, re.sub(r"^http://[^/]+", evening.server.url, link))
    expect(stale.get_by_role("heading")).to_contain_text("does not work any more")

    owner.reload()
    owner.get_by_role("button", name="Remove Grace Hopper").click()
    owner.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(owner.get_by_text("Grace Hopper is not in the team any more.")).to_be_visible()
    expect(member.get_by_text("You cannot see this event")).to_be_visible()


def test_facts_of_a_guest_are_changed_and_found(evening: Evening, browser: Browser) -> None:
    console = evening.organiser(browser, "guests/")
    console.get_by_role("button", name="More for Bo Diddley").click()
    console.get_by_role("button", name="Trade, needs, host…").click()
    facts = console.get_by_role("dialog")
    facts.get_by_label("Trade").fill("Gardener")
    facts.get_by_label("In a quiet place").check()
    facts.get_by_label("Hosts a table").check()
    assert serious_trouble(console) == []
    facts.get_by_role("button", name="Save").click()
    bo = console.get_by_role("row").filter(has_text="Bo Diddley")
    for words in ("Gardener", "Host", "Quiet"):
        expect(bo).to_contain_text(words)
    expect(console.get_by_role("complementary", name="Why people come")).to_contain_text(
        "Gardener: 1"
    )
    console.get_by_text("With needs").click()
    expect(console.get_by_role("row")).to_have_count(2)


def test_settings_change_the_events_name_and_language(evening: Evening, browser: Browser) -> None:
    console, colleague = (evening.organiser(browser, "settings/") for _ in range(2))
    console.get_by_label("Name", exact=True).fill("Souper du soir")
    console.get_by_label("Language of the evening").select_option("fr")
    console.get_by_role("button", name="Save").click()
    expect(console.get_by_text("Saved.")).to_be_visible()
    # The colleague's form shows what is so now.
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Souper du soir")
    expect(colleague.get_by_label("Name", exact=True)).to_have_value("Souper du soir")
    expect(colleague.get_by_label("Language of the evening")).to_have_value("fr")
    assert serious_trouble(console) == []


def test_evening_is_drawn_on_one_line(evening: Evening, browser: Browser) -> None:
    console = evening.organiser(browser)
    line = console.get_by_role("img", name=re.compile("people are here"))
    expect(line).to_have_count(0)
    for name in GUESTS:
        evening.check_in(browser, name)
    expect(line).to_have_accessible_name(re.compile(r"^3 people are here\. The first came at "))
    press_and_draft(console)
    expect(line).to_have_accessible_name(re.compile(r"Round 1: .* to .*\."))
    assert serious_trouble(console) == []


def press_and_draft(console: Page) -> None:
    """From open doors to a round that is on."""
    console.get_by_role("button", name="Draft round 1").click()
    console.get_by_role("button", name="Publish round 1").click()


# What is left of a laptop at 200 % and at 400 % comes last.
@pytest.mark.parametrize("width", [1024, 720, 390, 320])
def test_no_page_is_wider_than_its_window(evening: Evening, browser: Browser, width: int) -> None:
    console = evening.organiser(browser)
    console.set_viewport_size({"width": width, "height": 768})
    parts = [f"events/{evening.event_id}/{part}" for part in ("", *PARTS)]
    wide = {}
    for page in (*parts, "team/", ""):
        console.goto(f"{evening.server.url}/console/{page}")
        expect(console.get_by_role("heading", level=1)).to_be_visible()
        wide[page] = overflows(console)
    assert wide == dict.fromkeys(wide, 0)
