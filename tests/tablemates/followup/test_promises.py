"""Promises: seen by both, settled by who made them, thanked for by the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.models import Attendee, Event, Person, Series, Tie
from tablemates.followup.models import Promise
from tests.phones import Answer, Phone, make_people, sat_down

pytestmark = pytest.mark.django_db


def promise(owner: Attendee, to: Attendee, text: str = "A book on bees", **more: Any) -> Answer:
    return Phone(owner).post("promises", to=str(to.pk), text=text, **more)


def day(in_days: int) -> str:
    return str((timezone.now() + timedelta(days=in_days)).date())


def test_a_promise_is_due_in_a_week_and_stands_on_both_pages() -> None:
    ada, bo, cleo, *_ = sat_down()
    made = promise(ada, bo)
    assert made.status == 201
    told = {
        "id": str(Promise.objects.get().pk),
        "mine": True,
        "with": {"id": str(bo.pk), "name": "Bo"},
        "text": "A book on bees",
        "due": day(7),
        "status": "open",
        "thanked": False,
    }
    assert made.json == told
    assert Phone(ada).afterwards()["promises"] == [told]
    assert Phone(bo).afterwards()["promises"] == [
        {**told, "mine": False, "with": {"id": str(ada.pk), "name": "Ada"}}
    ]
    assert Phone(cleo).afterwards()["promises"] == []


@pytest.mark.parametrize(("in_days", "status"), [(-1, 400), (0, 201), (365, 201), (366, 400)])
def test_a_promise_is_due_from_today_to_a_year_ahead(in_days: int, status: int) -> None:
    ada, bo, *_ = sat_down()
    answer = promise(ada, bo, due=day(in_days))
    assert answer.status == status
    assert answer.json.get("field") == (None if status == 201 else "due")


def test_today_is_what_the_events_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bo, *_ = sat_down()
    Event.objects.filter(pk=ada.event_id).update(time_zone="Pacific/Auckland")
    late = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert late.astimezone(ZoneInfo("Pacific/Auckland")).day == 23
    assert promise(ada, bo, due="2026-11-22").status == 400
    assert promise(ada, bo).json["due"] == "2026-11-30"


def test_its_owner_settles_it_and_may_change_their_mind_until_they_are_thanked() -> None:
    ada, bo, *_ = sat_down()
    path = f"promises/{promise(ada, bo).json['id']}"
    assert Phone(bo).post(f"{path}/thank").code == "not_done"
    for status in ("dropped", "open", "done", "open", "done"):
        assert Phone(ada).patch(path, status=status).json["status"] == status
        assert (Promise.objects.get().settled_at is None) == (status == "open")
    assert Phone(ada).patch(path, due=day(9)).json["due"] == day(9)
    assert Phone(ada).patch(path, due=day(-1)).json["field"] == "due"
    assert [Phone(bo).post(f"{path}/thank").status for _ in range(2)] == [204, 204]
    assert Phone(ada).patch(path, status="open").code == "thanked"
    assert Phone(ada).patch(path, status="done").json["thanked"] is True


def test_others_promises_and_unknown_ones_are_refused_alike() -> None:
    ada, bo, cleo, *_ = sat_down()
    path = f"promises/{promise(ada, bo).json['id']}"
    nowhere = f"promises/{uuid4()}"
    settled = [Phone(bo).patch(path, status="done"), Phone(cleo).patch(path, status="done")]
    assert {(answer.status, answer.body) for answer in settled} == {
        (404, Phone(bo).patch(nowhere, status="done").body)
    }
    Phone(ada).patch(path, status="done")
    thanked = [Phone(ada).post(f"{path}/thank"), Phone(cleo).post(f"{path}/thank")]
    assert {(answer.status, answer.body) for answer in thanked} == {
        (404, Phone(ada).post(f"{nowhere}/thank").body)
    }


def test_a_promise_goes_with_whoever_is_not_there_any_more() -> None:
    ada, bo, *_ = sat_down()
    path = f"promises/{promise(ada, bo).json['id']}"
    unknown = Phone(ada).patch(f"promises/{uuid4()}", status="done")
    Phone(bo).put(f"blocks/{ada.pk}")
    assert Phone(ada).afterwards()["promises"] == Phone(bo).afterwards()["promises"] == []
    assert Phone(ada).patch(path, status="done") == unknown
    Phone(bo).delete(f"blocks/{ada.pk}")
    assert Phone(ada).patch(path, status="done").status == 200
    Attendee.objects.filter(pk=ada.pk).update(status="cancelled")
    assert Phone(bo).afterwards()["promises"] == []


def test_thanks_are_remembered_on_the_side_of_the_one_who_was_helped() -> None:
    ada, bo, *_ = sat_down()
    series = Series.objects.create(team=ada.event.team, name="Suppers")
    Event.objects.filter(pk=ada.event_id).update(series=series)
    persons = [Person.objects.create(series=series, name=one.name) for one in (ada, bo)]
    long_ago = timezone.now() - timedelta(days=90)
    for attendee, person, other in zip((ada, bo), persons, reversed(persons), strict=True):
        Attendee.objects.filter(pk=attendee.pk).update(person=person)
        met = {"first_met": long_ago, "last_met": long_ago, "last_contact": long_ago, "times": 1}
        Tie.objects.create(owner=person, other=other, **met)
    path = f"promises/{promise(ada, bo).json['id']}"
    Phone(ada).patch(path, status="done")
    for _ in range(2):
        Phone(bo).post(f"{path}/thank")
    thanked = Promise.objects.get().thanked_at
    assert [(person.ties.get().helped, person.ties.get().last_contact) for person in persons] == [
        (0, thanked),
        (1, thanked),
    ]


def test_promises_have_an_end() -> None:
    ada, bo, *_ = sat_down()
    Promise.objects.bulk_create(
        Promise(owner=ada, to=bo, text="A book", due=day(7)) for _ in range(20)
    )
    assert promise(ada, bo).code == "enough_promises"
    assert promise(bo, ada).status == 201


@pytest.mark.parametrize("text", ["", "   ", "\n", "w" * 141])
def test_a_promise_says_what(text: str) -> None:
    ada, bo, *_ = sat_down()
    answer = promise(ada, bo, text)
    assert (answer.status, answer.json["field"]) == (400, "text")


def test_the_database_refuses_a_promise_to_oneself_and_thanks_for_nothing() -> None:
    ada, bo = make_people(2)
    for fields in ({"to": ada}, {"to": bo, "thanked_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.create(owner=ada, text="A book", due=day(7), **fields)
