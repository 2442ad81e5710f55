"""A whole evening in a real Chromium: one console, one screen, six phones, and what all of them show at every step of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import TimeoutError, expect

from tests.browser.evening import (
    EVERYBODY_IN,
    HALL,
    Evening,
    begin_evening,
    drag,
    focused,
    press_and_confirm,
    serious_trouble,
    tab_to,
    table_of,
    walk_to,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

ADA, BO, CLEO, DEE = "Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown"
DEV, ELIF, FEN, GUS = "Dev Patel", "Elif Şafak", "Fen", "Gus Grissom"
GUESTS = {
    **dict.fromkeys((ADA, BO, CLEO, DEE), "Urban farming"),
    **dict.fromkeys((DEV, ELIF, FEN, GUS), "Open data"),
}
LATE = FEN
WITHOUT_A_PHONE = (DEE, GUS)
QUESTION = "Would you like a longer talk in the next week?"
TABLE = re.compile(r"Table\s*\d+")

# What the surfaces show, read off their pages; in an order that does not depend on theirs.
READERS = """
const texts = (picker, within = document) => [...within.querySelectorAll(picker)].map(one => one.innerText.trim());
const cards = () => [...document.querySelectorAll('ul [data-table]')].map(card => ({
  table: Number(texts('h3', card)[0].match(/\\d+/)[0]),
  topic: texts('h3 bdi', card)[0] ?? null,
  why: texts('.why', card)[0],
  people: texts('[data-swap] .words > bdi', card).sort(),
})).sort((one, other) => one.table - other.table);
const place = () => ({
  table: Number(texts('h1 strong')[0]),
  topic: texts('.topic bdi')[0] ?? null,
  why: texts('.reason')[0],
  people: texts('main li h3 bdi').sort(),
});
const words = () => document.querySelector('main').innerText.trim();
const names = () => {
  const listed = [...document.querySelectorAll('ol > li:has(> strong)')].map(row => texts('bdi, strong', row).join(' '));
  const carded = [...document.querySelectorAll('.cards > li')].flatMap(card =>
    texts('.people bdi', card).map(name => `${name} ${texts('strong', card)[0]}`));
  return [...listed, ...carded].sort();
};
const topics = () => [...document.querySelectorAll('.talking ul > li')].map(row => texts('strong, bdi', row).join(' ')).sort();
const opener = () => texts('.opener p')[0];
const timer = () => texts('[role=timer]')[0];
// When the clock that is shown will stand at nothing, by its page's own time.
const zero = () => {
  const [minutes, seconds] = timer().split(':').map(Number);
  return Date.now() + (minutes * 60 + seconds) * 1000;
};
"""


@dataclass(frozen=True)
class Party:
    """Everybody at an evening, and what they look at."""

    evening: Evening
    browser: Browser
    http: httpx.Client
    console: Page
    screen: Page
    phones: dict[str, Page] = field(default_factory=dict)
    trouble: dict[str, list[str]] = field(default_factory=dict)

    # What the server says

    def known(self) -> dict[str, Any]:
        """All that the console is told."""
        return self._told(f"events/{self.evening.event_id}")

    def told(self, name: str) -> dict[str, Any]:
        """All that somebody's phone is told."""
        return self._told("me", f"Ticket {self.evening.tickets[name]}")

    def told_to_all(self) -> dict[str, Any]:
        """All that the screen is told."""
        return self._told("screen", "Screen " + self.evening.screen.partition("#")[2])

    def _told(self, path: str, authorization: str = "") -> dict[str, Any]:
        headers = {"Authorization": authorization} if authorization else {}
        answer = self.http.get(f"/api/v1/{path}/snapshot", headers=headers)
        assert answer.is_success, answer.text
        state: dict[str, Any] = answer.json()["state"]
        return state

    # What people do

    def arrive(self, *names: str) -> None:
        """They check in at the poster, each with a phone."""
        for name in names:
            self.phones[name] = self.evening.check_in(self.browser, name)
            expect(self.phones[name].get_by_role("button", name="leaving")).to_be_visible()

    def press(self, name: str | re.Pattern[str]) -> None:
        """The organiser presses a button."""
        self.console.get_by_role("button", name=name).click()

    def go_to(self, part: str) -> None:
        """The organiser turns to another part of the event."""
        parts = self.console.get_by_role("navigation", name="Parts of this event")
        parts.get_by_role("link", name=part, exact=True).click()

    def tap(self, name: str, button: str) -> None:
        """Somebody taps on their phone."""
        self.phones[name].get_by_role("button", name=button).click()

    def reads(self, name: str, words: str | re.Pattern[str]) -> None:
        """Somebody reads this at the top of their phone."""
        expect(self.phones[name].get_by_role("heading", level=1)).to_have_text(words)

    # What people see

    def words(self) -> dict[str, str]:
        """Every word on each phone."""
        return {name: read(phone, "words()") for name, phone in self.phones.items()}

    def look(self, moment: str, **pages: Page) -> None:
        """Note what a screen reader would trip over at this moment."""
        for name, page in pages.items():
            self.trouble[f"{moment}: {name}"] = serious_trouble(page)

    def round_on(self) -> dict[str, Any]:
        """The round that is on, as the console is told."""
        return next(filter(is_on, self.known()["rounds"].values()))

    def moment(self, of: str) -> datetime:
        """When the talk of the round that is on begins or ends."""
        return datetime.fromisoformat(self.round_on()[of])

    def seats(self) -> dict[str, int]:
        """Who sits at which table in the round that is on; console, screen and phones are told the same."""
        seats = seats_in(self.known(), is_on)
        hall = self.told_to_all()["tables"].values()
        told = {person["name"]: table["number"] for table in hall for person in table["people"]}
        assert told == {shown(name): number for name, number in seats.items()}
        for name in self.phones:
            seat = self.told(name)["seat"]
            if name in seats:
                mates = sorted(mate["name"] for mate in seat["tablemates"])
                assert [seat["table"], mates] == [seats[name], mates_of(name, seats)]
            else:
                assert seat is None
        return seats

    def agree(self) -> dict[str, int]:
        """Console and phones show what all are told; returns who sits at which table."""
        seats = self.seats()
        self.console.get_by_text("List", exact=True).click()
        self.lay_out(seats)
        cards = {card["table"]: card for card in read(self.console, "cards()")}
        openers: dict[int, set[str]] = {}
        for name in self.phones.keys() & seats.keys():
            phone, table = self.phones[name], seats[name]
            place = {**cards[table], "people": mates_of(name, seats)}
            expect_shown(phone, "place()", place)
            openers.setdefault(table, set()).add(read(phone, "opener()"))
        assert [len(words) for words in openers.values()] == [1] * len(openers)
        return seats

    def lay_out(self, seats: dict[str, int]) -> None:
        """The console shows everybody at these tables."""
        people = "cards().flatMap(card => card.people.map(name => [card.table, name])).sort()"
        expect_shown(self.console, people, sorted([number, name] for name, number in seats.items()))

    def solved(self) -> dict[str, int]:
        """The draft has been solved again, and the console shows it; returns who is to sit where."""
        expect(self.console.get_by_role("button", name="Solve again")).to_be_enabled()
        seats = seats_in(self.known(), is_draft)
        self.lay_out(seats)
        return seats

    def find(self, seats: dict[str, int]) -> None:
        """The screen sends people to these tables."""
        expect_shown(self.screen, "names()", sorted(f"{shown(n)} {t}" for n, t in seats.items()))

    def count_down(self, to: str) -> None:
        """Every clock counts down to the same moment, which is the server's."""
        for page in (self.console, self.screen, *self.phones.values()):
            self.count_down_on(page, to)

    def count_down_on(self, page: Page, to: str, within: int | None = None) -> None:
        """The clock of a page counts down to the server's moment; `within` milliseconds from now."""
        zero = self.moment(to).timestamp() * 1000
        # What is left is shown in whole seconds, rounded up.
        wait_for(page, "Math.abs(zero() - 500 - wanted) < 1500", zero, within)


