"""What a scanner keeps, to decide without network: who may come in, and digests of what opens the door."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac

from events.payloads import time

if TYPE_CHECKING:
    from events.models import Event


@dataclass(frozen=True)
class Roster:
    """The people and tickets of an event as they are now, in two queries.

    `version` follows from all of it: no change is missed, whoever made it, and the same roster has
    the same version in every process.
    """

    event: Event
    people: list[tuple[Any, ...]]
    tickets: list[tuple[Any, ...]]

    @property
    def version(self) -> str:
        event = self.event
        told = repr((event.pk, event.title, event.phase, _salt(event), self.people, self.tickets))
        return sha256(told.encode()).hexdigest()[:32]

    @property
    def present(self) -> int:
        """How many are in."""
        return sum(since is not None for *_rest, since in self.people)

    @property
    def registered(self) -> int:
        """How many are expected, or came."""
        return sum(status == "registered" for _id, _name, _company, status, _since in self.people)

    def for_device(self) -> dict[str, Any]:
        """The roster as a device keeps it; no secret, no code and no e-mail is in it."""
        event, salt = self.event, _salt(self.event)
        digests: dict[Any, list[str]] = defaultdict(list)
        revoked: dict[Any, list[str]] = defaultdict(list)
        for owner, secret, code, revoked_at in self.tickets:
            kept = revoked if revoked_at else digests
            kept[owner] += [_digest(salt, word) for word in (secret, code) if word]
        return {
            "version": self.version,
            "salt": salt,
            "event": {"id": str(event.pk), "title": event.title, "phase": event.phase},
            "people": [
                {
                    "id": str(pk),
                    "name": name,
                    "company": company,
                    "state": "ok" if status == "registered" else status,
                    "present_since": time(since),
                    "digests": digests[pk],
                    "revoked": revoked[pk],
                }
                for pk, name, company, status, since in self.people
            ],
        }


def roster_of(event: Event) -> Roster:
    """Everybody on the list of an event, whatever their status."""
    people = event.attendees.order_by("name", "pk").values_list(
        "pk", "name", "company", "status", "present_since"
    )
    tickets = event.tickets.order_by("created_at", "pk").values_list(
        "attendee_id", "secret", "code", "revoked_at"
    )
    return Roster(event, list(people), list(tickets))


def _salt(event: Event) -> str:
    """Of the event, so that what is worked out about one list is worth nothing for the next."""
    key = salted_hmac("checkin.roster", event.pk.hex, algorithm="sha256").digest()
    return urlsafe_b64encode(key[:18]).decode()


def _digest(salt: str, word: str) -> str:
    return urlsafe_b64encode(sha256(f"{salt}{word}".encode()).digest()).decode().rstrip("=")
