"""Pages to print: who may see them, what stands on them, and what must not."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Attendee, Event
from events.services import change_event
from events.tickets import revoke_ticket
from matching.selectors import mixer_of
from matching.services import draft_round, publish_round
from tests.qr import read_printed
from tests.rows import badge_of, make_attendee, make_crowd, make_event, make_organiser

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

KINDS = ("poster", "tickets", "badges", "table-cards")
CARD = re.compile(r'<h2 class="name"[^>]*>(.*?)</h2>')


@pytest.fixture
def event(client: Client, settings: SettingsWrapper) -> Event:
    settings.PUBLIC_URL = "https://tables.example.org"
    organiser = make_organiser()
    client.force_login(organiser)
    return make_event(organiser.team, title="<i>Spring</i> & more")


def page(client: Client, event: Event, kind: str, **choices: object) -> HttpResponse:
    return client.get(f"/console/events/{event.pk}/print/{kind}/", choices)


def own_secret(person: Attendee) -> str:
    return person.tickets.get(issuer="tablemates", revoked_at=None).secret


@pytest.mark.parametrize("kind", KINDS)
def test_another_teams_paper_is_404_like_an_unknown_event(client: Client, event: Event, kind: str):
    theirs = make_event(title="Secret supper")
    make_attendee(theirs)
    foreign, unknown = (
        client.get(f"/console/events/{pk}/print/{kind}/") for pk in (theirs.pk, uuid.uuid4())
    )
    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert not theirs.tickets.filter(issuer="badge").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_paper_is_for_who_is_signed_in_and_kept_in_no_cache(
    client: Client, event: Event, kind: str
):
    assert page(client, event, kind)["Cache-Control"].count("no-store") == 1
    client.logout()
    path = f"/console/events/{event.pk}/print/{kind}/"
    assert client.get(path)["Location"] == f"/console/sign-in/?next={path}"


def test_other_kinds_of_paper_do_not_exist(client: Client, event: Event):
    assert page(client, event, "money").status_code == 404


def test_old_address_of_the_poster_leads_to_the_new_one(client: Client, event: Event):
    answer = client.get(f"/console/events/{event.pk}/poster/")
    assert answer["Location"] == f"/console/events/{event.pk}/print/poster/"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("paper", "size"), [("a4", "A4"), ("letter", "letter"), ("a9", "A4")])
def test_sheet_is_as_large_as_the_paper(
    client: Client, event: Event, kind: str, paper: str, size: str
):
    make_attendee(event)
    answer = page(client, event, kind, paper=paper)
    assert answer.text.count(f"@page {{ size: {size} portrait; margin: 0 }}") == 1


@pytest.mark.parametrize("kind", ["tickets", "badges"])
def test_measures_are_written_for_style_sheets_whatever_the_language(
    client: Client, event: Event, kind: str
):
    make_attendee(event)
    Event.objects.update(language="de")
    answer = page(client, event, kind, paper="letter")
    assert answer.text.count("--paper-width: 215.9mm") == 1
    assert answer.text.count('viewBox="0 0 215.9 279.4"') == 1


def test_paper_speaks_the_language_of_the_event_and_not_the_organisers(
    client: Client, event: Event
):
    start = datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    Event.objects.update(language="fr", starts_at=start, time_zone="Europe/Paris")
    client.cookies["django_language"] = "de"
    text = page(client, event, "poster").text
    words = ('<html lang="fr"', "<title>Affiche", "samedi 14 mars 2026, 19:05 (heure de Paris)")
    assert [text.count(said) for said in words] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["tickets", "badges"])
def test_no_address_and_no_secret_stands_on_paper_in_words(client: Client, event: Event, kind: str):
    ada = make_attendee(event, email="ada@example.org")
    secrets = [own_secret(ada), badge_of(ada).secret]
    text = page(client, event, kind).text
    told = [word for word in (*secrets, "ada@", event.screen_token) if word in text]
    assert (told, len(read_printed(text))) == ([], 1)


@pytest.mark.parametrize("kind", ["tickets", "badges"])
def test_people_come_from_a_to_z_without_those_who_are_not_coming(
    client: Client, event: Event, kind: str
):
    for name in ("Zoe", "Élodie", "bo", "Ada"):
        make_attendee(event, name)
    make_attendee(event, "Cy", status="cancelled")
    make_attendee(event, "Di", status="blocked")
    text = page(client, event, kind).text
    assert CARD.findall(text) == ["Ada", "bo", "Élodie", "Zoe"]


@pytest.mark.parametrize("kind", KINDS)
def test_names_and_titles_cannot_write_markup(client: Client, event: Event, kind: str):
    make_attendee(event, "<b>Ada</b> <i>L</i>", "<u>Poetry</u>", company="<s>Inc</s>")
    text = page(client, event, kind).text
    assert re.findall(r"<[ibsu]>", text) == []
    assert text.count("&lt;i&gt;Spring&lt;/i&gt; &amp; more") >= 1


def test_poster_holds_a_code_that_opens_it_and_the_address_to_type(client: Client, event: Event):
    change_event(event=event, changes={"place": "Library"})
    Event.objects.update(starts_at=datetime(2026, 7, 1, 16, tzinfo=UTC), time_zone="Europe/Lisbon")
    text = page(client, event, "poster").text
    link = f"https://tables.example.org/e/{event.poster_code}"
    assert read_printed(text) == [link]
    assert text.count(f">{link}</strong>") == 1
    assert text.count("Wednesday, 1 July 2026, 17:00 (Lisbon time)") == 1
    assert text.count("Library") == 1
    assert text.count(event.screen_token) == 0


def test_without_a_public_address_the_poster_says_where_the_request_came_to(
    client: Client, event: Event, settings: SettingsWrapper
):
    settings.PUBLIC_URL = ""
    path = f"/console/events/{event.pk}/print/poster/"
    here = client.get(path, headers={"Host": "localhost:8000"}).text
    venue = client.get(path, headers={"Host": "192.168.0.7:8000"}).text
    assert read_printed(venue) == [f"http://192.168.0.7:8000/e/{event.poster_code}"]
    warning = "opens on this computer only"
    assert (here.count(warning), venue.count(warning)) == (1, 0)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("distance", ["0.3", "1", "1.5"])
def test_code_is_as_wide_as_its_distance_needs(
    client: Client, event: Event, paper: str, distance: str
):
    text = page(client, event, "poster", paper=paper, distance=distance).text
    modules, width = printed_code(text)
    assert width * (modules - 8) / modules >= float(distance) * 100


def printed_code(text: str) -> tuple[int, float]:
    """Modules along the side of the poster's code with its quiet zone, and their width in millimetres."""
    ((width, modules),) = re.findall(r'inline-size: ([\d.]+)mm" viewBox="-4 -4 (\d+) ', text)
    return int(modules), float(width)