def read(page: Page, reader: str) -> Any:
    """What a page shows now."""
    return page.evaluate(f"() => {{ {READERS} return {reader}; }}")


def wait_for(page: Page, condition: str, wanted: Any, within: int | None = None) -> None:
    """Wait until this is true of what a page shows."""
    script = f"wanted => {{ {READERS} return {condition}; }}"
    page.wait_for_function(script, arg=wanted, timeout=within)


def expect_shown(page: Page, reader: str, wanted: Any) -> None:
    """Wait until a page shows this."""
    try:
        wait_for(page, f"JSON.stringify({reader}) === JSON.stringify(wanted)", wanted)
    except TimeoutError:
        assert read(page, reader) == wanted
        raise


def is_on(round: dict[str, Any]) -> bool:
    return bool(round["status"] == "published")


def is_draft(round: dict[str, Any]) -> bool:
    return bool(round["status"] == "draft")


def seats_in(known: dict[str, Any], which: Callable[[dict[str, Any]], bool]) -> dict[str, int]:
    """Who sits at which table in the first round of this kind."""
    round = next(filter(which, known["rounds"].values()))
    tables = [table for table in known["tables"].values() if table["round"] == round["id"]]
    people = known["attendees"]
    return {people[one]["name"]: table["number"] for table in tables for one in table["people"]}


