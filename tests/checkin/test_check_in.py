"""What the door answers, and what it writes down."""

from __future__ import annotations

import pytest
from django.utils import timezone

from checkin.models import CheckIn
from checkin.payloads import checkin_for_console
from checkin.selectors import latest_checkins, present_attendees
from checkin.services import check_in, check_out, console_station, poster_station
from events.models import Attendee, Event, Ticket
from events.services import end_event
from tablemates.live.models import Message
from tests.rows import arrive, make_attendee, make_event, make_nonce

pytestmark = pytest.mark.django_db


def scan(event: Event, text: str, nonce: str = "") -> CheckIn:
    return check_in(
        event=event, station=poster_station(event), nonce=nonce or make_nonce(), text=text
    )


def leave(attendee: Attendee) -> CheckIn:
    event = attendee.event
    return check_out(
        event=event, station=poster_station(event), nonce=make_nonce(), attendee=attendee
    )


def ticket_of(attendee: Attendee) -> Ticket:
    return attendee.tickets.get(issuer="tablemates")


def presence(attendee: Attendee) -> object:
    return Attendee.objects.get(pk=attendee.pk).present_since


def test_first_scan_is_an_entry_and_the_person_is_present_since_then() -> None:
    ada = make_attendee(make_event(), "Ada Lovelace")
    row = arrive(ada)
    assert row.outcome == "entry"
    assert row.turn == 1
    assert presence(ada) == row.at
    assert row.answer == {
        "code": "entry",
        "outcome": "entry",
        "at": row.at.isoformat().replace("+00:00", "Z"),
        "name": "Ada Lovelace",
        "attendee": str(ada.pk),
        "message": "Welcome, Ada.",
    }


def test_second_scan_says_already_in_since_the_first() -> None:
    ada = make_attendee(make_event())
    first, second = arrive(ada), arrive(ada)
    assert second.outcome == "already_in"
    assert second.turn is None
    assert second.answer["since"] == first.answer["at"]
    assert second.answer["message"] == "Ada is already in."
    assert presence(ada) == first.at


@pytest.mark.parametrize(
    "text", ["what", "", "   ", "\x00", "🎉", "A" * 10_000, "https://example.org/t", "http://[x#y"]
)
def test_unknown_text_is_a_row_that_names_nobody(text: str) -> None:
    event = make_event()
    make_attendee(event)
    row = scan(event, text)
    assert (row.outcome, row.attendee, row.ticket, row.turn) == ("unknown", None, None, None)
    assert set(row.answer) == {"code", "outcome", "at", "message"}


def test_ticket_of_another_event_is_refused_without_naming_person_or_event() -> None:
    other = make_event(title="Secret supper")
    stranger = make_attendee(other, "Grace Hopper")
    row = scan(make_event(), ticket_of(stranger).secret)
    assert row.outcome == "wrong_event"
    assert row.attendee is None
    assert row.answer == {
        "code": "wrong_event",
        "outcome": "wrong_event",
        "at": row.answer["at"],
        "message": "This ticket is for another event.",
    }
    assert presence(stranger) is None


def test_short_code_of_another_event_is_unknown() -> None:
    stranger = make_attendee(make_event())
    assert scan(make_event(), ticket_of(stranger).code).outcome == "unknown"


def test_cancelled_person_is_refused_without_a_name() -> None:
    ada = make_attendee(make_event(), status="cancelled")
    row = arrive(ada)
    assert row.outcome == "cancelled"
    assert row.attendee == ada
    assert set(row.answer) == {"code", "outcome", "at", "message"}
    assert presence(ada) is None


def test_revoked_ticket_is_refused() -> None:
    event = make_event()
    ada = make_attendee(event)
    ada.tickets.update(revoked_at=timezone.now())
    assert scan(event, ticket_of(ada).secret).outcome == "cancelled"
    assert presence(ada) is None


