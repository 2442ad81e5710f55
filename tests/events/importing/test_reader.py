"""Whole files: sources, skipped rows, ids, duplicates, and files that cannot be read."""

import contextlib
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.importing import (
    Column,
    Guest,
    GuestList,
    RowNote,
    UnreadableGuestList,
    read_guest_list,
)

SAMPLES = Path(__file__).parents[2] / "data" / "guest_lists"
BUNDLED = Path(__file__).parents[3] / "platform" / "tablemates" / "rehearsal" / "guests.csv"


def read_sample(name: str) -> GuestList:
    return read_guest_list((SAMPLES / name).read_bytes())


def read_text(text: str) -> GuestList:
    return read_guest_list(text.encode())


def names(guest_list: GuestList) -> list[str]:
    return [guest.name for guest in guest_list.guests]


def absences(guest_list: GuestList) -> list[tuple[int, str]]:
    return [(absence.guest.line, absence.reason) for absence in guest_list.absences]


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadableGuestList) as caught:
        read_guest_list(data)
    return caught.value.code


def test_eventbrite_report_keeps_those_attending_and_says_why_others_are_not_in():
    guest_list = read_sample("eventbrite.csv")
    assert guest_list.source == "eventbrite"
    assert names(guest_list) == ["Ada Byron", "Charles Babbage", "Mary van Dyke", "Lin"]
    assert absences(guest_list) == [
        (4, 'the status is "Refunded"'),
        (8, 'the status is "Unpaid"'),
    ]
    assert guest_list.notes == (
        RowNote(6, "error", "Neither a name nor an e-mail address: add one of them."),
        RowNote(7, "warning", '"not-an-email" is not an e-mail address; kept without one.'),
        RowNote(7, "warning", '"Because" names no known reason for coming; left open.'),
        RowNote(
            7,
            "warning",
            "A spreadsheet has rounded the barcode; import the original export to scan it.",
        ),
    )


def test_eventbrite_row_becomes_a_guest_with_id_barcode_and_answers():
    assert read_sample("eventbrite.csv").guests[0] == Guest(
        line=2,
        source_id="1201-9001",
        name="Ada Byron",
        email="ada@example.org",
        company="Loom & Co",
        interests=("Weaving", "Open data"),
        intent="peers",
        ask="",
        offer="",
        secrets=("12019001001",),
        first_timer=False,
        host=False,
    )


def test_two_tickets_of_one_buyer_are_two_people():
    first, second = read_sample("eventbrite.csv").guests[:2]
    assert (first.email, second.email) == ("ada@example.org", "ada@example.org")
    assert (first.source_id, second.source_id) == ("1201-9001", "1201-9002")


def test_pretix_check_in_list_gives_secrets_and_an_id_for_each_position():
    guest_list = read_sample("pretix_checkin_list.csv")
    rosa, emil = guest_list.guests
    assert guest_list.source == "pretix"
    assert rosa.secrets == ("k7q2m4pxw9r3t6y8z1a5c7e9g2j4n6s8",)
    assert (rosa.interests, rosa.offer) == (("Weaving", "Radio"), "Two looms and patience")
    assert [guest.source_id.partition("-")[0] for guest in (rosa, emil)] == ["AB3CD", "AB3CD"]
    assert rosa.source_id != emil.source_id
    assert absences(guest_list) == [(5, "not paid yet")]


def test_line_numbers_count_lines_within_quotes():
    rosa, emil = read_sample("pretix_checkin_list.csv").guests
    assert (rosa.line, emil.line) == (2, 4)


def test_german_pretix_list_is_understood_and_positions_without_secret_are_counted():
    guest_list = read_sample("pretix_checkin_list_german.csv")
    first, second = guest_list.guests
    assert guest_list.source == "pretix"
    assert (first.name, first.company, first.intent) == ("Jürgen Groß", "Groß & Söhne", "peers")
    assert first.interests == ("Weben", "Radio")
    assert (first.source_id, second.source_id) == ("MN4PQ-1", "MN4PQ-2")


def test_pretix_order_positions_prefer_the_attendee_to_the_buyer():
    guest_list = read_sample("pretix_order_positions.csv")
    sol, mar = guest_list.guests
    assert (sol.source_id, sol.email, sol.company) == ("KL7MN-1", "sol@example.org", "Vega Works")
    assert (mar.source_id, mar.email, mar.company) == ("KL7MN-2", "buyer@example.org", "Mar Studio")
    assert absences(guest_list) == [(4, 'the status is "canceled"')]


