"""The pages Django serves: shells for the surfaces, and what a wrong address shows."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.rows import make_event, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db

PAGE = re.compile(r'<script id="page" type="application/json">(.*?)</script>')
SCRIPTS = re.compile(r"<script(.*?)>")


def page_of(answer: HttpResponse) -> Any:
    """What the server tells the shell's script."""
    (page,) = PAGE.findall(answer.text)
    return json.loads(page)


def test_front_door_leads_to_the_console(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.text.count('href="/console/"') >= 1


@pytest.mark.parametrize(("path", "page"), [("/t", {"poster": None}), ("/screen", {})])
def test_shell_of_phone_and_screen_knows_nobody(client: Client, path: str, page: Any) -> None:
    answer = client.get(path)
    assert (answer.status_code, page_of(answer)) == (200, page)


def test_poster_link_is_the_phones_shell_for_this_event(client: Client) -> None:
    event = make_event(title="<b>Spring</b> & more")
    answer = client.get(f"/e/{event.poster_code}")
    assert (answer.status_code, page_of(answer)) == (200, {"poster": event.poster_code})
    assert answer.text.count("<title>&lt;b&gt;Spring&lt;/b&gt; &amp; more</title>") == 1
    assert len(answer.cookies["device"].value) == 32


@pytest.mark.parametrize("code", ["nothing", "%00", "%F0%9F%8E%89", "<script>", "x" * 2000])
def test_unknown_poster_says_what_to_do(client: Client, code: str) -> None:
    answer = client.get(f"/e/{code}")
    assert answer.status_code == 404
    assert answer.templates[0].name == "surfaces/no_poster.html"
    assert answer.text.count(code) == 0


@pytest.mark.parametrize("path", ["/nothing", "/e/", "/e/a/b", "/t/", "/console/nothing"])
def test_wrong_address_is_a_page_of_ours_without_a_trace_of_the_code(
    client: Client, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.templates[0].name == "404.html"
    assert [
        word for word in ("Traceback", "urlpatterns", "tablemates.") if word in answer.text
    ] == []


def test_healthz_answers_in_plain_words(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text, answer["Content-Type"]) == (200, "ok", "text/plain")


@pytest.mark.parametrize(
    "path",
    ["/console/", f"/console/events/{uuid.uuid4()}/", f"/console/events/{uuid.uuid4()}/poster/"],
)
def test_console_sends_anonymous_visitors_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/console/sign-in/?next={path}")


@pytest.mark.parametrize("rest", ["", "events/x/", "events/x/guests/", "events/x/door/"])
def test_console_is_one_shell_for_all_its_pages(client: Client, rest: str) -> None:
    organiser = make_organiser("olga@example.org")
    client.force_login(organiser)
    answer = client.get(f"/console/{rest}")
    page = {"organiser": "olga@example.org", "team": "Team of olga@example.org"}
    assert (answer.status_code, page_of(answer)) == (200, page)
    assert "csrftoken" in answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_name_of_a_team_cannot_break_out_of_the_page(client: Client) -> None:
    organiser = make_organiser()
    organiser.team.name = "</script><script>alert(1)</script>"
    organiser.team.save()
    client.force_login(organiser)
    answer = client.get("/console/")
    assert page_of(answer)["team"] == organiser.team.name
    assert answer.text.count("alert(1)</script>") == 0


@pytest.mark.parametrize("path", ["/", "/t", "/screen", "/console/sign-in/", "/nothing"])
def test_pages_allow_scripts_of_their_own_only_and_no_frames(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part
    )
    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == "'self'"
    assert (policy["object-src"], policy["base-uri"]) == ("'none'", "'none'")
    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    headers = ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")
    assert [answer[name] for name in headers] == ["nosniff", "DENY", "same-origin"]


def test_no_page_holds_a_script_of_its_own(client: Client) -> None:
    organiser = make_organiser()
    client.force_login(organiser)
    event = make_event(organiser.team)
    paths = ["/", "/t", "/screen", "/console/", f"/console/events/{event.pk}/print/badges/"]
    tags = [tag for path in paths for tag in SCRIPTS.findall(client.get(path).text)]
    assert [tag for tag in tags if "src=" not in tag and "application/json" not in tag] == []


def test_only_the_scanner_may_run_webassembly(client: Client) -> None:
    client.force_login(make_organiser())
    allowed = "'wasm-unsafe-eval'"
    said = {
        path: allowed in client.get(path)["Content-Security-Policy"] for path in ("/console/", "/t")
    }
    assert said == {"/console/": True, "/t": False}
