"""An attendee's own phone as a door, in a real Chromium: each way in with its taps, and what goes wrong on the way."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import zxingcpp
from django.test import override_settings
from PIL import Image
from playwright.sync_api import expect

from checkin.poster import scanned_path
from events.models import Event
from tests.browser.evening import HALL, PHONE, Evening, begin_evening, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from tests.serving import Server

# A topic of their own for each, so that their phone tells who they are.
GUESTS = {
    "Ada Lovelace": "Urban farming",
    "Bo Diddley": "Open data",
    "Cleo Laine": "Repair cafés",
    "Dee Brown": "Night trains",
    "Eve Arden": "Choirs",
    "Fen": "Sourdough",
    "Gus Grissom": "Moss",
    "Hal": "Knots",
}
FRIENDS = ("Cleo Laine", "Dee Brown")
# The browser counts: each press of a finger, on every page of the tab.
COUNT_TAPS = """
addEventListener('pointerdown', () =>
  sessionStorage.setItem('taps', String(Number(sessionStorage.getItem('taps')) + 1)), true);
"""
PREPARE = """
from events.models import Attendee, Event
Event.objects.filter(slug={slug!r}).update(poster_mode={mode!r})
Attendee.objects.filter(event__slug={slug!r}, name__in={friends!r}).update(email="friends@example.org")
"""
LEDGER = """
import json
from checkin.models import CheckIn
rows = CheckIn.objects.filter(event__slug={slug!r}, attendee__name={name!r})
print(json.dumps([[row.outcome, row.nonce] for row in rows]))
"""
NEARLY_FORGIVEN = """
from datetime import timedelta
from django.utils import timezone
from checkin.models import WrongTry
WrongTry.objects.update(at=timezone.now() - timedelta(seconds=40))
"""
GUESS = """
code => Promise.all(Array.from({ length: 20 }, (_, n) => fetch(`/api/v1/posters/${code}/check-in`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ nonce: `guess-number-${n}-of-20`, ticket: `WRONG-${n}` }),
})))
"""


@pytest.fixture(scope="module")
def on_paper(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    return prepare(server, tmp_path_factory.mktemp("paper"), "static")


@pytest.fixture(scope="module")
def on_a_screen(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    return prepare(server, tmp_path_factory.mktemp("screen"), "rotating")


@pytest.fixture
def evening(on_paper: Evening) -> Iterator[Evening]:
    """An evening with a poster on paper, for people of each test's own."""
    yield on_paper
    on_paper.close()


@pytest.fixture
def rotating(on_a_screen: Evening) -> Iterator[Evening]:
    """An evening whose poster changes on a screen."""
    yield on_a_screen
    on_a_screen.close()


def prepare(server: Server, folder: Path, mode: str) -> Evening:
    evening = begin_evening(server, folder, f"poster-{mode}", GUESTS, doors=True)
    run(evening, PREPARE, mode=mode, friends=FRIENDS)
    return evening


def run(evening: Evening, code: str, **words: Any) -> str:
    """Something that only the server can do or know."""
    code = code.format(slug=evening.slug, **words)
    return evening.server.shell(code).strip()


def scan(evening: Evening, browser: Browser, link: str = "") -> Page:
    """A phone's camera opens the poster's link."""
    phone = evening.page(browser, PHONE, "about:blank")
    phone.context.add_init_script(COUNT_TAPS)
    phone.goto(link or evening.poster)
    return phone


def taps(phone: Page) -> int:
    return int(phone.evaluate("Number(sessionStorage.getItem('taps'))"))


def expect_inside(phone: Page, topic: str) -> None:
    """Seat or wait: the phone shows its owner's evening."""
    expect(phone.get_by_text(f"You are the first one here for {topic}")).to_be_visible()
    assert re.fullmatch(r".*/t#[\w-]{22}", phone.url)


def type_into(phone: Page, label: str, text: str) -> None:
    """Type where the focus is: a field that had to be tapped first would be another tap."""
    expect(phone.get_by_label(label)).to_be_focused()
    phone.keyboard.insert_text(text)


def type_ticket(phone: Page, text: str) -> None:
    phone.get_by_role("button", name="I have a ticket").click()
    type_into(phone, "Link or short code", text)
    phone.get_by_role("button", name="Check in").click()


def link_of(evening: Evening, seconds_ago: int = 0) -> str:
    """What the rotating poster's code opened then, by the server's own key."""
    key = Path(evening.server.env["TABLEMATES_HOME"], "secret-key").read_text().strip()
    event = Event(poster_code=evening.poster.rsplit("/", 1)[1], poster_mode="rotating")
    then = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    with override_settings(SECRET_KEY=key):
        return evening.server.url + scanned_path(event=event, now=then)