def test_paper_that_is_too_small_is_not_printed_but_told_with_what_to_do(
    client: Client, event: Event
):
    text = page(client, event, "poster", distance="2").text
    assert (read_printed(text), text.count('class="sheet ')) == ([], 0)
    assert text.count("the code must be 200 mm wide, and A4 has room for 164 mm.") == 1
    assert text.count("enlarged to at least 125 %") == 1
    assert text.count('href="?paper=a4&amp;distance=1.6"') == 1


@pytest.mark.parametrize("distance", ["", "x", "nan", "inf", "-inf", "1,5", "9" * 400])
def test_nonsense_for_a_distance_is_the_usual_one_or_too_far(
    client: Client, event: Event, distance: str
):
    answer = page(client, event, "poster", distance=distance)
    assert answer.status_code == 200
    assert answer.text.count('value="1.5"') == 1


@pytest.mark.parametrize(("asked", "used"), [("-4", "0.3"), ("0", "0.3"), ("1e9", "20")])
def test_distance_stays_within_what_makes_sense(
    client: Client, event: Event, asked: str, used: str
):
    assert page(client, event, "poster", distance=asked).text.count(f'value="{used}"') == 1


def test_poster_whose_code_changes_is_for_a_screen(client: Client, event: Event):
    Event.objects.update(poster_mode="rotating")
    text = page(client, event, "poster").text
    assert (read_printed(text), text.count('class="sheet ')) == ([], 0)
    screen = f"https://tables.example.org/screen?show=poster#{event.screen_token}"
    assert text.count(f'href="{screen}"') == 1


def test_ticket_carries_its_owners_link_and_short_code(client: Client, event: Event):
    ada = make_attendee(event)
    text = page(client, event, "tickets").text
    code = ada.tickets.get().code
    assert read_printed(text) == [f"https://tables.example.org/t#{own_secret(ada)}"]
    assert text.count(f"{code[:4]}-{code[4:]}") == 1


