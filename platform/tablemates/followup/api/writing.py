"""Writing to whom one was introduced to: their card, a talk for the calendar, and a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from rest_framework import serializers
from rest_framework.response import Response

from tablemates.followup import services
from tablemates.followup.api.asking import filled_in, me, of_phone
from tablemates.followup.letters.calendar import read_at, suggested, talk
from tablemates.followup.letters.card import vcard
from tablemates.followup.letters.draft import how_we_met, meeting_of
from tablemates.followup.models import Letter
from tablemates.followup.payloads import letter_for_phone
from tablemates.followup.selectors import contact, introduction_with
from tablemates.links import absolute

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request


class LetterForm(serializers.Serializer[Letter]):
    """A letter, and the way it goes."""

    channel = serializers.ChoiceField(choices=Letter.Channel.choices)
    text = serializers.CharField(max_length=5000, allow_blank=True)


@of_phone("GET")
def card(request: Request, attendee_id: UUID) -> HttpResponse:
    """What somebody shares with me, for my address book."""
    introduction = introduction_with(me(request), attendee_id)
    name = introduction.other.name
    return _file(f"{name}.vcf", "text/vcard", vcard(name=name, shared=contact(introduction)))


@of_phone("GET")
def calendar(request: Request, attendee_id: UUID) -> HttpResponse:
    """A talk with somebody for my calendar, at a time of the event's clock; without one as suggested."""
    mine, now = me(request), timezone.now()
    introduction = introduction_with(mine, attendee_id)
    at = request.query_params.get("at") or suggested(mine.event, now)
    met = how_we_met(meeting_of(introduction, mine.event))
    entry = talk(
        event=mine.event,
        people=(mine, introduction.other),
        at=read_at(at, mine.event, now),
        about="\n".join([met, *contact(introduction).values()]),
        now=now,
    )
    return _file(f"{introduction.other.name}.ics", "text/calendar", entry)


@of_phone("POST")
def letter(request: Request, attendee_id: UUID) -> Response:
    """Send a letter through us, or note that I send it on my own."""
    written = services.write_letter(
        sender=me(request),
        recipient_id=attendee_id,
        site=absolute(request._request, "/").rstrip("/"),
        **filled_in(LetterForm, request),
    )
    return Response(letter_for_phone(written), status=201)


def _file(name: str, kind: str, content: str | bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    # A name may hold line breaks; a header must not.
    disposition = content_disposition_header(True, " ".join(name.split()))
    answer["Content-Disposition"] = disposition or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
