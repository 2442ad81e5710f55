"""Scanners: added, paired once, heard of, and stopped at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from checkin.models import Station
from checkin.payloads import station_for_console
from checkin.services import console_station, poster_station
from checkin.stations import (
    Pass,
    add_station,
    note_contact,
    pair,
    pair_again,
    read_token,
    revoke_station,
    signing_key,
)
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.rows import make_event, make_organiser

if TYPE_CHECKING:
    from events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event()


class Clock:
    """Time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def paired(event: Event, name: str = "Door A", hours: int = 8) -> tuple[Station, str]:
    return pair(secret=add_station(event=event, name=name, hours=hours)[1])


def holder_of(token: str) -> Pass:
    holder = read_token(token)
    assert holder
    return holder


def told(event: Event) -> list[tuple[str, dict[str, Any]]]:
    """What the console heard of stations: the messages' names, and the one record in each."""
    return [
        (message.type, *message.audiences["console"]["set"].values())
        for message in Message.objects.filter(stream=event.pk, type__startswith="station.")
    ]


def refused(code: str) -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_new_station_waits_ten_minutes_for_a_device(event: Event, clock: Clock) -> None:
    station, secret = add_station(event=event, name="  Side   door ", hours=6)
    assert station_for_console(station) == {
        "id": str(station.pk),
        "name": "Side door",
        "status": "waiting",
        "valid_until": None,
        "seen_at": None,
        "queue_length": 0,
        "rejected": 0,
    }
    assert station.pairing_until == clock.now + timedelta(minutes=10)
    assert len(secret) == 22
    assert told(event) == [("station.added", station_for_console(station))]


def test_pairing_makes_it_a_scanner_for_its_hours_from_then_on(event: Event, clock: Clock) -> None:
    station, secret = add_station(event=event, name="Door A", hours=6)
    clock.move(minutes=9)
    station, token = pair(secret=secret)
    assert holder_of(token).ended == ""
    assert (station.paired_at, station.valid_until) == (clock.now, clock.now + timedelta(hours=6))
    assert told(event)[-1] == ("station.paired", station_for_console(station))


def test_pairing_code_works_once(event: Event) -> None:
    _station, secret = add_station(event=event, name="Door A", hours=6)
    pair(secret=secret)
    with refused("unknown_pairing"):
        pair(secret=secret)


def test_pairing_code_is_over_after_ten_minutes(event: Event, clock: Clock) -> None:
    _station, secret = add_station(event=event, name="Door A", hours=6)
    clock.move(minutes=10)
    with refused("unknown_pairing"):
        pair(secret=secret)


@pytest.mark.parametrize("secret", ["", "x" * 22, "\x00", "\ud800", "9" * 10_000])
def test_any_other_code_pairs_nothing(event: Event, secret: str) -> None:
    paired(event)
    with refused("unknown_pairing"):
        pair(secret=secret)


def test_neither_code_nor_token_nor_key_is_in_the_database(event: Event) -> None:
    station, secret = add_station(event=event, name="Door A", hours=6)
    kept = [str(value) for value in Station.objects.filter(pk=station.pk).values_list()[0]]
    assert not [value for value in kept if secret in value]
    station, token = pair(secret=secret)
    kept = [str(value) for value in Station.objects.filter(pk=station.pk).values_list()[0]]
    assert not [value for value in kept if token in value or signing_key(station).hex() in value]


def test_scanners_have_keys_of_their_own(event: Event) -> None:
    one, other = paired(event, "Door A")[0], paired(event, "Door B")[0]
    assert len({signing_key(one), signing_key(other)}) == 2
    assert len(signing_key(one)) == 32


@pytest.mark.parametrize("name", ["Door A", "door a", " DOOR  A"])
def test_name_that_another_station_has_is_refused(event: Event, name: str) -> None:
    add_station(event=event, name="Door A", hours=6)
    with refused("name_taken"):
        add_station(event=event, name=name, hours=6)


@pytest.mark.parametrize("name", ["Poster", "poster", "olga@example.org"])
def test_names_of_the_poster_and_of_organisers_are_theirs(name: str) -> None:
    event = make_event(make_organiser("olga@example.org").team)
    with refused("name_taken"):
        add_station(event=event, name=name, hours=6)
    poster, console = poster_station(event), console_station(event, "olga@example.org")
    assert (poster.kind, console.kind) == ("poster", "console")


def test_another_event_may_have_a_station_of_the_same_name(event: Event) -> None:
    add_station(event=event, name="Door A", hours=6)
    assert add_station(event=make_event(), name="Door A", hours=6)[0].name == "Door A"


