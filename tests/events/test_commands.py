"""`tablemates event` and `tablemates import`."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from events.models import Attendee, Event
from events.services import end_event
from tablemates.accounts.models import Organiser
from tests.rows import make_event, make_organiser

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db

LIST = "Name,Email\nAda,ada@example.org\nAda,ada@example.org\n"


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    file = tmp_path / "guests.csv"
    file.write_text(LIST)
    return file


def run(*words: object) -> str:
    out = io.StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def test_create_makes_an_event_with_a_team_and_prints_its_links(client: Client) -> None:
    said = run("event", "create", "Spring evening")
    event = Event.objects.get()
    title, console, poster, screen = said.splitlines()
    assert title == "Spring evening  (spring-evening, planned)"
    assert poster.split() == ["poster", f"http://localhost:8000/e/{event.poster_code}"]
    assert screen.split() == ["screen", f"http://localhost:8000/screen#{event.screen_token}"]
    entered = client.get(console.split()[1].removeprefix("http://localhost:8000"))
    assert (entered.status_code, entered["Location"]) == (302, "/console/")
    assert event.team.organisers.get().email == "organiser@localhost"


def test_second_event_of_an_organiser_joins_their_team() -> None:
    for title in ("Spring", "Autumn"):
        run("event", "create", title, "--organiser", "Ada@example.org")
    assert Organiser.objects.count() == 1
    assert Organiser.objects.get().team.events.count() == 2


def test_create_takes_a_short_name_and_refuses_one_that_is_taken() -> None:
    run("event", "create", "Spring", "--slug", "s1")
    with pytest.raises(CommandError, match=r"^This short name is taken. Choose another.$"):
        run("event", "create", "Autumn", "--slug", "s1")
    assert list(Event.objects.values_list("slug", flat=True)) == ["s1"]


@pytest.mark.parametrize("words", [("create", "  "), ("create", "Spring", "--slug", "a b")])
def test_create_without_a_usable_name_creates_nothing(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run("event", *words)
    assert Event.objects.count() == 0


def test_open_opens_the_doors() -> None:
    event = make_event(doors=False)
    run("event", "open", event.slug)
    assert Event.objects.get().phase == "open"


def test_open_of_an_ended_evening_is_refused() -> None:
    event = end_event(event=make_event())
    with pytest.raises(CommandError, match=r"^This evening has ended. Create a new event.$"):
        run("event", "open", event.slug)


def test_list_names_every_event_newest_first() -> None:
    team = make_organiser().team
    for title in ("Spring", "Autumn"):
        make_event(team, title=title)
    lines = run("event", "list").splitlines()
    assert lines[::4] == ["Autumn  (autumn, open)", "Spring  (spring, open)"]


def test_import_says_what_came_of_it(guests: Path) -> None:
    event = make_event()
    assert run("import", event.slug, guests).splitlines() == [
        "guests.csv (plain): 1 created, 0 updated, 0 skipped, 1 duplicates, 0 errors",
        "  line 3: duplicate: The same person as on line 2.",
    ]
    assert event.attendees.get().name == "Ada"


def test_import_with_json_prints_the_whole_summary(guests: Path) -> None:
    event = make_event()
    summary = json.loads(run("import", event.slug, guests, "--json"))
    assert (summary["source"], summary["created"], summary["duplicates"]) == ("plain", 1, 1)
    assert [row["line"] for row in summary["rows"]] == [2, 3]


def test_import_dry_run_registers_nobody(guests: Path) -> None:
    event = make_event()
    assert json.loads(run("import", event.slug, guests, "--json", "--dry-run"))["created"] == 1
    assert Attendee.objects.count() == 0


def test_import_of_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    event = make_event()
    with pytest.raises(CommandError, match=r"none\.csv: No such file or directory\.$") as error:
        run("import", event.slug, tmp_path / "none.csv")
    assert error.value.returncode == 2


def test_import_of_a_folder_ends_with_2(tmp_path: Path) -> None:
    event = make_event()
    with pytest.raises(CommandError, match=r"Is a directory\.$") as error:
        run("import", event.slug, tmp_path)
    assert error.value.returncode == 2


def test_import_of_a_file_that_is_no_guest_list_ends_with_2(tmp_path: Path) -> None:
    event = make_event()
    file = tmp_path / "colours.csv"
    file.write_text("Colour\nred\n")
    with pytest.raises(CommandError, match=r"^colours\.csv: No known column was found\.") as error:
        run("import", event.slug, file)
    assert error.value.returncode == 2


def test_unknown_event_is_answered_with_the_known_ones(guests: Path) -> None:
    with pytest.raises(CommandError, match=r"^There is no event 'x'\. Known: none yet\.$"):
        run("import", "x", guests)
    make_event(title="Spring")
    with pytest.raises(CommandError, match=r"^There is no event 'x'\. Known: spring\.$"):
        run("event", "open", "x")
