"""What every view of this room asks for: who speaks, and a form that is filled in rightly."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from rest_framework.decorators import api_view, authentication_classes, permission_classes

from checkin.auth import HasTicket, TicketAuthentication, ticket_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from rest_framework.request import Request
    from rest_framework.serializers import Serializer

    from events.models import Attendee


def of_phone(*methods: str) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Makes a view for phones, each by its own ticket."""

    def decorate(view: Callable[..., HttpResponse]) -> Any:
        @api_view(methods)
        @authentication_classes([TicketAuthentication])
        @permission_classes([HasTicket])
        @wraps(view)
        def asked(request: Request, **route: Any) -> HttpResponse:
            return view(request, **route)

        return asked

    return decorate


def me(request: Request) -> Attendee:
    """Whose phone it is."""
    return ticket_of(request).attendee


def filled_in(form: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, as the form understands it."""
    filled = form(data=request.data)
    filled.is_valid(raise_exception=True)
    return dict(filled.validated_data)
