"""The question after a round, in a real Chromium: answered with a tap, private, and open until an hour after the evening."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.evening import (
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

GUESTS = dict.fromkeys(("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown"), "Urban farming")
QUESTION = "Would you like a longer talk in the next week?"
AN_HOUR_LATER = """
from datetime import timedelta
from django.db.models import F
from events.models import Event
Event.objects.filter(slug={slug!r}).update(ended_at=F("ended_at") - timedelta(hours=1))
"""
OF_A_SERIES = """
from events.models import Event, Series
event = Event.objects.get(slug={slug!r})
event.series, _made = Series.objects.get_or_create(team=event.team, name="Garden suppers")
event.save()
"""


@pytest.fixture
def evening(server: Server, tmp_path: Path) -> Iterator[Evening]:
    begun = begin_evening(server, tmp_path, tmp_path.name, GUESTS, doors=True)
    yield begun
    begun.close()


def arrive(evening: Evening, browser: Browser, *names: str) -> list[Page]:
    phones = [evening.check_in(browser, name) for name in names]
    for phone in phones:
        expect(phone.get_by_text("What happens next")).to_be_visible()
    return phones


def hold_a_round(console: Page) -> None:
    console.get_by_role("button", name="Draft round 1").click()
    console.get_by_role("button", name="Publish round 1").click()
    console.get_by_role("button", name="Start talking now").click()
    press_and_confirm(console, "End round 1")


def row(phone: Page, name: str) -> Locator:
    """What is asked about somebody."""
    return phone.get_by_role("group", name=name, exact=True)


def say_yes(phone: Page, name: str) -> None:
    """One tap, and see that it is kept."""
    row(phone, name).get_by_role("button", name="Yes").click()
    expect(row(phone, name).get_by_text("✓ Saved")).to_be_visible()


def share_phone(phone: Page, name: str, number: str) -> None:
    row(phone, name).get_by_role("button", name="More").click()
    row(phone, name).get_by_role("button", name="Phone").click()
    row(phone, name).get_by_label("Phone").fill(number)
    row(phone, name).get_by_role("button", name="Less").click()
    expect(row(phone, name).get_by_text("they read your name and: Phone.")).to_be_visible()


def reload(*phones: Page) -> None:
    for phone in phones:
        phone.reload()


def test_two_who_say_yes_to_each_other_are_introduced_after_the_reveal(
    evening: Evening, browser: Browser
) -> None:
    ada, bo, cleo = arrive(evening, browser, "Ada Lovelace", "Bo Diddley", "Cleo Laine")
    console = evening.organiser(browser)
    hold_a_round(console)
    expect(ada.get_by_role("heading", level=1, name=QUESTION)).to_be_visible()
    expect(ada.get_by_text("introduced an hour after the evening ends")).to_be_visible()
    say_yes(ada, "Bo")
    share_phone(ada, "Bo", "555 0100")

    press_and_confirm(console, "End the evening")
    for phone in (ada, bo, cleo):
        # The question is there before, too, on a page that is about to go.
        expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you for coming")
        expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(ada.get_by_text("they read your name and: Phone.")).to_be_visible()
    say_yes(bo, "Ada")
    say_yes(ada, "Cleo")
    trouble = {"asked": serious_trouble(ada)}

    evening.server.shell(AN_HOUR_LATER.format(slug=evening.slug))
    reload(ada, bo, cleo)
    expect(bo.get_by_role("article", name="Ada Lovelace").get_by_text("555 0100")).to_be_visible()
    introduced = ada.get_by_role("article", name="Bo Diddley")
    expect(introduced).to_be_visible()
    expect(introduced.get_by_text("555 0100")).to_have_count(0)
    expect(cleo.get_by_text("No introductions this time")).to_be_visible()
    expect(ada.get_by_role("article", name="Cleo Laine")).to_have_count(0)
    trouble |= {"introduced": serious_trouble(ada), "not introduced": serious_trouble(cleo)}
    assert trouble == {state: [] for state in trouble}


def test_note_promise_and_alarm_are_kept_and_whoever_is_kept_away_is_gone_for_both(
    evening: Evening, browser: Browser
) -> None:
    ada, bo, cleo = arrive(evening, browser, "Ada Lovelace", "Bo Diddley", "Cleo Laine")
    console = evening.organiser(browser)
    hold_a_round(console)
    row(ada, "Bo").get_by_role("button", name="More").click()
    row(ada, "Bo").get_by_label("What we talked about").fill("tomatoes on balconies")
    row(ada, "Bo").get_by_label("I promised Bo to").fill("send the seed list")
    row(ada, "Bo").get_by_role("button", name="Write it down").click()
    expect(row(ada, "Bo").get_by_text("✓ send the seed list, by")).to_be_visible()
    ada.get_by_text("How did the table feel?").click()
    ada.get_by_role("button", name="I felt unsafe").click()
    trouble = {"everything unfolded": serious_trouble(ada)}
    ada.get_by_role("button", name="Tell the organiser now").click()
    expect(ada.get_by_text("The organiser has been told")).to_be_visible()
    alarm = console.get_by_role("alert").filter(has_text="felt unsafe")
    expect(alarm).to_be_visible()
    expect(alarm).not_to_contain_text("Ada")

    row(cleo, "Bo").get_by_role("button", name="More").click()
    row(cleo, "Bo").get_by_role("button", name="Not at my table").click()
    trouble["asked back"] = serious_trouble(cleo)
    cleo.get_by_role("button", name="Keep us apart").click()
    expect(cleo.get_by_text("You and Bo are kept apart from now on.")).to_be_visible()
    expect(row(cleo, "Bo")).to_have_count(0)

    reload(ada, bo, cleo)
    expect(row(bo, "Ada")).to_be_visible()
    expect(row(bo, "Cleo")).to_have_count(0)
    expect(row(cleo, "Ada")).to_be_visible()
    expect(row(cleo, "Bo")).to_have_count(0)
    row(ada, "Bo").get_by_role("button", name="More").click()
    expect(row(ada, "Bo").get_by_label("What we talked about")).to_have_value(
        "tomatoes on balconies"
    )
    assert trouble == {state: [] for state in trouble}


def test_question_is_answered_by_keyboard_or_skipped_and_asked_once_and_a_request_lies_at_the_thumb(
    evening: Evening, browser: Browser
) -> None:
    ada, bo, cleo = arrive(evening, browser, "Ada Lovelace", "Bo Diddley", "Cleo Laine")
    hold_a_round(evening.organiser(browser))
    expect(ada.get_by_role("heading", level=1, name=QUESTION)).to_be_focused()
    tab_to(ada, "Bo")
    ada.keyboard.press("Enter")
    yes = row(ada, "Bo").get_by_role("button", name="Yes")
    expect(yes).to_have_attribute("aria-pressed", "true")
    tab_to(ada, "Done")
    ada.keyboard.press("Enter")
    bo.get_by_role("button", name="Skip this").click()
    reload(ada, bo)
    for phone in (ada, bo):
        expect(phone.get_by_role("heading", level=1, name="Time is up")).to_be_visible()
    ada.get_by_role("button", name="A longer talk with someone?").click()
    expect(yes).to_have_attribute("aria-pressed", "true")

    asked = cleo.request.post(
        f"{evening.server.url}/api/v1/me/requests",
        headers={"Authorization": f"Ticket {evening.tickets['Cleo Laine']}"},
        data={"name": "ada lovelace", "shares": []},
    )
    assert asked.status == 202
    expect(bo.get_by_text("Cleo L. would like to meet Ada L.")).to_be_visible()
    bo.get_by_role("button", name="Yes, ask them").click()
    sheet = ada.locator(".sheet")
    expect(sheet.get_by_text("Cleo L. would like to meet you")).to_be_visible()
    sheet.get_by_role("button", name="Yes, gladly").click()
    sheet.get_by_role("button", name="Phone").click()
    sheet.get_by_label("Phone").fill("555 0100")
    assert serious_trouble(ada) == []
    sheet.get_by_role("button", name="Introduce us").click()
    for phone in (ada, bo):
        expect(phone.get_by_text("would like to meet")).to_have_count(0)


def test_phone_that_said_yes_is_known_again_at_the_next_evening(
    server: Server, tmp_path: Path, browser: Browser
) -> None:
    guests = {"Ada Lovelace": "Urban farming"}
    first, second = (
        begin_evening(server, tmp_path, slug, guests, then=OF_A_SERIES)
        for slug in ("garden-1", "garden-2")
    )
    ada = first.page(browser, PHONE, first.ticket_link("Ada Lovelace"))
    ada.get_by_role("button", name="About me and my topics").click()
    ada.get_by_role("button", name="Yes, remember me").click()
    expect(ada.get_by_text("✓ Garden suppers remembers you")).to_be_visible()
    ada.get_by_text("At my tables I would like…").click()
    ada.get_by_role("group", name="people I have not met").get_by_label("gladly").check()
    expect(ada.get_by_text("✓ Saved")).to_be_visible()
    assert serious_trouble(ada) == []

    with ada.expect_response("**/api/v1/me/memory/recognise"):
        # The page of another ticket reloads by itself.
        ada.goto(second.ticket_link("Ada Lovelace"))
    ada.get_by_role("button", name="About me and my topics").click()
    ada.get_by_text("At my tables I would like…").click()
    chosen = ada.get_by_role("group", name="people I have not met").get_by_label("gladly")
    expect(chosen).to_be_checked()

    stranger = second.page(browser, PHONE, second.ticket_link("Ada Lovelace"))
    stranger.get_by_role("button", name="About me and my topics").click()
    expect(stranger.get_by_text("✓ Garden suppers remembers you")).to_be_visible()
    for evening in (first, second):
        evening.close()
