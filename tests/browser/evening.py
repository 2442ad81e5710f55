"""An evening of a test: an event on the running server, with its links and its guests' tickets."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.serving import Server

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}
HALL = {"width": 1920, "height": 1080}

# The commands that an organiser types, in one process: starting one for each takes longer than the walks do.
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
call_command("event", "open", {slug!r})
"""


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
        self.server.tablemates("event", "open", self.slug)

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

    def page(self, browser: Browser, size: dict[str, int], address: str) -> Page:
        """Open an address as someone new, with nothing remembered."""
        self.opened.append(browser.new_context(viewport=size, reduced_motion="reduce"))
        page = self.opened[-1].new_page()
        page.goto(address)
        return page

    def organiser(self, browser: Browser, part: str = "") -> Page:
        """The console of this event, signed in by the printed link."""
        page = self.page(browser, LAPTOP, self.console)
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
    printed = server.tablemates("shell", "--no-imports", "-c", script + then.format(slug=slug))
    links = dict(re.findall(r"^\s+(console|poster|screen)\s+(\S+)", printed, re.MULTILINE))
    links = {name: re.sub(r"^http://[^/]+", server.url, link) for name, link in links.items()}
    summary, told = (json.loads(line) for line in printed.splitlines() if line.startswith("{"))
    assert summary["created"] == len(guests)
    return Evening(slug=slug, **links, **told, server=server)


def press_and_confirm(console: Page, name: str) -> None:
    """Press a button that asks back, and confirm."""
    console.get_by_role("button", name=name).click()
    console.get_by_role("dialog").get_by_role("button", name=name).click()


def serious_trouble(page: Page) -> list[str]:
    """What axe-core calls serious or critical, once the page has come up."""
    page.get_by_role("heading").first.wait_for()
    violations = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']}" for v in violations if v["impact"] in ("serious", "critical")]
