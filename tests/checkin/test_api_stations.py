"""What organisers do with scanners, scans, conflicts and people at the console's door, over HTTP."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from checkin.models import CheckIn, Conflict, Station
from checkin.stations import revoke_station
from events.models import Attendee
from tablemates.live.models import Message
from tablemates.surfaces.snapshots import console_state
from tests.qr import read_qr
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser
from tests.scanner import Scanner, make_scanner

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from events.models import Event
    from tablemates.accounts.models import Organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client: Client) -> Organiser:
    organiser = make_organiser("olga@example.org")
    client.force_login(organiser)
    return organiser


@pytest.fixture
def event(organiser: Organiser) -> Event:
    return make_event(organiser.team)


@pytest.fixture
def ada(event: Event) -> Attendee:
    return make_attendee(event, "Ada Lovelace", company="Engines", email="ada@example.org")


class Console:
    """An organiser's page of one event."""

    def __init__(self, client: Client, event: Event) -> None:
        self.client, self.event = client, event

    def path(self, path: str) -> str:
        return f"/api/v1/events/{self.event.pk}/{path}"

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(self.path(path), query)

    def post(self, path: str, **body: Any) -> HttpResponse:
        return self.client.post(self.path(path), body, content_type="application/json")

    def patch(self, path: str, **body: Any) -> HttpResponse:
        return self.client.patch(self.path(path), body, content_type="application/json")

    def undo(self, row: CheckIn, nonce: str = "") -> HttpResponse:
        return self.post(f"checkins/{row.pk}/undo", nonce=nonce or make_nonce())

    def state(self, collection: str) -> list[dict[str, Any]]:
        return list(
            console_state(type(self.event).objects.get(pk=self.event.pk))[collection].values()
        )


@pytest.fixture
def console(client: Client, event: Event) -> Console:
    return Console(client, event)


def told(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_new_station_is_answered_with_the_link_that_pairs_a_device(
    console: Console, event: Event
) -> None:
    answer = console.post("stations", name="Side door", hours=6)
    pairing, station = answer.json(), Station.objects.get()
    assert answer.status_code == 201
    assert set(pairing) == {"station", "url", "svg", "until"}
    assert pairing["station"] == str(station.pk)
    link, _hash, code = pairing["url"].partition("#")
    assert link == "http://testserver/scan/"
    assert read_qr(pairing["svg"]) == pairing["url"]
    scanner = Scanner(station, code)
    assert scanner.paired["station"]["name"] == "Side door"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"hours": 6}, "name"),
        ({"name": "", "hours": 6}, "name"),
        ({"name": "\u200b", "hours": 6}, "name"),
        ({"name": "x" * 61, "hours": 6}, "name"),
        ({"name": "a\x00b", "hours": 6}, "name"),
        ({"name": "Door A"}, "hours"),
        ({"name": "Door A", "hours": 0}, "hours"),
        ({"name": "Door A", "hours": 73}, "hours"),
        ({"name": "Door A", "hours": "long"}, "hours"),
    ],
)
def test_station_without_name_or_hours_is_400(
    console: Console, body: dict[str, Any], field: str
) -> None:
    answer = console.post("stations", **body)
    assert (*told(answer), answer.json()["field"]) == (400, "invalid", field)
    assert not Station.objects.exists()


def test_name_that_is_taken_is_409_and_says_so(console: Console) -> None:
    console.post("stations", name="Door A", hours=6)
    answer = console.post("stations", name="Door A", hours=6)
    assert (*told(answer), answer.json()["field"]) == (409, "name_taken", "name")
    assert answer.json()["message"] == "Another station has this name. Choose another."


def test_device_that_is_paired_again_stops_and_the_next_one_works(
    console: Console, event: Event
) -> None:
    old = make_scanner(event)
    answer = console.post(f"stations/{old.station.pk}/pairing")
    assert answer.status_code == 200
    assert told(old.get()) == (403, "revoked_station")
    new = Scanner(old.station, answer.json()["url"].partition("#")[2])
    assert new.get().status_code == 200


