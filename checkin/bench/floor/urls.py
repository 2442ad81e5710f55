"""The one view: look the ticket up, write the ledger, mark who is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from checkin.bench.floor.models import FloorCheckIn, FloorTicket

if TYPE_CHECKING:
    from django.http import HttpRequest
    from rest_framework.request import Request


class Scan(serializers.Serializer[FloorCheckIn]):
    """What a scanner sends."""

    nonce = serializers.CharField(max_length=64)
    secret = serializers.CharField(max_length=40)


@api_view(["POST"])
def check_in(request: Request) -> Response:
    """Three statements, in one transaction."""
    form = Scan(data=request.data)
    form.is_valid(raise_exception=True)
    scan, now = form.validated_data, timezone.now()
    with transaction.atomic():
        ticket = get_object_or_404(FloorTicket, secret=scan["secret"])
        FloorCheckIn.objects.create(ticket=ticket, nonce=scan["nonce"], at=now)
        FloorTicket.objects.filter(pk=ticket.pk).update(present_since=now)
    return Response({"outcome": "entry", "at": now}, status=201)


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse()


urlpatterns = [path("check-in", check_in), path("healthz", healthz)]
