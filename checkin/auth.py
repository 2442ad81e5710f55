"""A phone proves who it speaks for with the secret of its ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from events.models import Ticket
from events.selectors import valid_ticket

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


def credentials(request: Request, scheme: str) -> str:
    """What follows `scheme` in the Authorization header; "" without one that can be read."""
    words = get_authorization_header(request).decode("latin-1").split()
    readable = len(words) == 2 and words[0].lower() == scheme and words[1].isprintable()
    return words[1] if readable else ""


class TicketAuthentication(BaseAuthentication):
    """`Authorization: Ticket <secret>`; puts the Ticket into `request.auth`."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Ticket] | None:
        """Return the ticket; an unknown or revoked one is refused without saying which."""
        secret = credentials(request, "ticket")
        if not secret:
            return None
        ticket = valid_ticket(secret)
        if ticket is None:
            raise AuthenticationFailed(
                _("This link is not valid any more. Scan the poster at the door for a new one."),
                code="invalid_ticket",
            )
        return AnonymousUser(), ticket

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a missing ticket answers 401."""
        return "Ticket"


def ticket_of(request: Request) -> Ticket:
    """The ticket behind a request that got through `HasTicket`."""
    return cast("Ticket", request.auth)


class HasTicket(BasePermission):
    """Only phones with a ticket."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether `TicketAuthentication` found one."""
        return isinstance(request.auth, Ticket)