def test_revoked_station_is_204_and_its_next_request_is_403(console: Console, event: Event) -> None:
    scanner = make_scanner(event)
    assert console.post(f"stations/{scanner.station.pk}/revoke").status_code == 204
    assert told(scanner.get()) == (403, "revoked_station")
    assert console.post(f"stations/{scanner.station.pk}/revoke").status_code == 204


def test_poster_and_console_are_no_scanners(console: Console, event: Event, ada: Attendee) -> None:
    arrive(ada)
    poster = Station.objects.get(kind="poster")
    assert console.post(f"stations/{poster.pk}/revoke").status_code == 404
    assert console.post(f"stations/{poster.pk}/pairing").status_code == 404
    assert console.state("stations") == []


def test_console_sees_how_its_scanners_stand(console: Console, event: Event) -> None:
    console.post("stations", name="Waiting", hours=6)
    make_scanner(event, "Active").get(queue=3)
    revoke_station(station=make_scanner(event, "Revoked").station)
    make_scanner(event, "Expired")
    Station.objects.filter(name="Expired").update(valid_until=timezone.now())
    seen = {row["name"]: (row["status"], row["queue_length"]) for row in console.state("stations")}
    assert seen == {
        "Waiting": ("waiting", 0),
        "Active": ("active", 3),
        "Revoked": ("revoked", 0),
        "Expired": ("expired", 0),
    }


def test_console_is_never_told_what_pairs_or_opens(console: Console, event: Event) -> None:
    code = console.post("stations", name="Door A", hours=6).json()["url"].partition("#")[2]
    scanner = Scanner(Station.objects.get(), code)
    scanner.get(queue=2)
    station = Station.objects.get()
    messages = [message.audiences for message in Message.objects.filter(stream=event.pk)]
    said = json.dumps([messages, console.state("stations")])
    private = (code, scanner.token, scanner.paired["signing_key"], station.token_digest)
    assert [word for word in private if word in said] == []
    assert {audience for message in messages[1:] for audience in message} == {"console"}


def test_entry_is_taken_back(console: Console, organiser: Organiser, ada: Attendee) -> None:
    entry = arrive(ada)
    answer = console.undo(entry)
    assert told(answer) == (200, "undone")
    row = CheckIn.objects.get(act="undo")
    assert (row.undoes, row.organiser, row.station.name) == (entry, organiser, "olga@example.org")
    assert Attendee.objects.get(pk=ada.pk).present_since is None
    assert told(console.undo(entry)) == (409, "already_undone")


def test_undo_sent_again_gets_the_same_bytes(console: Console, ada: Attendee) -> None:
    entry, nonce = arrive(ada), make_nonce()
    first, again = console.undo(entry, nonce), console.undo(entry, nonce)
    assert (again.status_code, again.content) == (200, first.content)


def test_refusal_cannot_be_taken_back(console: Console, event: Event) -> None:
    console.post("check-in", nonce=make_nonce(), secret="rubbish")
    assert told(console.undo(CheckIn.objects.get())) == (409, "not_undoable")


def test_undo_without_a_nonce_is_400(console: Console, ada: Attendee) -> None:
    answer = console.post(f"checkins/{arrive(ada).pk}/undo")
    assert (*told(answer), answer.json()["field"]) == (400, "invalid", "nonce")


@pytest.fixture
def conflict(event: Event, ada: Attendee) -> Conflict:
    arrive(ada)
    scanner = make_scanner(event)
    scanner.sync(scanner.entry(ada))
    return Conflict.objects.get()


def test_conflict_is_listed_until_it_is_settled(
    console: Console, organiser: Organiser, ada: Attendee, conflict: Conflict
) -> None:
    first = CheckIn.objects.get(outcome="entry")
    assert console.state("conflicts") == [
        {
            "id": str(conflict.pk),
            "at": conflict.checkin.answer["at"],
            "station": "Door A",
            "name": "Ada Lovelace",
            "attendee": str(ada.pk),
            "outcome": "already_in",
            "since": first.answer["at"],
        }
    ]
    assert console.post(f"conflicts/{conflict.pk}/settle").status_code == 204
    assert console.state("conflicts") == []
    conflict.refresh_from_db()
    assert conflict.settled_by == organiser