def mates_of(name: str, seats: dict[str, int]) -> list[str]:
    """First names of those at somebody's table."""
    others = seats.keys() - {name}
    return sorted(other.split()[0] for other in others if seats[other] == seats[name])


def shown(name: str) -> str:
    """A name as others read it."""
    first, *rest = name.split()
    return f"{first} {rest[-1][0]}." if rest else first


def number_of(console: Page, name: str) -> int:
    """The number of the table at which the console shows somebody."""
    return next(card["table"] for card in read(console, "cards()") if name in card["people"])


@pytest.fixture
def party(
    server: Server, browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Party]:
    slug = re.sub(r"[^a-z]+", "-", request.node.name.removeprefix("test_"))[:50].strip("-")
    evening = begin_evening(server, tmp_path, slug, GUESTS)
    with httpx.Client(base_url=server.url, follow_redirects=True) as http:
        http.get(evening.console)
        console = evening.organiser(browser)
        screen = evening.page(browser, HALL, evening.screen)
        yield Party(evening, browser, http, console, screen)
    evening.close()


def test_a_whole_evening_on_one_console_one_screen_and_six_phones(party: Party) -> None:
    lay_the_tables(party)
    rolling = tables_form_as_people_arrive(party)
    before = party.words()
    draft_and_edit(party)
    a_second_organiser_is_told_what_the_first_did(party)
    pin_and_solve_again(party)
    assert party.words() == before
    publish_and_take_it_back(party, before, rolling)
    publish_again(party)
    the_clock_runs(party)
    somebody_comes_late_while_a_phone_is_in_a_tunnel(party)
    somebody_leaves_and_somebody_sits_out(party)
    the_round_ends_with_the_one_question(party)
    the_next_round_and_the_end(party)
    assert party.trouble == {page: [] for page in party.trouble}


def lay_the_tables(party: Party) -> None:
    """Three tables in a row, on the plan of the room."""
    console = party.console
    party.go_to("Plan")
    console.get_by_label("Rows").fill("1")
    console.get_by_label("In each row").fill("3")
    party.press("Add to the plan")
    party.press("Save the plan")
    expect(console.get_by_text("Saved. It counts from the next draft on.")).to_be_visible()
    party.go_to("Room")
    expect(party.screen.get_by_text("Doors open soon")).to_be_visible()


