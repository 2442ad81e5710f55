"""People's own phones after the talk, and tables that they have sat at."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event
from matching.models import Round, Seat, Table
from matching.selectors import mixer_of
from tests.rows import make_attendee, make_event

if TYPE_CHECKING:
    from datetime import datetime

    from events.models import Attendee

NAMES = ("Ada Lovelace", "Bo Diddley", "Cleo Laine", "Dee Brown", "Eve Arden", "Fay Wray")


class Answer(NamedTuple):
    """What a phone got, and how many queries that took."""

    status: int
    body: bytes
    queries: int

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The reason of a refusal."""
        return str(self.json["code"])


class Phone:
    """One attendee's phone."""

    def __init__(self, attendee: Attendee) -> None:
        secret = attendee.tickets.get(issuer="tablemates").secret
        self.client = Client(
            headers={"authorization": f"Ticket {secret}"}, raise_request_exception=False
        )

    def __call__(self, method: str, path: str, **body: Any) -> Answer:
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(self.client, method)(
                f"/api/v1/me/{path}",
                *([] if method in ("get", "delete") else [body]),
                content_type="application/json",
            )
        return Answer(answer.status_code, answer.content, len(queries))

    def put(self, path: str, **body: Any) -> Answer:
        """PUT something below /api/v1/me/."""
        return self("put", path, **body)

    def post(self, path: str, **body: Any) -> Answer:
        """POST something below /api/v1/me/."""
        return self("post", path, **body)

    def patch(self, path: str, **body: Any) -> Answer:
        """PATCH something below /api/v1/me/."""
        return self("patch", path, **body)

    def delete(self, path: str) -> Answer:
        """DELETE something below /api/v1/me/."""
        return self("delete", path)

    def afterwards(self) -> dict[str, Any]:
        """The page after the talk."""
        page: dict[str, Any] = json.loads(self.client.get("/api/v1/me/afterwards").content)
        return page

    def reads(self) -> tuple[Any, ...]:
        """All that this phone can read, but for the server's clock, and how many queries each answer took."""
        found: list[Any] = []
        for path in ("afterwards", "snapshot"):
            with CaptureQueriesContext(connection) as queries:
                answer = self.client.get(f"/api/v1/me/{path}")
            body = {name: said for name, said in answer.json().items() if name != "now"}
            found += [answer.status_code, json.dumps(body), len(queries)]
        return tuple(found)


def make_people(n: int = 4, event: Event | None = None) -> list[Attendee]:
    """So many people of one event, by name, who have met nobody yet."""
    event = event or make_event()
    return [
        make_attendee(event, name, email=f"{name.split()[0].lower()}@example.org")
        for name in NAMES[:n]
    ]


def sit_together(*people: Attendee, topic: str = "", number: int = 0) -> Table:
    """A table of a round that is over, where these people sat."""
    mixer = mixer_of(people[0].event)
    number = number or mixer.rounds.count() + 1
    now = timezone.now()
    round, _new = Round.objects.get_or_create(
        mixer=mixer,
        number=number,
        kind="timed",
        defaults={
            "status": "done",
            "published_at": now,
            "starts_at": now,
            "ends_at": now + timedelta(minutes=15),
        },
    )
    interest = None
    if topic:
        interest = mixer.event.interests.get_or_create(key=topic, defaults={"label": topic})[0]
    table = round.tables.create(number=round.tables.count() + 1, topic=interest, shared=True)
    for person in people:
        Seat.objects.create(round=round, table=table, attendee=person)
    return table


def sat_down(n: int = 4, topic: str = "Ceramics") -> list[Attendee]:
    """So many people who sat at one table."""
    people = make_people(n)
    sit_together(*people, topic=topic)
    return people


def end(event: Event, ago: timedelta = timedelta()) -> datetime:
    """Let the evening have ended so long ago; returns when."""
    moment = timezone.now() - ago
    Event.objects.filter(pk=event.pk).update(phase="ended", ended_at=moment)
    return moment


def reveal(event: Event) -> None:
    """Let the reveal have come a minute ago."""
    end(event, timedelta(minutes=61))