def test_pretix_question_called_position_is_not_taken_for_the_position_of_the_ticket():
    guest_list = read_text(
        "Order code,Attendee name,Position\nAB3CD,Ada,Engineer\nAB3CD,Bo,Engineer\n"
    )
    assert [guest.source_id for guest in guest_list.guests] == ["AB3CD-1", "AB3CD-2"]


def test_windows_1252_list_is_read_with_a_warning():
    guest_list = read_sample("plain_semicolon_cp1252.csv")
    assert names(guest_list) == ["Zoë Müller"]
    assert guest_list.guests[0].ask == "Jemand für den Garten \u2013 bald"
    assert guest_list.notes == (
        RowNote(1, "warning", "Not UTF-8, read as Windows-1252: check names with accents."),
    )


def test_utf_16_list_with_tabs_keeps_every_script():
    guest_list = read_sample("plain_tabs_utf16.txt")
    assert names(guest_list) == ["李 娜", "אורי כהן"]
    assert guest_list.guests[0].interests == ("茶", "围棋")
    assert guest_list.notes == ()


def test_plain_list_skips_the_same_name_with_the_same_address():
    guest_list = read_text("Name,E-mail\nAda,ada@example.org\nada,ADA@example.org\nAda,\n")
    assert [(guest.name, guest.email) for guest in guest_list.guests] == [
        ("Ada", "ada@example.org"),
        ("Ada", ""),
    ]
    assert guest_list.notes == (RowNote(3, "duplicate", "The same person as on line 2."),)


def test_same_ticket_twice_is_skipped_and_a_shared_barcode_opens_for_the_first_only():
    guest_list = read_text(
        "Order #,Attendee #,First Name,Barcode #\n1,1,Ada,77\n1,1,Ada,77\n1,2,Bo,77\n"
    )
    assert [(guest.name, guest.secrets) for guest in guest_list.guests] == [
        ("Ada", ("77",)),
        ("Bo", ()),
    ]
    assert guest_list.notes == (
        RowNote(3, "duplicate", "The same person as on line 2."),
        RowNote(4, "warning", "The barcode belongs to an earlier line too; kept there only."),
    )


def test_person_known_by_address_only_is_called_guest():
    guest_list = read_text("Name,E-mail\n,ada@example.org\n")
    assert names(guest_list) == ["Guest"]
    assert guest_list.notes == (RowNote(2, "warning", 'No name given; called "Guest" for now.'),)


def test_row_without_a_name_and_with_a_bad_address_is_an_error():
    guest_list = read_text("Name,E-mail\n,nonsense\n")
    assert guest_list.guests == ()
    assert [note.outcome for note in guest_list.notes] == ["error"]


def test_long_cells_are_cut_and_the_organiser_is_told():
    guest_list = read_text(f"Name,Looking for\n{'a' * 121},{'b' * 141}\n")
    assert (guest_list.guests[0].name, guest_list.guests[0].ask) == ("a" * 120, "b" * 140)
    assert [note.reason for note in guest_list.notes] == [
        "The name was cut to 120 characters.",
        "The ask was cut to 140 characters.",
    ]


def test_unknown_status_is_kept_and_stray_cells_are_reported():
    guest_list = read_text("Name,Status\nAda,Speaker\nBo,Confirmed,extra\n")
    assert names(guest_list) == ["Ada", "Bo"]
    assert [(note.line, note.reason) for note in guest_list.notes] == [
        (2, 'Status "Speaker" is not known; kept as coming.'),
        (3, "More cells than columns, the last ones left out: a stray comma?"),
    ]


def test_formula_cells_are_plain_text():
    guest_list = read_text("Name,Company\n=cmd|' /C calc'!A0,+49 and more\n")
    assert names(guest_list) == ["=cmd|' /C calc'!A0"]
    assert guest_list.guests[0].company == "+49 and more"


def test_nul_control_and_direction_characters_are_removed():
    clean = "Name,Looking for\n" + "Ada,A long and perfectly ordinary sentence.\n" * 3
    dirty = clean.replace("Ada", "A\x00d\x07a\u202e")
    assert names(read_text(dirty)) == ["Ada"]


