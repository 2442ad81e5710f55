"""`tablemates match`: rounds of tables for a file, without a server or a database."""

from __future__ import annotations

import io
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

import tablemates.rehearsal

GUESTS = Path(tablemates.rehearsal.__file__).with_name("guests.csv")
QUICK = ("--seconds", 0.1)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def match(*words: object, stderr: io.StringIO | None = None) -> str:
    out = io.StringIO()
    call_command("match", *map(str, words), stdout=out, stderr=stderr or io.StringIO())
    return out.getvalue()


def plan(*words: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(match(*words, *QUICK, "--json"))
    return told


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    """Eighteen people who all picked one topic, the first eight of one company."""
    rows = [f"Person{i},chess,{'Acme' if i < 8 else ''}" for i in range(18)]
    file = tmp_path / "guests.csv"
    file.write_text("\n".join(["Name,Interests,Company", *rows]))
    return file


def test_every_round_seats_everybody_once_at_tables_with_topic_and_reason(guests: Path) -> None:
    told = plan(guests, "--rounds", 2)
    assert len(told["rounds"]) == 2
    for played in told["rounds"]:
        assert list(played) == ["tables"]
        seated = [person for table in played["tables"] for person in table["people"]]
        assert (len(seated), len(set(seated))) == (18, 18)
        for table in played["tables"]:
            assert list(table) == ["topic", "reason", "people"]
            assert table["topic"] == "chess"
            assert table["reason"].endswith("picked chess.")


def test_repeats_are_pairs_that_meet_again_counted_over_the_rounds() -> None:
    told = plan(GUESTS, "--rounds", 3)
    met: set[tuple[str, str]] = set()
    again = 0
    for played in told["rounds"]:
        pairs = {
            pair for table in played["tables"] for pair in combinations(sorted(table["people"]), 2)
        }
        again += len(met & pairs)
        met |= pairs
    assert told["quality"]["repeats"] == again == 0
    assert told["random"]["repeats"] > 0


def test_bundled_guest_list_is_seated_better_than_at_random() -> None:
    told = plan(GUESTS)
    assert told["quality"]["topic_share"] > told["random"]["topic_share"]
    assert told["quality"]["topic_cover"] > told["random"]["topic_cover"]
    assert 0 < told["bound"] <= 1


def test_repeats_that_cannot_be_helped_are_noted(guests: Path) -> None:
    told = plan(guests, "--rounds", 2, "--table-size", 6)
    assert "With 18 people on 3 tables, 9 pairs must meet again in round 2." in told["notes"]
    assert told["quality"]["repeats"] >= 9
    longer = plan(guests, "--rounds", 4, "--table-size", 6)
    assert longer["notes"][0] == (
        "With 18 people on 3 tables, at least 27 times in 4 rounds a pair must meet again."
    )


def test_rules_that_cannot_hold_are_noted_with_how_many_people_they_concern(guests: Path) -> None:
    told = plan(guests)
    assert told["notes"] == [
        "No plan was found that keeps every rule; this is the nearest.",
        "Company: 4 pairs (8 people) from one company share a table.",
    ]


def test_other_numbers_of_tables_are_told_as_sentences(guests: Path) -> None:
    assert plan(guests)["alternatives"] == [
        "One more table (5 instead of 4): 3 times a rule would be broken instead of 4, "
        "tables of 3 to 4.",
        "A longer search would change nothing.",
    ]


def test_text_has_tables_figures_notes_and_alternatives(guests: Path) -> None:
    said = match(guests, *QUICK)
    for words in (
        "Round 1",
        "Table 4: chess",
        "pairs from one company",
        "Good to know",
        "Company: ",
        "What a change would bring",
        "A longer search would change nothing.",
    ):
        assert words in said


def test_progress_is_told_to_a_terminal_and_to_nothing_else(guests: Path) -> None:
    terminal, file = Terminal(), io.StringIO()
    match(guests, *QUICK, stderr=terminal)
    match(guests, *QUICK, stderr=file)
    assert "Planning: 100%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")
    assert file.getvalue() == ""


@pytest.mark.parametrize(
    "words",
    [
        ("--rounds", 0),
        ("--rounds", 9),
        ("--seconds", 0),
        ("--seconds", "nan"),
        ("--seconds", "inf"),
        ("--table-size", 2),
        ("--table-size", 7),
    ],
)
def test_options_out_of_range_end_with_2(guests: Path, words: tuple[object, ...]) -> None:
    with pytest.raises(CommandError, match=r"^Choose 1-8 rounds, tables of 3-6") as error:
        match(guests, *words)
    assert error.value.returncode == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Name\nAda\nBo\n", "2 people are here and a table needs at least 3: wait for 1 more."),
        ("Colour\nred\n", "No known column was found"),
    ],
)
def test_files_that_cannot_be_seated_end_with_2(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "guests.csv"
    file.write_text(content)
    with pytest.raises(CommandError, match=message) as error:
        match(file)
    assert error.value.returncode == 2


def test_missing_file_ends_with_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory") as error:
        match(tmp_path / "none.csv")
    assert error.value.returncode == 2