def latest_mail(evening: Evening) -> str:
    """The six digits in the mail that came last; an installation without a mail server keeps mails as files."""
    folder = Path(evening.server.env["TABLEMATES_HOME"]) / "mail"
    text = sorted(folder.glob("*.eml"))[-1].read_text(encoding="utf-8")
    found = re.search(r"^\d{6}$", text, re.MULTILINE)
    assert found
    return found[0]


def ask_for_code(phone: Page, address: str) -> None:
    phone.get_by_role("button", name="code by e-mail").click()
    type_into(phone, "Your e-mail address", address)
    phone.get_by_role("button", name="Send me the code").click()
    expect(phone.get_by_label("Code from the mail")).to_be_focused()


# Ways in


def test_a_ticket_that_the_phone_remembers_is_one_tap(evening: Evening, browser: Browser) -> None:
    phone = scan(evening, browser, evening.ticket_link("Ada Lovelace"))
    expect(phone.get_by_role("img", name="Your ticket as a QR code")).to_be_visible()
    phone.goto(evening.poster)
    phone.get_by_role("button", name="Check in as Ada Lovelace").click()
    expect_inside(phone, "Urban farming")
    assert taps(phone) == 1


def test_a_ticket_link_pasted_or_a_code_typed_is_two_taps(
    evening: Evening, browser: Browser
) -> None:
    phone = scan(evening, browser)
    type_ticket(phone, evening.ticket_link("Bo Diddley"))
    expect_inside(phone, "Open data")
    assert taps(phone) == 2


def test_a_code_by_mail_is_three_taps_even_for_friends_with_one_address(
    evening: Evening, browser: Browser
) -> None:
    phone = scan(evening, browser)
    ask_for_code(phone, "Friends@Example.org")
    field = phone.get_by_label("Code from the mail")
    assert field.get_attribute("inputmode") == "numeric"
    assert field.get_attribute("autocomplete") == "one-time-code"
    expect(phone.get_by_role("button", name="Send it again in")).to_be_disabled()
    # To read the mail one leaves the page, and phones drop it meanwhile.
    phone.reload()
    field.press_sequentially(latest_mail(evening))
    phone.get_by_role("button", name="Dee Brown").click()
    expect_inside(phone, "Night trains")
    assert taps(phone) == 3


def test_a_walk_in_with_a_topic_is_three_taps(evening: Evening, browser: Browser) -> None:
    phone = scan(evening, browser)
    phone.get_by_role("button", name="new here").click()
    phone.get_by_label("Your name").fill("Grace Hopper")
    phone.get_by_role("button", name="Knots").click()
    phone.get_by_role("button", name="Check in", exact=True).click()
    expect_inside(phone, "Knots")
    assert taps(phone) == 3


def test_an_unknown_address_looks_like_a_known_one_and_a_wrong_code_says_what_to_do(
    evening: Evening, browser: Browser
) -> None:
    phone = scan(evening, browser)
    ask_for_code(phone, "nobody@example.org")
    expect(phone.get_by_text("If nobody@example.org is on the guest list")).to_be_visible()
    phone.get_by_label("Code from the mail").press_sequentially("123456")
    expect(phone.get_by_text("This code is not right, or too old.")).to_be_visible()
    phone.get_by_role("button", name="Another address").click()
    expect(phone.get_by_label("Your e-mail address")).to_have_value("nobody@example.org")


# Rotating


def test_a_rotating_code_lets_in_and_leaves_nothing_in_the_address_to_pass_on(
    rotating: Evening, browser: Browser
) -> None:
    phone = scan(rotating, browser, link_of(rotating))
    expect(phone.get_by_role("button", name="new here")).to_be_visible()
    assert phone.url == rotating.poster
    # A reload needs no second scan.
    phone.reload()
    type_ticket(phone, rotating.ticket_link("Ada Lovelace"))
    expect_inside(phone, "Urban farming")

    friend = scan(rotating, browser, rotating.poster)
    expect(friend.get_by_role("heading", name="This code has changed")).to_be_visible()
    assert friend.get_by_role("button").count() == 0


