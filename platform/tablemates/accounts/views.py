"""Sign in by a link that the command line prints; the form with e-mail and password is Django's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.shortcuts import redirect, render

from tablemates.accounts.services import read_sign_in_token

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Open the console for the bearer of a valid link."""
    organiser = read_sign_in_token(token)
    if organiser is None:
        return render(request, "accounts/stale_link.html", status=403)
    login(request, organiser, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("console")
