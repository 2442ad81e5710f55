"""Questions about accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.http import HttpRequest
    from rest_framework.request import Request

    from tablemates.accounts.models import Organiser


def signed_in(request: HttpRequest | Request) -> Organiser:
    """The organiser behind a request that only organisers get through with."""
    return cast("Organiser", request.user)
