"""Events over HTTP, for organisers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from events.guest_list.upload import Upload, import_upload
from events.selectors import events_of, series_of, with_counts
from events.serializers import GuestListUpload, NewEvent
from events.services import create_event, open_doors
from tablemates.accounts.selectors import signed_in
from tablemates.progress import LinesRenderer, answer_in_lines

if TYPE_CHECKING:
    from uuid import UUID

    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

    from events.models import Event


def row(event: Event) -> dict[str, Any]:
    """An event in the console's list."""
    return {
        "id": str(event.pk),
        "title": event.title,
        "slug": event.slug,
        "phase": event.phase,
        "attendees": getattr(event, "registered_count", 0),
        "present": getattr(event, "present_count", 0),
    }


@api_view(["GET", "POST"])
def events(request: Request) -> Response:
    """The team's events, or a new one."""
    if request.method == "GET":
        return Response([row(event) for event in with_counts(events_of(signed_in(request)))])
    form = NewEvent(data=request.data)
    form.is_valid(raise_exception=True)
    return Response(
        row(create_event(team=signed_in(request).team, **form.validated_data)), status=201
    )


@api_view(["GET"])
def series(request: Request) -> Response:
    """The team's series, to choose one for an event."""
    found = series_of(signed_in(request))
    return Response({"series": [{"name": name, "events": count} for name, count in found]})


@api_view(["POST"])
def open_event(request: Request, event_id: UUID) -> Response:
    """Open the doors."""
    event = open_doors(event=get_object_or_404(events_of(signed_in(request)), pk=event_id))
    return Response({"phase": event.phase})


@api_view(["POST"])
@renderer_classes([JSONRenderer, LinesRenderer])
def import_guests(request: Request, event_id: UUID) -> HttpResponseBase:
    """Read a guest list; with `dry_run` only say what would happen. In lines, if asked for, as the work goes on."""
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    form = GuestListUpload(data=request.data)
    form.is_valid(raise_exception=True)
    said = form.validated_data
    file = said.pop("file")
    upload = Upload(file.read(), file.name, **said)
    if isinstance(request.accepted_renderer, LinesRenderer):
        work = partial(import_upload, event=event, upload=upload)
        return answer_in_lines(work, stop_when_alone=upload.dry_run)
    return Response(import_upload(event=event, upload=upload))