def test_a_photograph_of_a_rotating_code_opens_nothing_after_a_minute(
    rotating: Evening, browser: Browser
) -> None:
    phone = scan(rotating, browser, rotating.ticket_link("Eve Arden"))
    expect(phone.get_by_role("img", name="Your ticket as a QR code")).to_be_visible()
    phone.goto(link_of(rotating, seconds_ago=61))
    expect(phone.get_by_role("heading", name="This code has changed")).to_be_visible()
    expect(phone.get_by_text("Scan the screen at the door again")).to_be_visible()
    phone.get_by_role("link", name="To my evening").click()
    expect(phone.get_by_role("img", name="Your ticket as a QR code")).to_be_visible()
    # The same tab, and the code as it is now.
    phone.goto(link_of(rotating))
    phone.get_by_role("button", name="Check in as Eve Arden").click()
    expect_inside(phone, "Choirs")


# Away


def test_a_network_cut_in_the_middle_of_a_check_in_is_waited_out_over_a_reload_too(
    evening: Evening, browser: Browser
) -> None:
    phone = scan(evening, browser)
    nonces: set[str] = set()
    phone.on("request", lambda request: nonces.update(nonce_in(request.post_data)))
    phone.get_by_role("button", name="I have a ticket").click()
    phone.get_by_label("Link or short code").fill(evening.ticket_link("Eve Arden"))

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Check in").click()
    expect(phone.get_by_text("Your phone has no connection to the event.")).to_be_visible()
    # The page comes, and the answer does not: the scan reached the server all the same.
    phone.route("**/check-in", lambda route: (route.fetch(), route.abort()))
    phone.context.set_offline(False)
    with phone.expect_event("requestfailed"):
        phone.reload()
    expect(phone.get_by_text("Your phone has no connection to the event.")).to_be_visible()
    phone.unroute_all(behavior="wait")
    expect_inside(phone, "Choirs")
    assert [*map(tuple, json.loads(run(evening, LEDGER, name="Eve Arden")))] == [("entry", *nonces)]


def nonce_in(data: str | None) -> list[str]:
    return [json.loads(data)["nonce"]] if data and "nonce" in data else []


def test_back_on_the_holding_page_leaves_what_was_typed(evening: Evening, browser: Browser) -> None:
    phone = scan(evening, browser)
    phone.get_by_role("button", name="new here").click()
    phone.get_by_label("Your name").fill("Grace Hopper")
    phone.get_by_role("button", name="Open data").click()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Check in", exact=True).click()
    expect(phone.get_by_role("heading", name="Hold on, Grace Hopper")).to_be_visible()
    phone.get_by_role("button", name="Back").click()
    expect(phone.get_by_label("Your name")).to_have_value("Grace Hopper")
    expect(phone.get_by_role("button", name="Open data")).to_have_attribute("aria-pressed", "true")


def test_a_step_whose_code_did_not_load_comes_by_itself(evening: Evening, browser: Browser) -> None:
    phone = evening.page(browser, PHONE, "about:blank")
    lost: list[Route] = []

    def lose(route: Route) -> None:
        if len(lost) == 2:
            route.continue_()
            return
        lost.append(route)
        route.abort()

    # Once before anybody asks for it, and once at the tap.
    phone.route(re.compile(r"/rare-"), lose)
    phone.goto(evening.poster)
    phone.get_by_role("button", name="code by e-mail").click()
    expect(phone.get_by_label("Your e-mail address")).to_be_visible()


def test_who_guesses_waits_for_seconds_that_count_down_and_a_neighbour_walks_past(
    evening: Evening, browser: Browser
) -> None:
    guesser = scan(evening, browser)
    expect(guesser.get_by_role("button", name="I have a ticket")).to_be_visible()
    guesser.evaluate(GUESS, evening.poster.rsplit("/", 1)[1])
    run(evening, NEARLY_FORGIVEN)
    type_ticket(guesser, evening.ticket_link("Fen"))
    expect(guesser.get_by_text(re.compile(r"You can try again in \d+ seconds?\."))).to_be_visible()
    expect(guesser.get_by_role("button", name="Check in")).to_be_disabled()

    neighbour = scan(evening, browser)
    type_ticket(neighbour, evening.ticket_link("Gus Grissom"))
    expect_inside(neighbour, "Moss")

    guesser.get_by_role("button", name="Check in").click()
    expect_inside(guesser, "Sourdough")