def tables_form_as_people_arrive(party: Party) -> dict[str, int]:
    """The doors open, people come by the poster and by the door, and nobody stands at the edge."""
    console = party.console
    party.press("Open the doors")
    party.press("Let tables form")
    expect(party.screen.get_by_text("Be the first to check in")).to_be_visible()
    party.arrive(ADA, BO, DEV)
    party.reads(ADA, "One other person who picked Urban farming is here")
    party.reads(DEV, "You are the first one here for Open data")
    party.arrive(CLEO, ELIF)
    party.reads(ELIF, "One other person who picked Open data is here")
    party.go_to("Door")
    for name in WITHOUT_A_PHONE:
        console.get_by_label("Find by name").fill(name)
        party.press(f"Check in {name}")
        expect(console.get_by_text(f"Welcome, {name.split()[0]}").first).to_be_visible()
    party.go_to("Room")
    for name in party.phones:
        party.reads(name, TABLE)
    seats = party.agree()
    assert seats.keys() == GUESTS.keys() - {LATE}
    assert len({(GUESTS[name], table) for name, table in seats.items()}) == 2
    expect(
        party.phones[ADA].get_by_role("img", name=re.compile("Coming in, table"))
    ).to_be_visible()
    party.find(seats)
    party.look("tables form", console=console, screen=party.screen, phone=party.phones[ADA])
    return seats


def draft_and_edit(party: Party) -> None:
    """By the mouse one person moves, by the keyboard two change places."""
    console = party.console
    party.press("Draft round 1")
    expect(console.get_by_role("heading", name="Draft of round 1")).to_be_visible()
    large, small = sorted(read(console, "cards()"), key=lambda card: -len(card["people"]))
    mover, *others = large["people"]
    goal = console.locator("[data-table]").filter(has_text=f"Table {small['table']}")
    drag(console, console.get_by_role("button", name=f"Pick up {mover}"), goal)
    expect(goal.get_by_role("button", name=f"Pick up {mover}")).to_be_visible()

    one, other = others[0], small["people"][0]
    console.get_by_role("button", name=f"Pick up {one}").press("Enter")
    walk_to(console, f"Swap with {other}")
    console.keyboard.press("Enter")
    expect(goal.get_by_role("button", name=f"Pick up {one}")).to_be_visible()
    expect(table_of(console, other)).to_contain_text(f"Table {large['table']}")


def a_second_organiser_is_told_what_the_first_did(party: Party) -> None:
    """Somebody is in hand at one laptop while the room changes at another."""
    console, second = party.console, party.evening.organiser(party.browser)
    table = f"Table {number_of(console, GUS)}"
    second.get_by_role("button", name=f"Pick up {DEE}").click()
    console.get_by_role("button", name=f"Pick up {GUS}").click()
    party.press(f"Let {GUS} sit out")
    expect(second.get_by_role("group", name="Sitting out")).to_contain_text(GUS)
    second.get_by_role("button", name=f"Let {DEE} sit out").click()
    expect(second.get_by_text("Someone was quicker, so this was not done")).to_be_visible()
    expect(
        second.get_by_role("listitem").filter(has_text=re.compile(rf"took {GUS} from table \d"))
    ).to_be_visible()
    party.look("somebody was quicker", console=second)
    second.get_by_role("button", name="Cancel").click()
    second.get_by_role("button", name=f"Pick up {GUS}").click()
    card = second.locator("[data-table]").filter(has_text=table)
    card.get_by_role("button", name=f"Put {GUS} here").click()
    expect(console.get_by_role("group", name="Sitting out")).to_contain_text("Nobody")
    expect_shown(second, "cards()", read(console, "cards()"))
    second.context.close()


def pin_and_solve_again(party: Party) -> None:
    """Who is pinned stays, and everybody has a seat."""
    console = party.console
    number = number_of(console, CLEO)
    party.press(f"Keep {CLEO} at table {number}")
    expect(console.get_by_text("1 person pinned.")).to_be_visible()
    party.press("Solve again")
    seats = party.solved()
    assert (seats[CLEO], seats.keys()) == (number, GUESTS.keys() - {LATE})


