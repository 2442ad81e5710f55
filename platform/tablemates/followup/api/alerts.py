"""What organisers do about a table where somebody felt unsafe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from rest_framework.decorators import api_view
from rest_framework.response import Response

from matching.api.asking import own_event
from tablemates.followup import services
from tablemates.followup.models import Flag

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request


@api_view(["POST"])
def settle(request: Request, event_id: UUID, alert_id: int) -> Response:
    """Somebody has taken care of it."""
    alerts = Flag.objects.filter(
        kind=Flag.Kind.UNSAFE, table__round__mixer__event=own_event(request, event_id)
    )
    services.settle_alert(alert=get_object_or_404(alerts, pk=alert_id))
    return Response(status=204)