# Bad input


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/e/NOTHING", "There is no evening at this address"),
        ("/e/%F0%9F%8E%9F", "There is no evening at this address"),
        ("/e/" + "x" * 10_000, "There is no evening at this address"),
        ("/e/%00%ff", "There is no evening at this address"),
        ("/t#%", "This link does not open a ticket any more"),
        ("/t#%00", "This link does not open a ticket any more"),
        ("/t", "Something is missing from this link"),
    ],
)
def test_a_link_that_leads_nowhere_says_so(
    evening: Evening, browser: Browser, path: str, heading: str
) -> None:
    phone = evening.page(browser, PHONE, evening.server.url + path)
    expect(phone.get_by_role("heading", name=heading)).to_be_visible()


def test_odd_text_as_a_ticket_is_answered_in_words(evening: Evening, browser: Browser) -> None:
    phone = scan(evening, browser)
    phone.get_by_role("button", name="I have a ticket").click()
    for text in ("🎟️🎉", "https://example.org/login#%", "' OR 1=1 --", "9" * 400):
        phone.get_by_label("Link or short code").fill(text)
        phone.get_by_role("button", name="Check in").click()
        expect(phone.get_by_text("We do not know this ticket.")).to_be_visible()
        expect(phone.get_by_label("Link or short code")).to_have_value(text)


# The screen at the door


def read_code(screen: Page) -> str:
    picture = Image.open(io.BytesIO(screen.get_by_role("img", name="QR code").screenshot()))
    return str(zxingcpp.read_barcode(picture).text)


def door_screen(evening: Evening, browser: Browser) -> Page:
    return evening.page(browser, HALL, evening.screen.replace("/screen#", "/screen?show=poster#"))


def test_the_screen_at_the_door_shows_the_code_of_now_and_none_when_the_server_is_away(
    rotating: Evening, browser: Browser
) -> None:
    screen = door_screen(rotating, browser)
    expect(screen.get_by_text("Scan to check in")).to_be_visible()
    expect(screen.get_by_text(re.compile(r"New code in \d+ s"))).to_be_visible()
    shown = read_code(screen)
    assert re.fullmatch(re.escape(rotating.poster) + r"#[A-Z2-7]{12}", shown)
    phone = scan(rotating, browser, shown)
    expect(phone.get_by_role("button", name="new here")).to_be_visible()

    screen.context.set_offline(True)
    expect(screen.get_by_text("Reconnecting…")).to_be_visible()
    expect(screen.get_by_role("img", name="QR code")).to_have_count(0)
    expect(screen.get_by_text("until then ask the people at the door")).to_be_visible()
    screen.context.set_offline(False)
    expect(screen.get_by_role("img", name="QR code")).to_be_visible(timeout=30_000)
    assert read_code(screen).startswith(f"{rotating.poster}#")


def test_a_poster_that_never_changes_is_shown_at_the_door_too(
    evening: Evening, browser: Browser
) -> None:
    screen = door_screen(evening, browser)
    expect(screen.get_by_text(evening.poster.removeprefix("http://"))).to_be_visible()
    assert read_code(screen) == evening.poster


def test_the_hall_shows_an_address_to_type_unless_the_code_rotates(
    evening: Evening, rotating: Evening, browser: Browser
) -> None:
    for one, address in ((evening, 1), (rotating, 0)):
        screen = one.page(browser, HALL, one.screen)
        expect(screen.get_by_role("img", name="QR code")).to_be_visible()
        assert read_code(screen).partition("#")[0] == one.poster
        assert screen.get_by_text(one.poster.removeprefix("http://")).count() == address


def test_a_screen_without_a_token_is_told_nothing(evening: Evening) -> None:
    for headers in ({}, {"Authorization": "Screen nobody's"}):
        answer = httpx.get(f"{evening.server.url}/api/v1/screen/poster", headers=headers)
        assert answer.status_code == 401


def test_no_step_at_the_poster_has_anything_serious_for_a_screen_reader_to_trip_over(
    evening: Evening, rotating: Evening, browser: Browser
) -> None:
    found = {}
    phone = scan(evening, browser)
    phone.get_by_role("button", name="new here").click()
    found["walk-in"] = serious_trouble(phone)
    phone.get_by_role("button", name="Back").click()
    phone.get_by_role("button", name="code by e-mail").click()
    found["address"] = serious_trouble(phone)
    phone.get_by_label("Your e-mail address").fill("ada@example.org")
    phone.get_by_role("button", name="Send me the code").click()
    expect(phone.get_by_label("Code from the mail")).to_be_visible()
    found["digits"] = serious_trouble(phone)
    found["spent"] = serious_trouble(scan(rotating, browser))
    found["door"] = serious_trouble(door_screen(rotating, browser))
    assert {page: trouble for page, trouble in found.items() if trouble} == {}
