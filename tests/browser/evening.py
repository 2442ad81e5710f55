"""An evening of a test: an event on the running server, with its links and its guests' tickets."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.serving import Server

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}
HALL = {"width": 1920, "height": 1080}

# The commands that an organiser types, in a Python that stays: starting one for each takes longer than the walks do.
BEGIN = """
import json
from django.core.management import call_command
from events.models import Event
call_command("event", "create", "Evening {slug}", "--slug", {slug!r})
call_command("import", {slug!r}, {file!r}, "--json")
event = Event.objects.get(slug={slug!r})
own = event.tickets.filter(issuer="tablemates").select_related("attendee")
print(json.dumps({{"event_id": str(event.pk), "tickets": {{t.attendee.name: t.secret for t in own}}}}))
"""
OPEN = """
from django.core.management import call_command
call_command("event", "open", {slug!r})
"""
# For `then`: all guests are let in at the door.
EVERYBODY_IN = """
from secrets import token_hex
from checkin.services import check_in, console_station
from events.models import Event
event = Event.objects.get(slug={slug!r})
for person in event.attendees.all():
    check_in(event=event, station=console_station(event, "all"), nonce=token_hex(8), attendee=person)
"""
# The arrow key that leads to the stop of this name; null once it is reached.
WAY = """name => {
  const called = stop => stop.getAttribute('aria-label') ?? stop.innerText.trim();
  const goal = [...document.querySelectorAll('[data-stop]')].find(stop => called(stop).startsWith(name));
  const here = document.activeElement;
  if (!goal || goal === here) return null;
  const [from, to] = [here, goal].map(stop => stop.getBoundingClientRect());
  const across = to.left + to.width / 2 - from.left - from.width / 2;
  const down = to.top + to.height / 2 - from.top - from.height / 2;
  if (Math.abs(across) > Math.abs(down)) return across > 0 ? 'ArrowRight' : 'ArrowLeft';
  return down > 0 ? 'ArrowDown' : 'ArrowUp';
}"""


@dataclass(frozen=True)
class Evening:
    """Links of one event; `tickets` maps guests' names to the secrets of their tickets."""

    slug: str
    console: str
    poster: str
    screen: str
    event_id: str
    tickets: dict[str, str]
    server: Server
    opened: list[BrowserContext] = field(default_factory=list)

    def open_doors(self) -> None:
        """Open the doors by command."""
        self.server.shell(OPEN.format(slug=self.slug))

    def ticket_link(self, name: str) -> str:
        """The personal link of a guest."""
        return f"{self.server.url}/t#{self.tickets[name]}"

    def close(self) -> None:
        """Everybody goes home."""
        while self.opened:
            self.opened.pop().close()

    def check_in(self, browser: Browser, name: str) -> Page:
        """A guest at the poster, with the link from the invitation; three taps."""
        phone = self.page(browser, PHONE, self.poster)
        phone.get_by_role("button", name="I have a ticket").click()
        phone.get_by_label("Link or short code").fill(self.ticket_link(name))
        phone.get_by_role("button", name="Check in").click()
        return phone

    def page(
        self, browser: Browser, size: dict[str, int], address: str, locale: str | None = None
    ) -> Page:
        """Open an address as someone new, with nothing remembered."""
        context = browser.new_context(viewport=size, reduced_motion="reduce", locale=locale)
        self.opened.append(context)
        page = self.opened[-1].new_page()
        page.goto(address)
        return page

    def organiser(self, browser: Browser, part: str = "", locale: str | None = None) -> Page:
        """The console of this event, signed in by the printed link."""
        page = self.page(browser, LAPTOP, self.console, locale)
        page.goto(f"{self.server.url}/console/events/{self.event_id}/{part}")
        return page


def begin_evening(
    server: Server,
    folder: Path,
    slug: str,
    guests: dict[str, str],
    *,
    doors: bool = False,
    then: str = "",
) -> Evening:
    """Create an event with these guests (name: interests) by the commands of an organiser; `then` is a script to run after."""
    rows = "".join(f'"{name}","{interests}"\n' for name, interests in guests.items())
    file = folder / f"{slug}.csv"
    file.write_text("Name,Interests\n" + rows, encoding="utf-8")
    script = BEGIN.format(slug=slug, file=str(file)) + (OPEN.format(slug=slug) if doors else "")
    printed = server.shell(script + then.format(slug=slug))
    links = dict(re.findall(r"^\s+(console|poster|screen)\s+(\S+)", printed, re.MULTILINE))
    links = {name: re.sub(r"^http://[^/]+", server.url, link) for name, link in links.items()}
    summary, told = (json.loads(line) for line in printed.splitlines() if line.startswith("{"))
    assert summary["created"] == len(guests)
    return Evening(slug=slug, **links, **told, server=server)


def press_and_confirm(console: Page, name: str) -> None:
    """Press a button that asks back, and confirm."""
    console.get_by_role("button", name=name).click()
    console.get_by_role("dialog").get_by_role("button", name=name).click()


def table_of(console: Page, name: str) -> Locator:
    """The card of the table at which somebody sits."""
    return console.locator("[data-table]").filter(has=at_table(console, name))


def other_table(console: Page, name: str) -> Locator:
    """The card of a table at which somebody does not sit."""
    return console.locator("[data-table]").filter(has_not=at_table(console, name)).first


def at_table(console: Page, name: str) -> Locator:
    """Somebody in their row."""
    return console.locator("[data-swap]").filter(has_text=name)


def drag(console: Page, what: Locator, to: Locator) -> None:
    """By the mouse, as a hand does it."""
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), to.bounding_box()
    assert start
    assert end
    console.mouse.move(start["x"] + 30, start["y"] + 10)
    console.mouse.down()
    console.mouse.move(start["x"] + 45, start["y"] + 14)
    console.mouse.move(end["x"] + 30, end["y"] + 8, steps=5)
    console.mouse.up()


def focused(page: Page) -> str:
    """What the keyboard is at, as a screen reader calls it."""
    here = "document.activeElement"
    return str(page.evaluate(f"{here}.getAttribute('aria-label') ?? {here}.innerText.trim()"))


def tab_to(page: Page, name: str) -> None:
    """By the Tab key, to what is called like this."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return
    pytest.fail(f"The Tab key does not lead to {name}.")


def walk_to(page: Page, name: str) -> None:
    """By the arrow keys, among things that are one stop for the Tab key."""
    for _ in range(40):
        key = page.evaluate(WAY, name)
        if key is None:
            break
        page.keyboard.press(key)
    assert focused(page).startswith(name), f"The arrow keys do not lead to {name}."


def serious_trouble(page: Page) -> list[str]:
    """What axe-core calls serious or critical, once the page has come up."""
    page.get_by_role("heading").first.wait_for()
    violations = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']}" for v in violations if v["impact"] in ("serious", "critical")]
