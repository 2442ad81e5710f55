"""An event is deleted with everything that was kept of it: its links say so, and its people keep what is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from checkin.services import poster_station
from events.keeping_apart import block
from events.models import Attendee, Evening, Event, GoneLink, Person, Series, Tie
from events.tickets import reissue_ticket
from tablemates.followup.models import Card, Flag, Note, PastOutcome, Pick, Promise, Quiet, Verdict
from tablemates.followup.services import delete_event, remember_me
from tablemates.live.models import Message, Stream
from tablemates.refusals import Refusal
from tests.phones import Phone, end, make_people, reveal, sit_together
from tests.rows import arrive, badge_of, make_attendee, make_event, make_organiser

pytestmark = pytest.mark.django_db


def console(event: Event) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_organiser(f"{event.pk}@example.org", team=event.team))
    return client


def delete(event: Event, client: Client | None = None) -> Any:
    return (client or console(event)).delete(f"/api/v1/events/{event.pk}")


def full_evening() -> tuple[Event, list[Attendee]]:
    """An evening of a series that is over, with everything that people do."""
    event = make_event()
    series = Series.objects.create(team=event.team, name="Suppers")
    Event.objects.filter(pk=event.pk).update(series=series)
    event = Event.objects.get(pk=event.pk)
    ada, bo, cleo, dee = people = make_people(4, event)
    for person in people[:3]:
        remember_me(attendee=person)
    for person in people:
        arrive(person)
    table = sit_together(*people, topic="Ceramics")
    Pick.objects.create(picker=ada, picked=bo)
    Note.objects.create(attendee=ada, about=bo, text="bees")
    Card.objects.create(attendee=ada, phone="555")
    Promise.objects.create(owner=ada, to=bo, text="honey", due=timezone.now().date())
    Flag.objects.create(table=table, reporter=ada, kind="pitched", raised_at=timezone.now())
    Verdict.objects.create(attendee=ada, worth=True)
    Quiet.objects.create(attendee=bo)
    block(blocker=cleo, blocked=dee)
    reveal(event)
    return Event.objects.get(pk=event.pk), people


def test_nothing_with_a_name_is_left_but_what_people_keep_for_themselves() -> None:
    event, people = full_evening()
    kept = {person.name for person in people[:3]}
    assert delete(event).status_code == 204
    left = {
        model.__name__: model._default_manager.count()
        for app in ("events", "checkin", "matching", "followup", "live")
        for model in apps.get_app_config(app).get_models()
    }
    assert {name: n for name, n in left.items() if n} == {
        "Series": 1,
        "Person": 3,
        "Tie": 6,
        "Evening": 3,
        "PastOutcome": 1,
        "GoneLink": 7,
    }
    assert {person.name for person in Person.objects.all()} == kept
    assert not Stream.objects.exists()
    assert not Message.objects.exists()


def test_of_an_evening_that_was_not_written_down_yet_people_keep_theirs_all_the_same() -> None:
    event, _people = full_evening()
    end(event, timedelta(minutes=5))
    delete_event(event=Event.objects.get(pk=event.pk))
    evenings = Evening.objects.order_by("person__name")
    assert [(one.title, one.event, one.worth) for one in evenings] == [
        ("Spring evening", None, True),
        ("Spring evening", None, None),
        ("Spring evening", None, None),
    ]
    assert {tie.times for tie in Tie.objects.all()} == {1}


def test_a_series_keeps_the_figures_of_what_took_place_without_a_name() -> None:
    event, people = full_evening()
    delete_event(event=event)
    past = PastOutcome.objects.get()
    assert (past.title, past.held_at) == (event.title, event.opened_at)
    assert {figure["measure"] for figure in past.figures} >= {"introduced", "worth"}
    assert not [one for one in people if one.name.split()[0] in str(past.figures)]
    planned = make_event(team=event.team, series=past.series, doors=False)
    delete_event(event=planned)
    assert PastOutcome.objects.count() == 1


def test_an_evening_that_is_on_is_not_deleted() -> None:
    event = make_event()
    answer = delete(event)
    assert (answer.status_code, answer.json()["code"]) == (409, "event_open")
    with pytest.raises(Refusal):
        delete_event(event=event)
    assert Event.objects.filter(pk=event.pk).exists()


def test_others_events_are_as_unknown_as_none() -> None:
    event, mine = make_event(doors=False), make_event(title="Mine", doors=False)
    client = console(mine)
    answer, unknown = delete(event, client), client.delete(f"/api/v1/events/{uuid4()}")
    assert (answer.status_code, Event.objects.count()) == (404, 2)
    assert answer.content == unknown.content


def test_every_link_to_it_says_that_it_is_gone_and_nothing_else() -> None:
    event, (ada, bo, *_rest) = full_evening()
    phone, client = Phone(ada), console(event)
    old = bo.tickets.get().secret
    reissue_ticket(attendee=bo)
    assert phone("get", "afterwards").status == 200
    delete(event, client)
    screen = Client(headers={"authorization": f"Screen {event.screen_token}"})
    revoked = Client(headers={"authorization": f"Ticket {old}"})
    poster = f"/api/v1/posters/{event.poster_code}"
    answers = [
        phone.client.get("/api/v1/me/snapshot"),
        phone.client.get("/api/v1/me/afterwards"),
        phone.client.put("/api/v1/me/quiet", {"on": True}, content_type="application/json"),
        phone.client.patch("/api/v1/me", {"ask": "?"}, content_type="application/json"),
        revoked.get("/api/v1/me/snapshot"),
        Client().get(poster),
        Client().post(f"{poster}/check-in", {"nonce": "n" * 16, "name": "Eve"}),
        Client().post(f"{poster}/mail-code", {"email": "ada@example.org"}),
        screen.get("/api/v1/screen/snapshot"),
        screen.get("/api/v1/screen/poster"),
        client.get(f"/api/v1/events/{event.pk}/snapshot"),
        client.delete(f"/api/v1/events/{event.pk}"),
    ]
    assert {answer.status_code for answer in answers} == {410}
    assert {answer.content for answer in answers} == {answers[0].content}
    body = answers[0].json()
    assert body.keys() == {"code", "message"}
    assert body["code"] == "gone"
    assert event.title not in body["message"]


@pytest.mark.parametrize(
    "page", ["", "guests/", "door/", "tables/", "settings/", "outcome/", "print/badges/"]
)
def test_pages_of_the_console_say_so_too(page: str) -> None:
    event, _people = full_evening()
    client = console(event)
    path = f"/console/events/{event.pk}/{page}"
    assert client.get(path).status_code == 200
    delete(event, client)
    answer = client.get(path)
    assert (answer.status_code, "/console/" in answer.text, event.title in answer.text) == (
        410,
        True,
        False,
    )
    assert Client().get(path).status_code == 302


def test_the_posters_page_says_so_without_a_way_to_a_console_one_has_not() -> None:
    event, _people = full_evening()
    delete(event)
    answer = Client().get(f"/e/{event.poster_code}")
    assert (answer.status_code, "/console/" in answer.text, event.title in answer.text) == (
        410,
        False,
        False,
    )


def test_links_are_remembered_as_digests_and_foreign_secrets_not_at_all() -> None:
    event = make_event(doors=False)
    ada = make_attendee(event, "Ada Lovelace")
    held = [ada.tickets.get().secret, badge_of(ada).secret, event.poster_code, str(event.pk)]
    ada.tickets.create(event=event, issuer="pretix", secret="1234567", code="")
    delete_event(event=event)
    digests = set(GoneLink.objects.values_list("digest", flat=True))
    assert {len(digest) for digest in digests} == {64}
    assert not digests.intersection(held)
    unknown = [Client(headers={"authorization": f"Ticket {s}"}) for s in ("1234567", "x" * 22)]
    assert {one.get("/api/v1/me/snapshot").status_code for one in unknown} == {401}
    assert Client().get("/e/UNKNOWN").status_code == 404


def test_a_series_outlives_its_events() -> None:
    event, _people = full_evening()
    client = console(event)
    delete(event, client)
    assert client.get("/api/v1/series").json() == {"series": [{"name": "Suppers", "events": 0}]}
    again = make_event(team=event.team, series=Series.objects.get(), title="Stew")
    assert poster_station(again).event == again