def test_settling_twice_is_settling_once(
    console: Console, event: Event, conflict: Conflict
) -> None:
    answers = [console.post(f"conflicts/{conflict.pk}/settle") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]
    said = Message.objects.filter(stream=event.pk, type="conflict.settled")
    assert [message.audiences["console"]["unset"] for message in said] == [
        [f"conflicts/{conflict.pk}"]
    ]


@pytest.mark.parametrize("status", ["blocked", "cancelled"])
def test_person_who_may_not_come_in_is_refused_at_the_door(
    console: Console, ada: Attendee, status: str
) -> None:
    assert console.patch(f"attendees/{ada.pk}", status=status).json() == {"status": status}
    answer = console.post("check-in", nonce=make_nonce(), attendee=str(ada.pk))
    assert told(answer) == (409, status)


@pytest.mark.parametrize("status", ["banned", "", None, ["blocked"]])
def test_status_that_there_is_not_is_400(console: Console, ada: Attendee, status: Any) -> None:
    answer = console.patch(f"attendees/{ada.pk}", status=status)
    assert (*told(answer), answer.json()["field"]) == (400, "invalid", "status")


def test_search_finds_people_without_their_address(console: Console, ada: Attendee) -> None:
    entry = arrive(ada)
    assert console.get("search", q="engin").json() == {
        "people": [
            {
                "id": str(ada.pk),
                "name": "Ada Lovelace",
                "company": "Engines",
                "status": "registered",
                "present_since": entry.answer["at"],
            }
        ]
    }


@pytest.mark.parametrize("q", ["", "a", " a ", "x" * 121, "a\x00b"])
def test_search_for_too_little_or_too_much_is_400(console: Console, q: str) -> None:
    answer = console.get("search", q=q)
    assert (*told(answer), answer.json()["field"]) == (400, "invalid", "q")


def _rows(event: Event) -> dict[str, str]:
    """Paths of everything an organiser can do, with rows that are there."""
    person = make_attendee(event, "Ada Lovelace")
    scanner = make_scanner(event)
    entry = arrive(person)
    scanner.sync(scanner.entry(person))
    return {
        "search?q=ada": "get",
        "stations": "post",
        f"stations/{scanner.station.pk}/pairing": "post",
        f"stations/{scanner.station.pk}/revoke": "post",
        f"checkins/{entry.pk}/undo": "post",
        f"conflicts/{Conflict.objects.get(checkin__event=event).pk}/settle": "post",
        f"attendees/{person.pk}": "patch",
    }


BODY = {"nonce": "n" * 16, "name": "Door B", "hours": 3, "status": "blocked"}


def _ask(client: Client, method: str, path: str) -> HttpResponse:
    if method == "get":
        return client.get(path)
    return getattr(client, method)(path, BODY, content_type="application/json")


def test_events_of_other_teams_are_404_as_if_there_were_none(
    client: Client, organiser: Organiser
) -> None:
    theirs = make_event()
    for path, method in _rows(theirs).items():
        foreign = _ask(client, method, f"/api/v1/events/{theirs.pk}/{path}")
        unknown = _ask(client, method, f"/api/v1/events/{uuid.uuid4()}/{path}")
        assert (foreign.status_code, foreign.content) == (404, unknown.content), path
    assert Attendee.objects.get().status == "registered"
    assert Conflict.objects.get().settled_at is None


def test_rows_of_other_events_are_404_under_an_own_one(
    client: Client, organiser: Organiser, event: Event
) -> None:
    for path, method in _rows(make_event()).items():
        if "/" in path:
            assert _ask(client, method, f"/api/v1/events/{event.pk}/{path}").status_code == 404


def test_without_signing_in_everything_is_403(client: Client) -> None:
    event = make_event()
    for path, method in _rows(event).items():
        assert _ask(client, method, f"/api/v1/events/{event.pk}/{path}").status_code == 403


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_conflict_that_never_was_is_404(console: Console, number: str) -> None:
    assert console.post(f"conflicts/{number}/settle").status_code == 404
