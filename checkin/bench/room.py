"""Rooms full of people to check in, made on the measured database; run in a process that sees only that one."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkin.models import CheckIn
from checkin.services import check_in, poster_station
from checkin.stations import add_station, pair
from events.models import Attendee, Event, Ticket
from events.services import create_event, interests_from_labels, open_doors
from tablemates.accounts.models import Team
from tablemates.live.models import Message

if TYPE_CHECKING:
    from collections.abc import Callable

TOPICS = (
    "Urban farming", "Open data", "Chess", "Opera", "Machine learning", "Cycling",
    "Poetry", "Fundraising", "Public speaking", "Climate tech", "Board games", "Pottery",
)  # fmt: skip
# What a service alone costs is the mean of so many.
COUNTED = 100


def lay_out(rooms: int, people: int) -> list[dict[str, Any]]:
    """Rooms whose doors are open, each with its poster, a paired scanner and the secrets of people who are not in yet."""
    call_command("migrate", verbosity=0, interactive=False)
    team = Team.objects.create(name="Measuring")
    return [_room(team, people) for _number in range(rooms)]


def _room(team: Team, people: int) -> dict[str, Any]:
    event = create_event(team=team, title=f"Room {secrets.token_hex(4)}")
    event = open_doors(event=event)
    _station, pairing = add_station(event=event, name="Main door", hours=1)
    _station, token = pair(secret=pairing)
    return {"poster": event.poster_code, "token": token, "secrets": _invite(event, people)}


def _invite(event: Event, people: int) -> list[str]:
    """Register people, each with one to three of a dozen topics, as a guest list of a real evening has them."""
    topics = interests_from_labels(event, TOPICS[:6]) + interests_from_labels(event, TOPICS[6:])
    guests = Attendee.objects.bulk_create(
        Attendee(event=event, name=f"Guest Number{n}", email=f"guest{n}@example.org")
        for n in range(people)
    )
    picks = Attendee.interests.through
    picks.objects.bulk_create(
        picks(attendee=guest, interest=topics[(n + k * 5) % len(topics)])
        for n, guest in enumerate(guests)
        for k in range(1 + n % 3)
    )
    tickets = Ticket.objects.bulk_create(Ticket(event=event, attendee=guest) for guest in guests)
    return [ticket.secret for ticket in tickets]


def count() -> dict[str, Any]:
    """SQL statements of one check-in: of the whole request, of the service alone, and the CPU time of the latter."""
    call_command("migrate", verbosity=0, interactive=False)
    team = Team.objects.create(name="Counting")
    room = _room(team, COUNTED + 3)
    event = Event.objects.get(poster_code=room["poster"])
    station, (first, second, third, *rest) = poster_station(event), room["secrets"]
    phone, scanner = Client(), Client(headers={"Authorization": f"Station {room['token']}"})

    def at_poster() -> None:
        path = f"/api/v1/posters/{event.poster_code}/check-in"
        _post(phone, path, nonce="a-nonce-at-the-poster", ticket=first)

    def at_station() -> None:
        _post(
            scanner,
            "/api/v1/station/check-in",
            nonce="a-nonce-of-a-scanner",
            act="in",
            secret=second,
        )

    def by_service(nonce: str = "a-nonce-of-the-service", text: str = third) -> CheckIn:
        return check_in(event=event, station=station, nonce=nonce, text=text)

    acts: dict[str, Callable[[], object]] = {
        "staff scan": at_station,
        "poster": at_poster,
        "service alone": by_service,
    }
    first_time = [statements(act) for act in acts.values()]
    before = tally()
    again = [statements(act) for act in acts.values()]
    if tally() != before:
        raise RuntimeError("A repeated nonce wrote something.")
    began = time.process_time()
    for n, secret in enumerate(rest):
        by_service(f"a-counted-nonce-{n:08}", secret)
    cpu = 1000 * (time.process_time() - began) / len(rest)
    return {"statements": list(zip(acts, first_time, again, strict=True)), "service_cpu_ms": cpu}


def _post(client: Client, path: str, **body: str) -> None:
    answer = client.post(path, body, content_type="application/json")
    if answer.status_code != 201:
        raise RuntimeError(f"{path} answered {answer.status_code}: {answer.content[:300]!r}")


def statements(act: Callable[[], object]) -> int:
    """How many SQL statements an act takes, BEGIN and COMMIT aside."""
    with CaptureQueriesContext(connection) as queries:
        act()
    told = [query["sql"].split()[0] for query in queries.captured_queries]
    return sum(word not in ("BEGIN", "COMMIT") for word in told)


def tally() -> dict[str, int]:
    """What has been written so far."""
    return {
        "entries": CheckIn.objects.filter(outcome="entry").count(),
        "rows": CheckIn.objects.count(),
        "messages": Message.objects.count(),
    }