def test_who_has_no_valid_ticket_is_left_out_and_counted(client: Client, event: Event):
    make_attendee(event, "Ada")
    revoke_ticket(attendee=make_attendee(event, "Bob"))
    text = page(client, event, "tickets").text
    assert CARD.findall(text) == ["Ada"]
    assert text.count("1 guest has no valid ticket") == 1


def test_badge_carries_a_secret_of_its_own_that_stays(client: Client, event: Event):
    ada = make_attendee(event)
    (secret,) = read_printed(page(client, event, "badges").text)
    assert (secret, secret == own_secret(ada)) == (badge_of(ada).secret, False)
    assert read_printed(page(client, event, "badges").text) == [secret]


@pytest.mark.parametrize(
    ("name", "large", "rest"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Fen", "Fen", ""),
        ("Dr. Ada King Lovelace", "Dr. Ada", "King Lovelace"),
        ("J. R. R. Tolkien", "J. R. R. Tolkien", ""),
        ("X.", "X.", ""),
    ],
)
def test_badge_shows_large_what_a_person_is_called(
    client: Client, event: Event, name: str, large: str, rest: str
):
    make_attendee(event, name)
    text = page(client, event, "badges").text
    assert CARD.findall(text) == [large]
    assert re.findall(r'<p class="rest"[^>]*>(.*?)</p>', text) == [rest]


def test_badge_shows_company_and_at_most_three_topics(client: Client, event: Event):
    make_attendee(event, "Ada", "Poetry", "Chess", "Bread", "Opera", company="Engines Ltd")
    text = page(client, event, "badges").text
    assert re.findall(r"<li><bdi>(.*?)</bdi>", text) == ["Bread", "Chess", "Opera"]
    assert text.count("Engines Ltd") == 1


@pytest.mark.parametrize(
    ("kind", "paper", "sheets"),
    [
        ("tickets", "a4", 3),
        ("tickets", "letter", 3),
        ("badges", "a4", 3),
        ("badges", "letter", 3),
        ("table-cards", "a4", 5),
    ],
)
def test_cards_are_dealt_to_sheets(
    client: Client, event: Event, kind: str, paper: str, sheets: int
):
    for n in range(21):
        make_attendee(event, f"Guest {n}")
    text = page(client, event, kind, paper=paper).text
    assert text.count('<section class="sheet ') == sheets


@pytest.mark.parametrize("kind", ["tickets", "badges"])
def test_nobody_to_print_for_is_told(client: Client, event: Event, kind: str):
    text = page(client, event, kind).text
    assert (text.count('class="sheet '), text.count("Import your guests first")) == (0, 1)


def test_table_cards_are_of_the_draft_then_of_the_round_that_is_on(client: Client, event: Event):
    make_crowd(event, "chess", "bread")
    draft = draft_round(event=event, version=mixer_of(event).version)
    drafted = page(client, event, "table-cards").text
    assert drafted.count("as it is drafted now") == 1
    publish_round(round=draft, version=draft.mixer.version)
    shown = page(client, event, "table-cards").text
    for text in (drafted, shown):
        assert re.findall(r'class="number">(\d+)<', text) == ["1", "1", "2", "2"]
        topics = re.findall(r'class="topic"[^>]*>(.*?)<', text)
        assert sorted(topics) == ["bread", "bread", "chess", "chess"]
    assert shown.count("The tables of round 1.") == 1


def test_without_tables_the_cards_are_blank_and_enough_for_everyone(client: Client, event: Event):
    for n in range(11):
        make_attendee(event, f"Guest {n}")
    text = page(client, event, "table-cards").text
    assert re.findall(r'class="number">(\d+)<', text) == ["1", "1", "2", "2", "3", "3"]
    assert text.count('class="line"') == 6


@pytest.mark.parametrize("kind", ["tickets", "badges"])
def test_more_people_need_no_more_queries(client: Client, event: Event, kind: str):
    make_attendee(event, "Ada", "Chess")
    page(client, event, kind)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, event, kind)
    for n in range(9):
        make_attendee(event, f"Guest {n}", "Chess", f"Topic {n}")
    page(client, event, kind)
    with CaptureQueriesContext(connection) as many:
        page(client, event, kind)
    assert len(many) == len(few)
