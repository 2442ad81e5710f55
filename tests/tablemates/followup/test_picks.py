"""Picks are private, capped and mutual; nothing tells of a one-sided one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from events.models import Attendee, Event
from matching.models import Mixer, Seat, Table
from matching.selectors import mixer_of
from matching.services import draft_round, publish_round
from tablemates.followup.models import Card, Pick
from tablemates.followup.selectors import people_of
from tests.rows import arrive, make_attendee, make_crowd, make_event

pytestmark = pytest.mark.django_db


def seated_event(people: int = 5) -> tuple[Event, list[Attendee]]:
    """An event whose people sit at one table of a round that is on."""
    event = make_event()
    crowd = make_crowd(event, "ceramics", each=people)
    draft = draft_round(event=event, version=mixer_of(event).version)
    publish_round(round=draft, version=Mixer.objects.get(event=event).version)
    return event, crowd


def end(event: Event, ago: timedelta) -> None:
    Event.objects.filter(pk=event.pk).update(phase="ended", ended_at=timezone.now() - ago)


def phone(attendee: Attendee) -> Client:
    secret = attendee.tickets.get(issuer="tablemates").secret
    return Client(headers={"authorization": f"Ticket {secret}"}, raise_request_exception=False)


def pick(picker: Attendee, picked: Attendee, *shares: str) -> Any:
    return phone(picker).put(
        f"/api/v1/me/picks/{picked.pk}", {"shares": shares}, content_type="application/json"
    )


def afterwards(attendee: Attendee) -> dict[str, Any]:
    return phone(attendee).get("/api/v1/me/afterwards").json()


def fill_card(attendee: Attendee, **fields: str) -> None:
    Card.objects.create(attendee=attendee, **fields)


def contacts(attendee: Attendee) -> dict[str, dict[str, str]]:
    """What a person reads of those they are introduced to, by full name."""
    return {one["name"]: one["contact"] for one in afterwards(attendee)["introductions"]}


def test_mutual_picks_are_introduced_at_the_reveal_and_not_before() -> None:
    event, (ada, bo, cleo, *_) = seated_event()
    fill_card(ada, email="ada@example.org", phone="555 12")
    fill_card(bo, phone="555 34", words="Ring twice")
    pick(ada, bo, "email")
    pick(bo, ada, "words", "phone", "link")
    pick(ada, cleo, "email", "phone")
    end(event, timedelta(minutes=59))
    assert contacts(ada) == contacts(bo) == {}
    end(event, timedelta(minutes=61))
    assert contacts(ada) == {bo.name: {"phone": "555 34", "words": "Ring twice"}}
    assert contacts(bo) == {ada.name: {"email": "ada@example.org"}}
    assert contacts(cleo) == {}


def test_answers_to_one_sided_and_mutual_picks_are_the_same() -> None:
    _event, (ada, bo, cleo, *_) = seated_event()
    pick(bo, ada)
    mutual, one_sided = pick(ada, bo), pick(ada, cleo)
    assert (mutual.status_code, mutual.content) == (204, b"")
    assert (one_sided.status_code, one_sided.content) == (204, b"")
    before = afterwards(cleo)
    pick(ada, cleo, "phone")
    assert afterwards(cleo) == before


def test_stranger_self_and_unknown_get_the_same_404() -> None:
    event, (ada, *_) = seated_event()
    stranger = make_attendee(event, "Stranger Danger")
    arrive(stranger)
    elsewhere = make_attendee(make_event(title="Other"), "Else Where")
    unknown = ada.__class__(pk=uuid4())
    answers = [pick(ada, other) for other in (stranger, ada, elsewhere, unknown)]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (404, b'{"code":"not_found","message":"You have not shared a table with this person."}')
    }
    assert Pick.objects.count() == 0


def test_a_third_pick_is_refused_until_one_is_taken_back() -> None:
    _event, (ada, bo, cleo, dee, _eve) = seated_event()
    assert [pick(ada, other).status_code for other in (bo, cleo, dee)] == [204, 204, 409]
    assert phone(ada).delete(f"/api/v1/me/picks/{bo.pk}").status_code == 204
    assert phone(ada).delete(f"/api/v1/me/picks/{bo.pk}").status_code == 204
    assert pick(ada, dee).status_code == 204
    assert set(ada.picks.values_list("picked", flat=True)) == {cleo.pk, dee.pk}


def test_after_the_reveal_the_list_is_closed() -> None:
    event, (ada, bo, *_) = seated_event()
    pick(ada, bo)
    end(event, timedelta(hours=2))
    assert pick(bo, ada).json()["code"] == "revealed"
    assert phone(ada).delete(f"/api/v1/me/picks/{bo.pk}").status_code == 409
    assert Pick.objects.count() == 1


def test_a_draft_introduces_nobody() -> None:
    event = make_event()
    ada, bo, *_ = make_crowd(event, "ceramics")
    draft_round(event=event, version=mixer_of(event).version)
    assert afterwards(ada)["tablemates"] == []
    assert pick(ada, bo).status_code == 404


def test_the_database_refuses_picking_oneself_or_twice() -> None:
    _event, (ada, bo, *_) = seated_event()
    Pick.objects.create(picker=ada, picked=bo)
    for picked in (ada, bo):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pick.objects.create(picker=ada, picked=picked)


def test_tablemates_are_those_of_every_table_one_sat_at_while_they_were_there() -> None:
    event, (ada, bo, *_) = seated_event()
    before = set(people_of(ada))
    table = ada.seats.get().table
    ada.seats.update(left_at=timezone.now())
    late, other = (make_attendee(event, name, "ceramics") for name in ("Late Comer", "Other Table"))
    Seat.objects.create(round=table.round, table=table, attendee=late)
    second = Table.objects.create(round=table.round, number=9, shared=False)
    for person in (ada, other):
        Seat.objects.create(round=table.round, table=second, attendee=person)
    assert set(people_of(ada)) == before | {other.pk}
    assert set(people_of(bo)) >= {ada.pk, late.pk}
    assert ada.pk not in people_of(late)
