"""The door for paired scanners over HTTP."""

from __future__ import annotations

import gzip
import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from checkin.models import CheckIn, Conflict, Station
from checkin.stations import add_station, pair_again, revoke_station
from events.models import Attendee, Event, Ticket
from events.services import change_attendee, change_event, change_guest, end_event, open_doors
from tests.rows import arrive, make_attendee, make_event, make_nonce
from tests.scanner import Scanner, make_scanner

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event(title="Supper")


@pytest.fixture
def scanner(event: Event) -> Scanner:
    return make_scanner(event)


@pytest.fixture
def ada(event: Event) -> Attendee:
    return make_attendee(event, "Ada Lovelace", email="ada@example.org", company="Engines")


def secret_of(person: Attendee) -> str:
    return person.tickets.get().secret


def pair(code: Any) -> HttpResponse:
    body = {"pairing": code}
    return Client().post("/api/v1/stations/pair", body, content_type="application/json")


def roster_of(scanner: Scanner) -> dict[str, Any]:
    answer = scanner.get("/roster")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def digest(salt: str, word: str) -> str:
    """As the device works it out."""
    return urlsafe_b64encode(sha256((salt + word).encode()).digest()).decode().rstrip("=")


def test_paired_device_is_told_once_who_it_is(event: Event) -> None:
    station, code = add_station(event=event, name="Door A", hours=6)
    paired = pair(code).json()
    station.refresh_from_db()
    assert station.valid_until is not None
    assert paired == {
        "token": paired["token"],
        "signing_key": paired["signing_key"],
        "station": {
            "id": str(station.pk),
            "name": "Door A",
            "valid_until": station.valid_until.isoformat().replace("+00:00", "Z"),
        },
        "event": {"id": str(event.pk), "title": "Supper"},
    }
    assert len(urlsafe_b64decode(paired["signing_key"] + "=")) == 32


def test_used_expired_revoked_and_never_given_codes_look_the_same(event: Event) -> None:
    codes = [add_station(event=event, name=f"Door {n}", hours=6)[1] for n in range(3)]
    assert pair(codes[0]).status_code == 200
    Station.objects.filter(name="Door 1").update(pairing_until=timezone.now())
    revoke_station(station=Station.objects.get(name="Door 2"))
    answers = [pair(code) for code in [*codes, "x" * 22, "Ω", "\x07"]]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["code"] == "unknown_pairing"


@pytest.mark.parametrize("code", ["", None, [], {}, "x" * 10_000, "a\x00b"])
def test_text_that_can_be_no_code_is_400(code: Any) -> None:
    answer = pair(code)
    assert (answer.status_code, answer.json()["field"]) == (400, "pairing")


ROUTES: dict[str, Callable[[Scanner], HttpResponse]] = {
    "station": lambda scanner: scanner.get(),
    "roster": lambda scanner: scanner.get("/roster"),
    "search": lambda scanner: scanner.get("/search", q="ada"),
    "check-in": lambda scanner: scanner.scan(secret="rubbish"),
    "sync": lambda scanner: scanner.sync(),
}


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_token_of_ours_is_401(route: str, scanner: Scanner) -> None:
    codes = []
    for token in ("", "rubbish", "x" * 64, "\xe9", secret_of(make_attendee(scanner.station.event))):
        scanner.token = token
        answer = ROUTES[route](scanner)
        assert answer.status_code == 401
        codes.append(answer.json()["code"])
    assert codes == ["not_authenticated", *["invalid_station"] * 4]


@pytest.mark.parametrize("route", ROUTES)
def test_revoked_station_is_403_from_the_next_request_on(route: str, scanner: Scanner) -> None:
    assert ROUTES[route](scanner).status_code < 500
    revoke_station(station=scanner.station)
    answer = ROUTES[route](scanner)
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked_station")
    assert answer.json()["message"]


@pytest.mark.parametrize("route", ROUTES)
def test_station_after_its_hours_is_403(route: str, scanner: Scanner) -> None:
    Station.objects.update(valid_until=timezone.now())
    answer = ROUTES[route](scanner)
    assert (answer.status_code, answer.json()["code"]) == (403, "station_expired")


