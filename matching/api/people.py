"""People in the room: what their phones ask for, and how organisers help who waits or sits at a short table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
    throttle_classes,
)
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle

from checkin.auth import HasTicket, TicketAuthentication, ticket_of
from matching import services
from matching.api.asking import by, filled_in, own_event, own_table
from matching.models import Errand
from matching.payloads import wish_for_phone
from matching.serializers import ActOnPerson, ErrandDone, NewWish, RemedyChoice
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from typing import NoReturn
    from uuid import UUID

    from rest_framework.request import Request
    from rest_framework.views import APIView

    from events.models import Attendee


class WishPace(SimpleRateThrottle):
    """A phone may change its mind, but not without end: each wish moves others' seats."""

    rate = "20/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """One line for each ticket: a whole venue shares one address."""
        return f"wishes-{ticket_of(request).pk}"

    def throttle_failure(self) -> NoReturn:
        """Refuse, and say how long to wait."""
        wait = math.ceil(self.wait() or 1)
        message = ngettext(
            "That was too often. Wait %(wait)d second, then try again.",
            "That was too often. Wait %(wait)d seconds, then try again.",
            wait,
        )
        raise Refusal("too_many_wishes", message % {"wait": wait}, status=429, retry_after=wait)


@api_view(["POST"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
@throttle_classes([WishPace])
def wish(request: Request) -> Response:
    """Sit this one out, draw me in, or neither: one tap, no reason asked."""
    attendee = ticket_of(request).attendee
    made = services.make_wish(attendee=attendee, **filled_in(NewWish, request))
    return Response({"wish": wish_for_phone(made)})


@api_view(["POST"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
def errand_done(request: Request) -> Response:
    """A host has been with the person they were sent to."""
    mine = Errand.objects.filter(host=ticket_of(request).attendee).select_related("mixer__event")
    errand = get_object_or_404(mine, pk=filled_in(ErrandDone, request)["id"])
    services.finish_errand(errand=errand)
    return Response(status=204)


@api_view(["POST"])
def seat(request: Request, event_id: UUID) -> Response:
    """Give who waits the best free seat now."""
    person, version = _person(request, event_id)
    mixer = services.seat_now(attendee=person, version=version, by=by(request))
    return Response({"version": mixer.version})


@api_view(["POST"])
def send_host(request: Request, event_id: UUID) -> Response:
    """Send a host to who waits."""
    person, version = _person(request, event_id)
    errand = services.send_host(attendee=person, version=version, by=by(request))
    return Response({"version": errand.mixer.version, "host": str(errand.host_id)})


def _person(request: Request, event_id: UUID) -> tuple[Attendee, int]:
    event, asked = own_event(request, event_id), filled_in(ActOnPerson, request)
    person = get_object_or_404(event.attendees.select_related("event"), pk=asked["attendee"])
    return person, asked["version"]


@api_view(["POST"])
def remedy(request: Request, table_id: UUID) -> Response:
    """Merge a short table, top it up or leave it; until it is confirmed, only say who would move."""
    table, asked = own_table(request, table_id), filled_in(RemedyChoice, request)
    shown = asked.pop("moves", None)
    if asked.pop("confirmed"):
        if shown is not None:
            asked["shown"] = {move["attendee"]: move["to"] for move in shown}
        mixer, moves = services.remedy_table(table=table, by=by(request), **asked)
    else:
        mixer, moves = services.preview_remedy(table=table, remedy=asked["remedy"])
    told = [{"attendee": str(move.attendee.pk), "from": move.old, "to": move.new} for move in moves]
    return Response({"version": mixer.version, "moves": told})
