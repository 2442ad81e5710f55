"""What the door answered, as a response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.response import Response

from events.payloads import time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkin.models import CheckIn
    from events.search import Hit

STATUS = {
    "entry": 201,
    "already_in": 200,
    "exit": 200,
    "not_in": 200,
    "undone": 200,
    "unknown": 404,
}


def answer(row: CheckIn, **more: Any) -> Response:
    """The stored answer of an attempt, with the HTTP status that says the same.

    In order of names: PostgreSQL keeps no other, and the same nonce gets the same bytes.
    """
    return Response(said(row, **more), status=STATUS.get(row.outcome, 409))


def said(row: CheckIn, **more: Any) -> dict[str, Any]:
    """The stored answer, in order of names."""
    return dict(sorted({**row.answer, **more}.items()))


def found(hits: Iterable[Hit]) -> Response:
    """People found by name, as whoever searches at the door may see them."""
    people = [
        {
            "id": str(hit.id),
            "name": hit.name,
            "company": hit.company,
            "status": hit.status,
            "present_since": time(hit.present_since),
        }
        for hit in hits
    ]
    return Response({"people": people})
