"""Tickets over HTTP, for organisers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.decorators import api_view
from rest_framework.response import Response

from events.selectors import events_of
from events.serializers import NextMails
from events.tickets import mail_ticket, mail_tickets, reissue_ticket, revoke_ticket
from tablemates.accounts.selectors import signed_in
from tablemates.links import absolute, opens_here_only
from tablemates.post import leaves_server, note_for_organiser
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

    from events.models import Attendee


def _person(request: Request, event_id: UUID, attendee_id: UUID) -> Attendee:
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    return get_object_or_404(event.attendees, pk=attendee_id)


def _site(request: Request) -> str:
    """The address that links in mails begin with. Raises Refusal where it would lead people nowhere."""
    site = absolute(request._request, "/").rstrip("/")
    if not settings.PUBLIC_URL and opens_here_only(site) and leaves_server():
        raise Refusal(
            "no_public_address",
            _("The links in the mails would open on this computer only. Set PUBLIC_URL first."),
        )
    return site


@api_view(["POST"])
def reissue(request: Request, event_id: UUID, attendee_id: UUID) -> Response:
    """A new ticket; the old one opens nothing any more."""
    reissue_ticket(attendee=_person(request, event_id, attendee_id))
    return Response({"message": _("The new ticket is ready. Mail it, or print it."), "note": ""})


@api_view(["POST"])
def revoke(request: Request, event_id: UUID, attendee_id: UUID) -> Response:
    """Take back a person's ticket."""
    revoke_ticket(attendee=_person(request, event_id, attendee_id))
    return Response({"message": _("The ticket opens nothing any more."), "note": ""})


@api_view(["POST"])
def mail(request: Request, event_id: UUID, attendee_id: UUID) -> Response:
    """Mail one ticket."""
    person = _person(request, event_id, attendee_id)
    mail_ticket(attendee=person, organiser=signed_in(request), site=_site(request))
    sent = _("The ticket is on its way to %(address)s.") % {"address": person.email}
    return Response({"message": sent, "note": note_for_organiser()})


@api_view(["POST"])
def mail_next(request: Request, event_id: UUID) -> Response:
    """Mail the next tickets; asked again until none is left."""
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    form = NextMails(data=request.data)
    form.is_valid(raise_exception=True)
    mailed = mail_tickets(
        event=event,
        organiser=signed_in(request),
        site=_site(request),
        after=form.validated_data.get("after"),
    )
    return Response({**mailed._asdict(), "note": note_for_organiser()})
