"""After the talk, over HTTP: for the phone alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.response import Response

from checkin.auth import HasTicket, TicketAuthentication, ticket_of
from tablemates.followup import services
from tablemates.followup.models import Pick
from tablemates.followup.selectors import afterwards

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request


class Contact(serializers.Serializer[Pick]):
    """How the other may reach me, if we both picked."""

    contact = serializers.CharField(max_length=140, allow_blank=True, default="")


@api_view(["GET"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
def tablemates(request: Request) -> Response:
    """Whom I sat with, whom I picked, who picked me too."""
    return Response(afterwards(ticket_of(request).attendee, services.LIMIT))


@api_view(["PUT", "DELETE"])
@authentication_classes([TicketAuthentication])
@permission_classes([HasTicket])
def pick(request: Request, attendee_id: UUID) -> Response:
    """Pick someone, or take it back. The answer is empty, always."""
    me = ticket_of(request).attendee
    if request.method == "DELETE":
        services.withdraw(picker=me, picked_id=attendee_id)
        return Response(status=204)
    form = Contact(data=request.data)
    form.is_valid(raise_exception=True)
    services.pick(picker=me, picked_id=attendee_id, contact=form.validated_data["contact"])
    return Response(status=204)
