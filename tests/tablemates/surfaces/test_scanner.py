"""The scanner's page as Django serves it: a shell for anybody, what a device needs to install it, and its service worker."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tablemates.surfaces.scanner import scanner_build

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

PAGE = re.compile(r'<script id="page" type="application/json">(.*?)</script>')
TOLD = re.compile(r"^const \{ build, first, later \} = (.*);$", re.MULTILINE)


def test_shell_knows_nobody_and_names_its_build(client: Client) -> None:
    answer = client.get("/scan/")
    assert answer.status_code == 200
    assert [json.loads(page) for page in PAGE.findall(answer.text)] == [
        {"build": scanner_build().name}
    ]
    assert answer.cookies == {}


def test_shell_may_run_webassembly_and_be_installed_and_is_asked_for_anew_each_time(
    client: Client,
) -> None:
    answer = client.get("/scan/")
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert policy["manifest-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer["Cache-Control"] == "no-cache"
    assert answer.text.count('<link rel="manifest" href="/scan/manifest.webmanifest">') == 1


def test_manifest_says_how_the_page_is_installed_with_pictures_of_ours(client: Client) -> None:
    answer = client.get("/scan/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == ("/scan/", "/scan/", "standalone")
    sources = {icon["src"] for icon in told["icons"]}
    assert [src for src in sources if not finders.find(src.removeprefix("/static/"))] == []
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192", "512x512"}


def test_service_worker_keeps_the_shell_and_its_files_at_once_and_the_decoder_later(
    client: Client,
) -> None:
    answer = client.get("/scan/sw.js")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript", "no-cache")
    (told,) = TOLD.findall(answer.text)
    build = scanner_build()
    assert json.loads(told) == {
        "build": build.name,
        "first": ["/scan/", *build.first],
        "later": build.later,
    }
    kept = [*build.first, *build.later]
    assert [path for path in kept if not finders.find(path.removeprefix("/static/"))] == []
    assert {path.rsplit(".", 1)[1] for path in build.first} == {"js", "css"}
    assert sum(path.endswith(".wasm") for path in build.later) == 1
    # Its reader may choose another language tomorrow, without network.
    languages = dict(settings.LANGUAGES)
    pages = [client.get("/scan/", headers={"accept-language": code}).text for code in languages]
    assert [path for path in build.first if all(f'"{path}"' not in page for page in pages)] == []


def test_service_worker_never_touches_the_api(client: Client) -> None:
    assert client.get("/scan/sw.js").text.count("/api/") == 0
