"""The scanner page in a real Chromium: paired by a link, it reads tickets with and without network."""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.evening import LAPTOP, PHONE, Evening, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

NAMES = ("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dev Patel")
DOORS = ("North door", "South door", "East door")
ALL_SENT = "Connected · everything is sent"
OFFLINE = "Offline: decided by this device"

BEGIN = """
import json
from checkin.stations import add_station
from events.services import create_event, open_doors, register_attendee
from tablemates.accounts.models import Team
team = Team.objects.create(name="Door")
event = create_event(team=team, title="Autumn dinner", slug={slug!r})
tickets = {{}}
for name in {names!r}:
    person = register_attendee(event=event, name=name, interests=["Open data"])
    tickets[name] = person.tickets.get(issuer="tablemates").secret
event = open_doors(event=event)
doors = {{name: add_station(event=event, name=name, hours=4)[1] for name in {doors!r}}}
print(json.dumps({{"event_id": str(event.pk), "tickets": tickets, "doors": doors}}))
"""
REVOKE = """
from checkin.models import Station
from checkin.stations import revoke_station
revoke_station(station=Station.objects.get(event__slug={slug!r}, name={name!r}))
"""
LEDGER = """
import json
from checkin.models import CheckIn, Conflict
rows = CheckIn.objects.filter(event__slug={slug!r}).select_related("attendee", "station").order_by("happened_at")
conflicts = Conflict.objects.filter(checkin__event__slug={slug!r})
print(json.dumps({{
    "rows": [
        {{
            "name": row.attendee.name if row.attendee else "",
            "station": row.station.name,
            "outcome": row.outcome,
            "shown": row.shown,
            "at": row.at.timestamp(),
            "happened_at": row.happened_at.timestamp(),
            "device_at": row.device_at.timestamp() if row.device_at else None,
        }}
        for row in rows
    ],
    "conflicts": [conflict.checkin.attendee.name for conflict in conflicts],
    "rejected": sum(row.rejected for row in {{row.station for row in rows}}),
}}))
"""

# What the device keeps, as it lies in the database: sealed values as text of one letter for each byte.
RAW = """async () => {
  const open = indexedDB.open('tablemates-scanner');
  const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
  const letters = (bytes) => Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  const text = (value) =>
    value instanceof CryptoKey ? `key, extractable: ${value.extractable}`
    : value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? letters(value.buffer ?? value)
    : value && typeof value === 'object' ? Object.entries(value).map(([name, part]) => name + text(part)).join(' ')
    : String(value);
  const found = {};
  for (const store of db.objectStoreNames) {
    const asked = db.transaction(store).objectStore(store).getAll();
    found[store] = (await new Promise((done) => (asked.onsuccess = () => done(asked.result)))).map(text);
  }
  db.close();
  found.elsewhere = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  return found;
}"""

# The guest list comes a moment after the first contact.
HAS_GUEST_LIST = """async () => {
  const open = indexedDB.open('tablemates-scanner');
  const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
  const asked = db.transaction('facts').objectStore('facts').getKey('roster');
  const key = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  db.close();
  return key !== undefined;
}"""

# Somebody with the device in hand and tools at the ready: lets the page's own key open an entry, changes it, seals it again.
TAMPER = """async (index) => {
  const open = indexedDB.open('tablemates-scanner');
  const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
  const ask = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const key = await ask(db.transaction('keys').objectStore('keys').get('seal'));
  const order = (await ask(db.transaction('queue').objectStore('queue').getAllKeys()))[index];
  const { iv, data } = await ask(db.transaction('queue').objectStore('queue').get(order));
  const scan = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data)));
  scan.at = new Date(Date.parse(scan.at) - 3600_000).toISOString();
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(scan)));
  await ask(db.transaction('queue', 'readwrite').objectStore('queue').put({ iv, data: sealed }, order));
  db.close();
}"""

# A hand scanner in a hurry: it types each code and presses Enter.
WEDGE = """(codes) => {
  for (const code of codes) {
    for (const key of [...code, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }
}"""


@dataclass(frozen=True)
class Door(Evening):
    """An evening with its doors open, and scanners that wait to be paired."""

    doors: dict[str, str] = field(default_factory=dict)

    def link(self, name: str) -> str:
        """The link that makes a device this scanner, once."""
        return f"{self.server.url}/scan/#{self.doors[name]}"

    def revoke(self, name: str) -> None:
        """Take the right to scan away from a scanner."""
        code = REVOKE.format(slug=self.slug, name=name)
        self.server.shell(code)

    def ledger(self) -> dict[str, Any]:
        """What the server wrote down, in the order in which it happened."""
        code = LEDGER.format(slug=self.slug)
        found: dict[str, Any] = json.loads(self.server.shell(code))
        return found


