"""Exports of each system as it writes them: whom they bring, under which id, and what opens the door."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.importing import GuestList, read_guest_list

SAMPLES = Path(__file__).parents[2] / "data" / "guest_lists"


def read_sample(name: str) -> GuestList:
    return read_guest_list((SAMPLES / name).read_bytes())


def people(guest_list: GuestList) -> list[tuple[str, str]]:
    return [(guest.source_id, guest.name) for guest in guest_list.guests]


def absent(guest_list: GuestList) -> list[tuple[str, str]]:
    return [(absence.guest.name, absence.reason) for absence in guest_list.absences]


@pytest.mark.parametrize(
    ("sample", "host", "ids"),
    [
        ("luma.csv", "luma.com", ("gst-NQa1b2c3d4e5f6g7", "gst-NHb2c3d4e5f6g7h8")),
        ("luma_2024.csv", "lu.ma", ("gst-Qa1b2c3d4e5f6g7", "gst-Hb2c3d4e5f6g7h8")),
    ],
)
def test_luma_brings_those_approved_and_what_the_door_scans(
    sample: str, host: str, ids: tuple[str, str]
) -> None:
    guest_list = read_sample(sample)
    assert guest_list.source == "luma"
    assert people(guest_list) == list(zip(ids, ("Ada Byron", "Charles Babbage"), strict=True))
    ada = guest_list.guests[0]
    link = f"https://{host}/check-in/evt-NKx3MVf24o7R?pk=g-2U61lr65dtD1YXI"
    assert ada.secrets == (link, "g-2U61lr65dtD1YXI")
    assert (ada.company, ada.interests) == ("Loom & Co", ("Weaving", "open data"))
    assert absent(guest_list) == [
        ("Grace Murray", 'the status is "pending_approval"'),
        ("Ida Stern", 'the status is "declined"'),
        ("Noor Ali", 'the status is "invited"'),
    ]
    assert guest_list.notes == ()


def test_luma_questions_are_understood_and_an_answer_that_says_nothing_is_none() -> None:
    ada, charles = read_sample("luma_2024.csv").guests
    assert ada.intent == "peers"
    assert (charles.company, charles.interests, charles.line) == ("", ("engines", "trains"), 3)


def test_meetup_has_no_addresses_but_ids_and_counts_those_who_come_along() -> None:
    guest_list = read_sample("meetup.xls")
    assert guest_list.source == "meetup"
    assert people(guest_list) == [
        ("12537919", "Ada B."),
        ("22537918", "Bo Diddley"),
        ("32537917", "李 娜"),
    ]
    assert [guest.plus_ones for guest in guest_list.guests] == [2, 0, 1]
    assert not any(guest.host or guest.email for guest in guest_list.guests)
    assert absent(guest_list) == [
        ("Cleo Laine", 'the status is "No"'),
        ("Dee Brown", 'the status is "Waitlist"'),
    ]


def test_meetups_answers_name_the_same_people_by_the_same_ids() -> None:
    answers = read_sample("meetup_answers.csv")
    assert answers.source == "meetup"
    assert [guest.source_id for guest in answers.guests] == ["12537919", "22537918"]
    assert [guest.interests for guest in answers.guests] == [("Weaving",), ("Guitars", "radio")]


@pytest.mark.parametrize("sample", ["hi_events.csv", "hi_events_french.csv"])
def test_hi_events_is_known_by_its_ids_in_any_language(sample: str) -> None:
    guest_list = read_sample(sample)
    assert guest_list.source == "hi.events"
    assert people(guest_list) == [("4711", "Rosa Blum"), ("4712", "Emil Blum")]
    assert [guest.secrets for guest in guest_list.guests] == [("A-7KQ2MXP",), ("A-8LR3NYQ",)]
    assert absent(guest_list)[0] == ("Ida Stern", 'the status is "CANCELLED"')


@pytest.mark.parametrize(
    ("sample", "name", "company", "topic", "unpaid"),
    [
        ("pretix_french.csv", "Zoé Dubois", "Métiers réunis", "Tissage", "Élise Petit"),
        ("pretix_spanish.csv", "Íñigo Núñez", "Telares", "Radio", "Sol Vega"),
        ("pretix_dutch.csv", "Sjoerd de Wit", "Weverij", "Radio", "Fleur Smit"),
        ("pretix_italian.csv", "Niccolò Fabbri", "Telaio", "Radio", "Elena Russo"),
    ],
)
def test_pretix_is_understood_in_the_language_of_who_exported(
    sample: str, name: str, company: str, topic: str, unpaid: str
) -> None:
    guest_list = read_sample(sample)
    first = guest_list.guests[0]
    assert guest_list.source == "pretix"
    assert (first.name, first.company, first.interests[0]) == (name, company, topic)
    assert (len(first.secrets[0]), "@" in first.email) == (32, True)
    assert absent(guest_list) == [(unpaid, "not paid yet")]


def test_eventbrite_order_of_three_is_its_buyer_and_two_more() -> None:
    guest_list = read_sample("eventbrite_orders.csv")
    assert [(g.source_id, g.plus_ones) for g in guest_list.guests] == [("2201-1", 2), ("2202-1", 0)]


def test_eventbrite_ticket_with_its_own_number_is_one_person_whatever_the_order_holds() -> None:
    data = b"Order #,Attendee #,First Name,Quantity\n1,11,Ada,2\n1,12,Bo,2\n"
    assert [guest.plus_ones for guest in read_guest_list(data).guests] == [0, 0]


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Name,Vorname", "Groß,Jürgen", "Jürgen Groß"),
        ("Nom,Prénom", "Dubois,Zoé", "Zoé Dubois"),
        ("Nombre,Apellidos", "Íñigo,Núñez", "Íñigo Núñez"),
        ("Nome,Cognome", "Niccolò,Fabbri", "Niccolò Fabbri"),
        ("Voornaam,Achternaam", "Sjoerd,de Wit", "Sjoerd de Wit"),
        ("Name,First name", "Ada Byron,Ada", "Ada Byron"),
        ("Name,First name,Last name", "A. Byron,Ada,Byron", "A. Byron"),
    ],
)
def test_a_name_in_two_columns_is_put_together(header: str, row: str, name: str) -> None:
    assert read_guest_list(f"{header}\n{row}\n".encode()).guests[0].name == name


@pytest.mark.parametrize(
    ("answer", "count", "told"),
    [
        ("2", 2, []),
        ("+1", 1, []),
        ("1.0", 1, []),
        ("yes", 1, []),
        ("no", 0, []),
        ("", 0, []),
        ("-3", 0, []),
        ("my sister", 0, ['"my sister" is not a number; nobody was added for it.']),
        ("400", 20, ["400 people without a name; the first 20 are kept."]),
    ],
)
def test_those_who_come_along_are_counted(answer: str, count: int, told: list[str]) -> None:
    guest_list = read_guest_list(f"Name,Plus ones\nAda,{answer}\n".encode())
    assert guest_list.guests[0].plus_ones == count
    assert [note.reason for note in guest_list.notes] == told


@pytest.mark.parametrize(
    ("secret", "kept", "told"),
    [
        ("https://luma.com/check-in/abcdefg", ("https://luma.com/check-in/abcdefg", "abcdefg"), 0),
        ("https://luma.com/x", ("https://luma.com/x",), 0),
        ("https://[broken", ("https://[broken",), 0),
        ("https://x.org/t#2U61lr65", ("https://x.org/t#2U61lr65", "2U61lr65"), 0),
        (f"https://luma.com/{'a' * 120}?pk=g-2U61lr65", ("g-2U61lr65",), 1),
        ("", (), 0),
    ],
)
def test_key_in_a_link_opens_too_unless_it_is_a_word(
    secret: str, kept: tuple[str, ...], told: int
) -> None:
    data = f"guest_id,name,approval_status,qr_code_url\ngst-1,Ada,approved,{secret}\n"
    guest_list = read_guest_list(data.encode())
    assert guest_list.guests[0].secrets == kept
    assert len(guest_list.notes) == told
