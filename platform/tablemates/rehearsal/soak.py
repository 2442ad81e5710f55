"""An evening in a minute, with everything that goes wrong in one: at its end every page must show what the server says.

Phones lose their sockets, sit in tunnels, reload, leave, come back and ask for things; an organiser starts, undoes and ends
rounds meanwhile. Whatever the server refuses must be refused by a rule: anything else is a problem.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from tablemates.rehearsal.crowd import check_in
from tablemates.rehearsal.page import TIMEOUT, Page, Seen, phone

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    State = dict[str, Any]

# Answers that are a rule's, not a fault's: what was asked for does not fit what is.
REFUSALS = (404, 409, 422)
SETTLED_SECONDS = 2.0
PATIENCE_SECONDS = 60.0
BUSY_SECONDS = 6.0
"""Each phone does something about so often, or less often in a large crowd: what is done must be done in time."""
PHONES_PER_SECOND = 20


@dataclass
class Soak(Seen):
    """What happened: acts by name, refusals by code, and the pages that ended up wrong."""

    pages: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Evening:
    """Where it is: the poster, the tickets, and how the organiser and the screen get in."""

    base: str
    event: str
    poster: str
    screen: str
    enter: str
    tickets: Sequence[str]


class Guest:
    """Somebody with a phone."""

    def __init__(self, soak: Soak, http: httpx.AsyncClient, evening: Evening, ticket: str) -> None:
        self.soak, self.http, self.evening, self.ticket = soak, http, evening, ticket
        self.page = phone(http, ticket, seen=soak)

    async def come_in(self) -> None:
        """Scan the poster."""
        await check_in(self.http, self.evening.poster, self.ticket)

    async def lose_the_socket(self) -> None:
        """Wi-Fi."""
        self.page.drop()

    async def sit_in_a_tunnel(self) -> None:
        """No network for a while."""
        self.page.drop(away=random.uniform(1.0, 5.0))

    async def reload(self) -> None:
        """Pull to refresh."""
        self.page.reload()

    async def poll(self) -> None:
        """Where sockets are blocked, the snapshot is asked for again and again."""
        await self.page.refresh()

    async def leave(self) -> None:
        """Go home, and perhaps come back."""
        await self._post("/api/v1/me/leave", nonce=secrets.token_hex(12))
        if random.random() < 0.5:
            await asyncio.sleep(random.uniform(0.5, 2.0))
            await self.come_in()

    async def sit_out(self) -> None:
        """Have a break."""
        await self._post("/api/v1/me/wish", kind="sit_out")

    async def be_drawn_in(self) -> None:
        """Want a seat now."""
        await self._post("/api/v1/me/wish", kind="draw_me_in")

    async def take_the_wish_back(self) -> None:
        """Never mind."""
        await self._post("/api/v1/me/wish", kind=None)

    async def do_the_errand(self) -> None:
        """A host has sat down with whoever waited."""
        if errand := self.page.state.get("errand"):
            await self._post("/api/v1/me/errand/done", id=errand["id"])

    async def _post(self, path: str, **body: Any) -> None:
        headers = self.page.headers
        note(self.soak, path, await self.http.post(path, json=body, headers=headers))


# What guests do, and how often beside the others.
GUESTS_ACTS: Mapping[Callable[[Guest], Awaitable[None]], int] = {
    Guest.lose_the_socket: 8,
    Guest.sit_in_a_tunnel: 4,
    Guest.reload: 2,
    Guest.poll: 2,
    Guest.leave: 2,
    Guest.sit_out: 2,
    Guest.be_drawn_in: 2,
    Guest.take_the_wish_back: 1,
    Guest.do_the_errand: 2,
}


class Organiser:
    """Somebody with a console, which shows what to act on."""

    def __init__(self, soak: Soak, http: httpx.AsyncClient, event: str) -> None:
        self.soak, self.http, self.event = soak, http, f"/api/v1/events/{event}"
        cookies = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        self.headers = {"X-CSRFToken": http.cookies["csrftoken"], "Referer": str(http.base_url)}
        self.page = Page(
            http,
            socket=f"/ws/console/{event}/",
            snapshot=f"{self.event}/snapshot",
            headers={"Cookie": cookies},
            seen=soak,
        )

    def rounds(self, *statuses: str) -> list[State]:
        """Timed rounds of these statuses, oldest first."""
        rounds = [one for one in self.page.state["rounds"].values() if one["kind"] == "timed"]
        return sorted(
            (one for one in rounds if one["status"] in statuses), key=lambda one: one["number"]
        )

    def people(self) -> list[str]:
        """Who is here."""
        everybody = self.page.state["attendees"].values()
        return [one["id"] for one in everybody if one["present_since"]]

    def some_people(self, most: int) -> list[str]:
        """So many of those who are here, or as many as there are."""
        people = self.people()
        return random.sample(people, min(most, len(people)))

    async def act(self, path: str, **body: Any) -> None:
        """Post, with the version that the console shows; somebody quicker is no fault."""
        body["version"] = self.page.state["mixer"]["version"]
        note(self.soak, path, await self.http.post(path, json=body, headers=self.headers))

    async def on_rounds(self, verb: str, *statuses: str, **body: Any) -> None:
        """Act on the latest round of these statuses."""
        for one in self.rounds(*statuses)[-1:]:
            await self.act(f"/api/v1/rounds/{one['id']}/{verb}", **body)


async def let_tables_form(organiser: Organiser) -> None:
    """Rolling tables."""
    await organiser.act(f"{organiser.event}/rolling", on=True)


async def draft(organiser: Organiser) -> None:
    """Plan a round."""
    await organiser.act(f"{organiser.event}/rounds")


async def pin(organiser: Organiser) -> None:
    """Keep a table as it is."""
    drafted = [one["id"] for one in organiser.rounds("draft")]
    tables = organiser.page.state["tables"].values()
    for table in [one for one in tables if one["round"] in drafted][:1]:
        await organiser.on_rounds("pin", "draft", on=True, table=table["id"])


async def swap(organiser: Organiser) -> None:
    """Let two people change places."""
    drafted = [one["id"] for one in organiser.rounds("draft")]
    where = {
        person: table["id"]
        for table in organiser.page.state["tables"].values()
        for person in table["people"]
        if table["round"] in drafted
    }
    pair = [person for person in organiser.some_people(2) if person in where]
    for one, other in itertools.pairwise(pair):
        await organiser.on_rounds("move", "draft", attendee=one, table=where[other], swap=other)


async def solve_again(organiser: Organiser) -> None:
    """Around what is pinned."""
    await organiser.on_rounds("resolve", "draft")


async def publish(organiser: Organiser) -> None:
    """Send everybody to their tables."""
    await organiser.on_rounds("publish", "draft")


async def undo(organiser: Organiser) -> None:
    """Take it back."""
    await organiser.on_rounds("undo", "published")


async def start(organiser: Organiser) -> None:
    """Begin to talk."""
    await organiser.on_rounds("start", "published")


async def pause(organiser: Organiser) -> None:
    """Stop the clock."""
    await organiser.on_rounds("pause", "published")


async def resume(organiser: Organiser) -> None:
    """Let it go on."""
    await organiser.on_rounds("resume", "published")


async def extend(organiser: Organiser) -> None:
    """Two minutes more."""
    await organiser.on_rounds("extend", "published", minutes=2)


async def seat_somebody(organiser: Organiser) -> None:
    """Whoever waits longest."""
    seated = {
        person for table in organiser.page.state["tables"].values() for person in table["people"]
    }
    for person in [one for one in organiser.people() if one not in seated][:1]:
        await organiser.act(f"{organiser.event}/seat", attendee=person)


async def send_a_host(organiser: Organiser) -> None:
    """To somebody who is alone."""
    for person in organiser.some_people(1):
        await organiser.act(f"{organiser.event}/send-host", attendee=person)


async def mend_a_table(organiser: Organiser) -> None:
    """The smallest of the round that is on: fill it up."""
    on = [one["id"] for one in organiser.rounds("published")]
    tables = [one for one in organiser.page.state["tables"].values() if one["round"] in on]
    for table in sorted(tables, key=lambda one: len(one["people"]))[:1]:
        path = f"/api/v1/tables/{table['id']}/remedy"
        await organiser.act(path, remedy="top_up", confirmed=True)


async def end(organiser: Organiser) -> None:
    """Enough."""
    await organiser.on_rounds("end", "published")


# What an organiser does, in this order, again and again.
ORGANISERS_ACTS: Sequence[Callable[[Organiser], Awaitable[None]]] = (
    let_tables_form,
    send_a_host,
    seat_somebody,
    draft,
    pin,
    swap,
    solve_again,
    publish,
    undo,
    publish,
    start,
    seat_somebody,
    mend_a_table,
    pause,
    extend,
    resume,
    end,
)  # fmt: skip


def note(soak: Soak, path: str, answer: httpx.Response) -> None:
    """Count a refusal by a rule; what is neither that nor done is a problem."""
    if answer.is_success:
        return
    if answer.status_code in REFUSALS and "code" in answer.json():
        soak.refusals[answer.json()["code"]] += 1
    else:
        soak.problems.append(f"{path}: {answer.status_code} {answer.text[:200]}")


async def play(evening: Evening, *, seconds: float) -> Soak:
    """Let everybody arrive within a third of the time, act till its end, and compare every page with the server."""
    soak = Soak()
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=100)
    async with (
        httpx.AsyncClient(base_url=evening.base, timeout=TIMEOUT, limits=limits) as http,
        httpx.AsyncClient(base_url=evening.base, timeout=TIMEOUT) as office,
    ):
        (await office.get(evening.enter, follow_redirects=True)).raise_for_status()
        organiser = Organiser(soak, office, evening.event)
        guests = [Guest(soak, http, evening, ticket) for ticket in evening.tickets]
        screen = Page(
            http,
            socket="/ws/screen/",
            snapshot="/api/v1/screen/snapshot",
            headers={"Authorization": f"Screen {evening.screen}"},
            token=evening.screen,
            seen=soak,
        )
        pages = [organiser.page, screen, *(guest.page for guest in guests)]
        soak.pages = len(pages)
        open_pages = [asyncio.create_task(page.stay()) for page in pages]
        try:
            await _act(soak, organiser, guests, seconds)
            await _compare(soak, pages)
        finally:
            for task in open_pages:
                task.cancel()
            await asyncio.wait(open_pages)
    return soak


async def _act(soak: Soak, organiser: Organiser, guests: Sequence[Guest], seconds: float) -> None:
    """All at once, until the time is up. What is under way then is finished."""
    until = asyncio.get_running_loop().time() + seconds
    async with asyncio.TaskGroup() as group:
        group.create_task(_organise(soak, organiser, until))
        busy = max(BUSY_SECONDS, len(guests) / PHONES_PER_SECOND)
        for guest in guests:
            wait = random.uniform(0, seconds / 3)
            group.create_task(_attend(soak, guest, wait, busy, until))


async def _attend(soak: Soak, guest: Guest, wait: float, busy: float, until: float) -> None:
    clock = asyncio.get_running_loop().time
    await asyncio.sleep(wait)
    await _do(soak, "come_in", guest.come_in())
    while (pause := random.uniform(0, 2 * busy)) < until - clock():
        await asyncio.sleep(pause)
        (act,) = random.choices([*GUESTS_ACTS], [*GUESTS_ACTS.values()])
        await _do(soak, act.__name__, act(guest))


async def _organise(soak: Soak, organiser: Organiser, until: float) -> None:
    """Everything once, and again while there is time."""
    clock = asyncio.get_running_loop().time
    pause = (until - clock()) / (2.5 * len(ORGANISERS_ACTS))
    while not organiser.page.state:
        await asyncio.sleep(0.1)
    for turn in itertools.count():
        for act in ORGANISERS_ACTS:
            await asyncio.sleep(pause)
            if turn and clock() >= until:
                return
            await _do(soak, act.__name__, act(organiser))


async def _do(soak: Soak, name: str, act: Awaitable[None]) -> None:
    soak.acts[name] += 1
    try:
        await act
    except (httpx.HTTPError, ValueError) as problem:
        soak.problems.append(f"{name}: {problem!r}")


async def _compare(soak: Soak, pages: Sequence[Page]) -> None:
    """Wait until nothing is said any more; then each page must have come to what the server says by itself."""
    loop = asyncio.get_running_loop()
    deadline, since, last = loop.time() + PATIENCE_SECONDS, loop.time(), -1
    while loop.time() < deadline and loop.time() - since < SETTLED_SECONDS:
        await asyncio.sleep(0.2)
        if (now := max(page.replica.seq for page in pages)) != last:
            last, since = now, loop.time()
    await asyncio.gather(*(_agree(soak, page, deadline) for page in pages))


async def _agree(soak: Soak, page: Page, deadline: float) -> None:
    while difference := await _difference(page):
        if asyncio.get_running_loop().time() > deadline:
            soak.wrong.append(f"{page.snapshot}: {difference}")
            return
        await asyncio.sleep(0.5)


async def _difference(page: Page) -> str:
    """What the page shows otherwise than the server, "" for nothing."""
    answer = await page.http.get(page.snapshot, headers=page.headers)
    theirs, ours = answer.raise_for_status().json()["state"], page.state
    for name in theirs | ours:
        mine, right = ours.get(name), theirs.get(name)
        if name == "checkins" and mine and right:
            # A console that has been open longer holds more of the ledger.
            mine = {key: mine[key] for key in right if key in mine}
        if mine != right:
            return f"{name} is {mine!r}, not {right!r}"
    return ""
