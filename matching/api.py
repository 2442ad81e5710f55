"""Rounds over HTTP, for organisers. What changed arrives over the socket; the answer is the new version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework.decorators import api_view
from rest_framework.response import Response

from events.selectors import events_of
from events.serializers import EventChanges
from events.services import change_event
from matching import services
from matching.models import Mixer, Round
from matching.selectors import mixer_of
from matching.serializers import Act, Extension, Rolling, Times
from tablemates.accounts.selectors import signed_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from rest_framework.request import Request

    from events.models import Event


def _event(request: Request, event_id: UUID) -> Event:
    return get_object_or_404(events_of(signed_in(request)), pk=event_id)


def _round(request: Request, round_id: UUID) -> Round:
    rounds = Round.objects.select_related("mixer__event")
    return get_object_or_404(rounds, pk=round_id, mixer__event__team=signed_in(request).team_id)


def _accept(form: type[Act], request: Request) -> dict[str, Any]:
    filled = form(data=request.data)
    filled.is_valid(raise_exception=True)
    return dict(filled.validated_data)


@api_view(["PATCH"])
def settings(request: Request, event_id: UUID) -> Response:
    """Change title, table sizes, and the times of rounds."""
    event = _event(request, event_id)
    form = EventChanges(data=request.data)
    form.is_valid(raise_exception=True)
    times = _accept(Times, request)
    version = times.pop("version", mixer_of(event).version)
    with transaction.atomic():
        if form.validated_data:
            change_event(event=event, changes=form.validated_data)
        if times:
            version = services.change_times(event=event, version=version, changes=times).version
    return Response({"version": version})


@api_view(["POST"])
def end(request: Request, event_id: UUID) -> Response:
    """End the evening."""
    event = _event(request, event_id)
    ended = services.end_evening(event=event, version=_accept(Act, request)["version"])
    return Response({"phase": ended.phase, "version": mixer_of(event).version})


@api_view(["POST"])
def rolling(request: Request, event_id: UUID) -> Response:
    """Let tables open while people arrive, or stop that."""
    mixer = services.set_rolling(event=_event(request, event_id), **_accept(Rolling, request))
    return Response({"version": mixer.version})


@api_view(["POST"])
def draft(request: Request, event_id: UUID) -> Response:
    """Plan the next round."""
    round = services.draft_round(event=_event(request, event_id), **_accept(Act, request))
    return Response({"id": str(round.pk), "version": round.mixer.version}, status=201)


def _act(service: Callable[..., Mixer], form: type[Act] = Act) -> Callable[..., Any]:
    """A view that runs one service on one round."""

    @api_view(["POST"])
    def view(request: Request, round_id: UUID) -> Response:
        mixer = service(round=_round(request, round_id), **_accept(form, request))
        return Response({"version": mixer.version})

    return view


publish = _act(services.publish_round)
discard = _act(services.discard_draft)
start = _act(services.start_round)
pause = _act(services.pause_round)
resume = _act(services.resume_round)
extend = _act(services.extend_round, Extension)
end_round = _act(services.end_round)