def publish_and_take_it_back(party: Party, before: dict[str, str], rolling: dict[str, int]) -> None:
    """Phones and screen follow, and within a minute they are back at what they showed."""
    console, screen = party.console, party.screen
    draft = read(console, "cards()")
    party.press("Publish round 1")
    expect(console.get_by_role("button", name="Undo publishing")).to_be_visible()
    assert party.agree() == {name: card["table"] for card in draft for name in card["people"]}
    party.count_down("starts_at")

    party.press("Undo publishing")
    for name, phone in party.phones.items():
        expect_shown(phone, "words()", before[name])
    expect(screen.get_by_text("7 people are here")).to_be_visible()
    expect(screen.get_by_role("timer")).to_have_count(0)
    assert party.seats() == rolling
    party.find(rolling)
    expect_shown(console, "cards()", draft)
    expect(console.get_by_text("1 person pinned.")).to_be_visible()


def publish_again(party: Party) -> None:
    """Everybody is shown the way."""
    console = party.console
    planned = {name: card["table"] for card in read(console, "cards()") for name in card["people"]}
    party.press("Publish round 1")
    expect(console.get_by_role("button", name="Start talking now")).to_be_visible()
    assert party.agree() == planned
    for name, phone in party.phones.items():
        way = f"Plan of the room. Coming in, table {planned[name]} is"
        expect(phone.get_by_role("img", name=way)).to_be_visible()
    party.find(planned)
    party.look("people go", console=console, screen=party.screen, phone=party.phones[ADA])


def the_clock_runs(party: Party) -> None:
    """From the start of the talk and over a break."""
    console, screen, ada = party.console, party.screen, party.phones[ADA]
    party.press("Start talking now")
    expect(ada.get_by_text("left to talk")).to_be_visible()
    party.count_down("ends_at")
    topics = {t["number"]: t["topic"] for t in party.told_to_all()["tables"].values()}
    expect_shown(screen, "topics()", sorted(f"{n} {topics[n] or 'Open table'}" for n in topics))
    party.look("people talk", console=console, screen=screen, phone=ada)

    party.press("Pause")
    expect(console.get_by_role("heading", name="Round 1 is paused")).to_be_visible()
    for page in (screen, *party.phones.values()):
        expect(page.get_by_text("The clock is paused").first).to_be_visible()
    stands = read(console, "timer()")
    for page in (screen, *party.phones.values()):
        expect_shown(page, "timer()", stands)
    party.press("Resume")
    expect(console.get_by_role("button", name="Pause")).to_be_visible()
    party.count_down("ends_at")


def somebody_comes_late_while_a_phone_is_in_a_tunnel(party: Party) -> None:
    """Two minutes more, and a seat at once for who comes; the phone is right within two seconds of network."""
    ada, ends = party.phones[ADA], party.moment("ends_at")
    ada.context.set_offline(True)
    party.press("+2 minutes")
    expect(party.console.get_by_role("button", name="+2 minutes")).to_be_enabled()
    assert party.moment("ends_at") - ends == timedelta(minutes=2)
    party.arrive(LATE)
    party.reads(LATE, TABLE)
    expect(party.screen.get_by_text(LATE)).to_be_visible()
    expect(ada.get_by_text("Reconnecting…")).to_be_visible()
    ada.context.set_offline(False)
    party.count_down_on(ada, "ends_at", within=2_000)
    expect(ada.get_by_text("Reconnecting…")).to_have_count(0)
    assert LATE in party.agree()
    party.count_down("ends_at")


def somebody_leaves_and_somebody_sits_out(party: Party) -> None:
    """One tap each; a phone that is loaded anew in between shows the same again."""
    console = party.console
    party.tap(BO, "leaving")
    party.reads(BO, f"See you soon, {BO}")
    expect(console.get_by_text("on the list").first).to_be_visible()
    expect(table_of(console, BO)).to_have_count(0)
    party.agree()

    party.tap(DEV, "Sit this one out")
    party.reads(DEV, "You are sitting this one out")
    expect(console.get_by_text("1 person sits out")).to_be_visible()
    party.phones[CLEO].reload()
    party.agree()

    party.tap(DEV, "back")
    party.reads(DEV, TABLE)
    expect(console.get_by_text("1 person sits out")).to_have_count(0)
    assert party.agree().keys() == GUESTS.keys() - {BO}