def test_new_ticket_opens_the_door_where_the_old_one_was_revoked() -> None:
    event = make_event()
    ada = make_attendee(event)
    ada.tickets.update(revoked_at=timezone.now())
    fresh = Ticket.objects.create(event=event, attendee=ada)
    assert scan(event, fresh.secret).outcome == "entry"


def test_before_doors_open_everybody_is_too_early() -> None:
    ada = make_attendee(make_event(doors=False))
    assert arrive(ada).outcome == "too_early"
    assert presence(ada) is None


def test_after_the_end_everybody_is_told_that_it_is_over() -> None:
    event = make_event()
    inside, outside = make_attendee(event, "Ada"), make_attendee(event, "Grace")
    arrive(inside)
    end_event(event=event)
    assert [arrive(inside).outcome, arrive(outside).outcome] == ["closed", "closed"]


@pytest.mark.parametrize("issuer", ["pretix", "eventbrite"])
def test_ticket_of_another_system_opens_the_door(issuer: str) -> None:
    event = make_event()
    ada = make_attendee(event)
    secret = "z3fsn8jyufm5kpk768q69gkbyr5f4h6w"
    Ticket.objects.create(event=event, attendee=ada, secret=secret, issuer=issuer, code="")
    row = scan(event, f"  {secret}\n")
    assert (row.outcome, row.attendee, row.ticket.issuer) == ("entry", ada, issuer)


def test_number_of_another_system_known_elsewhere_is_just_unknown_here() -> None:
    elsewhere = make_event()
    Ticket.objects.create(
        event=elsewhere, attendee=make_attendee(elsewhere), secret="1001", issuer="eventbrite"
    )
    assert scan(make_event(), "1001").outcome == "unknown"


@pytest.mark.parametrize(
    "link", ["/t#{}", "https://tables.example.org/t#{}", "http://192.168.0.7:8000/t#{}", "#{}"]
)
def test_scan_of_a_ticket_link_is_a_scan_of_its_secret(link: str) -> None:
    event = make_event()
    ada = make_attendee(event)
    assert scan(event, link.format(ticket_of(ada).secret)).attendee == ada


@pytest.mark.parametrize(
    "typed",
    ["K0QX-1M4P", "k0qx1m4p", "k0qx 1m4p", " K0QX 1M4P ", "k-0-q-x1m4p", "KOQX-IM4P", "koqx-lm4p"],
)
def test_short_code_may_be_typed_in_any_manner(typed: str) -> None:
    event = make_event()
    ada = make_attendee(event)
    ada.tickets.update(code="K0QX1M4P")
    row = scan(event, typed)
    assert (row.outcome, row.attendee) == ("entry", ada)


def test_whole_secret_wins_over_a_short_code_that_looks_the_same() -> None:
    event = make_event()
    coded, numbered = make_attendee(event, "Ada"), make_attendee(event, "Grace")
    coded.tickets.update(code="20531622")
    Ticket.objects.create(
        event=event, attendee=numbered, secret="20531622", issuer="eventbrite", code=""
    )
    assert scan(event, "20531622").attendee == numbered


def test_dashes_alone_are_not_the_missing_code_of_a_foreign_ticket() -> None:
    event = make_event()
    Ticket.objects.create(
        event=event, attendee=make_attendee(event), secret="x1", issuer="pretix", code=""
    )
    assert scan(event, "- -").outcome == "unknown"


def test_person_found_by_name_needs_no_ticket() -> None:
    event = make_event()
    ada = make_attendee(event)
    row = check_in(
        event=event, station=console_station(event, "Door"), nonce=make_nonce(), attendee=ada
    )
    assert (row.outcome, row.attendee, row.ticket) == ("entry", ada, None)


