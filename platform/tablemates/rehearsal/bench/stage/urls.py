"""The server's own addresses, and `bench/`: a room is told something, and the answer says when that began."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from events.models import Event
from tablemates.live.publish import publish
from tablemates.rehearsal.bench import rooms

if TYPE_CHECKING:
    from uuid import UUID


@cache
def facts(event_id: UUID, what: str) -> dict[str, Any]:
    """Read once, so that only the saying is measured."""
    return rooms.facts(Event.objects.get(pk=event_id), what)


@csrf_exempt
def say(_request: HttpRequest, event_id: UUID, what: str, times: int) -> JsonResponse:
    """Say it so many times, each in a transaction of its own, as services do."""
    told = facts(event_id, what)
    began = time.monotonic()
    for _time in range(times):
        with transaction.atomic():
            publish(stream=event_id, type=f"bench.{what}", audiences=told)
    return JsonResponse({"began": began})


urlpatterns = [
    path("bench/<uuid:event_id>/<str:what>/<int:times>", say),
    path("", include("tablemates.urls")),
]