@pytest.mark.parametrize("route", ROUTES)
def test_device_that_was_replaced_is_403(route: str, scanner: Scanner) -> None:
    Scanner(*pair_again(station=scanner.station))
    answer = ROUTES[route](scanner)
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked_station")


@pytest.mark.parametrize(
    "path",
    [
        "events",
        "events/{event}/snapshot",
        "events/{event}/stations",
        "me/snapshot",
        "screen/snapshot",
    ],
)
def test_token_of_a_scanner_opens_nothing_else(path: str, event: Event, scanner: Scanner) -> None:
    answer = Client().get(f"/api/v1/{path.format(event=event.pk)}", headers=scanner.headers)
    assert answer.status_code in (401, 403)


def test_sign_of_life_is_answered_with_what_the_page_shows(
    event: Event, scanner: Scanner, ada: Attendee
) -> None:
    arrive(ada)
    make_attendee(event, "Bela Bartok")
    make_attendee(event, "Cleo Mensah", status="cancelled")
    view = scanner.get(queue=3).json()
    assert view == {
        "station": scanner.paired["station"],
        "event": {"id": str(event.pk), "title": "Supper", "phase": "open"},
        "present": 1,
        "registered": 2,
        "roster": roster_of(scanner)["version"],
        "now": view["now"],
    }
    assert Station.objects.get(kind="scanner").queue_length == 3


@pytest.mark.parametrize("queue", ["-1", "x", "9" * 30])
def test_queue_that_is_no_length_is_400(queue: str, scanner: Scanner) -> None:
    assert scanner.get(queue=queue).status_code == 400


