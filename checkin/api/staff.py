"""The door for staff, at the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from rest_framework.decorators import api_view
from rest_framework.response import Response

from checkin import selectors
from checkin.api.answers import answer, found
from checkin.conflicts import settle_conflict
from checkin.models import Conflict, Station
from checkin.serializers.staff import GuestChanges, StaffCheckIn, StaffCheckOut, Undo
from checkin.serializers.station import NewStation, Search
from checkin.services import check_in, check_out, console_station
from checkin.services import undo as undo_checkin
from checkin.stations import add_station, pair_again, revoke_station
from events.payloads import time
from events.search import find_people
from events.selectors import events_of
from events.services import change_guest
from tablemates.accounts.selectors import signed_in
from tablemates.links import absolute
from tablemates.qr import Code

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

    from events.models import Event


def _event(request: Request, event_id: UUID) -> Event:
    return get_object_or_404(events_of(signed_in(request)), pk=event_id)


def _scanner(request: Request, event_id: UUID, station_id: UUID) -> Station:
    scanners = _event(request, event_id).stations.filter(kind=Station.Kind.SCANNER)
    return get_object_or_404(scanners.select_related("event"), pk=station_id)


@api_view(["POST"])
def staff_check_in(request: Request, event_id: UUID) -> Response:
    """A scan, a typed code, or a person found by name."""
    event = _event(request, event_id)
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
    event = _event(request, event_id)
    form = StaffCheckOut(data=request.data)
    form.is_valid(raise_exception=True)
    person = get_object_or_404(event.attendees, pk=form.validated_data["attendee"])
    station = console_station(event, str(signed_in(request)))
    nonce = form.validated_data["nonce"]
    return answer(check_out(event=event, station=station, nonce=nonce, attendee=person))


@api_view(["GET"])
def arrivals(request: Request, event_id: UUID) -> Response:
    """How the room filled, minute by minute."""
    told = [
        {"at": time(minute.at), "in": minute.came, "out": minute.left}
        for minute in selectors.arrivals(_event(request, event_id))
    ]
    return Response({"minutes": told})


@api_view(["GET"])
def search(request: Request, event_id: UUID) -> Response:
    """People by part of their name or company."""
    event = _event(request, event_id)
    form = Search(data=request.query_params)
    form.is_valid(raise_exception=True)
    return found(find_people(event=event, text=form.validated_data["q"]))


@api_view(["POST"])
def undo(request: Request, event_id: UUID, checkin_id: UUID) -> Response:
    """Take back an entry or exit."""
    event, organiser = _event(request, event_id), signed_in(request)
    form = Undo(data=request.data)
    form.is_valid(raise_exception=True)
    row = undo_checkin(
        checkin=get_object_or_404(event.checkins, pk=checkin_id),
        station=console_station(event, str(organiser)),
        organiser=organiser,
        nonce=form.validated_data["nonce"],
    )
    return answer(row)


@api_view(["POST"])
def settle(request: Request, event_id: UUID, conflict_id: int) -> Response:
    """Take a conflict off the list."""
    conflicts = Conflict.objects.filter(checkin__event=_event(request, event_id))
    conflict = get_object_or_404(conflicts.select_related("checkin"), pk=conflict_id)
    settle_conflict(conflict=conflict, organiser=signed_in(request))
    return Response(status=204)


@api_view(["PATCH"])
def attendee(request: Request, event_id: UUID, attendee_id: UUID) -> Response:
    """Say whether a person may come in, and what else the organiser knows of them."""
    person = get_object_or_404(_event(request, event_id).attendees, pk=attendee_id)
    form = GuestChanges(data=request.data)
    form.is_valid(raise_exception=True)
    person = change_guest(attendee=person, changes=form.validated_data)
    return Response({what: getattr(person, what) for what in form.validated_data})


@api_view(["POST"])
def stations(request: Request, event_id: UUID) -> Response:
    """Add a scanner; answered with what pairs a device."""
    event = _event(request, event_id)
    form = NewStation(data=request.data)
    form.is_valid(raise_exception=True)
    station, secret = add_station(event=event, **form.validated_data)
    return Response(_pairing(request, station, secret), status=201)


@api_view(["POST"])
def pairing(request: Request, event_id: UUID, station_id: UUID) -> Response:
    """A new pairing code for a scanner; the device it had stops."""
    station, secret = pair_again(station=_scanner(request, event_id, station_id))
    return Response(_pairing(request, station, secret))


@api_view(["POST"])
def revoke(request: Request, event_id: UUID, station_id: UUID) -> Response:
    """Stop a scanner at once."""
    revoke_station(station=_scanner(request, event_id, station_id))
    return Response(status=204)


def _pairing(request: Request, station: Station, secret: str) -> dict[str, str | None]:
    """What the organiser shows to the device; the code is in the fragment, so no log has it."""
    link = absolute(request._request, f"/scan/#{secret}")
    return {
        "station": str(station.pk),
        "url": link,
        "svg": Code(link).svg,
        "until": time(station.pairing_until),
    }
