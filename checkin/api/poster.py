"""The door for attendees' own phones: the poster, and what people may do with their ticket."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
)
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from checkin.api.answers import answer
from checkin.auth import HasTicket, TicketAuthentication, ticket_of
from checkin.mail_codes import check_in_by_mail_code, send_mail_code
from checkin.models import CheckIn
from checkin.poster import late, pass_for
from checkin.serializers.phone import (
    Leave,
    MailCodeCheck,
    MailCodeRequest,
    OwnProfile,
    PosterCheckIn,
)
from checkin.services import check_in, check_in_walk_in, check_out, poster_station
from checkin.tries import device_of, name_device, note_wrong_try, too_many
from events.gone import expect_not_gone
from events.payloads import attendee_for_phone, topic
from events.selectors import event_at_poster, topics_of
from events.services import change_attendee
from tablemates.links import absolute
from tablemates.qr import Code
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request

    from events.models import Event


IN = (CheckIn.Outcome.ENTRY, CheckIn.Outcome.ALREADY_IN)


def _event_at(code: str) -> Event:
    if event := event_at_poster(code):
        return event
    expect_not_gone(code)
    raise Http404


def _at_poster(method: str) -> Callable[[Callable[[Request, Event], Response]], Any]:
    """Makes a view for any phone at an event's poster, which it names by a cookie."""

    def decorate(view: Callable[[Request, Event], Response]) -> Any:
        @api_view([method])
        @authentication_classes([])
        @permission_classes([AllowAny])
        @wraps(view)
        def asked(request: Request, code: str) -> Response:
            response = view(request, _event_at(code))
            name_device(request._request, response)
            return response

        return asked

    return decorate


def _expect_welcome(request: Request, event: Event, *, device: str = "", nonce: str = "") -> None:
    """Refuse who comes too late to a rotating poster, and a device that guesses. An attempt that has its answer gets it."""
    now = timezone.now()
    refused = late(event=event, given=request.data.get("pass"), now=now)
    refused = refused or too_many(device=device, now=now)
    if refused and not event.checkins.filter(nonce=nonce).exists():
        raise refused


def _answer_with_page(row: CheckIn) -> Response:
    """The answer, with the key to the person's own page for whoever is in.

    Not for a badge: everyone sees it, so it opens the door and nothing else.
    """
    if row.outcome not in IN or row.attendee is None:
        return answer(row)
    key = row.ticket
    if key is None or not key.opens_page:
        own = row.attendee.tickets.filter(issuer="tablemates", revoked_at__isnull=True)
        key = None if key and key.issuer == "badge" else own.first()
    return answer(row, ticket=key.secret if key else None)


@_at_poster("GET")
def poster(request: Request, event: Event) -> Response:
    """What a phone at the poster may know: the event's title and topics, nothing about people."""
    stamp = request.query_params.get("stamp", "")
    told = {
        "title": event.title,
        "phase": event.phase,
        "topics": [topic(interest) for interest in topics_of(event)],
        "mode": event.poster_mode,
        "pass": pass_for(event=event, stamp=stamp, now=timezone.now()),
    }
    return Response(told, headers={"Cache-Control": "no-store"})


@_at_poster("POST")
def poster_check_in(request: Request, event: Event) -> Response:
    """Check in at the poster, with a ticket or as a walk-in."""
    form = PosterCheckIn(data=request.data)
    form.is_valid(raise_exception=True)
    asked = dict(form.validated_data)
    nonce, text = asked.pop("nonce"), asked.pop("ticket", "")
    device = device_of(request._request) if text else ""
    _expect_welcome(request, event, device=device, nonce=nonce)
    station = poster_station(event)
    if text:
        row = check_in(event=event, station=station, nonce=nonce, text=text)
    else:
        asked.setdefault("interests", [])
        row = check_in_walk_in(event=event, station=station, nonce=nonce, **asked)
    if row.outcome == CheckIn.Outcome.UNKNOWN:
        note_wrong_try(device=device)
    return _answer_with_page(row)


@_at_poster("POST")
def mail_code(request: Request, event: Event) -> Response:
    """Mail a one-time code, if the address is on the guest list; the answer does not tell whether it is."""
    form = MailCodeRequest(data=request.data)
    form.is_valid(raise_exception=True)
    _expect_welcome(request, event)
    send_mail_code(event=event, email=form.validated_data["email"])
    message = _(
        "If this address is on the guest list, a code is on its way. Nothing there after a minute? "
        "Look among the spam, or ask the people at the door."
    )
    return Response({"message": message}, status=202)


@_at_poster("POST")
def mail_code_check(request: Request, event: Event) -> Response:
    """Check in with a code that came by mail."""
    form = MailCodeCheck(data=request.data)
    form.is_valid(raise_exception=True)
    asked = form.validated_data
    device, nonce = device_of(request._request), asked["nonce"]
    _expect_welcome(request, event, device=device, nonce=nonce)
    found = check_in_by_mail_code(
        event=event,
        nonce=nonce,
        email=asked["email"],
        digits=asked["mail_code"],
        chosen=asked.get("attendee"),
    )
    if isinstance(found, CheckIn):
        return _answer_with_page(found)
    if found is None:
        note_wrong_try(device=device)
        wrong = _("This code is not right, or too old. Check the digits, or ask for a new code.")
        raise Refusal("wrong_mail_code", wrong, status=404, field="mail_code")
    people = [{"id": str(person.pk), "name": person.name} for person in found]
    return Response({"code": "choose", "people": people})


@api_view(["PATCH"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
def me(request: Request) -> Response:
    """Change what I say of myself."""
    form = OwnProfile(data=request.data)
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
    return HttpResponse(Code(link).svg, content_type="image/svg+xml")
