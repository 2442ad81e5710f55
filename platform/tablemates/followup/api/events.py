"""An event as its organisers change it, and delete it in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from rest_framework.decorators import api_view
from rest_framework.response import Response

from events.gone import expect_not_gone
from events.selectors import events_of
from matching.api.events import settings
from tablemates.accounts.selectors import signed_in
from tablemates.followup import services

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request


@api_view(["PATCH", "DELETE"])
def event(request: Request, event_id: UUID) -> Response:
    """Change an event, or delete it and everything that was kept of it."""
    if request.method == "PATCH":
        return settings(request, event_id)
    mine = events_of(signed_in(request)).filter(pk=event_id).first()
    if mine is None:
        expect_not_gone(event_id)
        raise Http404
    services.delete_event(event=mine)
    return Response(status=204)