def test_sign_of_life_is_three_queries(
    scanner: Scanner, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        scanner.get(queue=0)


def test_roster_tells_who_may_come_in(event: Event, scanner: Scanner, ada: Attendee) -> None:
    entry = arrive(ada)
    blocked = make_attendee(event, "Blocked Bob", status="blocked")
    Ticket.objects.filter(attendee=blocked).update(revoked_at=timezone.now())
    Ticket.objects.create(event=event, attendee=ada, secret="PRETIX-1", code="", issuer="pretix")
    roster = roster_of(scanner)
    salt, ticket = roster["salt"], ada.tickets.get(issuer="tablemates")
    assert roster["event"] == {"id": str(event.pk), "title": "Supper", "phase": "open"}
    revoked = blocked.tickets.get()
    assert roster["people"] == [
        {
            "id": str(ada.pk),
            "name": "Ada Lovelace",
            "company": "Engines",
            "state": "ok",
            "present_since": entry.answer["at"],
            "digests": [digest(salt, word) for word in (ticket.secret, ticket.code, "PRETIX-1")],
            "revoked": [],
        },
        {
            "id": str(blocked.pk),
            "name": "Blocked Bob",
            "company": "",
            "state": "blocked",
            "present_since": None,
            "digests": [],
            "revoked": [digest(salt, word) for word in (revoked.secret, revoked.code)],
        },
    ]


def test_roster_holds_people_of_this_event_only(event: Event, scanner: Scanner) -> None:
    make_attendee(make_event(), "Someone Else")
    assert roster_of(scanner)["people"] == []


def test_salt_is_of_the_event(event: Event, scanner: Scanner) -> None:
    other = roster_of(make_scanner(make_event()))["salt"]
    assert roster_of(scanner)["salt"] == roster_of(make_scanner(event, "B"))["salt"] != other


def test_roster_that_the_device_has_is_304(scanner: Scanner, ada: Attendee) -> None:
    first = scanner.get("/roster")
    etag = first.headers["ETag"]
    assert etag == f'"{first.json()["version"]}"'
    again = scanner.get("/roster", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    weak = scanner.get("/roster", headers={"If-None-Match": f'"other", W/{etag}'})
    assert weak.status_code == 304
    assert scanner.get("/roster", headers={"If-None-Match": '"other"'}).json() == first.json()


def _reissue(ada: Attendee) -> None:
    ada.tickets.update(revoked_at=timezone.now())


CHANGES: dict[str, Callable[[Attendee], Any]] = {
    "arrival": arrive,
    "name": lambda ada: change_attendee(attendee=ada, changes={"name": "Ada Byron"}),
    "company": lambda ada: Attendee.objects.filter(pk=ada.pk).update(company="Looms"),
    "status": lambda ada: change_guest(attendee=ada, changes={"status": Attendee.Status.BLOCKED}),
    "new person": lambda ada: make_attendee(ada.event, "Grace Hopper"),
    "person gone": lambda ada: ada.delete(),
    "ticket revoked": _reissue,
    "ticket added": lambda ada: Ticket.objects.create(
        event=ada.event, attendee=ada, secret="badge", code="", issuer="badge"
    ),
    "title": lambda ada: change_event(event=ada.event, changes={"title": "Long supper"}),
    "end": lambda ada: end_event(event=ada.event),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_in_the_roster_is_another_version(
    change: str, scanner: Scanner, ada: Attendee
) -> None:
    before = roster_of(scanner)
    CHANGES[change](ada)
    after = roster_of(scanner)
    assert before["version"] != after["version"] == scanner.get().json()["roster"]
    assert {**before, "version": ""} != {**after, "version": ""}


def test_what_is_not_in_the_roster_is_no_other_version(scanner: Scanner, ada: Attendee) -> None:
    before = roster_of(scanner)
    change_attendee(attendee=ada, changes={"ask": "a shed"}, interests=["Poetry"])
    scanner.scan(secret="rubbish")
    scanner.get(queue=8)
    assert roster_of(scanner) == before


def test_doors_that_open_are_another_version() -> None:
    event = make_event(doors=False)
    scanner = make_scanner(event)
    before = roster_of(scanner)
    open_doors(event=event)
    assert roster_of(scanner)["version"] != before["version"]


def test_scan_lets_in_and_out(event: Event, scanner: Scanner, ada: Attendee) -> None:
    answers = [
        scanner.scan("in", secret=secret_of(ada)),
        scanner.scan("in", attendee=str(ada.pk)),
        scanner.scan("out", secret=secret_of(ada)),
        scanner.scan("out", attendee=str(ada.pk)),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (201, "entry"),
        (200, "already_in"),
        (200, "exit"),
        (200, "not_in"),
    ]
    assert {row.station for row in event.checkins.all()} == {scanner.station}


def test_same_nonce_gets_the_same_bytes(scanner: Scanner, ada: Attendee) -> None:
    nonce = make_nonce()
    first = scanner.scan(nonce=nonce, secret=secret_of(ada))
    again = scanner.scan("out", nonce=nonce, attendee=str(ada.pk))
    assert (again.status_code, again.content) == (201, first.content)


def test_scan_that_was_sent_live_and_queued_too_is_one_row(scanner: Scanner, ada: Attendee) -> None:
    entry = scanner.entry(secret_of(ada))
    live = scanner.scan(nonce=entry["nonce"], secret=entry["secret"])
    assert scanner.answers(entry) == [live.json()]
    assert CheckIn.objects.count() == 1


def test_person_of_another_event_is_404_like_one_who_does_not_exist(scanner: Scanner) -> None:
    elsewhere = make_attendee(make_event())
    foreign, unknown = (scanner.scan(attendee=str(pk)) for pk in (elsewhere.pk, uuid.uuid4()))
    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    "text", ["9" * 10_000, "🎟️", "https://example.org/x?y#z", "\u202e", "1; --"]
)
def test_odd_scan_is_an_unknown_ticket(scanner: Scanner, text: str) -> None:
    answer = scanner.scan(secret=text)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "secret"),
        ({"secret": " "}, "secret"),
        ({"secret": "a\x00b"}, "secret"),
        ({"secret": "\ud800"}, "secret"),
        ({"secret": "x" * 12_001}, "secret"),
        ({"attendee": "Ada"}, "attendee"),
        ({"attendee": 10**40}, "attendee"),
        ({"nonce": "short", "secret": "x"}, "nonce"),
        ({"act": "undo", "secret": "x"}, "act"),
        ({"act": None, "secret": "x"}, "act"),
    ],
)
def test_wrong_field_is_400_and_named(scanner: Scanner, body: dict[str, Any], field: str) -> None:
    answer = scanner.post("check-in", {"nonce": make_nonce(), "act": "in", **body})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
        400,
        "invalid",
        field,
    )