def the_round_ends_with_the_one_question(party: Party) -> None:
    """Asked of everybody who sat, to be answered or skipped."""
    press_and_confirm(party.console, "End round 1")
    expect(party.screen.get_by_text("Thank your table")).to_be_visible()
    party.look("time is up", console=party.console, screen=party.screen)
    for name in party.phones.keys() - {BO}:
        party.reads(name, QUESTION)
    party.tap(ADA, "Skip this")
    party.reads(ADA, "Time is up")
    mate = party.phones[DEV].locator("main").get_by_role("group").first
    mate.get_by_role("button", name="Yes").click()
    expect(mate.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    party.tap(DEV, "Done")
    party.reads(DEV, "Time is up")


def the_next_round_and_the_end(party: Party) -> None:
    """Once more to a table, and thanks on every surface."""
    console, screen = party.console, party.screen
    party.press("Draft round 2")
    party.press("Publish round 2")
    expect(console.get_by_role("button", name="Start talking now")).to_be_visible()
    assert party.agree().keys() == GUESTS.keys() - {BO}
    press_and_confirm(console, "End round 2")
    press_and_confirm(console, "End the evening")
    expect(console.get_by_role("heading", name="The evening is over")).to_be_visible()
    expect(screen.get_by_role("heading", name="Thank you for coming")).to_be_visible()
    for name in party.phones:
        party.reads(name, f"Thank you for coming, {name}")
    party.look("thanks", console=console, screen=screen, phone=party.phones[BO])


def test_a_round_is_drafted_changed_published_and_taken_back_by_the_keyboard_alone(
    party: Party,
) -> None:
    console = party.console
    tab_and_press(console, "Open the doors")
    expect(console.get_by_role("button", name="Draft round 1")).to_be_visible()
    script = EVERYBODY_IN.format(slug=party.evening.slug)
    party.evening.server.shell(script)
    tab_and_press(console, "Draft round 1")
    expect(console.get_by_role("heading", name="Draft of round 1")).to_be_visible()
    pinned, table = edit_by_keys(console)
    tab_and_press(console, "Solve again")
    draft = party.solved()
    assert draft[pinned] == table

    tab_and_press(console, "Publish round 1")
    expect(console.get_by_role("heading", name="Draft of round 1")).to_be_hidden()
    assert party.agree() == draft
    tab_and_press(console, "Undo publishing")
    expect(console.get_by_role("heading", name="Draft of round 1")).to_be_visible()
    party.lay_out(draft)


def edit_by_keys(console: Page) -> tuple[str, int]:
    """One person moves, two change places, one of them is pinned; returns who, and to which table."""
    home, away = sorted(read(console, "cards()"), key=lambda card: ADA not in card["people"])
    other = away["people"][0]

    tab_to(console, "Keep table")
    walk_and_press(console, f"Pick up {ADA}")
    walk_and_press(console, f"Put {ADA} here")
    expect(table_of(console, ADA)).to_contain_text(f"Table {away['table']}")
    expect(console.get_by_role("button", name=f"Pick up {ADA}")).to_be_focused()
    walk_and_press(console, f"Pick up {other}")
    walk_and_press(console, f"Swap with {BO}")
    expect(console.get_by_role("button", name=f"Pick up {BO}")).to_be_visible()
    assert (number_of(console, BO), number_of(console, other)) == (away["table"], home["table"])
    walk_to(console, f"Pick up {BO}")
    console.keyboard.press("ArrowRight")
    assert focused(console) == f"Keep {BO} at table {away['table']} when solving again"
    console.keyboard.press("Enter")
    expect(console.get_by_text("1 person pinned.")).to_be_visible()
    return BO, away["table"]


def tab_and_press(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def walk_and_press(page: Page, name: str) -> None:
    walk_to(page, name)
    page.keyboard.press("Enter")
