"""The console's door page in a real Chromium: scanners, what they bring, undo, and the settings of the door."""

from __future__ import annotations

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import digest
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.evening import Evening, begin_evening, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

GUESTS = {"Ada Lovelace": "Urban farming", "Bo Diddley": "Open data", "Cleo Laine": "Open data"}


@dataclass(frozen=True)
class Device:
    """A phone that was paired as a scanner, without a page: it speaks as the page does."""

    server: Server
    token: str
    key: bytes

    @classmethod
    def pair(cls, server: Server, link: str) -> Device:
        """Open a pairing link."""
        pairing = {"pairing": link.partition("#")[2]}
        answer = httpx.post(f"{server.url}/api/v1/stations/pair", json=pairing)
        paired = answer.raise_for_status().json()
        key = urlsafe_b64decode(paired["signing_key"] + "==")
        return cls(server, paired["token"], key)

    def send(self, path: str, **body: Any) -> httpx.Response:
        """Say something as this scanner."""
        headers = {"Authorization": f"Station {self.token}"}
        url = f"{self.server.url}/api/v1/station/{path}"
        return httpx.post(url, json=body, headers=headers, timeout=30)

    def bring(self, *secrets_read: str) -> list[str]:
        """Send tickets that were let in without network, now that it is back; returns what the server says."""
        entries = [self._entry(secret) for secret in secrets_read]
        told = self.send("sync", sent_at=_now(), queue_length=0, entries=entries)
        return [answer["code"] for answer in told.raise_for_status().json()["answers"]]

    def _entry(self, secret: str) -> dict[str, Any]:
        entry = {"nonce": _nonce(), "act": "in", "secret": secret, "at": _now(), "shown": "entry"}
        signed = [entry["nonce"], "in", secret, "", entry["at"], "entry"]
        mac = digest(self.key, "\n".join(signed).encode(), "sha256")
        return {**entry, "mac": urlsafe_b64encode(mac).decode().rstrip("=")}


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def _nonce() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def evening(server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Evening]:
    begun = begin_evening(server, tmp_path, f"door-{secrets.token_hex(4)}", GUESTS, doors=True)
    yield begun
    begun.close()


def add_scanner(door: Page, name: str) -> str:
    """Ask for a pairing code by keyboard alone; returns its link."""
    door.get_by_role("button", name="Add a scanner").focus()
    door.keyboard.press("Enter")
    expect(door.get_by_label("Name of the scanner")).to_be_focused()
    door.keyboard.type(name)
    door.keyboard.press("Enter")
    expect(door.get_by_role("img", name="Pairing code")).to_be_visible()
    opens = door.get_by_role("link", name="Open on this device")
    link: str = opens.evaluate("link => link.href")
    assert link
    return link


def test_a_scanner_is_added_by_keyboard_until_a_device_has_its_code_and_stopped_at_once(
    evening: Evening, browser: Browser
) -> None:
    door = evening.organiser(browser, "door/")
    link = add_scanner(door, "Side door")
    expect(door.get_by_text("Hold the camera of the other device")).to_be_focused()
    expect(door.get_by_role("timer")).to_have_text(re.compile(r"9:\d\d"))
    assert serious_trouble(door) == []

    device = Device.pair(evening.server, link)
    expect(door.get_by_role("dialog")).to_have_count(0)
    expect(door.get_by_text("“Side door” is ready to scan.")).to_be_visible()
    expect(door.get_by_role("button", name="Add a scanner")).to_be_focused()
    expect(door.get_by_text("in use")).to_be_visible()
    expect(door.get_by_text("s ago")).to_be_visible()

    door.get_by_role("button", name="Stop Side door").click()
    door.get_by_role("dialog").get_by_role("button", name="Stop").click()
    expect(door.get_by_role("heading", name="Scanners")).to_be_focused()
    expect(door.get_by_text("1 scanner that no longer scans")).to_be_visible()
    bo = evening.tickets["Bo Diddley"]
    answer = device.send("check-in", nonce=_nonce(), act="in", secret=bo)
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked_station")


