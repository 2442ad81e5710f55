"""A guest list goes in whole or not at all, and the same file twice changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import tablemates.rehearsal
from checkin.services import check_in, poster_station
from events.guest_list import import_guest_list
from events.importing import UnreadableGuestList
from events.models import Attendee, Event, Interest, Ticket
from events.services import change_attendee
from tablemates.live.models import Message
from tests.rows import make_attendee, make_event, make_nonce

if TYPE_CHECKING:
    from django.db.models import Model

pytestmark = pytest.mark.django_db

BUNDLED = Path(tablemates.rehearsal.__file__).with_name("guests.csv")
SAMPLES = Path(__file__).parents[1] / "data" / "guest_lists"


def take(event: Event, data: bytes | str, **options: Any) -> dict[str, Any]:
    data = data.encode() if isinstance(data, str) else data
    return import_guest_list(event=event, data=data, filename="guests.csv", **options)


def counts(summary: dict[str, Any]) -> tuple[int, ...]:
    return tuple(summary[n] for n in ("created", "updated", "skipped", "duplicates", "errors"))


def outcomes(summary: dict[str, Any]) -> list[tuple[int, str]]:
    return [(row["line"], row["outcome"]) for row in summary["rows"]]


def rows_of(*models: type[Model]) -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_bundled_list_brings_sixty_people_and_their_barcodes() -> None:
    event = make_event()
    summary = take(event, BUNDLED.read_bytes())
    assert (summary["source"], summary["created"], summary["errors"]) == ("eventbrite", 60, 0)
    assert event.attendees.count() == 60
    assert Ticket.objects.filter(issuer="tablemates").count() == 60
    assert Ticket.objects.filter(issuer="eventbrite", code="").count() == 60


def test_bundled_list_twice_changes_nothing() -> None:
    event = make_event()
    first = take(event, BUNDLED.read_bytes())
    before = rows_of(Attendee, Interest, Ticket, Message)
    again = take(event, BUNDLED.read_bytes())
    assert (again["created"], again["updated"]) == (0, 0)
    assert again["skipped"] == first["skipped"]
    assert sum(row["outcome"] == "unchanged" for row in again["rows"]) == 60
    assert rows_of(Attendee, Interest, Ticket, Message) == before


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
def test_every_sample_twice_changes_nothing(sample: str) -> None:
    event = make_event()
    data = (SAMPLES / sample).read_bytes()
    first = take(event, data)
    before = rows_of(Attendee, Interest, Ticket)
    again = take(event, data)
    assert first["created"] == event.attendees.count() > 0
    assert (again["created"], again["updated"]) == (0, 0)
    assert rows_of(Attendee, Interest, Ticket) == before


def test_dry_run_answers_the_same_and_keeps_nothing() -> None:
    event = make_event()
    before = rows_of(Attendee, Interest, Ticket, Message)
    tried = take(event, BUNDLED.read_bytes(), dry_run=True)
    assert rows_of(Attendee, Interest, Ticket, Message) == before
    assert take(event, BUNDLED.read_bytes()) == tried


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"PK\x03\x04rest", "not_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02\x03", "not_text"),
        (b"x" * (20 * 1024 * 1024 + 1), "too_large"),
        (b"Colour,Shape\nred,round\n", "no_header"),
        (b"E-mail,Company\na@example.org,Acme\n", "no_name_column"),
        (b'Name,E-mail\n"Ada,a@example.org\n', "open_quote"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_file_is_refused_with_its_reason_and_nothing_is_written(
    data: bytes, code: str
) -> None:
    event = make_event()
    before = rows_of(Attendee, Interest, Ticket, Message)
    with pytest.raises(UnreadableGuestList) as refusal:
        take(event, data)
    assert refusal.value.code == code
    assert rows_of(Attendee, Interest, Ticket, Message) == before


def test_quote_left_open_far_down_keeps_nothing_of_what_stood_above() -> None:
    event = make_event()
    with pytest.raises(UnreadableGuestList):
        take(event, 'Name\nAda\nGrace\n"Edith\n')
    assert event.attendees.count() == 0


def test_what_people_said_themselves_is_not_overwritten() -> None:
    event = make_event()
    data = "Name,Email,Interests,I am looking for,I can help with,Why are you coming\n"
    data += "Ada,ada@example.org,Poetry,Cards,Sums,Find clients\n"
    take(event, data)
    own = {"ask": "A loom", "offer": "Notes", "intent": "learn"}
    change_attendee(attendee=event.attendees.get(), changes=own, interests=["Engines"])
    assert counts(take(event, data)) == (0, 0, 0, 0, 0)
    ada = event.attendees.get()
    assert (ada.ask, ada.offer, ada.intent) == ("A loom", "Notes", "learn")
    assert [interest.label for interest in ada.interests.all()] == ["Engines"]


def test_what_people_left_empty_is_filled_in() -> None:
    event = make_event()
    make_attendee(event, "Ada", email="ada@example.org")
    summary = take(
        event, "Name,Email,Company,Interests,Ask\nAda,ADA@example.org,Acme,Poetry,Cards\n"
    )
    ada = event.attendees.get()
    assert counts(summary) == (0, 1, 0, 0, 0)
    assert (ada.company, ada.ask, ada.interests.get().label) == ("Acme", "Cards", "Poetry")


def test_presence_is_the_doors_and_no_import_changes_it() -> None:
    event = make_event()
    data = "Name,Email,Company\nAda,ada@example.org,{}\n"
    take(event, data.format("Acme"))
    secret = event.attendees.get().tickets.get().secret
    entry = check_in(event=event, station=poster_station(event), nonce=make_nonce(), text=secret)
    take(event, data.format("Engines Ltd"))
    ada = event.attendees.get()
    assert (ada.company, ada.present_since) == ("Engines Ltd", entry.at)


def test_person_twice_in_a_file_is_one_person_and_told() -> None:
    event = make_event()
    summary = take(event, "Name,Email\nAda,ada@example.org\n ADA ,Ada@Example.org\n")
    assert counts(summary) == (1, 0, 0, 1, 0)
    assert outcomes(summary) == [(2, "created"), (3, "duplicate")]


EVENTBRITE = "Order #,First Name,Last Name,Email,Attendee #,Attendee Status,Barcode #\n"


def test_two_tickets_of_one_buyer_with_one_name_are_two_people() -> None:
    event = make_event()
    data = EVENTBRITE + "1,Ada,King,ada@example.org,11,Attending,b11\n"
    data += "1,Ada,King,ada@example.org,12,Attending,b12\n"
    assert counts(take(event, data)) == (2, 0, 0, 0, 0)
    assert counts(take(event, data)) == (0, 0, 0, 0, 0)


def test_name_corrected_at_the_source_is_corrected_here() -> None:
    event = make_event()
    line = "1,{},King,ada@example.org,11,Attending,b11\n"
    take(event, EVENTBRITE + line.format("Aad"))
    assert counts(take(event, EVENTBRITE + line.format("Ada"))) == (0, 1, 0, 0, 0)
    assert event.attendees.get().name == "Ada King"


def test_one_id_of_the_source_on_two_lines_is_one_person() -> None:
    event = make_event()
    make_attendee(event, "Ada King", email="ada@example.org")
    data = EVENTBRITE + "1,Ada,King,ada@example.org,11,Attending,b11\n"
    data += "1,Grace,Hopper,grace@example.org,11,Attending,b11\n"
    assert counts(take(event, data)) == (0, 1, 0, 1, 0)


def test_plain_list_does_not_take_the_sources_id_away() -> None:
    event = make_event()
    data = EVENTBRITE + "1,Ada,King,,11,Attending,b11\n"
    take(event, data)
    take(event, "Name,Company\nAda King,Acme\n")
    ada = event.attendees.get()
    assert (ada.source, ada.source_id, ada.company) == ("eventbrite", "1-11", "Acme")
    assert counts(take(event, data)) == (0, 0, 0, 0, 0)


def test_barcode_of_the_source_opens_the_door() -> None:
    event = make_event()
    take(event, EVENTBRITE + "1,Ada,King,ada@example.org,11,Attending,1055646656\n")
    row = check_in(
        event=event, station=poster_station(event), nonce=make_nonce(), text="1055646656"
    )
    assert (row.outcome, row.attendee) == ("entry", event.attendees.get())


def test_barcode_stays_with_whom_it_came_first() -> None:
    event = make_event()
    data = EVENTBRITE + "1,Ada,King,ada@example.org,11,Attending,b1\n"
    data += "2,Grace,Hopper,grace@example.org,12,Attending,b1\n"
    assert counts(take(event, data)) == (2, 0, 0, 0, 0)
    assert Ticket.objects.get(secret="b1").attendee.name == "Ada King"


def test_import_is_told_once_to_console_screen_and_phones() -> None:
    event = make_event()
    Message.objects.all().delete()
    take(event, BUNDLED.read_bytes())
    message = Message.objects.get()
    assert (message.type, set(message.audiences)) == (
        "guests.imported",
        {"console", "screen", "phones"},
    )
    assert len(message.audiences["console"]["set"]) == 60
    said = str([message.audiences["screen"], message.audiences["phones"]])
    assert [a.name for a in event.attendees.all() if a.name in said] == []
    assert said.count("@") == 0
