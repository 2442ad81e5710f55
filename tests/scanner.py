"""A scanner as a device does it: paired over HTTP, with a queue that it signs itself."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client

from checkin.stations import add_station, read_token
from tests.rows import make_nonce

if TYPE_CHECKING:
    from django.http import HttpResponse

    from checkin.models import Station
    from checkin.stations import Pass
    from events.models import Attendee, Event

Entry = dict[str, Any]


class Scanner:
    """One paired device."""

    def __init__(self, station: Station, code: str) -> None:
        self.station, self.client = station, Client()
        paired = self.client.post(
            "/api/v1/stations/pair", {"pairing": code}, content_type="application/json"
        )
        assert paired.status_code == 200, paired.content
        self.paired: dict[str, Any] = paired.json()
        self.token: str = self.paired["token"]
        self.key = urlsafe_b64decode(self.paired["signing_key"] + "=")
        # What the device's clock shows beyond the truth.
        self.fast = timedelta()

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Station {self.token}"}

    @property
    def holder(self) -> Pass:
        holder = read_token(self.token)
        assert holder
        return holder

    def get(self, path: str = "", **more: Any) -> HttpResponse:
        headers = {**self.headers, **more.pop("headers", {})}
        return self.client.get(f"/api/v1/station{path}", more, headers=headers)

    def post(self, path: str, body: Any) -> HttpResponse:
        # Written here and not by the client, which knows no lone surrogates and the like.
        text = body if isinstance(body, (str, bytes)) else json.dumps(body)
        return self.client.post(
            f"/api/v1/station/{path}", text, content_type="application/json", headers=self.headers
        )

    def scan(self, act: str = "in", **body: Any) -> HttpResponse:
        return self.post("check-in", {"nonce": make_nonce(), "act": act, **body})

    def now(self) -> datetime:
        return datetime.now(UTC) + self.fast

    def entry(self, what: str | Attendee, act: str = "in", **more: Any) -> Entry:
        """A scan of a secret, or of a person by name, as the queue keeps it: decided and signed."""
        about = {"secret": what} if isinstance(what, str) else {"attendee": str(what.pk)}
        at = more.pop("at", None) or self.now()
        return self.signed(
            {
                "nonce": make_nonce(),
                "act": act,
                **about,
                "at": at.isoformat().replace("+00:00", "Z") if isinstance(at, datetime) else at,
                "shown": "entry" if act == "in" else "exit",
                **more,
            }
        )

    def signed(self, entry: Entry) -> Entry:
        words = ("nonce", "act", "secret", "attendee", "at", "shown")
        text = "\n".join(str(entry.get(word, "")) for word in words)
        mac = hmac.digest(self.key, text.encode(), "sha256")
        return {**entry, "mac": urlsafe_b64encode(mac).decode().rstrip("=")}

    def sync(self, *entries: Any, **more: Any) -> HttpResponse:
        sent_at = self.now().isoformat().replace("+00:00", "Z")
        body = {"sent_at": sent_at, "queue_length": 0, "entries": entries, **more}
        return self.post("sync", body)

    def answers(self, *entries: Any, **more: Any) -> list[dict[str, Any]]:
        answer = self.sync(*entries, **more)
        assert answer.status_code == 200, answer.content
        found: list[dict[str, Any]] = answer.json()["answers"]
        return found

    def codes(self, *entries: Any, **more: Any) -> list[str]:
        return [answer["code"] for answer in self.answers(*entries, **more)]


def make_scanner(event: Event, name: str = "Door A", hours: int = 8) -> Scanner:
    """A device that is paired with a new station of the event."""
    return Scanner(*add_station(event=event, name=name, hours=hours))
