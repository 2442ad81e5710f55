"""A scanner's queue: in order, each entry judged by itself, nobody lost."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from checkin.models import CheckIn, Conflict, Station
from checkin.stations import pair_again, revoke_station
from events.models import Attendee, Event
from events.services import end_event
from tests.rows import arrive, make_attendee, make_event
from tests.scanner import make_scanner

if TYPE_CHECKING:
    from tests.scanner import Scanner

HOUR = timedelta(hours=1)


@pytest.fixture
def event(db: None) -> Event:
    event = make_event()
    Event.objects.filter(pk=event.pk).update(opened_at=timezone.now() - 3 * HOUR)
    return event


@pytest.fixture
def scanner(event: Event) -> Scanner:
    scanner = make_scanner(event)
    Station.objects.update(paired_at=timezone.now() - 2 * HOUR)
    return scanner


@pytest.fixture
def ada(event: Event) -> Attendee:
    return make_attendee(event, "Ada Lovelace")


def secret_of(person: Attendee) -> str:
    return person.tickets.get().secret


def is_in(person: Attendee) -> bool:
    return Attendee.objects.get(pk=person.pk).present_since is not None


def close_to(moment: datetime, expected: datetime) -> bool:
    return abs(moment - expected) < timedelta(seconds=5)


def test_queue_is_written_down_in_order_with_the_time_of_each_scan(
    event: Event, scanner: Scanner, ada: Attendee
) -> None:
    start = scanner.now() - HOUR
    entries = [
        scanner.entry(secret_of(ada), at=start),
        scanner.entry(ada, "out", at=start + timedelta(minutes=20)),
        scanner.entry(ada, at=start + timedelta(minutes=40)),
    ]
    assert scanner.codes(*entries) == ["entry", "exit", "entry"]
    rows = CheckIn.objects.order_by("happened_at")
    assert [row.device_at for row in rows] == [
        start + timedelta(minutes=minutes) for minutes in (0, 20, 40)
    ]
    assert all(close_to(row.happened_at, row.device_at) for row in rows)
    assert all(close_to(row.at, timezone.now()) for row in rows)
    assert {row.station for row in rows} == {scanner.station}
    assert Attendee.objects.get().present_since == rows[2].happened_at


def test_answers_are_those_of_the_ledger_one_for_each_entry(
    scanner: Scanner, ada: Attendee
) -> None:
    answers = scanner.answers(
        scanner.entry(secret_of(ada)), scanner.entry("rubbish", shown="unknown")
    )
    rows = CheckIn.objects.order_by("at")
    assert answers == [row.answer for row in rows]
    assert [list(answer) for answer in answers] == [sorted(answer) for answer in answers]


@pytest.mark.parametrize("hours", [-7, -1, 2, 30_000, -17_000_000])
def test_device_whose_clock_is_wrong_by_hours_is_understood(
    hours: int, scanner: Scanner, ada: Attendee
) -> None:
    scanner.fast = hours * HOUR
    if hours < -1_000_000:
        scanner.fast = datetime(1, 1, 2, tzinfo=UTC) - datetime.now(UTC)
    said = scanner.now() - timedelta(minutes=30)
    assert scanner.codes(scanner.entry(secret_of(ada), at=said)) == ["entry"]
    row = CheckIn.objects.get()
    assert row.device_at == said
    assert close_to(row.happened_at, timezone.now() - timedelta(minutes=30))


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59.999Z", "2150-01-01T00:00:00+14:00"])
def test_scan_of_the_future_happened_now_at_the_latest(
    at: str, scanner: Scanner, ada: Attendee
) -> None:
    assert scanner.codes(scanner.entry(secret_of(ada), at=at)) == ["entry"]
    row = CheckIn.objects.get()
    assert close_to(row.happened_at, timezone.now())
    assert row.happened_at <= row.at
    assert row.device_at == datetime.fromisoformat(at)


def test_scan_of_before_the_pairing_happened_with_the_pairing_at_the_earliest(
    scanner: Scanner, ada: Attendee
) -> None:
    assert scanner.codes(scanner.entry(secret_of(ada), at="0001-01-01T00:00:00Z")) == ["entry"]
    assert close_to(CheckIn.objects.get().happened_at, timezone.now() - 2 * HOUR)


def test_scans_of_one_moment_keep_their_order(scanner: Scanner, ada: Attendee) -> None:
    moment = scanner.now()
    deeds = ["in", "out"] * 12
    entries = [scanner.entry(ada, act, at=moment) for act in deeds]
    assert scanner.codes(*entries) == ["entry", "exit"] * 12
    assert not is_in(ada)


def test_queue_sent_again_gets_the_first_answers_and_writes_nothing(
    scanner: Scanner, ada: Attendee
) -> None:
    entries = [scanner.entry(secret_of(ada)), scanner.entry(ada, "out"), scanner.entry("rubbish")]
    first, again = scanner.sync(*entries), scanner.sync(*entries)
    assert (again.status_code, again.content) == (200, first.content)
    assert CheckIn.objects.count() == 3


def test_nonce_twice_in_one_queue_is_one_row(scanner: Scanner, ada: Attendee) -> None:
    entry = scanner.entry(secret_of(ada))
    one, other = scanner.answers(entry, entry)
    assert one == other == CheckIn.objects.get().answer


def test_ticket_let_in_elsewhere_meanwhile_is_one_entry_and_one_conflict(
    scanner: Scanner, ada: Attendee
) -> None:
    first = arrive(ada)
    later = scanner.entry(secret_of(ada))
    [answer] = scanner.answers(later)
    assert (answer["code"], answer["since"]) == ("already_in", first.answer["at"])
    assert Conflict.objects.get().checkin.nonce == later["nonce"]


def test_scan_that_the_device_refused_is_no_conflict(scanner: Scanner) -> None:
    assert scanner.codes(scanner.entry("rubbish", shown="unknown")) == ["unknown"]
    assert not Conflict.objects.exists()


def test_person_let_in_offline_whom_the_list_has_no_more_is_a_conflict(
    scanner: Scanner, ada: Attendee
) -> None:
    entry = scanner.entry(ada)
    ada.delete()
    assert scanner.codes(entry) == ["unknown"]
    assert Conflict.objects.get().checkin.nonce == entry["nonce"]


def test_scan_of_before_the_end_counts_when_it_is_brought_after_it(
    event: Event, scanner: Scanner, ada: Attendee
) -> None:
    entry = scanner.entry(secret_of(ada), at=scanner.now() - HOUR)
    end_event(event=event)
    late = scanner.entry(make_attendee(event, "Late Comer"))
    assert scanner.codes(entry, late) == ["entry", "closed"]


@pytest.mark.parametrize("word", ["nonce", "act", "secret", "at", "shown", "mac"])
def test_tampered_entry_is_refused_alone_and_counted(
    word: str, event: Event, scanner: Scanner, ada: Attendee
) -> None:
    grace = make_attendee(event, "Grace Hopper")
    other = {
        "nonce": "another-nonce-of-it",
        "act": "out",
        "secret": secret_of(grace),
        "at": "2026-01-01T00:00:00Z",
        "shown": "unknown",
        "mac": "A" * 43,
    }
    tampered = {**scanner.entry(secret_of(ada)), word: other[word]}
    answers = scanner.answers(scanner.entry(ada), tampered, scanner.entry(grace))
    assert [answer["code"] for answer in answers] == ["entry", "tampered", "entry"]
    assert (answers[1]["nonce"], set(answers[1])) == (
        tampered["nonce"],
        {"code", "message", "nonce"},
    )
    assert Station.objects.get(kind="scanner").rejected == 1
    assert CheckIn.objects.count() == 2


def test_entry_turned_from_a_ticket_to_a_person_is_tampered(
    scanner: Scanner, ada: Attendee
) -> None:
    entry = {**scanner.entry("rubbish"), "attendee": str(ada.pk)}
    assert scanner.codes(entry) == ["tampered"]
    assert not is_in(ada)


def test_entry_that_another_device_signed_is_tampered(
    event: Event, scanner: Scanner, ada: Attendee
) -> None:
    assert scanner.codes(make_scanner(event, "Door B").entry(ada)) == ["tampered"]


def test_signature_may_carry_its_padding(scanner: Scanner, ada: Attendee) -> None:
    entry = scanner.entry(ada)
    assert scanner.codes({**entry, "mac": entry["mac"] + "="}) == ["entry"]


BAD = {
    "no object": "in",
    "nothing": None,
    "list": [],
    "number": 7,
    "empty": {},
    "no nonce": {"nonce": None},
    "short nonce": {"nonce": "short"},
    "long nonce": {"nonce": "n" * 65},
    "nonce of numbers": {"nonce": 12345678901234567890},
    "NUL in the nonce": {"nonce": "nonce-of-a-scan\x00x"},
    "lone surrogate in the nonce": {"nonce": "\ud83d" * 16},
    "undo": {"act": "undo"},
    "act of two": {"act": ["in", "out"]},
    "neither secret nor person": {"secret": ""},
    "10 kB and more": {"secret": "x" * 12_001},
    "NUL": {"secret": "a\x00b"},
    "lone surrogate": {"secret": "\udfff"},
    "secret in a list": {"secret": ["x"]},
    "secret of true": {"secret": True},
    "null for a secret": {"secret": None},
    "nobody": {"attendee": "Ada"},
    "person by number": {"attendee": 7},
    "no time": {"at": "soon"},
    "time without zone": {"at": "2026-03-14T18:05:00"},
    "date": {"at": "2026-03-14"},
    "end of time in the west": {"at": "9999-12-31T23:59:59-12:00"},
    "begin of time in the east": {"at": "0001-01-01T00:00:00+12:00"},
    "thirteenth month": {"at": "2026-13-01T00:00:00Z"},
    "time as a number": {"at": 1_700_000_000},
    "odd outcome": {"shown": "welcome"},
    "no signature": {"mac": None},
    "signature of 10 kB": {"mac": "A" * 10_000},
}


@pytest.mark.parametrize("bad", BAD)
def test_entry_that_makes_no_sense_is_refused_alone(
    bad: str, event: Event, scanner: Scanner, ada: Attendee
) -> None:
    entry = BAD[bad]
    if isinstance(entry, dict) and entry:
        words = {**scanner.entry("rubbish"), **entry}
        entry = words if "mac" in BAD[bad] else _signed(scanner, words)
    answers = scanner.answers(scanner.entry(ada), entry, scanner.entry(ada, "out"))
    assert [answer["code"] for answer in answers] == ["entry", "invalid", "exit"]
    assert CheckIn.objects.count() == 2
    assert Station.objects.get(kind="scanner").rejected == 0


def _signed(scanner: Scanner, words: dict[str, Any]) -> dict[str, Any]:
    try:
        return scanner.signed(words)
    except UnicodeEncodeError:  # a lone surrogate has no bytes to sign
        return words


ODD = [
    "🎟️" * 2_000,
    "x" * 10_000,
    "https://example.org/x?y#z",
    "\u202e",
    "1; --",
    "é\u0301",
    " ",
    "\n",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_scan_is_an_unknown_ticket(text: str, scanner: Scanner) -> None:
    assert scanner.codes(scanner.entry(text)) == ["unknown"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"sent_at": "soon"}, "sent_at"),
        ({"sent_at": None}, "sent_at"),
        ({"queue_length": -1}, "queue_length"),
        ({"queue_length": "many"}, "queue_length"),
        ({"queue_length": 10**30}, "queue_length"),
        ({"entries": {}}, "entries"),
        ({"entries": None}, "entries"),
        ({"entries": [{}] * 101}, "entries"),
    ],
)
def test_request_that_makes_no_sense_is_400(
    body: dict[str, Any], field: str, scanner: Scanner
) -> None:
    answer = scanner.sync(**body)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
        400,
        "invalid",
        field,
    )


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[]", b"7", b"{", b"[" * 100_000, b"", b"null"])
def test_body_that_is_no_object_is_400(body: bytes, scanner: Scanner) -> None:
    assert scanner.post("sync", body).status_code == 400


def test_empty_queue_is_a_sign_of_life(scanner: Scanner) -> None:
    assert scanner.answers(queue_length=4) == []
    assert Station.objects.get(kind="scanner").queue_length == 4


def test_what_a_revoked_scanner_brings_is_written_down_and_lets_nobody_in(
    scanner: Scanner, ada: Attendee
) -> None:
    revoke_station(station=scanner.station)
    entries = [scanner.entry(secret_of(ada)), {}, scanner.entry("rubbish", shown="unknown")]
    answer = scanner.sync(*entries)
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked_station")
    codes = [entry["code"] for entry in answer.json()["answers"]]
    assert codes == ["revoked_station", "invalid", "revoked_station"]
    rows = CheckIn.objects.order_by("at")
    assert [(row.outcome, row.attendee, row.shown) for row in rows] == [
        ("revoked_station", ada, "entry"),
        ("revoked_station", None, "unknown"),
    ]
    assert Conflict.objects.get().checkin == rows[0]
    assert not is_in(ada)


def test_what_a_scanner_brings_after_its_hours_is_written_down(
    scanner: Scanner, ada: Attendee
) -> None:
    Station.objects.filter(kind="scanner").update(valid_until=timezone.now())
    answer = scanner.sync(scanner.entry(secret_of(ada)))
    assert (answer.status_code, answer.json()["code"]) == (403, "station_expired")
    assert CheckIn.objects.get().outcome == "revoked_station"
    assert Conflict.objects.get().checkin.attendee == ada


def test_what_was_scanned_within_the_hours_counts_when_it_comes_after_them(
    scanner: Scanner, ada: Attendee
) -> None:
    over = timezone.now() - timedelta(minutes=30)
    Station.objects.filter(kind="scanner").update(valid_until=over)
    bo = make_attendee(ada.event, "Bo")
    answer = scanner.sync(
        scanner.entry(secret_of(ada), at=scanner.now() - HOUR), scanner.entry(secret_of(bo))
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "station_expired")
    codes = [entry["code"] for entry in answer.json()["answers"]]
    assert codes == ["entry", "revoked_station"]
    assert is_in(ada)
    assert Conflict.objects.get().checkin.attendee == bo


def test_an_exit_of_a_revoked_scanner_is_written_down_as_one(
    scanner: Scanner, ada: Attendee
) -> None:
    revoke_station(station=scanner.station)
    scanner.sync(scanner.entry(ada, "out", shown="exit"))
    row = CheckIn.objects.get()
    assert (row.act, row.outcome) == ("out", "revoked_station")


def test_queue_of_a_device_that_was_replaced_is_written_down(
    scanner: Scanner, ada: Attendee
) -> None:
    pair_again(station=scanner.station)
    answer = scanner.sync(scanner.entry(secret_of(ada)), queue_length=9)
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked_station")
    assert Conflict.objects.get().checkin.attendee == ada
    # The queue of the new device is what the console wants to know.
    assert Station.objects.get(kind="scanner").queue_length == 0


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=40),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
WORDS = ["nonce", "act", "secret", "attendee", "at", "shown", "mac"]
spoilt = st.dictionaries(st.sampled_from(WORDS), anything, max_size=3)


class AnyQueue(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.none() | anything | spoilt.map(lambda words: ("spoil", words)), max_size=15))
    def test_no_entry_stops_the_others(self, queue: list[Any]) -> None:
        event = make_event()
        ada, scanner = make_attendee(event), make_scanner(event)
        entries: list[Any] = []
        for part in queue:
            if part is None:
                entries.append(scanner.entry(ada))
            elif isinstance(part, tuple):
                entries.append({**scanner.entry("rubbish"), **part[1]})
            else:
                entries.append(part)
        answers = scanner.answers(*entries)
        assert len(answers) == len(queue)
        good = [answer for answer, part in zip(answers, queue, strict=True) if part is None]
        assert [answer["code"] for answer in good] == (["entry"] + ["already_in"] * 15)[: len(good)]
        assert event.checkins.filter(attendee=ada).count() == len(good)

    @settings(max_examples=60, deadline=None)
    @given(
        st.datetimes(timezones=st.just(UTC)),
        st.datetimes(timezones=st.just(UTC)),
    )
    def test_whatever_the_clocks_say_a_scan_was_between_the_pairing_and_now(
        self, at: datetime, sent_at: datetime
    ) -> None:
        event = make_event()
        scanner = make_scanner(event)
        station = Station.objects.get(pk=scanner.station.pk)
        assert scanner.codes(
            scanner.entry(make_attendee(event), at=at), sent_at=sent_at.isoformat()
        ) == ["entry"]
        row = event.checkins.get()
        assert row.device_at == at
        assert station.paired_at is not None
        assert station.paired_at <= row.happened_at <= row.at


def test_person_of_another_event_is_unknown(scanner: Scanner) -> None:
    elsewhere = make_attendee(make_event())
    assert scanner.codes(scanner.entry(elsewhere)) == ["unknown"]
    assert CheckIn.objects.get().attendee is None


def test_person_who_never_was_is_unknown(scanner: Scanner) -> None:
    entry = {**scanner.entry("x"), "secret": "", "attendee": str(uuid.uuid4())}
    assert scanner.codes(scanner.signed(entry)) == ["unknown"]