def test_new_pairing_code_stops_the_old_device_and_keeps_the_hours(
    event: Event, clock: Clock
) -> None:
    station, old = paired(event, hours=6)
    clock.move(hours=2)
    station, secret = pair_again(station=station)
    assert holder_of(old).ended == "revoked_station"
    assert station_for_console(station)["status"] == "waiting"
    station, new = pair(secret=secret)
    assert (holder_of(old).ended, holder_of(new).ended) == ("revoked_station", "")
    assert station.valid_until == clock.now + timedelta(hours=6)


def test_new_pairing_code_makes_the_one_before_useless(event: Event) -> None:
    station, first = add_station(event=event, name="Door A", hours=6)
    _station, second = pair_again(station=station)
    with refused("unknown_pairing"):
        pair(secret=first)
    assert pair(secret=second)[0] == station


def test_revoked_station_can_be_paired_again(event: Event) -> None:
    station, old = paired(event)
    revoke_station(station=station)
    station, secret = pair_again(station=station)
    _station, new = pair(secret=secret)
    assert (holder_of(old).ended, holder_of(new).ended) == ("revoked_station", "")


def test_revoked_station_is_over_at_once_and_stays_listed(event: Event) -> None:
    station, token = paired(event)
    station = revoke_station(station=station)
    assert holder_of(token).ended == "revoked_station"
    assert station_for_console(station)["status"] == "revoked"
    assert told(event)[-1] == ("station.revoked", station_for_console(station))


def test_revoking_twice_is_revoking_once(event: Event) -> None:
    station, _token = paired(event)
    first = revoke_station(station=station)
    assert revoke_station(station=first).revoked_at == first.revoked_at
    assert [name for name, _record in told(event)].count("station.revoked") == 1


def test_revoking_a_station_that_waits_makes_its_code_useless(event: Event) -> None:
    station, secret = add_station(event=event, name="Door A", hours=6)
    revoke_station(station=station)
    with refused("unknown_pairing"):
        pair(secret=secret)


def test_hours_end_to_the_minute(event: Event, clock: Clock) -> None:
    station, token = paired(event, hours=1)
    clock.move(minutes=59, seconds=59)
    assert holder_of(token).ended == ""
    clock.move(seconds=1)
    assert holder_of(token).ended == "station_expired"
    assert station_for_console(station)["status"] == "expired"


def test_revoked_and_expired_is_revoked(event: Event, clock: Clock) -> None:
    station, token = paired(event, hours=1)
    clock.move(hours=2)
    revoke_station(station=station)
    assert holder_of(token).ended == "revoked_station"


@pytest.mark.parametrize(
    "broken", ["", "x", "A" * 64, "\xff" * 64, "=" * 64, "Ω" * 64, "9" * 9_000]
)
def test_text_that_is_no_token_belongs_to_nobody(event: Event, broken: str) -> None:
    paired(event)
    assert read_token(broken) is None


def test_token_with_any_letter_changed_belongs_to_nobody(event: Event) -> None:
    _station, token = paired(event)
    for place, letter in enumerate(token):
        changed = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        assert read_token(changed) is None


def test_token_is_looked_up_in_one_query_with_its_event(
    event: Event, django_assert_num_queries: Any
) -> None:
    _station, token = paired(event)
    with django_assert_num_queries(1):
        assert holder_of(token).station.event.title == event.title


def test_contact_is_written_every_twenty_seconds(event: Event, clock: Clock) -> None:
    station, token = paired(event)
    heard = []
    for seconds in (5, 14, 1, 19, 1):
        moment = clock.move(seconds=seconds)
        note_contact(station=holder_of(token).station)
        station.refresh_from_db()
        heard.append(station.seen_at == moment)
    assert heard == [False, False, True, False, True]
    assert [name for name, _record in told(event)][2:] == ["station.seen"] * 2


def test_contact_with_another_queue_is_written_at_once(event: Event, clock: Clock) -> None:
    _station, token = paired(event)
    for queue_length in (0, 3, 3, 4, 0):
        clock.move(seconds=1)
        note_contact(station=holder_of(token).station, queue_length=queue_length)
    lengths = [record["queue_length"] for name, record in told(event) if name == "station.seen"]
    assert lengths == [3, 4, 0]


def test_contact_that_says_nothing_of_the_queue_keeps_its_length(
    event: Event, clock: Clock
) -> None:
    station, token = paired(event)
    note_contact(station=holder_of(token).station, queue_length=7)
    clock.move(seconds=30)
    note_contact(station=holder_of(token).station)
    station.refresh_from_db()
    assert (station.queue_length, station.seen_at) == (7, clock.now)


def test_rejected_entries_are_added_up(event: Event) -> None:
    _station, token = paired(event)
    for _ in range(2):
        note_contact(station=holder_of(token).station, queue_length=0, rejected=3)
    assert told(event)[-1][1]["rejected"] == 6