@pytest.mark.parametrize("how", ["secret", "attendee"])
def test_scan_of_a_revoked_station_is_a_row_that_lets_nobody_in(
    how: str, scanner: Scanner, ada: Attendee
) -> None:
    revoke_station(station=scanner.station)
    answer = scanner.scan(**{how: secret_of(ada) if how == "secret" else str(ada.pk)})
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked_station")
    row = CheckIn.objects.get()
    assert (row.outcome, row.attendee, row.station) == ("revoked_station", ada, scanner.station)
    # The door saw a refusal, so there is nothing to settle.
    assert not Conflict.objects.exists()
    assert Attendee.objects.get(pk=ada.pk).present_since is None


@pytest.mark.parametrize("body", [b"7", b"{}", b'{"act": "in", "nonce": "x"}'])
@pytest.mark.parametrize("route", ["check-in", "sync"])
def test_revoked_station_hears_that_first_whatever_else_is_wrong(
    route: str, body: bytes, scanner: Scanner
) -> None:
    revoke_station(station=scanner.station)
    assert scanner.post(route, body).status_code == 403


def test_revoked_station_is_not_told_who_is_on_the_list(scanner: Scanner, ada: Attendee) -> None:
    revoke_station(station=scanner.station)
    answers = [scanner.scan(attendee=str(pk)) for pk in (ada.pk, uuid.uuid4())]
    assert (answers[0].status_code, answers[0].content) == (403, answers[1].content)


def test_search_finds_people_without_their_address(scanner: Scanner, ada: Attendee) -> None:
    assert scanner.get("/search", q="love").json() == {
        "people": [
            {
                "id": str(ada.pk),
                "name": "Ada Lovelace",
                "company": "Engines",
                "status": "registered",
                "present_since": None,
            }
        ]
    }


@pytest.mark.parametrize("q", ["", "a", " a ", "x" * 121, "a\x00b"])
def test_search_for_too_little_or_too_much_is_400(scanner: Scanner, q: str) -> None:
    answer = scanner.get("/search", q=q)
    assert (answer.status_code, answer.json()["field"]) == (400, "q")


def test_no_answer_to_a_scanner_holds_an_address_or_what_opens_a_door(
    event: Event, scanner: Scanner, ada: Attendee
) -> None:
    Ticket.objects.create(event=event, attendee=ada, secret="PRETIX-1", code="", issuer="pretix")
    ticket = ada.tickets.get(issuer="tablemates")
    answers = [
        scanner.get(queue=1),
        scanner.get("/roster"),
        scanner.get("/search", q="ada"),
        scanner.get("/search", q=ada.email),
        scanner.scan(secret=ticket.secret),
        scanner.scan(secret=ticket.code),
        scanner.scan(secret="PRETIX-1"),
        scanner.scan("out", attendee=str(ada.pk)),
        scanner.sync(scanner.entry(ticket.secret), scanner.entry(ada), {"secret": ticket.secret}),
    ]
    told = json.dumps([answer.json() for answer in answers])
    private = ("example.org", ticket.secret, ticket.code, "PRETIX-1", event.screen_token)
    assert [word for word in (*private, scanner.token) if word in told] == []


def test_roster_is_sent_small_and_known_again(event: Event, scanner: Scanner) -> None:
    for n in range(50):
        make_attendee(event, f"Person {n}")
    answer = scanner.get("/roster", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answer.content))["people"]) == 50
    known = {"Accept-Encoding": "gzip", "If-None-Match": answer["ETag"]}
    again = scanner.get("/roster", headers=known)
    assert (again.status_code, again.content) == (304, b"")
