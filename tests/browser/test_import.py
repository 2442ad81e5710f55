"""A guest list through the console in a real Chromium: choose it, say what a column is, import it, see who has come."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.evening import Evening, begin_evening, serious_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.serving import Server

SAMPLES = Path(__file__).parents[1] / "data" / "guest_lists"


@pytest.fixture
def evening(server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Evening]:
    slug = re.sub(r"[^a-z]+", "-", request.node.originalname.removeprefix("test_"))[:50].strip("-")
    begun = begin_evening(server, tmp_path, slug, {})
    yield begun
    begun.close()


def choose(evening: Evening, browser: Browser, file: Path) -> Page:
    """The console with the preview of a file."""
    console = evening.organiser(browser, "guests/")
    console.get_by_label("Choose a file").set_input_files(file)
    expect(console.get_by_role("heading", name=f"Preview of {file.name}")).to_be_focused()
    return console


def test_from_a_file_to_guests_with_a_column_put_right(
    evening: Evening, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "guests.csv"
    rows = "Ada Byron,ada@example.org,Weaving\nBo Diddley,bo@example.org,Guitars; radio\n"
    file.write_text("Name,Mail,Loves\n" + rows + ",,x\n", encoding="utf-8")
    console = choose(evening, browser, file)
    expect(console.get_by_text("A plain list. Nothing is changed yet.")).to_be_visible()
    console.get_by_text("1 column that is not used").click()
    expect(console.get_by_label("Loves")).to_have_value("")
    assert serious_trouble(console) == []

    console.get_by_label("Loves").focus()
    console.get_by_label("Loves").select_option("interests")
    expect(console.get_by_label("Loves")).to_be_focused()
    console.get_by_role("button", name="Import 2 guests").click()
    expect(console.get_by_text("2 guests imported.")).to_be_visible()
    console.get_by_role("button", name="Show the guests").click()
    guest = console.get_by_role("row", name=re.compile("Bo Diddley"))
    expect(guest).to_contain_text("Guitars")


def test_a_file_without_headings_is_named_by_hand(
    evening: Evening, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Ada Byron;Loom\nBo Diddley;Mill\n", encoding="utf-8")
    console = choose(evening, browser, file)
    expect(console.get_by_text("None of the headings is known.")).to_be_visible()
    console.get_by_label("The first line is a person, not headings").check()
    console.get_by_label("Column 1").select_option("name")
    console.get_by_role("button", name="Import 2 guests").click()
    expect(console.get_by_text("2 guests imported.")).to_be_visible()


def test_rows_to_look_at_are_saved_without_formulas(
    evening: Evening, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Name,Status\nAda,=1+1\nBo,Declined\n", encoding="utf-8")
    console = choose(evening, browser, file)
    with console.expect_download() as saving:
        console.get_by_role("button", name="Save these rows as CSV").click()
    assert saving.value.suggested_filename == "odd - rows to look at.csv"
    text = Path(saving.value.path()).read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Line", "Outcome", "Reason"],
        ["2", "look here", 'Status "=1+1" is not known; kept as coming.'],
        ["3", "left out", 'Not coming: the status is "Declined".'],
    ]


def test_a_large_file_tells_how_far_it_is_and_the_console_has_everyone_afterwards(
    evening: Evening, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "large.csv"
    file.write_text("Name\n" + "".join(f"Guest {n}\n" for n in range(3000)), encoding="utf-8")
    console = choose(evening, browser, file)
    other = evening.organiser(browser, "guests/")
    console.get_by_role("button", name="Import 3,000 guests").click()
    expect(console.get_by_text(re.compile(r"^[\d,]+ of 3,000 rows$"))).to_be_visible()
    expect(console.get_by_text("3,000 guests imported.")).to_be_visible()
    expect(other.get_by_text("3,000 guests", exact=True)).to_be_visible()


def test_exports_are_known_by_their_headings(evening: Evening, browser: Browser) -> None:
    console = choose(evening, browser, SAMPLES / "luma.csv")
    expect(console.get_by_text("A Luma export. Nothing is changed yet.")).to_be_visible()
    assert serious_trouble(console) == []
    for sample, system in {"meetup.xls": "Meetup", "hi_events_french.csv": "Hi.Events"}.items():
        console.get_by_role("button", name="Choose another file").click()
        console.get_by_label("Choose a file").set_input_files(SAMPLES / sample)
        expect(console.get_by_text(f"A {system} export. Nothing is changed yet.")).to_be_visible()
