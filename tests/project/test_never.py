"""Kept by the mission: never.

- Points, ranks, scores, leaderboards, badges for deeds, streaks: nobody is measured.
- Counts of contacts, or of anything that could be collected of people.
- A list of the attendees to download, for whoever it be.
- An export of leads for a sponsor.
- The upload of an address book, or the look into one.
- A list, an export or a count of one-sided picks, for anyone: not for the one who was picked, not for organisers, not in
  Django's admin pages. Nor of notes, promises, letters, ties and flags, but for their two sides.

Every route is walked here, as everybody who may ask: what is added one day is walked as well.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from checkin.services import poster_station
from events.models import Attendee, Evening, Event, Person, Series, Tie
from matching.models import Mixer, Round, Table
from tablemates.accounts.models import Organiser
from tablemates.followup.models import (
    Card,
    Flag,
    IntroduceMe,
    Letter,
    Note,
    Pick,
    Promise,
    Verdict,
)
from tests.phones import end, reveal, sat_down
from tests.rows import arrive, make_organiser

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MEASURED = re.compile(
    r"points?$|^points?_|rank|score|leader|badge|streak|trophy|medal|level|achievement"
    r"|contacts|connections|followers|popular|leads?$|address_?book|pickers?$|picks$|picked_by"
)
"""Of names of fields and of parts of routes."""
MAY_BE_PICKED = {"me/picks/<uuid:attendee_id>"}


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def test_no_route_is_about_what_is_never_built() -> None:
    odd = re.compile(r"download|export|sponsor|upload|vcf$")
    found = {
        route.removeprefix("api/v1/")
        for route in routes()
        if odd.search(route) or any(MEASURED.search(part) for part in re.split(r"[/.]", route))
    }
    # One's own pick, to make it or take it back; the card of one person, to who was introduced to them.
    assert found == {*MAY_BE_PICKED, "me/introductions/<uuid:attendee_id>/card.vcf"}


def test_admin_pages_know_nothing_that_is_private() -> None:
    private = {
        *apps.get_app_config("followup").get_models(),
        *(apps.get_model("events", name) for name in ("person", "tie", "admiration", "evening")),
        apps.get_model("events", "block"),
    }
    assert {model for model in admin.site._registry if model in private} == set()


@pytest.mark.parametrize("model", [Series, Event, Attendee, Mixer, Round, Table])
def test_admin_pages_do_not_list_what_goes_with_a_row(model: Any, rf: Any) -> None:
    request = rf.get("/admin/")
    request.user = Organiser(is_superuser=True, is_staff=True)
    assert admin.site._registry[model].has_delete_permission(request) is False


def test_admin_pages_do_not_say_who_somebody_is_across_a_series(rf: Any) -> None:
    request = rf.get("/admin/")
    request.user = Organiser(is_superuser=True, is_staff=True)
    fields = admin.site._registry[Attendee].get_form(request).base_fields
    assert {"name", "status"} <= fields.keys()
    assert "person" not in fields


WORDS = {
    "en": r"leaderboard|ranking|high ?scores?|scores?|streaks?|achievements?|trophy|top networker"
    r"|points|lead retrieval|export (the )?(guests|attendees|people|contacts|leads)"
    r"|(upload|import) (your |the )?(contacts|address book)|how many people (picked|liked)",
    "de": r"Rangliste|Bestenliste|Punktestand|Punkte|Auszeichnungen|Kontakte (hochladen|importieren)",
    "fr": r"classement|meilleurs scores|scores?|trophées?|points gagnés|(importer|envoyer) vos contacts",
    "es": r"clasificación|puntuación|puntos|trofeos?|(importar|subir) (tus|sus) contactos",
}
PAGES = sorted((ROOT / "frontend" / "src").rglob("words/*.ts"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_page_speaks_of_it(page: Path) -> None:
    language = page.stem
    texts = re.findall(r"'[\w.-]+':\s*(?:'((?:[^'\\]|\\.)*)'|\"(.*?)\")", page.read_text("utf-8"))
    said = [text for pair in texts for text in pair if text]
    # Badges are of paper, with a name; organisers alone print them.
    of_deeds = r"|badges?" if "console" not in page.parts and language in ("en", "fr") else ""
    never = re.compile(rf"\b({WORDS.get(language, '(?!)')}{of_deeds})\b", re.IGNORECASE)
    assert said or not texts
    assert [text for text in said if never.search(text)] == []


def test_no_record_of_the_contract_holds_it() -> None:
    contract = (ROOT / "frontend" / "src" / "live" / "contract.ts").read_text("utf-8")
    fields = set(re.findall(r"^\s+(?:readonly )?(\w+)\??:", contract, re.MULTILINE))
    assert {"picked", "pick_limit"} <= fields
    assert {field for field in fields if MEASURED.search(field)} == set()


# ------------------------------------------------------------------------------------------- what can be read of people


class Room:
    """An evening of a series, and everybody who may ask something about it."""

    def __init__(self) -> None:
        # Four: figures of fewer than five people are hidden, so that nothing of what follows shows in any of them.
        self.people = sat_down(4)
        self.event = self.people[0].event
        series = Series.objects.create(team=self.event.team, name="Suppers")
        Event.objects.filter(pk=self.event.pk).update(series=series)
        for person in self.people:
            arrive(person)
            who = Person.objects.create(series=series, name=person.name)
            Attendee.objects.filter(pk=person.pk).update(person=who)
        self.people = list(Attendee.objects.filter(event=self.event).order_by("name"))
        organiser = make_organiser(team=self.event.team)
        Organiser.objects.filter(pk=organiser.pk).update(is_staff=True, is_superuser=True)
        self.console = Client(raise_request_exception=False)
        self.console.force_login(Organiser.objects.get(pk=organiser.pk))
        self.organiser = organiser
        self.screen = _client(f"Screen {self.event.screen_token}")
        # Badges get their tickets when they are printed first.
        self.console.get(f"/console/events/{self.event.pk}/print/badges/")
        found = [route for route in routes() if not LEFT_OUT.search(route)]
        self.addresses = [f"/{self._filled(route)}" for route in found]

    def phone(self, n: int) -> Client:
        return _client(f"Ticket {self.people[n].tickets.get(issuer='tablemates').secret}")

    def write_private_rows(self) -> None:
        """Ada picks Bo and Bo does not know; and all else that is between these two."""
        ada, bo, *_ = self.people
        one, other = ada.person, bo.person
        now = timezone.now()
        Pick.objects.create(picker=ada, picked=bo, shares=["words"])
        Card.objects.create(attendee=ada, words="quokka", phone="555 quokka")
        Note.objects.create(attendee=ada, about=bo, text="A quokka")
        Promise.objects.create(owner=ada, to=bo, text="A quokka", due=now.date())
        Letter.objects.create(
            sender=ada, recipient=bo, channel="own", digest="quokka".rjust(64, "0"), sent_at=now
        )
        IntroduceMe.objects.create(asker=ada, name="Quokka Wombat")
        Verdict.objects.create(attendee=ada, worth=False)
        table = ada.seats.get().table
        Flag.objects.create(table=table, reporter=ada, kind="pitched", raised_at=now)
        Flag.objects.create(table=table, reporter=bo, kind="pitched", raised_at=now)
        met = {"times": 1, "first_met": now, "last_met": now}
        Tie.objects.create(owner=one, other=other, **met)
        Tie.objects.create(owner=other, other=one, **met)
        Evening.objects.create(person=one, event=self.event, title="Quokka", at=now)

    def erase_private_rows(self) -> None:
        for model in apps.get_app_config("followup").get_models():
            model.objects.all().delete()
        Tie.objects.all().delete()
        Evening.objects.all().delete()

    def pick_back(self) -> None:
        ada, bo, *_ = self.people
        Pick.objects.create(picker=bo, picked=ada, shares=["email"])

    def _filled(self, route: str) -> str:
        if (found := re.match(r"admin/(\w+)/(\w+)/<path:object_id>", route)) and found[1] in ADMIN:
            rows = apps.get_model(found[1], found[2]).objects.order_by("pk")
            return route.replace("<path:object_id>", str(rows.values_list("pk", flat=True).first()))
        return re.sub(r"<\w+:(\w+)>", lambda match: str(self.values[match[1]]), route)

    @property
    def values(self) -> dict[str, Any]:
        """Of every route something that is there, as far as it can be; a new name is to be thought of here."""
        event, nothing = self.event, "00000000-0000-4000-8000-000000000000"
        table = self.people[0].seats.get().table
        return {
            "event_id": event.pk,
            "attendee_id": self.people[1].pk,
            "table_id": table.pk,
            "round_id": table.round_id,
            "code": event.poster_code,
            "checkin_id": event.checkins.values_list("pk", flat=True).first(),
            "station_id": poster_station(event).pk,
            "member_id": self.organiser.pk,
            "kind": "badges",
            "rest": "outcome/",
            "token": "nothing",
            "content_type_id": 1,
            "object_id": nothing,
            "alert_id": 1,
            "conflict_id": 1,
            "invitation_id": nothing,
            "promise_id": nothing,
            "request_id": nothing,
            "tie_id": nothing,
        }

    def answers(self, client: Client) -> dict[str, str]:
        """What this client reads at every address, without what is another at every look: clocks and one-time words."""
        found = {}
        for address in self.addresses:
            answer = client.get(address, {"q": "Bo"} if "search" in address else {})
            assert answer.status_code < 500, address
            text = b"".join(answer) if answer.streaming else answer.content
            found[address] = f"{answer.status_code} {_still(text.decode(errors='replace'))}"
        return found


# Forms for new rows and for accounts know no more than those for rows that are there; and nobody signs out here.
LEFT_OUT = re.compile(r"\(|logout|sign-out|/add/|/history/|password|admin/(auth|accounts)/")
ADMIN = {"events", "checkin", "matching"}


def _client(authorization: str) -> Client:
    return Client(headers={"authorization": authorization}, raise_request_exception=False)


def _still(text: str) -> str:
    text = re.sub(r'"(now|pass|refresh_at)":"(?:[^"\\]|\\.)*"', r'"\1":""', text)
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', r"\1", text)


@pytest.fixture
def room(db: None) -> Room:
    return Room()


def bystanders(room: Room) -> dict[str, Client]:
    return {
        "organiser and admin": room.console,
        "screen": room.screen,
        "somebody else at the table": room.phone(2),
        "anybody": Client(raise_request_exception=False),
    }


def test_nobody_else_reads_what_is_between_two_people(room: Room) -> None:
    clients = bystanders(room)

    def all_read() -> dict[tuple[str, str], str]:
        return {
            (who, address): said
            for who, client in clients.items()
            for address, said in room.answers(client).items()
        }

    end(room.event)
    before = all_read()
    assert len(before) > 80 * len(clients)
    room.write_private_rows()
    assert changed(before, all_read()) == []
    room.pick_back()
    assert changed(before, all_read()) == []
    reveal(room.event)
    revealed = all_read()
    room.erase_private_rows()
    assert changed(revealed, all_read()) == []


def changed(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> list[Any]:
    return [(where, said, after[where]) for where, said in before.items() if after[where] != said]


def test_the_one_who_was_picked_reads_nothing_of_it_before_the_reveal(room: Room) -> None:
    end(room.event)
    picked = room.phone(1)
    before = room.answers(picked)
    ada, bo, *_ = room.people
    pick = Pick.objects.create(picker=ada, picked=bo, shares=["email"])
    assert room.answers(picked) == before
    reveal(room.event)
    after = room.answers(picked)
    pick.delete()
    # One-sided, it is not told after the reveal either.
    assert room.answers(picked) == after


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from keys_of(item)


def test_no_answer_to_anybody_measures_people(room: Room) -> None:
    room.write_private_rows()
    room.pick_back()
    end(room.event, timedelta(hours=2))
    clients = [room.console, room.screen, *(room.phone(n) for n in range(4))]
    found: set[str] = set()
    for client in clients:
        for answer in room.answers(client).values():
            status, _space, text = answer.partition(" ")
            if status == "200" and text.startswith(("{", "[")):
                found |= set(keys_of(json.loads(text)))
    assert {"introductions", "tablemates", "attendees", "figures", "ties"} <= found
    assert {key for key in found if MEASURED.search(key)} == set()


def test_organisers_can_save_no_file_that_holds_names(room: Room) -> None:
    room.write_private_rows()
    end(room.event, timedelta(hours=2))
    names = [name for person in room.people for name in (person.name, person.first_name)]
    files = []
    for address in room.addresses:
        answer = room.console.get(address)
        if "attachment" in answer.headers.get("Content-Disposition", "") or re.search(
            r"csv|calendar|vcard|spreadsheet|octet", answer.headers.get("Content-Type", "")
        ):
            files.append(address)
            assert [name for name in names if name in answer.content.decode()] == [], address
    assert files == [f"/api/v1/events/{room.event.pk}/outcome.csv"]


def test_every_language_is_looked_at() -> None:
    assert set(WORDS) == set(dict(settings.LANGUAGES))
