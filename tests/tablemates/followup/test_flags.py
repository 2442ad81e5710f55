"""How a table felt: patterns reach the organiser, unsafe does at once, and nobody is told of a person."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client

from matching.models import Round
from tablemates.followup.models import Flag
from tablemates.live.models import Message
from tests.phones import Answer, Phone, end, make_people, sat_down, sit_together
from tests.rows import make_event, make_organiser

if TYPE_CHECKING:
    from events.models import Attendee, Event
    from matching.models import Table

pytestmark = pytest.mark.django_db


def flag(reporter: Attendee, table: Table, *flags: str, **more: Any) -> Answer:
    return Phone(reporter).put(f"tables/{table.pk}/flags", flags=flags, **more)


def console(event: Event) -> Client:
    client = Client()
    client.force_login(make_organiser(team=event.team))
    return client


def shown(event: Event) -> dict[str, Any]:
    """What an organiser is shown of flags."""
    organiser = event.team.organisers.first() or make_organiser(team=event.team)
    client = Client()
    client.force_login(organiser)
    state = client.get(f"/api/v1/events/{event.pk}/snapshot").json()["state"]
    return {name: state[name] for name in ("alerts", "patterns")}


def said(event: Event) -> list[dict[str, Any]]:
    """What consoles were told of flags, message by message."""
    rows = Message.objects.filter(stream=event.pk, type__in=["table.flagged", "alert.settled"])
    return [row.audiences["console"] for row in rows]


def table_of(*people: Attendee) -> Table:
    return people[0].seats.get().table


def test_what_two_people_say_reaches_nobody_and_what_three_say_is_a_pattern() -> None:
    people = sat_down(4)
    event, table = people[0].event, table_of(*people)
    for person in people[:2]:
        assert flag(person, table, "pitched", "one_voice").status == 204
    assert shown(event) == {"alerts": {}, "patterns": []}
    assert said(event) == []
    flag(people[2], table, "pitched")
    pattern = {
        "kind": "pitched",
        "people": 3,
        "tables": [{"round": 1, "table": 1, "people": 3}],
    }
    assert shown(event) == {"alerts": {}, "patterns": [pattern]}
    assert said(event) == [{"set": {"patterns": [pattern]}, "unset": []}]
    flag(people[2], table)
    assert shown(event)["patterns"] == []


def test_people_count_once_and_tables_are_named_only_where_three_of_them_say_so() -> None:
    people = make_people(6)
    event = people[0].event
    first = sit_together(*people[:4], number=1)
    second = sit_together(*people[4:], number=1)
    later = sit_together(*people, number=2)
    for person in people[:2]:
        flag(person, first, "one_voice")
        flag(person, later, "one_voice")
    flag(people[4], second, "one_voice")
    assert shown(event)["patterns"] == [{"kind": "one_voice", "people": 3, "tables": []}]
    flag(people[5], later, "one_voice")
    assert shown(event)["patterns"] == [
        {"kind": "one_voice", "people": 4, "tables": [{"round": 2, "table": 1, "people": 3}]}
    ]


def test_unsafe_reaches_the_organiser_at_once_without_a_name_unless_it_is_given() -> None:
    ada, bo, *_ = sat_down()
    event, table = ada.event, table_of(ada)
    flag(ada, table, "unsafe", words="He would not let go of my arm.")
    (alert,) = shown(event)["alerts"].values()
    assert alert.pop("at")
    assert alert == {
        "id": str(Flag.objects.get().pk),
        "round": 1,
        "table": 1,
        "words": "He would not let go of my arm.",
        "attendee": None,
    }
    assert str(ada.pk) not in json.dumps(said(event))
    flag(bo, table, "unsafe", named=True)
    assert [alert["attendee"] for alert in shown(event)["alerts"].values()] == [None, str(bo.pk)]


def test_an_alert_is_settled_once_and_comes_back_with_new_words_only() -> None:
    ada, *_ = sat_down()
    event, table = ada.event, table_of(ada)
    flag(ada, table, "unsafe", words="Come")
    alert = Flag.objects.get()
    organiser = console(event)
    path = f"/api/v1/events/{event.pk}/alerts/{alert.pk}/settle"
    assert [organiser.post(path).status_code for _ in range(2)] == [204, 204]
    assert shown(event)["alerts"] == {}
    assert said(event)[1:] == [{"set": {}, "unset": [f"alerts/{alert.pk}"]}]
    flag(ada, table, "unsafe", "pitched", words="Come")
    assert shown(event)["alerts"] == {}
    flag(ada, table, "unsafe", words="Come, please")
    assert [alert["words"] for alert in shown(event)["alerts"].values()] == ["Come, please"]
    flag(ada, table)
    assert (shown(event)["alerts"], Flag.objects.count()) == ({}, 0)


def test_alerts_are_settled_by_the_organisers_of_the_event_and_only_if_they_are_alerts() -> None:
    ada, *_ = sat_down()
    flag(ada, table_of(ada), "unsafe", "pitched")
    unsafe, pitched = (Flag.objects.get(kind=kind).pk for kind in ("unsafe", "pitched"))
    other = make_event(title="Elsewhere")
    own, stranger = console(ada.event), Client()
    stranger.force_login(make_organiser("eve@example.org", team=other.team))
    tried = [(stranger, ada.event, unsafe), (stranger, other, unsafe), (own, other, unsafe)]
    tried += [(own, ada.event, pitched), (own, ada.event, 10**30)]
    for client, event, pk in tried:
        answer = client.post(f"/api/v1/events/{event.pk}/alerts/{pk}/settle")
        assert answer.status_code == 404
    assert Flag.objects.filter(settled_at=None).count() == 2


def test_words_and_name_go_with_unsafe_alone_and_all_is_on_ones_own_page() -> None:
    ada, bo, *_ = sat_down()
    table = table_of(ada)
    flag(ada, table, "pitched", words="Insurance", named=True)
    (row,) = Phone(ada).afterwards()["tables"]
    assert (row["flags"], row["words"], row["named"]) == (["pitched"], "", False)
    before = Phone(bo).reads()
    flag(ada, table, "unsafe", "pitched", "pitched", words="Help", named=True)
    (row,) = Phone(ada).afterwards()["tables"]
    assert (row["flags"], row["words"], row["named"]) == (["pitched", "unsafe"], "Help", True)
    assert Phone(bo).reads()[:3] == before[:3]


def test_only_tables_where_one_sat_can_be_flagged() -> None:
    ada, bo, cleo, dee = make_people()
    mine, theirs = sit_together(ada, bo), sit_together(cleo, dee)
    elsewhere = table_of(*sat_down(2))
    draft = sit_together(ada, cleo)
    Round.objects.filter(pk=draft.round_id).update(
        status="draft", published_at=None, starts_at=None, ends_at=None
    )
    unknown = type(mine)(pk=uuid4())
    answers = {flag(ada, table, "pitched") for table in (theirs, elsewhere, draft, unknown)}
    assert [answer.status for answer in answers] == [404]
    assert flag(ada, mine, "pitched").status == 204
    assert flag(ada, mine, "boring").status == 400


def test_flags_close_two_days_after_the_evening() -> None:
    ada, *_ = sat_down()
    table = table_of(ada)
    end(ada.event, timedelta(hours=47))
    assert flag(ada, table, "pitched").status == 204
    end(ada.event, timedelta(hours=48))
    assert flag(ada, table).code == "window_over"
    assert Flag.objects.count() == 1
