"""The door over HTTP: posters for phones, scans for staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
)
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from checkin.auth import HasTicket, TicketAuthentication, ticket_of
from checkin.serializers import Leave, PosterCheckIn, Profile, StaffCheckIn, StaffCheckOut
from checkin.services import (
    check_in,
    check_in_walk_in,
    check_out,
    console_station,
    poster_station,
)
from events.payloads import attendee_for_phone, poster_path, topic
from events.selectors import event_at_poster, events_of
from events.services import change_attendee
from tablemates.accounts.selectors import signed_in
from tablemates.links import absolute, qr_svg

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

    from checkin.models import CheckIn
    from events.models import Event

STATUS = {"entry": 201, "already_in": 200, "exit": 200, "not_in": 200, "unknown": 404}


def answer(row: CheckIn, **more: Any) -> Response:
    """The stored answer of an attempt, with the HTTP status that says the same.

    In order of names: PostgreSQL keeps no other, and the same nonce gets the same bytes.
    """
    said = dict(sorted({**row.answer, **more}.items()))
    return Response(said, status=STATUS.get(row.outcome, 409))


def _at_poster(code: str) -> Event:
    if event := event_at_poster(code):
        return event
    raise Http404


@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def poster(request: Request, code: str) -> Response:
    """What a phone at the poster may know: the event's title and topics, nothing about people."""
    event = _at_poster(code)
    topics = [topic(interest) for interest in event.interests.all()]
    return Response({"title": event.title, "phase": event.phase, "topics": topics})


@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
def poster_check_in(request: Request, code: str) -> Response:
    """Check in at the poster, with a ticket or as a walk-in."""
    event = _at_poster(code)
    form = PosterCheckIn(data=request.data)
    form.is_valid(raise_exception=True)
    asked = dict(form.validated_data)
    station, nonce = poster_station(event), asked.pop("nonce")
    if text := asked.pop("ticket", ""):
        row = check_in(event=event, station=station, nonce=nonce, text=text)
    else:
        asked.setdefault("interests", [])
        row = check_in_walk_in(event=event, station=station, nonce=nonce, **asked)
    if row.outcome not in ("entry", "already_in") or row.attendee is None:
        return answer(row)
    own = row.attendee.tickets.filter(issuer="tablemates", revoked_at__isnull=True).first()
    return answer(row, ticket=own.secret if own else None)


@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def poster_qr(request: Request, code: str) -> HttpResponse:
    """The poster's QR code."""
    event = _at_poster(code)
    link = absolute(request._request, poster_path(event))
    return HttpResponse(qr_svg(link), content_type="image/svg+xml")


@api_view(["PATCH"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
def me(request: Request) -> Response:
    """Change what I say of myself."""
    form = Profile(data=request.data)
    form.is_valid(raise_exception=True)
    changes = dict(form.validated_data)
    interests = changes.pop("interests", None)
    ticket = ticket_of(request)
    person = change_attendee(attendee=ticket.attendee, changes=changes, interests=interests)
    return Response(attendee_for_phone(person))


@api_view(["POST"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
def leave(request: Request) -> Response:
    """I'm leaving: one tap, no reason asked."""
    form = Leave(data=request.data)
    form.is_valid(raise_exception=True)
    ticket = ticket_of(request)
    return answer(
        check_out(
            event=ticket.event,
            station=poster_station(ticket.event),
            nonce=form.validated_data["nonce"],
            attendee=ticket.attendee,
        )
    )


@api_view(["GET"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
def ticket_qr(request: Request) -> HttpResponse:
    """The QR code of my ticket; it opens my own page, and the door's scanner reads it."""
    link = absolute(request._request, f"/t#{ticket_of(request).secret}")
    return HttpResponse(qr_svg(link), content_type="image/svg+xml")


@api_view(["POST"])
def staff_check_in(request: Request, event_id: UUID) -> Response:
    """A scan, a typed code, or a person found by name."""
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    form = StaffCheckIn(data=request.data)
    form.is_valid(raise_exception=True)
    asked = form.validated_data
    person = None
    if "attendee" in asked:
        person = get_object_or_404(event.attendees, pk=asked["attendee"])
    station = console_station(event, str(signed_in(request)))
    return answer(
        check_in(
            event=event,
            station=station,
            nonce=asked["nonce"],
            text=asked.get("secret", ""),
            attendee=person,
        )
    )


@api_view(["POST"])
def staff_check_out(request: Request, event_id: UUID) -> Response:
    """A person who left, or was let in by mistake."""
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    form = StaffCheckOut(data=request.data)
    form.is_valid(raise_exception=True)
    person = get_object_or_404(event.attendees, pk=form.validated_data["attendee"])
    station = console_station(event, str(signed_in(request)))
    nonce = form.validated_data["nonce"]
    return answer(check_out(event=event, station=station, nonce=nonce, attendee=person))
