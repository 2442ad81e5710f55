"""The page without scripts that a mail leads to: one button, and its bearer is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events.models import Attendee
from tablemates.followup.letters.mail import bearer_of
from tablemates.followup.services.noting import leave_alone

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


# The signature in the address proves who asks; mail programs hold no cookie (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to leave somebody alone, and do so when they say it. Opening the page changes nothing."""
    bearer = bearer_of(token)
    if bearer is None:
        return render(request, "followup/no_quiet.html", status=404)
    person = Attendee.objects.select_related("event").filter(pk=bearer).first()
    if person is None:
        return render(request, "followup/quiet_gone.html", status=410)
    if request.method == "POST":
        leave_alone(attendee=person, on=True)
    page = {"event": person.event, "quiet": hasattr(person, "quiet")}
    return render(request, "followup/quiet.html", page)