def test_second_scan_with_same_nonce_returns_first_result() -> None:
    event = make_event()
    ada, grace = make_attendee(event, "Ada"), make_attendee(event, "Grace")
    first = scan(event, ticket_of(ada).secret, "one-attempt")
    again = scan(event, ticket_of(ada).secret, "one-attempt")
    other = scan(event, ticket_of(grace).secret, "one-attempt")
    out = check_out(event=event, station=poster_station(event), nonce="one-attempt", attendee=ada)
    assert [first, first, first] == [again, other, out]
    assert CheckIn.objects.count() == 1
    assert presence(grace) is None


def test_same_nonce_at_another_event_is_another_attempt() -> None:
    ada, grace = make_attendee(make_event()), make_attendee(make_event())
    rows = [scan(person.event, ticket_of(person).secret, "one-attempt") for person in (ada, grace)]
    assert [row.outcome for row in rows] == ["entry", "entry"]


def test_refusal_is_remembered_by_its_nonce_even_when_the_door_would_open_now() -> None:
    event = make_event(doors=False)
    ada = make_attendee(event)
    scan(event, ticket_of(ada).secret, "one-attempt")
    Event.objects.filter(pk=event.pk).update(phase="open", opened_at=timezone.now())
    assert scan(event, ticket_of(ada).secret, "one-attempt").outcome == "too_early"


def test_exit_and_return_are_turns_two_and_three() -> None:
    ada = make_attendee(make_event())
    rows = [arrive(ada), leave(ada), arrive(ada)]
    assert [(row.outcome, row.turn) for row in rows] == [("entry", 1), ("exit", 2), ("entry", 3)]
    assert presence(ada) == rows[-1].at


def test_leaving_twice_changes_nothing() -> None:
    ada = make_attendee(make_event())
    arrive(ada)
    assert [leave(ada).outcome, leave(ada).outcome] == ["exit", "not_in"]
    assert presence(ada) is None


def test_leaving_before_arriving_changes_nothing() -> None:
    ada = make_attendee(make_event())
    row = leave(ada)
    assert (row.outcome, row.turn) == ("not_in", None)
    assert row.answer["message"] == "Ada is not in at the moment."


def test_leaving_is_possible_after_the_end() -> None:
    ada = make_attendee(make_event())
    arrive(ada)
    end_event(event=ada.event)
    assert leave(ada).outcome == "exit"


def test_every_attempt_is_told_to_the_console_and_only_changes_to_everyone() -> None:
    event = make_event()
    ada = make_attendee(event)
    Message.objects.all().delete()
    rows = [arrive(ada), arrive(ada), scan(event, "what"), leave(ada)]
    everyone = {"console", "screen", "phones", f"attendee:{ada.pk}"}
    told = [(m.type, set(m.audiences)) for m in Message.objects.order_by("seq")]
    assert told == [
        ("attendee.arrived", everyone),
        ("checkin.refused", {"console"}),
        ("checkin.refused", {"console"}),
        ("attendee.left", everyone),
    ]
    ledger = list(latest_checkins(event))
    assert ledger == rows[::-1]
    assert [checkin_for_console(row)["name"] for row in ledger] == [
        "Ada Lovelace",
        "",
        *["Ada Lovelace"] * 2,
    ]


def test_replayed_nonce_is_not_told_again() -> None:
    event = make_event()
    secret = ticket_of(make_attendee(event)).secret
    Message.objects.all().delete()
    scan(event, secret, "one-attempt")
    scan(event, secret, "one-attempt")
    assert Message.objects.count() == 1


def test_present_attendees_stand_in_the_order_they_came() -> None:
    event = make_event()
    ada, grace, edith = (make_attendee(event, name) for name in ("Ada", "Grace", "Edith"))
    for person in (grace, edith, ada):
        arrive(person)
    leave(edith)
    assert list(present_attendees(event)) == [grace, ada]


def test_ledger_of_the_console_keeps_to_the_latest_fifty() -> None:
    event = make_event()
    rows = [scan(event, "what") for _ in range(51)]
    assert list(latest_checkins(event)) == rows[:0:-1]