def begin(server: Server, slug: str, names: Sequence[str]) -> Door:
    """Everything in one command: a start takes seconds on a busy machine."""
    code = BEGIN.format(slug=slug, names=list(names), doors=DOORS)
    told = json.loads(server.shell(code))
    return Door(slug=slug, console="", poster="", screen="", server=server, **told)


@pytest.fixture
def door(server: Server, request: pytest.FixtureRequest) -> Iterator[Door]:
    slug = re.sub(r"[^a-z]+", "-", request.node.originalname.removeprefix("test_"))[:50].strip("-")
    begun = begin(server, slug, NAMES)
    yield begun
    begun.close()


def paired(door: Door, browser: Browser, name: str, size: dict[str, int] | None = None) -> Page:
    """A device that was paired by opening the link, and has the guest list."""
    device = door.page(browser, size or PHONE, door.link(name))
    expect_guest_list(device)
    return device


def expect_guest_list(device: Page) -> None:
    """Wait until a device can do without network."""
    expect(device.get_by_text(ALL_SENT)).to_be_visible()
    device.wait_for_function(HAS_GUEST_LIST)


def outcomes(ledger: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Of each row: who, what the device showed, what the server says."""
    return [(row["name"], row["shown"], row["outcome"]) for row in ledger["rows"]]


def scan(device: Page, secret: str, words: str, mark: str = OFFLINE) -> None:
    """Type a code, and read what fills the screen."""
    field = device.get_by_label("Ticket code")
    field.fill(secret)
    field.press("Enter")
    alert = device.get_by_role("alert")
    told = alert.get_by_text(words).first
    expect(told).to_be_visible()
    expect(alert.get_by_text(OFFLINE)).to_have_count(1 if mark else 0)
    device.keyboard.press("Escape")
    expect(told).to_be_hidden()


def cut(device: Page) -> None:
    """The network is gone; the page says so."""
    device.context.set_offline(True)
    expect(device.get_by_text("No network", exact=False).first).to_be_visible()


def mend(device: Page) -> None:
    """The network is back, and the queue empties by itself."""
    device.context.set_offline(False)
    expect(device.get_by_text(ALL_SENT)).to_be_visible()


def test_a_paired_phone_reads_tickets_with_the_camera_and_goes_on_without_network(
    door: Door, launch_with_camera: Callable[[str], Browser]
) -> None:
    device = paired(door, launch_with_camera(door.ticket_link("Dev Patel")), "North door")
    assert device.url == f"{door.server.url}/scan/"
    device.get_by_role("button", name="Scan with the camera").click()
    expect(device.get_by_role("alert").get_by_text("Welcome, Dev")).to_be_visible()
    device.evaluate("navigator.serviceWorker.ready")
    expect(device.get_by_text("1 here")).to_be_visible()

    cut(device)
    device.reload()
    expect(device.get_by_text("No network · scanning goes on")).to_be_visible()
    # The reader of codes, too, comes from the service worker.
    device.get_by_role("button", name="Scan with the camera").click()
    expect(device.get_by_role("alert").get_by_text("Dev is already in")).to_be_visible()
    expect(device.get_by_text("No network · 1 scan waits")).to_be_visible()
    device.get_by_role("button", name="Stop the camera").click()
    before = time.time()
    scan(device, door.tickets["Ada Lovelace"], "Welcome, Ada")
    scan(device, door.ticket_link("Ada Lovelace"), "Ada is already in")
    scan(device, "no such ticket", "Unknown ticket")
    device.get_by_label("Find by name").fill("did")
    device.get_by_role("button", name="Check in Bo Diddley").click()
    expect(device.get_by_role("alert").get_by_text("Welcome, Bo")).to_be_visible()
    expect(device.get_by_text("No network · 5 scans wait")).to_be_visible()
    expect(device.get_by_text("3 here")).to_be_visible()
    after = time.time()

    mend(device)
    ledger = door.ledger()
    assert outcomes(ledger) == [
        ("Dev Patel", "", "entry"),
        ("Dev Patel", "already_in", "already_in"),
        ("Ada Lovelace", "entry", "entry"),
        ("Ada Lovelace", "already_in", "already_in"),
        ("", "unknown", "unknown"),
        ("Bo Diddley", "entry", "entry"),
    ]
    brought = ledger["rows"][2:]
    assert [before - 1 < row["device_at"] < after + 1 < row["at"] + 1 for row in brought] == [
        True
    ] * 4
    assert [abs(row["happened_at"] - row["device_at"]) < 5 for row in brought] == [True] * 4


def test_two_devices_that_let_in_one_ticket_offline_make_one_entry_and_a_conflict(
    door: Door, browser: Browser
) -> None:
    north, south = paired(door, browser, "North door"), paired(door, browser, "South door")
    for device in (north, south):
        cut(device)
        scan(device, door.tickets["Ada Lovelace"], "Welcome, Ada")
    mend(north)
    mend(south)
    found = door.ledger()
    assert [(row["station"], row["outcome"]) for row in found["rows"]] == [
        ("North door", "entry"),
        ("South door", "already_in"),
    ]
    assert found["conflicts"] == ["Ada Lovelace"]
    expect(north.get_by_text("The server says otherwise")).to_have_count(0)
    told = south.get_by_role("listitem").filter(has_text="Shown: came in. Server: was already in")
    expect(told).to_contain_text("Ada Lovelace")
    told.get_by_role("button", name="Seen: Ada Lovelace").click()
    expect(told).to_have_count(0)


def test_entries_that_were_changed_on_the_device_are_refused_alone(
    door: Door, browser: Browser
) -> None:
    device = paired(door, browser, "North door")
    device.evaluate("navigator.serviceWorker.ready")
    cut(device)
    for name in ("Ada Lovelace", "Bo Diddley", "Cleo Laine"):
        scan(device, door.tickets[name], f"Welcome, {name.split()[0]}")
    device.evaluate(TAMPER, 1)
    device.reload()
    expect(device.get_by_text("No network · 3 scans wait")).to_be_visible()
    mend(device)
    expect(device.get_by_text("1 scan was set aside")).to_be_visible()
    ledger = door.ledger()
    assert outcomes(ledger) == [
        ("Ada Lovelace", "entry", "entry"),
        ("Cleo Laine", "entry", "entry"),
    ]
    assert ledger["rejected"] == 1


def test_the_device_keeps_no_name_and_no_secret_that_can_be_read(
    door: Door, browser: Browser
) -> None:
    link = door.link("North door")
    device = door.page(browser, PHONE, "about:blank")
    with device.expect_response("**/stations/pair") as answer:
        device.goto(link)
    paired = answer.value.json()
    expect_guest_list(device)
    cut(device)
    scan(device, door.tickets["Ada Lovelace"], "Welcome, Ada")
    raw = device.evaluate(RAW)
    assert raw["keys"] == ["key, extractable: false"] * 2
    assert (len(raw["queue"]), len(raw["facts"]) >= 4) == (1, True)
    everything = "\n".join(text for texts in raw.values() for text in texts)
    private = [
        *NAMES,
        *(word for name in NAMES for word in name.split() if len(word) > 3),
        *door.tickets.values(),
        paired["token"],
        paired["signing_key"],
        link.split("#")[1],
        "North door",
        "entry",
    ]
    assert [word for word in private if word in everything] == []


def test_a_queue_of_five_hundred_is_sent(
    server: Server, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    door = begin(server, "five-hundred", [f"Guest Number{number}" for number in range(500)])
    device = paired(door, browser, "North door")
    cut(device)
    began = time.monotonic()
    device.evaluate(WEDGE, [f"{server.url}/t#{secret}" for secret in door.tickets.values()])
    expect(device.get_by_text("No network · 500 scans wait")).to_be_visible()
    decided = time.monotonic()
    mend(device)
    sent = time.monotonic()
    with capsys.disabled():
        sys.stdout.write(
            f"\n500 scans: decided in {decided - began:.1f} s, sent in {sent - decided:.1f} s\n"
        )
    found = outcomes(door.ledger())
    assert (len(found), {(shown, outcome) for _, shown, outcome in found}) == (
        500,
        {("entry", "entry")},
    )
    door.close()


def test_a_revoked_device_says_so_and_hands_over_what_it_had(door: Door, browser: Browser) -> None:
    device = paired(door, browser, "North door")
    cut(device)
    scan(device, door.tickets["Ada Lovelace"], "Welcome, Ada")
    door.revoke("North door")
    device.context.set_offline(False)
    expect(device.get_by_role("heading", name="This device is no scanner any more")).to_be_visible()
    expect(device.get_by_text("1 scan that this device made last was sent")).to_be_visible()
    expect(device.get_by_label("Ticket code")).to_have_count(0)
    assert outcomes(door.ledger()) == [("Ada Lovelace", "entry", "revoked_station")]
    trouble = serious_trouble(device)
    device.reload()
    expect(device.get_by_role("heading", name="This device is no scanner any more")).to_be_visible()

    device.goto(door.link("South door"))
    device.get_by_role("dialog").get_by_role("button", name="Switch").click()
    expect(device.get_by_text(ALL_SENT)).to_be_visible()
    scan(device, door.tickets["Bo Diddley"], "Welcome, Bo", mark="")
    assert trouble == []


def test_a_link_works_once_and_says_what_to_do_then_and_a_paired_device_switches_after_a_yes(
    door: Door, browser: Browser
) -> None:
    link = door.link("North door")
    device = door.page(browser, PHONE, link)
    expect(device.get_by_text("North door, until")).to_be_visible()
    late = door.page(browser, PHONE, link)
    expect(late.get_by_text("Ask the organiser for a new one")).to_be_visible()
    expect(late.get_by_role("heading", name="Make this device a scanner")).to_be_visible()

    device.goto(door.link("South door"))
    dialog = device.get_by_role("dialog", name="Switch this device?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(device.get_by_text("North door, until")).to_be_visible()
    cut(device)
    scan(device, door.tickets["Ada Lovelace"], "Welcome, Ada")
    device.get_by_role("button", name="Forget this device").click()
    forget = device.get_by_role("dialog", name="Forget this device?")
    expect(forget.get_by_text("1 scan was not sent yet and would be lost.")).to_be_visible()
    forget.get_by_role("button", name="Cancel").click()
    mend(device)
    device.goto(door.link("East door"))
    dialog.get_by_role("button", name="Switch").click()
    expect(device.get_by_text("East door, until")).to_be_visible()
    device.get_by_role("button", name="Forget this device").click()
    forget.get_by_role("button", name="Forget this device").click()
    expect(device.get_by_role("heading", name="Make this device a scanner")).to_be_visible()
    device.reload()
    expect(device.get_by_role("heading", name="Make this device a scanner")).to_be_visible()


def test_one_tab_of_a_device_scans(door: Door, browser: Browser) -> None:
    first = paired(door, browser, "North door")
    second = first.context.new_page()
    second.goto(f"{door.server.url}/scan/")
    second.get_by_role("button", name="Scan here").click()
    expect(second.get_by_text(ALL_SENT)).to_be_visible()
    expect(first.get_by_role("heading", name="The scanner is open in another tab")).to_be_visible()


def test_without_a_secure_address_the_page_says_what_is_missing_and_works_online(
    door: Door, launch: Callable[..., Browser]
) -> None:
    browser = launch("--host-resolver-rules=MAP scanner.test 127.0.0.1")
    link = door.link("North door").replace("localhost", "scanner.test")
    device = door.page(browser, LAPTOP, link)
    expect(device.get_by_text("This address is not secure")).to_be_visible()
    scan(device, door.tickets["Ada Lovelace"], "Welcome, Ada", mark="")
    device.reload()
    expect(device.get_by_text(ALL_SENT)).to_be_visible()
    device.get_by_text("Out", exact=True).click()
    device.get_by_label("Find by name").fill("ada")
    device.get_by_role("button", name="Check out Ada Lovelace").click()
    expect(device.get_by_role("alert").get_by_text("Goodbye, Ada")).to_be_visible()
    device.get_by_role("button", name="Scan with the camera").click()
    expect(device.get_by_text("The camera needs a secure address")).to_be_visible()
    assert outcomes(door.ledger()) == [("Ada Lovelace", "", "entry"), ("Ada Lovelace", "", "exit")]


def test_the_scanner_has_nothing_serious_for_a_screen_reader_to_trip_over(
    door: Door, browser: Browser
) -> None:
    unpaired = door.page(browser, PHONE, f"{door.server.url}/scan/")
    found = {"unpaired": serious_trouble(unpaired)}
    device = paired(door, browser, "North door")
    found["door"] = serious_trouble(device)
    device.get_by_label("Find by name").fill("lo")
    expect(device.get_by_role("button", name="Check in Ada Lovelace")).to_be_visible()
    found["search"] = serious_trouble(device)
    cut(device)
    field = device.get_by_label("Ticket code")
    field.fill("no such ticket")
    field.press("Enter")
    expect(device.get_by_role("alert").get_by_text("Unknown ticket")).to_be_visible()
    found["result"] = serious_trouble(device)
    expect(device.get_by_role("alert").get_by_text("Unknown ticket")).to_be_hidden()
    found["offline"] = serious_trouble(device)
    device.get_by_role("button", name="Forget this device").click()
    found["question"] = serious_trouble(device)
    assert found == {state: [] for state in found}
