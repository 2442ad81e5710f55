"""The life of a round, from draft to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from rest_framework.decorators import api_view
from rest_framework.response import Response

from matching import services
from matching.api.asking import by, filled_in, own_event, own_round, own_table
from matching.serializers import Act, Extension, PersonMove, Pin

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from rest_framework.request import Request

    from events.models import Attendee
    from matching.models import Mixer, Round


@api_view(["POST"])
def draft(request: Request, event_id: UUID) -> Response:
    """Plan the next round."""
    event, asked = own_event(request, event_id), filled_in(Act, request)
    round = services.draft_round(event=event, by=by(request), **asked)
    return Response({"id": str(round.pk), "version": round.mixer.version}, status=201)


def _act(service: Callable[..., Mixer], form: type[Act] = Act) -> Callable[..., Any]:
    """A view that runs one service on one round."""

    @api_view(["POST"])
    def view(request: Request, round_id: UUID) -> Response:
        round = own_round(request, round_id)
        mixer = service(round=round, by=by(request), **filled_in(form, request))
        return Response({"version": mixer.version})

    return view


@api_view(["POST"])
def move(request: Request, round_id: UUID) -> Response:
    """Give a person another place, or let two change places."""
    round, asked = own_round(request, round_id), filled_in(PersonMove, request)
    person = _person(round, asked["attendee"])
    table = asked["table"] and own_table(request, asked["table"])
    swap = _person(round, asked["swap"]) if "swap" in asked else None
    mixer = services.move_person(
        round=round,
        version=asked["version"],
        move=services.Move(person, table, swap),
        confirmed=asked["confirmed"],
        by=by(request),
    )
    return Response({"version": mixer.version})


@api_view(["POST"])
def pin(request: Request, round_id: UUID) -> Response:
    """Let solving again keep a person at their table, or leave a whole table as it is."""
    round, asked = own_round(request, round_id), filled_in(Pin, request)
    act = {"round": round, "version": asked["version"], "on": asked["on"], "by": by(request)}
    if "attendee" in asked:
        mixer = services.pin_person(attendee=_person(round, asked["attendee"]), **act)
    else:
        mixer = services.pin_table(table=own_table(request, asked["table"]), **act)
    return Response({"version": mixer.version})


def _person(round: Round, attendee_id: UUID) -> Attendee:
    people = round.mixer.event.attendees.select_related("event")
    return get_object_or_404(people, pk=attendee_id)


resolve = _act(services.resolve_round)
publish = _act(services.publish_round)
undo = _act(services.undo_publish)
discard = _act(services.discard_draft)
start = _act(services.start_round)
pause = _act(services.pause_round)
resume = _act(services.resume_round)
extend = _act(services.extend_round, Extension)
end_round = _act(services.end_round)
