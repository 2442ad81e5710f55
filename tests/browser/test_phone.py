"""An attendee's phone through an evening, in a real Chromium: one tap for each wish, and right again after whatever happens to phones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.evening import PHONE, Evening, begin_evening, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, WebSocketRoute

    from tests.serving import Server

ADA, BO, CLEO, DEE, FEN = "Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown", "Fen"
GUESTS = {
    **dict.fromkeys((ADA, BO, CLEO, DEE), "Urban farming"),
    FEN: "Sourdough",
}
QUESTION = "Would you like a longer talk in the next week?"
PREPARE = """
from events.models import Attendee
Attendee.objects.filter(event__slug={slug!r}, name="Dee Brown").update(host=True)
"""
VENUE = [
    {"number": 4, "chairs": 6, "x": 15, "y": 30, "features": [], "closed": False},
    {"number": 9, "chairs": 6, "x": 80, "y": 30, "features": ["quiet"], "closed": False},
]
# Whether the page is looked at, as the test says.
CAN_HIDE = """
Object.defineProperty(document, 'visibilityState', { get: () => (window.hidden_ ? 'hidden' : 'visible') });
"""
HIDE = (
    "hidden => { window.hidden_ = hidden; document.dispatchEvent(new Event('visibilitychange')); }"
)
COUNT_LOCKS = """
window.locks = [];
navigator.wakeLock.request = async kind => {
  window.locks.push(kind);
  return { release: async () => void window.locks.push('released') };
};
"""
TEN_MINUTES_AHEAD = """
const Real = Date;
Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + 600_000); }
  static now() { return Real.now() + 600_000; }
};
"""
# How far the clock that is shown is from the server's, in seconds: the least of a few looks, as an answer takes its time.
DRIFT = """
async secret => {
  let least = Infinity;
  for (let look = 0; look < 8; look++) {
    const answer = await fetch('/api/v1/me/snapshot', { headers: { Authorization: `Ticket ${secret}` } });
    const { now, state } = await answer.json();
    const left = (Date.parse(state.round.starts_at) - Date.parse(now)) / 1000;
    const [minutes, seconds] = document.querySelector('[role=timer]').textContent.split(':').map(Number);
    least = Math.min(least, Math.abs(minutes * 60 + seconds - left));
    await new Promise(done => setTimeout(done, 300));
  }
  return least;
}
"""


@dataclass(frozen=True)
class Organiser:
    """Somebody at the console, by its API: what stands at the start of a test is not what it is about."""

    event: str
    http: httpx.Client

    def state(self) -> dict[str, Any]:
        """All that the console knows."""
        state: dict[str, Any] = self.http.get(f"{self.event}/snapshot").json()["state"]
        return state

    def act(self, path: str, method: str = "POST", **more: Any) -> None:
        """Send an action with the version that stands."""
        body = {"version": self.state()["mixer"]["version"], **more}
        token = {"X-CSRFToken": self.http.cookies["csrftoken"]}
        answer = self.http.request(method, path, json=body, headers=token)
        assert answer.is_success, answer.text

    def id_of(self, name: str) -> str:
        """An attendee's id."""
        people = self.state()["attendees"].values()
        return next(str(person["id"]) for person in people if person["name"] == name)

    def roll(self) -> None:
        """Let tables form."""
        self.act(f"{self.event}/rolling", on=True)

    def draft(self) -> None:
        """Draft the next round."""
        self.act(f"{self.event}/rounds")

    def on_round(self, act: str, status: str = "published") -> None:
        """Act on the round of this status."""
        rounds = self.state()["rounds"].values()
        found = next(round["id"] for round in rounds if round["status"] == status)
        self.act(f"/api/v1/rounds/{found}/{act}")

    def hold_round(self) -> None:
        """Draft and publish."""
        self.draft()
        self.on_round("publish", "draft")


@pytest.fixture
def evening(server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Evening]:
    slug = re.sub(r"[^a-z]+", "-", request.node.originalname.removeprefix("test_"))[:50].strip("-")
    begun = begin_evening(server, tmp_path, slug, GUESTS, doors=True, then=PREPARE)
    yield begun
    begun.close()


@pytest.fixture
def organiser(evening: Evening) -> Iterator[Organiser]:
    with httpx.Client(base_url=evening.server.url, follow_redirects=True) as http:
        http.get(evening.console)
        http.get(f"/console/events/{evening.event_id}/")
        yield Organiser(f"/api/v1/events/{evening.event_id}", http)


def come_in(evening: Evening, browser: Browser, *names: str) -> list[Page]:
    phones = [evening.check_in(browser, name) for name in names]
    for phone in phones:
        expect(phone.get_by_role("button", name="leaving")).to_be_visible()
    return phones


def own_page(evening: Evening, browser: Browser, name: str, *scripts: str) -> Page:
    """The page of somebody who is in, on a phone where these scripts run first."""
    come_in(evening, browser, name)
    phone = evening.page(browser, PHONE, "about:blank")
    for script in scripts:
        phone.add_init_script(script)
    phone.goto(evening.ticket_link(name))
    expect(phone.get_by_role("button", name="leaving")).to_be_visible()
    return phone


