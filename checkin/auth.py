"""A phone proves who it speaks for with the secret of its ticket, a scanner with the token it was paired with."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from checkin.stations import Pass, read_token
from events.gone import expect_not_gone
from events.models import Ticket
from events.selectors import read_scan, valid_ticket

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
        """Return the ticket; an unknown or revoked one is refused without saying which, one of a deleted event with 410."""
        secret = credentials(request, "ticket")
        if not secret:
            return None
        ticket = valid_ticket(secret)
        if ticket is None:
            expect_not_gone(read_scan(secret))
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


class StationAuthentication(BaseAuthentication):
    """`Authorization: Station <token>`; puts the scanner's Pass into `request.auth`, ended or not."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Pass] | None:
        """Return the pass, read with its event in one query; what is no token of ours is refused."""
        token = credentials(request, "station")
        if not token:
            return None
        holder = read_token(token)
        if holder is None:
            raise AuthenticationFailed(
                _("This device is not paired. Scan the pairing code at the organiser's screen."),
                code="invalid_station",
            )
        return AnonymousUser(), holder

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a missing token answers 401."""
        return "Station"


def pass_of(request: Request) -> Pass:
    """The pass behind a request that got through `WasScanner` or `IsScanner`."""
    return cast("Pass", request.auth)


class WasScanner(BasePermission):
    """Only paired devices; also those whose right has ended, since what they scanned is written down."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether `StationAuthentication` found a pass."""
        return isinstance(request.auth, Pass)


class IsScanner(WasScanner):
    """Only paired devices that may scan now."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether there is a pass; raises the Refusal that tells a device that its right has ended."""
        if super().has_permission(request, view) and (holder := pass_of(request)).ended:
            raise holder.refusal()
        return super().has_permission(request, view)
