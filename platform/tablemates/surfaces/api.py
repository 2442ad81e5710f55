"""Snapshots over HTTP: what a surface starts from, and comes back to after a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.response import Response

from checkin.auth import HasTicket, TicketAuthentication, credentials, ticket_of
from checkin.poster import changes_at, scanned_path
from events.gone import expect_not_gone
from events.models import Event
from events.payloads import time
from events.selectors import events_of
from tablemates.accounts.selectors import signed_in
from tablemates.links import absolute
from tablemates.qr import Code
from tablemates.surfaces.snapshots import console_state, phone_state, screen_state, snapshot

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request
    from rest_framework.views import APIView


class ScreenAuthentication(BaseAuthentication):
    """`Authorization: Screen <token>`; puts the Event into `request.auth`."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Event] | None:
        """Return the event; a wrong token is refused, one of a deleted event with 410."""
        token = credentials(request, "screen")
        if not token:
            return None
        event = Event.objects.filter(screen_token=token).first()
        if event is None:
            expect_not_gone(token)
            raise AuthenticationFailed(
                _("This screen's link is not valid. Open it again from the console."),
                code="invalid_screen",
            )
        return AnonymousUser(), event

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a missing token answers 401."""
        return "Screen"


class HasScreen(BasePermission):
    """Only screens with a token."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether `ScreenAuthentication` found an event."""
        return isinstance(request.auth, Event)


@api_view(["GET"])
def console_snapshot(request: Request, event_id: UUID) -> Response:
    """State of the console."""
    event = events_of(signed_in(request)).filter(pk=event_id).first()
    if event is None:
        expect_not_gone(event_id)
        raise Http404
    return Response(snapshot(event.pk, lambda: console_state(event)))


@api_view(["GET"])
@authentication_classes([ScreenAuthentication])
@permission_classes([HasScreen])
def screen_snapshot(request: Request) -> Response:
    """State of the big screen."""
    event = cast("Event", request.auth)
    return Response(snapshot(event.pk, lambda: screen_state(event)))


@api_view(["GET"])
@authentication_classes([ScreenAuthentication])
@permission_classes([HasScreen])
def screen_poster(request: Request) -> Response:
    """The QR that a screen shows at the door, and until when."""
    event, now = cast("Event", request.auth), timezone.now()
    link = absolute(request._request, scanned_path(event=event, now=now))
    change = time(changes_at(event=event, now=now))
    return Response({"url": link, "svg": Code(link).svg, "refresh_at": change})


@api_view(["GET"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
def phone_snapshot(request: Request) -> Response:
    """State of one phone."""
    attendee = ticket_of(request).attendee
    return Response(snapshot(attendee.event_id, lambda: phone_state(attendee)))


@api_view(["GET", "POST", "PUT", "PATCH", "DELETE"])
@authentication_classes([])
@permission_classes([AllowAny])
def nothing(request: Request, **_route: str) -> Response:
    """Any other address of the API: refused in the shape that its clients read."""
    raise Http404