def tap(phone: Page, name: str) -> None:
    phone.get_by_role("button", name=name).click()


def expect_heading(phone: Page, words: str | re.Pattern[str]) -> None:
    expect(phone.get_by_role("heading", level=1)).to_have_text(words)


TABLE = re.compile(r"Table\s*\d+")


# One tap each


def test_sitting_out_gives_up_the_seat_and_one_tap_brings_another(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    ada, bo, _, dee = come_in(evening, browser, ADA, BO, CLEO, DEE)
    organiser.hold_round()
    for phone in (ada, bo, dee):
        expect_heading(phone, TABLE)
    tap(ada, "Sit this one out")
    expect_heading(ada, "You are sitting this one out")
    expect(ada.get_by_text("This round ends in")).to_be_visible()
    expect(bo.get_by_text("Ada", exact=True)).to_have_count(0)
    ada.reload()
    expect_heading(ada, "You are sitting this one out")
    tap(ada, "back")
    expect_heading(ada, TABLE)
    expect(bo.get_by_text("Ada", exact=True)).to_be_visible()


def test_who_asks_to_be_drawn_in_comes_first_and_may_take_it_back(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    (fen,) = come_in(evening, browser, FEN)
    tap(fen, "Draw me in")
    expect(fen.get_by_role("heading", name="You come first")).to_be_visible()
    expect(fen.get_by_role("button", name="Draw me in")).to_have_count(0)
    tap(fen, "Never mind")
    expect(fen.get_by_role("heading", name="You come first")).to_have_count(0)
    tap(fen, "Draw me in")
    expect(fen.get_by_role("heading", name="You come first")).to_be_visible()
    come_in(evening, browser, ADA, BO, DEE)
    organiser.roll()
    expect_heading(fen, TABLE)
    expect(fen.get_by_text("Dee", exact=True)).to_be_visible()


def test_how_long_one_waits_is_told_as_it_is(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    (fen,) = come_in(evening, browser, FEN)
    expect(fen.get_by_text("as soon as a round is set")).to_be_visible()
    organiser.roll()
    expect(fen.get_by_text(re.compile(r"In [01]:\d\d at the latest"))).to_be_visible()


def test_leaving_is_one_tap_even_in_a_tunnel(evening: Evening, browser: Browser) -> None:
    ada, bo = come_in(evening, browser, ADA, BO)
    ada.context.set_offline(True)
    tap(ada, "leaving")
    expect(ada.get_by_text("Not sent yet: no connection. We keep trying.")).to_be_visible()
    ada.context.set_offline(False)
    expect_heading(ada, "See you soon, Ada Lovelace")
    expect_heading(bo, "You are the first one here for Urban farming")


def test_a_host_is_told_who_would_be_glad_of_company(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    fen, dee = come_in(evening, browser, FEN, DEE)
    organiser.act(f"{organiser.event}/send-host", attendee=organiser.id_of(FEN))
    expect(dee.get_by_text("Fen would be glad of company")).to_be_in_viewport()
    assert serious_trouble(dee) == []
    tap(dee, "We have met")
    expect(dee.get_by_text("Fen would be glad of company")).to_have_count(0)
    assert organiser.state()["errands"] == {}
    expect(fen.get_by_text("would be glad of company")).to_have_count(0)


def test_trade_and_needs_are_kept_and_told_to_the_organiser(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    (ada,) = come_in(evening, browser, ADA)
    tap(ada, "Add what you are looking for")
    ada.get_by_label("What I do").fill("Weaver")
    tap(ada, "in a quiet place")
    expect(ada.get_by_text("✓ Saved")).to_be_visible()
    assert serious_trouble(ada) == []
    tap(ada, "Done")
    (told,) = (one for one in organiser.state()["attendees"].values() if one["name"] == ADA)
    assert (told["trade"], told["needs"]) == ("Weaver", ["quiet"])
    ada.reload()
    tap(ada, "Add what you are looking for")
    expect(ada.get_by_label("What I do")).to_have_value("Weaver")
    expect(ada.get_by_role("button", name="in a quiet place")).to_have_attribute(
        "aria-pressed", "true"
    )


# A round


def test_a_seat_comes_with_the_way_there_why_and_how_to_begin(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    organiser.act(f"{organiser.event}/venue", "PUT", entrance={"x": 50, "y": 100}, tables=VENUE)
    ada, *_ = come_in(evening, browser, ADA, BO, CLEO)
    organiser.hold_round()
    expect_heading(ada, re.compile(r"Table\s*(4|9)"))
    expect(ada.get_by_role("img", name=re.compile("Coming in, table [49] is"))).to_be_visible()
    expect(ada.get_by_text("All three picked Urban farming.")).to_be_visible()
    expect(ada.get_by_text("To begin with")).to_be_visible()
    assert serious_trouble(ada) == []
    organiser.on_round("start")
    expect(ada.get_by_text("left to talk")).to_be_visible()
    expect(ada.get_by_role("img", name="Plan of the room")).to_be_hidden()


def test_after_a_round_the_question_stands_alone_is_skipped_with_a_tap_and_not_asked_again(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    ada, bo, _ = come_in(evening, browser, ADA, BO, CLEO)
    organiser.hold_round()
    organiser.on_round("start")
    expect(ada.get_by_text("left to talk")).to_be_visible()
    organiser.on_round("end")
    for phone in (ada, bo):
        expect_heading(phone, QUESTION)
    assert serious_trouble(ada) == []
    tap(ada, "Skip this")
    expect_heading(ada, "Time is up")
    ada.reload()
    expect_heading(ada, "Time is up")
    organiser.hold_round()
    for phone in (ada, bo):
        expect_heading(phone, TABLE)


# What happens to phones


def test_a_phone_out_of_a_tunnel_is_right_before_any_clock_ticks(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    come_in(evening, browser, BO, CLEO)
    ada = own_page(evening, browser, ADA)
    ada.clock.install()
    ada.reload()
    expect(ada.get_by_role("button", name="leaving")).to_be_visible()
    ada.context.set_offline(True)
    organiser.hold_round()
    expect(ada.get_by_text("Reconnecting…")).to_be_visible()
    # From here on nothing that waits for a time comes about: what follows is the network's own doing.
    ada.clock.pause_at(ada.evaluate("Date.now() / 1000 + 1"))
    ada.context.set_offline(False)
    expect_heading(ada, TABLE)
    expect(ada.get_by_text("Reconnecting…")).to_have_count(0)


def test_a_phone_that_slept_is_right_when_it_is_looked_at(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    come_in(evening, browser, BO, CLEO)
    asleep = False

    def doze(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        server.on_message(lambda message: None if asleep else line.send(message))

    ada = own_page(evening, browser, ADA, CAN_HIDE)
    ada.route_web_socket(re.compile("/ws/"), doze)
    ada.clock.install()
    ada.reload()
    expect(ada.get_by_role("button", name="leaving")).to_be_visible()
    asleep = True
    ada.evaluate(HIDE, True)
    ada.clock.pause_at(ada.evaluate("Date.now() / 1000 + 1"))
    organiser.hold_round()
    # Minutes later, without a tick in between, as a locked phone has them.
    ada.clock.set_system_time(ada.evaluate("Date.now() / 1000 + 150"))
    expect_heading(ada, re.compile("Urban farming"))
    asleep = False
    ada.evaluate(HIDE, False)
    expect_heading(ada, TABLE)


def test_a_phone_whose_sockets_are_blocked_asks_instead(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    come_in(evening, browser, BO, CLEO)
    ada = own_page(evening, browser, ADA)
    ada.route_web_socket(re.compile("/ws/"), lambda line: line.close())
    ada.reload()
    expect(ada.get_by_role("button", name="leaving")).to_be_visible()
    organiser.hold_round()
    expect_heading(ada, TABLE)
    tap(ada, "Sit this one out")
    expect_heading(ada, "You are sitting this one out")


def test_the_clock_is_the_server_s_on_a_phone_ten_minutes_ahead(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    come_in(evening, browser, BO, CLEO)
    ada = own_page(evening, browser, ADA, TEN_MINUTES_AHEAD)
    organiser.hold_round()
    expect(ada.get_by_role("timer")).to_be_visible()
    assert ada.evaluate(DRIFT, evening.tickets[ADA]) < 1


def test_the_phone_stays_awake_through_the_evening_and_asks_again_after_a_lock(
    evening: Evening, browser: Browser
) -> None:
    ada = own_page(evening, browser, ADA, CAN_HIDE, COUNT_LOCKS)
    ada.wait_for_function("window.locks.length === 1")
    ada.evaluate(HIDE, True)
    ada.evaluate(HIDE, False)
    ada.wait_for_function("window.locks.join() === 'screen,screen'")


def test_a_choice_of_language_is_kept(evening: Evening, browser: Browser) -> None:
    (ada,) = come_in(evening, browser, ADA)
    ada.get_by_label("Language").select_option("de")
    expect(ada.locator("html")).to_have_attribute("lang", "de")
    ada.reload()
    expect(ada.locator("html")).to_have_attribute("lang", "de")


def test_no_state_of_an_evening_has_anything_serious_for_a_screen_reader_to_trip_over(
    evening: Evening, organiser: Organiser, browser: Browser
) -> None:
    fen, *_ = come_in(evening, browser, FEN, ADA, BO, CLEO)
    found = {"waiting": serious_trouble(fen)}
    tap(fen, "Draw me in")
    expect(fen.get_by_role("heading", name="You come first")).to_be_visible()
    found["drawn"] = serious_trouble(fen)
    tap(fen, "Sit this one out")
    expect_heading(fen, "You are sitting this one out")
    found["resting"] = serious_trouble(fen)
    tap(fen, "leaving")
    expect_heading(fen, "See you soon, Fen")
    found["left"] = serious_trouble(fen)
    assert found == {state: [] for state in found}
