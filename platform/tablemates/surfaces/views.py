"""Pages: a thin shell for each surface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from checkin.tries import name_device
from events.gone import gone_words, is_gone
from events.models import Event
from events.selectors import event_at_poster
from tablemates.accounts.selectors import signed_in
from tablemates.surfaces.built import word_addresses

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


def _shell(request: HttpRequest, surface: str, title: str, page: dict[str, Any]) -> HttpResponse:
    entry = f"src/{surface}/main.ts"
    app = "phone" if surface == "phone" else "default"
    context = {
        "entry": entry,
        "app": app,
        "words": word_addresses(app, entry, get_language() or "en"),
        "surface": surface,
        "title": title,
        "page": page,
    }
    return render(request, "surfaces/shell.html", context)


def home(request: HttpRequest) -> HttpResponse:
    """The front door: what this is, and the way to the console."""
    return render(request, "surfaces/home.html")


def phone(request: HttpRequest) -> HttpResponse:
    """A personal link. The ticket's secret is in the fragment, which never reaches the server."""
    return _shell(request, "phone", "Tablemates", {"poster": None})


def poster(request: HttpRequest, code: str) -> HttpResponse:
    """A phone at the poster."""
    event = event_at_poster(code)
    if event is None:
        if is_gone(code):
            return gone_page(request)
        return render(request, "surfaces/no_poster.html", status=404)
    page = _shell(request, "phone", event.title, {"poster": code})
    name_device(request, page)
    return page


def screen(request: HttpRequest) -> HttpResponse:
    """The big screen. Its token is in the fragment."""
    return _shell(request, "screen", "Tablemates", {})


@never_cache
@login_required
@ensure_csrf_cookie
@csp_update({"script-src": ["'wasm-unsafe-eval'"]})  # the scanner's QR decoder is WebAssembly
def console(request: HttpRequest, event_id: UUID | None = None, **_route: Any) -> HttpResponse:
    """The console; which of its pages is the browser's business."""
    if event_id and is_gone(event_id):
        return gone_page(request)
    organiser = signed_in(request)
    page = {"organiser": str(organiser), "team": str(organiser.team)}
    return _shell(request, "console", "Tablemates", page)


def gone_page(request: HttpRequest) -> HttpResponse:
    """A page for whoever comes to an evening that has been deleted."""
    return render(request, "surfaces/gone.html", {"words": gone_words()}, status=410)


def health(request: HttpRequest) -> HttpResponse:
    """Whether this process answers, for whoever starts or watches it."""
    Event.objects.exists()
    return HttpResponse("ok", content_type="text/plain")