def test_first_timers_and_hosts_are_marked():
    guest_list = read_text("Name,First time,Host\nAda,yes,\nBo,No,x\n")
    assert [(guest.first_timer, guest.host) for guest in guest_list.guests] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t ", "empty"),
        (b"PK\x03\x04rest of a workbook", "not_text"),
        (bytes(range(32)) * 40, "not_text"),
        (b"Name\n\x81\x8d\xff\n", "unknown_encoding"),
        (b"\xff\xfeN", "unknown_encoding"),
        (b"Ada\nBo\n", "no_header"),
        (b"E-mail,Company\nada@example.org,Loom\n", "no_name_column"),
        (b'Name,Company\nAda,"Loom\nBo,Mill\n', "open_quote"),
        (b"Name\n" + b"a" * 200_000, "broken_row"),
        (b"Name\n" + b"a\n" * 11_000_000, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unusable_file_is_refused_with_a_code(data: bytes, code: str):
    assert code_of(data) == code


def test_refusal_names_the_file_and_the_next_step():
    with pytest.raises(UnreadableGuestList) as caught:
        read_guest_list(b"", filename="guests.csv")
    assert str(caught.value) == (
        "guests.csv: The file is empty. Export the guest list again and import the new file."
    )


def test_open_quote_is_reported_with_its_line():
    with pytest.raises(UnreadableGuestList) as caught:
        read_guest_list(b'Name,Company\nAda,Loom\n\nBo,"Mill\nCy,Inn\n')
    assert str(caught.value) == (
        "A quotation mark in the row on line 4 is never closed. Close it and import again."
    )


def test_blank_lines_and_the_delimiter_hint_of_excel_are_passed_over():
    guest_list = read_text("sep=;\n\nName;Firma\n;\nAda;Loom\n")
    assert [(guest.line, guest.name, guest.company) for guest in guest_list.guests] == [
        (5, "Ada", "Loom")
    ]
    assert guest_list.notes == ()


def test_list_with_a_header_only_has_no_guests():
    columns = (Column("Name", "name", ()), Column("E-mail", "email", ()))
    assert read_text("Name,E-mail\n") == GuestList("plain", columns, (), (), ())


def test_bundled_guest_list_has_sixty_people_and_three_refunds():
    guest_list = read_guest_list(BUNDLED.read_bytes())
    assert guest_list.source == "eventbrite"
    assert len(guest_list.guests) == 60
    assert [reason for _, reason in absences(guest_list)] == ['the status is "Refunded"'] * 3
    assert len({guest.source_id for guest in guest_list.guests}) == 60
    assert len({guest.secrets for guest in guest_list.guests}) == 60


@given(st.binary(max_size=400))
def test_any_bytes_give_a_list_or_a_refusal(data: bytes):
    with contextlib.suppress(UnreadableGuestList):
        read_guest_list(data)


@given(st.text(max_size=300), st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")))
def test_any_text_below_a_header_gives_storable_guests(text: str, encoding: str):
    data = f"Name,E-mail,Topics,Looking for\n{text}\n".encode(encoding, errors="replace")
    try:
        guests = read_guest_list(data).guests
    except UnreadableGuestList:
        return
    for guest in guests:
        assert 0 < len(guest.name) <= 120
        assert len(guest.ask) <= 140
        assert len(guest.interests) <= 8
        assert all(0 < len(interest) <= 60 for interest in guest.interests)


WORDS = st.text("abcdefghijk lmnopéü世界", min_size=1, max_size=20).map(
    lambda text: "x" + " ".join(text.split())
)


@given(
    st.lists(st.tuples(WORDS, WORDS), max_size=8, unique=True),
    st.sampled_from(",;\t"),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")),
    st.sampled_from(("\n", "\r\n", "\r")),
)
def test_written_lists_are_read_back(
    people: list[tuple[str, str]], delimiter: str, encoding: str, line_end: str
):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([("Name", "Company"), *people])
    guest_list = read_guest_list(stream.getvalue().encode(encoding))
    read = [(guest.name, guest.company) for guest in guest_list.guests]
    kept_once = {name: (name, company) for name, company in reversed(people)}
    assert sorted(read) == sorted(kept_once.values())
