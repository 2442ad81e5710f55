"""The door for paired scanners: this event, these hours, scans and nothing else."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from checkin.api.answers import answer, found, said
from checkin.auth import IsScanner, StationAuthentication, WasScanner, pass_of
from checkin.models import CheckIn
from checkin.roster import roster_of
from checkin.serializers.station import (
    Pairing,
    QueuePart,
    Search,
    SignOfLife,
    StationScan,
    nonce_of,
    read_entry,
)
from checkin.stations import note_contact, signing_key
from checkin.stations import pair as pair_station
from checkin.sync import scan
from checkin.sync import sync as sync_queue
from events.payloads import time
from events.search import find_people

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from rest_framework.request import Request
    from rest_framework.serializers import Serializer

    from checkin.models import Station
    from checkin.stations import Pass
    from checkin.sync import Verdict


@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
def pair(request: Request) -> Response:
    """Become the scanner whose code the organiser shows."""
    form = Pairing(data=request.data)
    form.is_valid(raise_exception=True)
    station, token = pair_station(secret=form.validated_data["pairing"])
    key = urlsafe_b64encode(signing_key(station)).decode().rstrip("=")
    event = {"id": str(station.event_id), "title": station.event.title}
    return Response(
        {"token": token, "signing_key": key, "station": _station(station), "event": event}
    )


@api_view(["GET"])
@authentication_classes([StationAuthentication])
@permission_classes([IsScanner])
def station(request: Request) -> Response:
    """A sign of life; answered with what the scanner's page shows."""
    form = SignOfLife(data=request.query_params)
    form.is_valid(raise_exception=True)
    station = pass_of(request).station
    note_contact(station=station, queue_length=form.validated_data.get("queue"))
    event, roster = station.event, roster_of(station.event)
    return Response(
        {
            "station": _station(station),
            "event": {"id": str(event.pk), "title": event.title, "phase": event.phase},
            "present": roster.present,
            "registered": roster.registered,
            "roster": roster.version,
            "now": time(timezone.now()),
        }
    )


@api_view(["GET"])
@authentication_classes([StationAuthentication])
@permission_classes([IsScanner])
def roster(request: Request) -> HttpResponseBase:
    """Who may come in, to decide without network; 304 while the device has it already."""
    roster = roster_of(pass_of(request).station.event)
    etag = quote_etag(roster.version)
    if unchanged := get_conditional_response(request._request, etag=etag):
        unchanged["ETag"] = etag
        return unchanged
    return Response(roster.for_device(), headers={"ETag": etag, "Cache-Control": "no-store"})


@api_view(["GET"])
@authentication_classes([StationAuthentication])
@permission_classes([IsScanner])
def search(request: Request) -> Response:
    """People by part of their name."""
    form = Search(data=request.query_params)
    form.is_valid(raise_exception=True)
    event = pass_of(request).station.event
    return found(find_people(event=event, text=form.validated_data["q"]))


@api_view(["POST"])
@authentication_classes([StationAuthentication])
@permission_classes([WasScanner])
def check_in(request: Request) -> Response:
    """A live scan, in or out. Of a scanner whose right has ended it is written down, and that is all."""
    holder = pass_of(request)
    asked = _read(StationScan(data=request.data), holder)
    person = None
    if "attendee" in asked:
        person = holder.station.event.attendees.filter(pk=asked["attendee"]).first()
        if person is None and not holder.ended:
            raise Http404
    row = scan(
        holder=holder,
        act=asked["act"],
        nonce=asked["nonce"],
        text=asked.get("secret", ""),
        attendee=person,
    )
    if holder.ended:
        raise holder.refusal()
    note_contact(station=holder.station)
    return answer(row)


@api_view(["POST"])
@authentication_classes([StationAuthentication])
@permission_classes([WasScanner])
def sync(request: Request) -> Response:
    """A part of the queue. Of a scanner whose right has ended it is written down, and that is all."""
    holder = pass_of(request)
    asked = _read(QueuePart(data=request.data), holder)
    rows = sync_queue(
        holder=holder,
        sent_at=asked["sent_at"],
        queue_length=asked["queue_length"],
        entries=[read_entry(entry) for entry in asked["entries"]],
    )
    answers = [_told(row, entry) for row, entry in zip(rows, asked["entries"], strict=True)]
    if holder.ended:
        return Response({**holder.refusal().body(), "answers": answers}, status=403)
    return Response({"answers": answers})


def _read(form: Serializer[CheckIn], holder: Pass) -> dict[str, Any]:
    """What a scanner asks; one whose right has ended hears that first, whatever else is wrong."""
    if not form.is_valid() and holder.ended:
        raise holder.refusal()
    form.is_valid(raise_exception=True)
    asked: dict[str, Any] = form.validated_data
    return asked


def _station(station: Station) -> dict[str, Any]:
    return {
        "id": str(station.pk),
        "name": station.name,
        "valid_until": time(station.valid_until),
    }


def _told(row: CheckIn | Verdict, entry: Any) -> dict[str, Any]:
    """The answer to an entry of the queue."""
    if isinstance(row, CheckIn):
        return said(row)
    messages = {
        "tampered": _("Somebody has changed this scan on the device: it does not count."),
        "invalid": _("This scan cannot be read: it does not count. Look for the person by name."),
    }
    return {"code": row, "message": messages[row], "nonce": nonce_of(entry)}
