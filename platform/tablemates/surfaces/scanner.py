"""The scanner page: a paired device's door, installed like an app, and kept by its service worker for when there is no network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from csp.decorators import csp_update
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from tablemates.surfaces.built import addresses, built, word_addresses

if TYPE_CHECKING:
    from django.http import HttpRequest

ENTRY = "src/scanner/main.ts"


@dataclass(frozen=True)
class Build:
    """The files of the scanner's build: those the page starts with, and those it loads when it needs them."""

    name: str
    first: list[str]
    later: list[str]


@cache
def scanner_build() -> Build:
    """What the build's manifest says. The names carry hashes of what is in the files, and so does the build's own."""
    chunks = built("scanner", ENTRY)
    # The language may be another tomorrow, when there is no network.
    first = chunks.at_once.union(*chunks.words.values())
    files = addresses(first), addresses(chunks.later - first)
    version = sha256("\n".join([*files[0], *files[1]]).encode()).hexdigest()[:12]
    return Build(version, *files)


@cache_control(no_cache=True)
# The QR decoder is WebAssembly.
@csp_update({"script-src": ["'wasm-unsafe-eval'"], "manifest-src": ["'self'"]})
def scanner(request: HttpRequest) -> HttpResponse:
    """The page. Its pairing code is in the fragment, which never reaches the server."""
    context = {
        "entry": ENTRY,
        "app": "scanner",
        "surface": "scanner",
        "title": _("Scanner"),
        "words": word_addresses("scanner", ENTRY, get_language() or "en"),
        "page": {"build": scanner_build().name},
    }
    return render(request, "surfaces/scanner.html", context)


@cache_control(no_cache=True)
def scanner_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this build."""
    build = scanner_build()
    told = {"build": build.name, "first": ["/scan/", *build.first], "later": build.later}
    return render(
        request, "surfaces/scanner_worker.js", {"told": json.dumps(told)}, "text/javascript"
    )


@cache_control(no_cache=True)
def scanner_manifest(request: HttpRequest) -> JsonResponse:
    """What a device needs to install the page."""
    sizes = {"icon.svg": "any", "icon-192.png": "192x192", "icon-512.png": "512x512"}
    told = {
        "id": "/scan/",
        "name": _("Tablemates scanner"),
        "short_name": _("Scanner"),
        "description": _("Reads tickets at the door, with or without network."),
        "start_url": "/scan/",
        "scope": "/scan/",
        "display": "standalone",
        "background_color": "#f6f1e7",
        "theme_color": "#1f4d3a",
        "icons": [
            {
                "src": static(f"scan/{name}"),
                "sizes": size,
                "type": "image/svg+xml" if name.endswith("svg") else "image/png",
                "purpose": purpose,
            }
            for name, size in sizes.items()
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")
