"""Scanners and organisers at once, in threads and with connections of their own: what only locks can keep right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from checkin.models import CheckIn, Conflict, Station
from checkin.services import undo
from checkin.stations import add_station, note_contact, pair, pair_again, revoke_station
from events.models import Attendee, Event
from events.services import change_guest
from tablemates.refusals import Refusal
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser
from tests.scanner import make_scanner
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.scanner import Scanner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[None]:
    with database_of_threads(tmp_path):
        yield


def crowd(event: Event, size: int) -> list[Attendee]:
    return [make_attendee(event, f"Person {n}") for n in range(size)]


def syncing(scanner: Scanner, people: list[Attendee]) -> Callable[[], Any]:
    entries = [scanner.entry(person) for person in people]
    return lambda: scanner.sync(*entries)


def test_devices_with_one_pairing_code_at_once_are_one_scanner() -> None:
    event = make_event()
    for n in range(5):
        _station, secret = add_station(event=event, name=f"Door {n}", hours=6)
        found = at_once(*[lambda: pair(secret=secret)] * 6)  # noqa: B023
        refusals = [one.code for one in found if isinstance(one, Refusal)]
        assert refusals == ["unknown_pairing"] * 5
        assert len([one for one in found if isinstance(one, tuple)]) == 1


def test_pairing_and_revoking_at_once_never_leave_a_scanner_that_scans() -> None:
    event = make_event()
    for n in range(5):
        station, secret = add_station(event=event, name=f"Door {n}", hours=6)
        at_once(lambda: revoke_station(station=station), lambda: pair(secret=secret))  # noqa: B023
    assert event.stations.filter(revoked_at=None).count() == 0


def test_a_new_code_and_the_old_one_at_once_leave_one_way_in() -> None:
    event = make_event()
    for n in range(5):
        station, old = add_station(event=event, name=f"Door {n}", hours=6)
        (_station, new), _paired = at_once(
            lambda: pair_again(station=station),  # noqa: B023
            lambda: pair(secret=old),  # noqa: B023
        )
        station.refresh_from_db()
        assert station.paired_at is None
        assert pair(secret=new)[0] == station


def test_stations_of_one_name_at_once_are_one() -> None:
    event = make_event()
    found = at_once(*[lambda: add_station(event=event, name="Door A", hours=6)] * 8)
    assert sorted(one.code for one in found if isinstance(one, Refusal)) == ["name_taken"] * 7
    assert event.stations.count() == 1


def test_revoking_while_a_queue_comes_in_loses_nobody_and_lets_nobody_in_after_it() -> None:
    event = make_event()
    people, scanner = crowd(event, 60), make_scanner(event)
    answer, revoked = at_once(
        syncing(scanner, people), lambda: revoke_station(station=scanner.station)
    )
    rows = list(CheckIn.objects.order_by("at"))
    codes = [row.outcome for row in rows]
    assert len(rows) == 60
    assert codes == sorted(codes)
    assert [row.outcome for row in rows if row.at > revoked.revoked_at] == (
        ["revoked_station"] * codes.count("revoked_station")
    )
    assert Conflict.objects.count() == codes.count("revoked_station")
    assert Attendee.objects.filter(present_since=None).count() == codes.count("revoked_station")
    assert len(answer.json()["answers"]) == 60


def test_two_scanners_that_bring_the_same_tickets_at_once_are_one_entry_and_one_conflict_each() -> (
    None
):
    event = make_event()
    people = crowd(event, 25)
    one, other = make_scanner(event, "Door A"), make_scanner(event, "Door B")
    answers = at_once(syncing(one, people), syncing(other, people[::-1]))
    assert [answer.status_code for answer in answers] == [200, 200]
    for person in people:
        outcomes = sorted(person.checkins.values_list("outcome", flat=True))
        assert outcomes == ["already_in", "entry"]
        conflict = Conflict.objects.get(checkin__attendee=person)
        assert conflict.checkin.outcome == "already_in"
    assert Attendee.objects.filter(present_since=None).count() == 0


def test_a_queue_sent_twice_at_once_is_written_once() -> None:
    event = make_event()
    people, scanner = crowd(event, 25), make_scanner(event)
    send = syncing(scanner, people)
    first, second = at_once(send, send)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert [row.outcome for row in CheckIn.objects.all()] == ["entry"] * 25
    assert not Conflict.objects.exists()


def test_everything_at_the_door_at_once_comes_through() -> None:
    event = make_event()
    organiser = make_organiser("olga@example.org", event.team)
    people = crowd(event, 20)
    scanners = [make_scanner(event, f"Door {n}") for n in range(2)]
    entry = arrive(people[0])
    console = entry.station
    found = at_once(
        *[syncing(scanner, people[1:]) for scanner in scanners],
        *[lambda person=person: arrive(person) for person in people[1:5]],
        *[lambda scanner=scanner: scanner.get(queue=7) for scanner in scanners],
        *[lambda scanner=scanner: scanner.get("/roster") for scanner in scanners],
        lambda: undo(checkin=entry, station=console, organiser=organiser, nonce=make_nonce()),
        lambda: change_guest(attendee=people[0], changes={"status": Attendee.Status.BLOCKED}),
        lambda: add_station(event=event, name="Door C", hours=1),
    )
    assert [one for one in found if isinstance(one, Exception)] == []
    assert {one.status_code for one in found if hasattr(one, "status_code")} == {200}
    assert Attendee.objects.filter(present_since=None).get() == people[0]
    assert CheckIn.objects.filter(outcome="entry").count() == len(people)


def test_tampered_entries_reported_at_once_are_all_counted() -> None:
    scanner = make_scanner(make_event())
    station = Station.objects.get()
    Station.objects.update(seen_at=timezone.now())
    at_once(*[lambda: note_contact(station=station, rejected=2)] * 8)
    assert Station.objects.get(pk=scanner.station.pk).rejected == 16
