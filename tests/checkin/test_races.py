"""Several at once, in threads and with connections of their own: what only locks can keep right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from checkin.models import CheckIn
from checkin.services import check_in, check_in_walk_in, check_out, poster_station
from events.guest_list import import_guest_list
from events.models import Attendee, Interest
from events.services import change_attendee, end_event
from tests.rows import make_attendee, make_event, make_nonce
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[None]:
    with database_of_threads(tmp_path):
        yield


def scan_of(attendee: Attendee, nonce: str = "") -> Callable[[], CheckIn]:
    event, secret = attendee.event, attendee.tickets.get().secret
    station = poster_station(event)
    return lambda: check_in(event=event, station=station, nonce=nonce or make_nonce(), text=secret)


def exit_of(attendee: Attendee) -> Callable[[], CheckIn]:
    event = attendee.event
    station = poster_station(event)
    return lambda: check_out(event=event, station=station, nonce=make_nonce(), attendee=attendee)


def test_fifty_scans_of_one_ticket_at_once_are_one_entry() -> None:
    ada = make_attendee(make_event())
    rows = at_once(*[scan_of(ada)] * 50)
    assert sorted(row.outcome for row in rows) == ["already_in"] * 49 + ["entry"]
    entry = CheckIn.objects.get(outcome="entry")
    assert {row.answer.get("since", row.answer["at"]) for row in rows} == {entry.answer["at"]}


def test_ten_scans_with_one_nonce_at_once_are_one_row_with_one_answer() -> None:
    ada = make_attendee(make_event())
    rows = at_once(*[scan_of(ada, "one-attempt")] * 10)
    assert [row.answer for row in rows] == [CheckIn.objects.get().answer] * 10
    assert rows[0].outcome == "entry"


def test_ten_phones_at_a_new_poster_with_one_nonce_get_the_same_bytes() -> None:
    event = make_event()
    path = f"/api/v1/posters/{event.poster_code}/check-in"
    body = {"nonce": "one-and-only-attempt", "name": "Ada", "interests": ["Poetry"]}
    answers = at_once(*[lambda: Client().post(path, body, content_type="application/json")] * 10)
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (201, answers[0].content)
    }
    assert event.attendees.count() == 1


def test_walk_in_sent_twice_at_once_is_one_person() -> None:
    event = make_event()
    station = poster_station(event)

    def walk_in() -> CheckIn:
        return check_in_walk_in(
            event=event, station=station, nonce="one-attempt", name="Ada", interests=["Poetry"]
        )

    first, second = at_once(walk_in, walk_in)
    assert first.answer == second.answer
    assert event.attendees.get() == first.attendee
    assert event.checkins.get() == first


def test_walk_ins_with_the_same_new_topics_in_any_order_share_them() -> None:
    event = make_event()
    station = poster_station(event)
    topics = [f"Topic {n}" for n in range(6)]

    def walk_in(interests: list[str]) -> Callable[[], CheckIn]:
        return lambda: check_in_walk_in(
            event=event, station=station, nonce=make_nonce(), name="Ada", interests=interests
        )

    rows = at_once(*[walk_in(order) for order in (topics, topics[::-1]) for _ in range(4)])
    assert [row.outcome for row in rows] == ["entry"] * 8
    assert Interest.objects.count() == len(topics)


def test_scans_and_exits_at_once_leave_presence_as_the_ledger_says() -> None:
    ada = make_attendee(make_event())
    at_once(*[scan_of(ada), exit_of(ada)] * 5)
    turns = list(CheckIn.objects.filter(turn__isnull=False).order_by("turn"))
    assert [row.turn for row in turns] == list(range(1, len(turns) + 1))
    ada.refresh_from_db()
    assert ada.present_since == (turns[-1].at if len(turns) % 2 else None)


def test_nobody_comes_in_after_the_evening_ended_however_close() -> None:
    event = make_event()
    people = [make_attendee(event, f"Person {n}") for n in range(8)]
    ended, *rows = at_once(lambda: end_event(event=event), *map(scan_of, people))
    late = [row for row in rows if row.at > ended.ended_at]
    assert {row.outcome for row in rows} <= {"entry", "closed"}
    assert [row.outcome for row in late] == ["closed"] * len(late)


def test_import_scans_and_changes_at_once_all_come_through() -> None:
    event = make_event()
    people = [
        make_attendee(event, f"Person {n}", source="plain", email=f"p{n}@example.org")
        for n in range(5)
    ]
    lines = [f"Person {n},p{n}@example.org,Acme,Topic {n}\n" for n in reversed(range(5))]
    data = ("Name,Email,Company,Interests\n" + "".join(lines)).encode()

    def change(person: Attendee) -> Callable[[], Attendee]:
        return lambda: change_attendee(
            attendee=person, changes={"ask": "Seeds"}, interests=["Topic 9", "Topic 0"]
        )

    summary, *rows = at_once(
        lambda: import_guest_list(event=event, data=data),
        *map(scan_of, people),
        *map(change, people),
    )
    assert summary["updated"] == 5
    assert [row.outcome for row in rows[:5]] == ["entry"] * 5
    told = [(p.company, p.ask, p.present_since is not None) for p in event.attendees.all()]
    assert told == [("Acme", "Seeds", True)] * 5


def test_import_that_cancels_and_scans_at_once_agree_about_who_is_here() -> None:
    event = make_event()
    lines = "".join(f"{n},Person {n},p{n}@example.org,{{}}\n" for n in range(8))
    head = "Order #,First Name,Email,Attendee Status\n"
    import_guest_list(event=event, data=(head + lines.replace("{}", "Attending")).encode())
    refunds = (head + lines.replace("{}", "Refunded")).encode()
    summary, *rows = at_once(
        lambda: import_guest_list(event=event, data=refunds), *map(scan_of, event.attendees.all())
    )
    # Whoever was quicker: a person who came in first stays registered, one cancelled first does not come in.
    told = {row.attendee_id: row.outcome for row in rows}
    came = [person for person in event.attendees.all() if person.present_since]
    assert {told[person.pk] for person in came} <= {"entry"}
    assert {person.status for person in came} <= {"registered"}
    assert summary["updated"] == len(told) - len(came)
    assert list(told.values()).count("cancelled") == summary["updated"]