def test_what_devices_bring_from_without_network_is_looked_at_and_settled(
    evening: Evening, browser: Browser
) -> None:
    door = evening.organiser(browser, "door/")
    device = Device.pair(evening.server, add_scanner(door, "Side door"))
    evening.check_in(browser, "Ada Lovelace")
    brought = device.bring(
        evening.tickets["Ada Lovelace"], evening.tickets["Bo Diddley"], "a ticket of nobody"
    )
    assert brought == ["already_in", "entry", "unknown"]

    expect(door.get_by_role("navigation").get_by_text("2", exact=True)).to_be_visible()
    expect(door.get_by_text("2 people were let in without network")).to_be_visible()
    expect(door.get_by_text("Already in since")).to_be_visible()
    expect(door.get_by_text("brought later")).to_have_count(3)
    assert serious_trouble(door) == []

    door.get_by_role("button", name="Find by name").click()
    expect(door.get_by_label("Find by name")).to_be_focused()
    door.keyboard.type("cleo")
    door.get_by_role("button", name="Check in Cleo Laine").click()
    expect(door.get_by_role("alert").get_by_text("Welcome, Cleo")).to_be_visible()
    door.keyboard.press("Escape")
    door.get_by_role("button", name="Seen: Someone").click()
    expect(door.get_by_text("1 person was let in without network")).to_be_visible()
    door.get_by_role("button", name="Seen: Ada Lovelace").click()
    expect(door.get_by_text("without network, and the server says otherwise")).to_have_count(0)
    expect(door.get_by_role("navigation").get_by_text("to look at")).to_have_count(0)


def test_a_scan_is_taken_back_by_keyboard_and_both_rows_stay(
    evening: Evening, browser: Browser
) -> None:
    door = evening.organiser(browser, "door/")
    evening.check_in(browser, "Ada Lovelace")
    undo = door.get_by_role("button", name="Undo that Ada Lovelace came in")
    undo.focus()
    door.keyboard.press("Enter")
    expect(door.get_by_role("heading", name="Take back that Ada Lovelace came in?")).to_be_visible()
    door.keyboard.press("Escape")
    expect(undo).to_be_focused()

    door.keyboard.press("Enter")
    door.keyboard.press("Tab")
    door.keyboard.press("Enter")
    expect(door.get_by_role("alert").get_by_text("Taken back: Ada")).to_be_visible()
    rows = door.get_by_role("list", name="Last scans")
    expect(rows).to_be_focused()
    expect(rows.get_by_role("listitem")).to_have_count(2)
    expect(rows.get_by_text("came in")).to_be_visible()
    expect(undo).to_have_count(0)
    expect(door.get_by_text("0 here")).to_be_visible()


def test_who_leaves_is_checked_out_from_the_search_and_from_the_last_scans(
    evening: Evening, browser: Browser
) -> None:
    door = evening.organiser(browser, "door/")
    for name in ("Ada Lovelace", "Bo Diddley"):
        evening.check_in(browser, name)
    door.get_by_label("Find by name").fill("ad")
    door.get_by_role("button", name="Check out Ada Lovelace").first.click()
    expect(door.get_by_role("alert").get_by_text("Goodbye, Ada")).to_be_visible()
    door.keyboard.press("Escape")
    scans = door.get_by_role("list", name="Last scans")
    scans.get_by_role("button", name="Check out Bo Diddley").click()
    expect(door.get_by_role("alert").get_by_text("Goodbye, Bo")).to_be_visible()
    expect(door.get_by_text("0 here")).to_be_visible()


def test_when_where_and_the_kind_of_poster_are_settings(evening: Evening, browser: Browser) -> None:
    room = evening.organiser(browser, "settings/")
    room.get_by_label("Day").fill("2026-03-14")
    room.get_by_label("Begins at").fill("19:05")
    room.get_by_label("Time zone").select_option("Europe/Berlin")
    room.get_by_label("Place").fill("Town hall, room 2")
    room.get_by_role("radio", name="On a screen, with a changing code").check()
    assert serious_trouble(room) == []
    room.get_by_role("button", name="Save").click()
    expect(room.get_by_text("Saved.")).to_be_visible()
    expect(room.get_by_role("link", name="Poster for a screen at the door").first).to_be_visible()

    room.reload()
    expect(room.get_by_label("Day")).to_have_value("2026-03-14")
    expect(room.get_by_label("Begins at")).to_have_value("19:05")
    expect(room.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    expect(room.get_by_role("radio", name="On a screen")).to_be_checked()


def test_nothing_of_the_door_page_sticks_out_on_tablets_and_phones(
    evening: Evening, browser: Browser
) -> None:
    door = evening.organiser(browser, "door/")
    Device.pair(evening.server, add_scanner(door, "W" * 60)).bring("of nobody", "of no one")
    expect(door.get_by_text("2 people were let in without network")).to_be_visible()
    door.get_by_text("On paper").click()
    expect(door.get_by_role("link", name="Table cards")).to_be_visible()
    for width in (1024, 390):
        door.set_viewport_size({"width": width, "height": 768})
        assert door.evaluate("document.documentElement.scrollWidth <= innerWidth")
