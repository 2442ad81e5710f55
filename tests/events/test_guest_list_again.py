"""A later file of the same source: who has cancelled, who comes again, who brings fewer, and whose name is their own."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from checkin.services import check_in, poster_station
from events.guest_list import import_guest_list
from events.guest_list.writing import MOST_TOLD
from events.models import Attendee, Event, Ticket
from events.services import change_attendee, change_guest
from tablemates.live.models import Message
from tests.rows import arrive, make_attendee, make_event, make_nonce

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[1] / "data" / "guest_lists"
EVENTBRITE = "Order #,First Name,Last Name,Email,Attendee #,Attendee Status\n"
ADA = "1,Ada,King,ada@example.org,11,{}\n"
MEETUP = "Name\tUser ID\tRSVP\tGuests\tRSVPed on\n"


def take(event: Event, text: str, **options: Any) -> list[tuple[str, str]]:
    summary = import_guest_list(event=event, data=text.encode(), **options)
    return [(row["outcome"], row["reason"]) for row in summary["rows"]]


def told(event: Event) -> list[tuple[str, str]]:
    return list(event.attendees.order_by("created_at", "name").values_list("name", "status"))


def meetup(guests: int, rsvp: str = "Yes") -> str:
    return f"{MEETUP}Ada Byron\t17\t{rsvp}\t{guests}\tx\n"


def test_trade_and_needs_are_filled_in_where_they_are_empty() -> None:
    event = make_event()
    file = "Name,Trade,Access needs\nAda King,{},{}\nBo Li,Cook,\n"
    take(event, file.format("", ""))
    assert take(event, file.format("Weaver", "a throne")) == [
        ("warning", '"a throne" names no need that a table can meet; see to it by hand.'),
        ("updated", ""),
        ("unchanged", ""),
    ]
    take(event, file.format("Baker", "wheelchair"))
    take(event, file.format("Baker", "quiet"))
    assert list(event.attendees.order_by("name").values_list("trade", "needs")) == [
        ("Weaver", ["step_free"]),
        ("Cook", []),
    ]


# -------------------------------------------------------------------------------------- cancelled, and back again


@pytest.mark.parametrize("status", ["Refunded", "Cancelled", "Declined", "Pending", "Transferred"])
def test_who_is_not_coming_any_more_is_cancelled_with_the_reason(status: str) -> None:
    event = make_event()
    take(event, EVENTBRITE + ADA.format("Attending"))
    assert take(event, EVENTBRITE + ADA.format(status)) == [
        ("updated", f'Cancelled: the status is "{status}".')
    ]
    assert told(event) == [("Ada King", "cancelled")]
    assert take(event, EVENTBRITE + ADA.format(status)) == [
        ("skipped", f'Not coming: the status is "{status}".')
    ]


def test_who_never_came_with_a_file_is_skipped_and_not_registered() -> None:
    event = make_event()
    assert take(event, EVENTBRITE + ADA.format("Refunded")) == [
        ("skipped", 'Not coming: the status is "Refunded".')
    ]
    assert told(event) == []


def test_who_comes_again_is_registered_again() -> None:
    event = make_event()
    for status in ("Attending", "Refunded"):
        take(event, EVENTBRITE + ADA.format(status))
    assert take(event, EVENTBRITE + ADA.format("Attending")) == [
        ("updated", "Registered again: the file has them as coming.")
    ]
    assert told(event) == [("Ada King", "registered")]


def test_who_is_here_is_not_cancelled() -> None:
    event = make_event()
    take(event, EVENTBRITE + ADA.format("Attending"))
    arrive(event.attendees.get())
    assert take(event, EVENTBRITE + ADA.format("Refunded")) == [
        (
            "skipped",
            'Not coming: the status is "Refunded". But they are here, so they stay registered.',
        )
    ]
    assert told(event) == [("Ada King", "registered")]


def test_one_ticket_refunded_and_another_bought_leaves_the_one_who_comes() -> None:
    event = make_event()
    take(event, EVENTBRITE + ADA.format("Attending"))
    other = "2,Ada,King,ada@example.org,12,Attending\n"
    rows = take(event, EVENTBRITE + ADA.format("Refunded") + other)
    assert [outcome for outcome, _ in rows] == ["updated", "created"]
    assert sorted(told(event)) == [("Ada King", "cancelled"), ("Ada King", "registered")]


def test_refund_of_one_source_cancels_nobody_of_another() -> None:
    event = make_event()
    make_attendee(event, "Ada King", email="ada@example.org")
    take(event, EVENTBRITE + ADA.format("Refunded"))
    assert told(event) == [("Ada King", "registered")]


def test_plain_list_cancels_those_it_brought_by_name_and_address() -> None:
    event = make_event()
    take(event, "Name,Email,Status\nAda,ada@example.org,Confirmed\nBo,,Confirmed\n")
    take(event, "Name,Email,Status\nAda,ADA@example.org,Cancelled\nBo,bo@example.org,Cancelled\n")
    assert told(event) == [("Ada", "cancelled"), ("Bo", "registered")]


@pytest.mark.parametrize("status", [Attendee.Status.CANCELLED, Attendee.Status.BLOCKED])
def test_who_was_kept_out_by_hand_is_not_let_in_by_a_file(status: Attendee.Status) -> None:
    event = make_event()
    take(event, EVENTBRITE + ADA.format("Attending"))
    change_guest(attendee=event.attendees.get(), changes={"status": status})
    outcome, _ = take(event, EVENTBRITE + ADA.format("Attending"))[0]
    assert (outcome, told(event)) == ("unchanged", [("Ada King", status.value)])


def test_who_was_registered_again_by_hand_is_not_cancelled_by_the_same_refund() -> None:
    event = make_event()
    for status in ("Attending", "Refunded"):
        take(event, EVENTBRITE + ADA.format(status))
    change_guest(attendee=event.attendees.get(), changes={"status": Attendee.Status.REGISTERED})
    reason = 'Not coming: the status is "Refunded". But registered again here by hand: left so.'
    assert take(event, EVENTBRITE + ADA.format("Refunded")) == [("skipped", reason)]
    assert told(event) == [("Ada King", "registered")]


# ------------------------------------------------------------------------------------------------ people without a name


def test_those_who_come_along_are_people_with_tickets_of_their_own() -> None:
    event = make_event()
    rows = take(event, meetup(2))
    assert rows == [
        ("created", ""),
        ("created", "Guest of Ada."),
        ("created", "Guest of Ada (2)."),
    ]
    assert sorted(told(event)) == [
        ("Ada Byron", "registered"),
        ("Guest of Ada", "registered"),
        ("Guest of Ada (2)", "registered"),
    ]
    assert Ticket.objects.filter(event=event, issuer="tablemates").count() == 3


@pytest.mark.parametrize(
    "lists",
    [
        meetup(2),
        "Name,Email,Plus ones\nAda,ada@example.org,2\nAda,,1\n",
        (SAMPLES / "eventbrite_orders.csv").read_text(),
        "Order #,First Name,Quantity\n" + "A" * 120 + ",Ada,3\n",
    ],
    ids=["meetup", "plain", "eventbrite", "long id"],
)
def test_the_same_number_again_adds_nobody(lists: str) -> None:
    event = make_event()
    take(event, lists)
    before = list(Attendee.objects.order_by("pk").values())
    assert {outcome for outcome, _ in take(event, lists)} <= {"unchanged", "skipped"}
    assert list(Attendee.objects.order_by("pk").values()) == before


def test_fewer_who_come_along_are_cancelled_from_the_last_and_more_come_again() -> None:
    event = make_event()
    take(event, meetup(3))
    assert ("updated", "Guest of Ada (3). Cancelled: fewer people come along.") in take(
        event, meetup(1)
    )
    assert dict(told(event)) == {
        "Ada Byron": "registered",
        "Guest of Ada": "registered",
        "Guest of Ada (2)": "cancelled",
        "Guest of Ada (3)": "cancelled",
    }
    assert {outcome for outcome, _ in take(event, meetup(1))} == {"unchanged"}
    take(event, meetup(2))
    assert dict(told(event))["Guest of Ada (2)"] == "registered"


def test_one_who_came_along_and_is_here_stays() -> None:
    event = make_event()
    take(event, meetup(1))
    arrive(event.attendees.get(name="Guest of Ada"))
    outcome, reason = take(event, meetup(0))[-1]
    assert outcome == "skipped"
    assert reason == (
        "Guest of Ada. Not coming: fewer people come along. But they are here, so they stay registered."
    )
    assert dict(told(event))["Guest of Ada"] == "registered"


def test_who_cancels_takes_their_guests_along() -> None:
    event = make_event()
    take(event, meetup(1))
    take(event, meetup(1, "No"))
    assert {status for _, status in told(event)} == {"cancelled"}


def test_a_file_that_does_not_count_them_takes_nobody_away() -> None:
    event = make_event()
    take(event, (SAMPLES / "meetup.xls").read_text())
    before = told(event)
    take(event, (SAMPLES / "meetup_answers.csv").read_text())
    assert told(event) == before
    assert event.attendees.get(name="Ada B.").interests.get().label == "Weaving"


# ----------------------------------------------------------------------------------------------------- names of one's own


def test_name_changed_here_stays_whatever_the_file_says() -> None:
    event = make_event()
    take(event, EVENTBRITE + ADA.format("Attending"))
    change_attendee(attendee=event.attendees.get(), changes={"name": "Countess of Lovelace"})
    assert take(event, EVENTBRITE + ADA.format("Attending")) == [("unchanged", "")]
    take(event, EVENTBRITE + ADA.format("Attending").replace("Ada,King", "Augusta,King"))
    assert told(event) == [("Countess of Lovelace", "registered")]


def test_who_changed_something_else_here_still_gets_the_name_corrected_at_the_source() -> None:
    event = make_event()
    take(event, EVENTBRITE + ADA.format("Attending").replace("Ada", "Aad"))
    change_attendee(attendee=event.attendees.get(), changes={"ask": "A loom"})
    take(event, EVENTBRITE + ADA.format("Attending"))
    assert told(event) == [("Ada King", "registered")]


def test_who_renamed_themselves_is_found_by_an_address_that_only_they_have() -> None:
    event = make_event()
    take(event, "Name,Email\nAda Byron,ada@example.org\n")
    change_attendee(attendee=event.attendees.get(), changes={"name": "Countess of Lovelace"})
    assert take(event, "Name,Email\nAda Byron,ada@example.org\n") == [("unchanged", "")]


def test_name_of_an_address_alone_is_learned_and_never_lost_again() -> None:
    event = make_event()
    take(event, "Name,Email\n,ada@example.org\n")
    take(event, "Name,Email\nAda Byron,ada@example.org\n")
    assert told(event) == [("Ada Byron", "registered")]
    take(event, "Name,Email\n,ada@example.org\n")
    assert told(event) == [("Ada Byron", "registered")]


def test_two_with_one_address_stay_two() -> None:
    event = make_event()
    take(event, "Name,Email\nAda Byron,us@example.org\n")
    take(event, "Name,Email\nBo Byron,us@example.org\n")
    assert [name for name, _ in told(event)] == ["Ada Byron", "Bo Byron"]


def test_surname_corrected_in_a_plain_list_is_the_same_person() -> None:
    event = make_event()
    take(event, "Name,Email\nAda Byron,ada@example.org\n")
    take(event, "Name,Email\nAda King,ada@example.org\n")
    assert told(event) == [("Ada King", "registered")]


def test_pretix_list_without_secrets_finds_those_of_the_list_with_them() -> None:
    event = make_event()
    head, rows = "Order code,Attendee name,E-mail", ["AB3CD,Ada,a@x.org", "AB3CD,Bo,a@x.org"]
    with_secrets = "".join(f"{row},s{n}secret\n" for n, row in enumerate(rows))
    take(event, f"{head},Secret\n{with_secrets}")
    assert take(event, "\n".join([head, *rows])) == [("unchanged", "")] * 2


# ------------------------------------------------------------------------------------------------------------- the door


def test_link_of_luma_and_the_key_in_it_open_the_door() -> None:
    event = make_event()
    take(event, (SAMPLES / "luma.csv").read_text())
    link = "https://luma.com/check-in/evt-NKx3MVf24o7R?pk=g-{}"
    station = poster_station(event)
    scans = (link.format("2U61lr65dtD1YXI"), "g-7Hq21mz0kkT3PQa", link.format("9Zx31mz0kkT3PQb"))
    came = [check_in(event=event, station=station, nonce=make_nonce(), text=scan) for scan in scans]
    assert [(row.outcome, row.attendee and row.attendee.name) for row in came] == [
        ("entry", "Ada Byron"),
        ("entry", "Charles Babbage"),
        ("unknown", None),
    ]


def test_public_id_of_hi_events_opens_the_door_of_one_of_two_with_one_address() -> None:
    event = make_event()
    take(event, (SAMPLES / "hi_events.csv").read_text())
    row = check_in(event=event, station=poster_station(event), nonce=make_nonce(), text="A-8LR3NYQ")
    assert (row.outcome, row.answer["name"]) == ("entry", "Emil Blum")


# ------------------------------------------------------------------------------------------------------- what is told


def test_a_long_list_is_told_in_few_words_and_who_is_here_by_name() -> None:
    event = make_event()
    names = [f"Guest {n}" for n in range(MOST_TOLD + 1)]
    take(event, "Name,Company\n" + "".join(f"{name},\n" for name in names))
    here = event.attendees.get(name="Guest 7")
    message = Message.objects.get(type="guests.imported")
    assert message.audiences["console"] == {"set": {}, "unset": [], "reload": True}
    arrive(here)
    take(event, "Name,Company\n" + "".join(f"{name},Mill\n" for name in names))
    console = Message.objects.filter(type="guests.imported").latest("seq").audiences["console"]
    assert (list(console["set"]), console["reload"]) == ([f"attendees/{here.pk}"], True)


def test_whose_own_record_changed_is_told_on_their_phone() -> None:
    event = make_event()
    ada = make_attendee(event, "Ada", email="ada@example.org")
    make_attendee(event, "Bo", email="bo@example.org")
    take(event, "Name,Email,Ask,Company\nAda,ada@example.org,A loom,\nBo,bo@example.org,,Mill\n")
    audiences = Message.objects.get(type="guests.imported").audiences
    assert set(audiences) == {"console", "screen", "phones", f"attendee:{ada.pk}"}
    assert audiences[f"attendee:{ada.pk}"]["set"]["me"]["ask"] == "A loom"


def test_when_very_many_changed_every_phone_fetches_its_state() -> None:
    event = make_event()
    names = [f"Guest {n}" for n in range(MOST_TOLD + 1)]
    take(event, "Name,Ask\n" + "".join(f"{name},\n" for name in names))
    take(event, "Name,Ask\n" + "".join(f"{name},A loom\n" for name in names))
    audiences = Message.objects.filter(type="guests.imported").latest("seq").audiences
    assert set(audiences) == {"console", "screen", "phones"}
    assert (audiences["phones"]["reload"], audiences["console"]["reload"]) == (True, True)


# --------------------------------------------------------------------------------------------------------- any sequence

ROWS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(("Attending", "Refunded", "Checked In", "Unpaid", "")),
        st.sampled_from(("Ada", "Bo", "Cy")),
        st.integers(0, 3),
    ),
    max_size=8,
    unique_by=lambda row: row[0],
)


class AnyFiles(TestCase):
    """Whatever came before, a file twice is a file once, and only what it says is true."""

    @staticmethod
    def written(rows: list[tuple[int, str, str, int]]) -> bytes:
        stream = io.StringIO()
        head = ("Order #", "First Name", "Quantity", "Attendee Status", "Email")
        csv.writer(stream).writerows(
            [
                head,
                *((n, name, 1 + more, status, "a@x.org") for n, status, name, more in rows),
            ]
        )
        return stream.getvalue().encode()

    @settings(deadline=None, max_examples=50)
    @given(st.lists(ROWS, min_size=1, max_size=3))
    def test_last_file_twice_changes_nothing_and_those_it_names_are_as_it_says(
        self, files: list[list[tuple[int, str, str, int]]]
    ) -> None:
        event = make_event(title="Any")
        for rows in files:
            import_guest_list(event=event, data=self.written(rows))
        before = list(event.attendees.order_by("pk").values())
        again = import_guest_list(event=event, data=self.written(files[-1]))
        assert (again["created"], again["updated"], again["errors"]) == (0, 0, 0)
        assert list(event.attendees.order_by("pk").values()) == before
        for number, status, name, more in files[-1]:
            coming = status not in ("Refunded", "Unpaid")
            person = event.attendees.filter(source_id=f"{number}-1").first()
            assert (person and (person.name, person.status)) == (
                (name, "registered") if coming else person and (person.name, "cancelled")
            )
            along = event.attendees.filter(source_id__startswith=f"{number}-1+guest")
            registered = along.filter(status="registered").count()
            assert registered == (more if coming else 0)
