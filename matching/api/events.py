"""The mixer of an event: settings, venue, rolling tables, the end of the evening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from rest_framework.decorators import api_view
from rest_framework.response import Response

from events.serializers import EventChanges
from events.services import change_event
from matching import services
from matching.api.asking import by, filled_in, own_event
from matching.selectors import mixer_of
from matching.serializers import Act, Rolling, Times, Venue

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request


def settings(request: Request, event_id: UUID) -> Response:
    """Change title, table sizes, and the times of rounds. Part of the view of an event, which can be deleted too."""
    event = own_event(request, event_id)
    changes, times = filled_in(EventChanges, request), filled_in(Times, request)
    version = times.pop("version", mixer_of(event).version)
    with transaction.atomic():
        if changes:
            change_event(event=event, changes=changes)
        if times:
            mixer = services.change_times(
                event=event, version=version, changes=times, by=by(request)
            )
            version = mixer.version
    return Response({"version": version})


@api_view(["POST"])
def end(request: Request, event_id: UUID) -> Response:
    """End the evening."""
    event, asked = own_event(request, event_id), filled_in(Act, request)
    ended = services.end_evening(event=event, by=by(request), **asked)
    return Response({"phase": ended.phase, "version": mixer_of(event).version})


@api_view(["POST"])
def rolling(request: Request, event_id: UUID) -> Response:
    """Let tables open while people arrive, or stop that."""
    event, asked = own_event(request, event_id), filled_in(Rolling, request)
    mixer = services.set_rolling(event=event, by=by(request), **asked)
    return Response({"version": mixer.version})


@api_view(["PUT"])
def venue(request: Request, event_id: UUID) -> Response:
    """Say anew which tables the room has, and where people come in."""
    event, asked = own_event(request, event_id), filled_in(Venue, request)
    mixer = services.set_venue(event=event, by=by(request), **asked)
    return Response({"version": mixer.version})
