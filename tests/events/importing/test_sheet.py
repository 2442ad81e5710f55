"""Columns named by hand, files without a header, and what a preview shows of a column."""

from __future__ import annotations

import pytest

from events.importing import Column, GuestList, UnreadableGuestList, read_guest_list


def read(text: str, **said: object) -> GuestList:
    return read_guest_list(text.encode(), **said)  # type: ignore[arg-type]


def fields(guest_list: GuestList) -> list[str]:
    return [column.field for column in guest_list.columns]


def test_columns_are_told_with_the_first_different_cells() -> None:
    rows = "Ada,Poetry,\nBo,Poetry,x\nCy,Chess,\nDee,Radio,\n"
    assert read(f"Name,Interests,Shoe size\n{rows}").columns == (
        Column("Name", "name", ("Ada", "Bo", "Cy")),
        Column("Interests", "interests", ("Poetry", "Chess", "Radio")),
        Column("Shoe size", "", ("x",)),
    )


def test_long_sample_is_cut_and_put_on_one_line() -> None:
    guest_list = read(f'Name,Ask\nAda,"{"a" * 70}"\nBo,"two\nlines"\n')
    assert guest_list.columns[1].samples == ("a" * 60, "two lines")


def test_what_a_person_says_of_a_column_wins() -> None:
    guest_list = read("Name,Interests,Hobby\nAda,Poetry,Chess\n", mapping={1: "", 2: "interests"})
    assert fields(guest_list) == ["name", "", "interests"]
    assert guest_list.guests[0].interests == ("Chess",)


def test_column_named_by_hand_comes_first_and_the_recognised_one_fills_in() -> None:
    text = "Name,E-mail,Private\nAda,ada@example.org,a@example.org\nBo,bo@example.org,\n"
    guest_list = read(text, mapping={2: "email"})
    assert [guest.email for guest in guest_list.guests] == ["a@example.org", "bo@example.org"]


def test_column_that_is_not_there_is_passed_over() -> None:
    assert fields(read("Name\nAda\n", mapping={7: "email"})) == ["name"]


def test_id_named_by_hand_makes_a_plain_list_known_by_it() -> None:
    guest_list = read("Name,Number\nAda,17\n", mapping={1: "position"})
    assert (guest_list.source, guest_list.guests[0].source_id) == ("plain", "17")


def test_unknown_header_is_refused_with_the_columns_to_name() -> None:
    with pytest.raises(UnreadableGuestList) as caught:
        read("Wer;Woher\nAda;Loom\nBo;Mill\n")
    assert caught.value.code == "no_header"
    assert caught.value.columns == (
        Column("Wer", "", ("Ada", "Bo")),
        Column("Woher", "", ("Loom", "Mill")),
    )


def test_unknown_header_named_by_hand_is_read() -> None:
    guest_list = read("Wer;Woher\nAda;Loom\n", mapping={0: "name", 1: "company"})
    assert [(g.name, g.company) for g in guest_list.guests] == [("Ada", "Loom")]


def test_list_whose_name_column_was_taken_away_is_refused() -> None:
    with pytest.raises(UnreadableGuestList) as caught:
        read("Name,E-mail\nAda,ada@example.org\n", mapping={0: ""})
    assert caught.value.code == "no_name_column"


def test_first_line_may_be_a_person() -> None:
    said = {"has_header": False, "mapping": {0: "name", 1: "email"}}
    guest_list = read("\nAda,ada@example.org\nBo,bo@example.org\n", **said)
    assert [column.header for column in guest_list.columns] == ["Column 1", "Column 2"]
    assert [(g.line, g.name) for g in guest_list.guests] == [(2, "Ada"), (3, "Bo")]


@pytest.mark.parametrize("hint", ["sep=|", "SEP=|", '"sep=|"'])
def test_delimiter_that_excel_declares_is_used(hint: str) -> None:
    guest_list = read(f"{hint}\nName|Interests\nAda, Countess|Tea;chess\n")
    assert guest_list.guests[0].name == "Ada, Countess"
    assert guest_list.guests[0].interests == ("Tea", "chess")


def test_single_column_of_names_may_hold_commas() -> None:
    assert read("Name\nByron, Ada\n").guests[0].name == "Byron, Ada"


def test_progress_counts_rows_and_never_more_than_there_are_lines() -> None:
    told: list[tuple[int, int]] = []
    read("Name\n" + "Ada\n" * 1200, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 1201), (500, 1201), (1000, 1201)]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ('="0049123"', "0049123"),
        ('="two ""words"""', 'two "words"'),
        ("'+49 30 1", "+49 30 1"),
        ("'=cmd|x", "=cmd|x"),
        ("=cmd|x", "=cmd|x"),
        ("'t Hart", "'t Hart"),
    ],
)
def test_what_keeps_a_spreadsheet_from_calculating_is_taken_off(cell: str, meant: str) -> None:
    quoted = cell.replace('"', '""')
    assert read(f'Name,Company\nAda,"{quoted}"\n').guests[0].company == meant


def test_nearly_twenty_megabytes_are_read() -> None:
    row = b'Guest %d,"' + b"lorem ipsum " * 2700 + b'"\n'
    data = b"Name,Notes\n" + b"".join(row % n for n in range(640))
    assert 20_000_000 < len(data) < 20 * 1024 * 1024
    assert len(read_guest_list(data).guests) == 640
