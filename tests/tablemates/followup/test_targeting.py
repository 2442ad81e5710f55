"""Targets are set before doors, one to four of them, and scored as they are then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from events.services import end_event, open_doors
from matching.models import Seat
from tablemates.followup.models import Flag, Target, Verdict
from tablemates.followup.services import delete_event
from tests.room import play_round
from tests.rows import make_attendee, make_crowd, make_event, make_organiser

if TYPE_CHECKING:
    from events.models import Event

pytestmark = pytest.mark.django_db

SOON = {"measure": "seated_soon", "value": 0.8}
PITCHED = {"measure": "pitched", "value": 0.05}


@pytest.fixture
def planned(client: Client) -> Event:
    """An event before doors, of the organiser who is signed in."""
    olga = make_organiser("olga@example.org")
    client.force_login(olga)
    return make_event(olga.team, doors=False)


def aim(client: Client, event: Event, *targets: dict[str, Any]) -> Any:
    return client.put(
        f"/api/v1/events/{event.pk}/targets",
        {"targets": targets},
        content_type="application/json",
    )


def met(client: Client, event: Event) -> dict[str, bool | None]:
    report = client.get(f"/api/v1/events/{event.pk}/outcome").json()
    return {target["measure"]: target["met"] for target in report["targets"]}


def test_targets_are_told_as_they_were_set_and_are_not_known_before_doors(
    client: Client, planned: Event
) -> None:
    report = aim(client, planned, SOON, PITCHED).json()
    assert report["targets"] == [SOON | {"met": None}, PITCHED | {"met": None}]
    assert report["settable"] is True
    assert report["plots"] is None
    assert {row["why_hidden"] for row in report["figures"]} == {"not_yet"}


def test_setting_targets_again_replaces_them(client: Client, planned: Event) -> None:
    aim(client, planned, SOON, PITCHED)
    aim(client, planned, SOON | {"value": 1})
    assert list(Target.objects.values_list("measure", "value")) == [("seated_soon", 1.0)]


@pytest.mark.parametrize(
    "targets",
    [
        [],
        [
            {"measure": name, "value": 0.5}
            for name in ("worth", "pitched", "introduced", "followed_up", "topic_cover")
        ],
        [SOON, SOON | {"value": 0.9}],
        [SOON | {"value": -0.01}],
        [SOON | {"value": 1.01}],
        [SOON | {"value": "nan"}],
        [SOON | {"value": "inf"}],
        [SOON | {"value": None}],
        [SOON | {"value": "most"}],
        [{"measure": "contacts", "value": 0.5}],
        [{"measure": "seated_soon"}],
        ["seated_soon"],
    ],
)
def test_what_is_no_target_is_refused_and_what_was_set_stays(
    client: Client, planned: Event, targets: list[Any]
) -> None:
    aim(client, planned, SOON)
    refused = aim(client, planned, *targets)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    assert refused.json()["field"] == "targets"
    assert Target.objects.get().value == 0.8


def test_targets_stand_once_the_doors_are_open(client: Client, planned: Event) -> None:
    aim(client, planned, SOON)
    for act in (open_doors, end_event):
        act(event=planned)
        refused = aim(client, planned, SOON | {"value": 0.1})
        assert (refused.status_code, refused.json()["code"]) == (409, "doors_open")
        report = client.get(f"/api/v1/events/{planned.pk}/outcome").json()
        assert report["settable"] is False
    assert Target.objects.get().value == 0.8


def test_only_the_teams_organisers_set_and_read(client: Client, planned: Event) -> None:
    eve = Client()
    eve.force_login(make_organiser("eve@example.org"))
    for stranger, status in ((eve, 404), (Client(), 403)):
        assert aim(stranger, planned, SOON).status_code == status
        for path in ("outcome", "outcome.csv"):
            answer = stranger.get(f"/api/v1/events/{planned.pk}/{path}")
            assert answer.status_code == status
    assert Target.objects.count() == 0


def test_of_a_deleted_evening_nothing_is_told_any_more(client: Client, planned: Event) -> None:
    delete_event(event=planned)
    answers = [
        client.get(f"/api/v1/events/{planned.pk}/{path}") for path in ("outcome", "outcome.csv")
    ]
    answers.append(aim(client, planned, SOON))
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(410, "gone")}


def test_a_share_equal_to_its_target_has_met_it(client: Client, planned: Event) -> None:
    aim(client, planned, SOON, PITCHED | {"value": 0.3}, {"measure": "worth", "value": 0.6})
    event = open_doors(event=planned)
    people = make_crowd(event, "ceramics", each=10)
    play_round(event)
    for person in people[:3]:
        table = Seat.objects.get(attendee=person).table
        Flag.objects.create(
            table=table, reporter=person, kind="pitched", raised_at=table.round.created_at
        )
    for i, person in enumerate(people):
        Verdict.objects.create(attendee=person, worth=i < 6)
    assert met(client, event) == {"seated_soon": True, "pitched": True, "worth": True}
    Target.objects.filter(measure="pitched").update(value=0.29)
    Target.objects.filter(measure="worth").update(value=0.61)
    assert met(client, event) == {"seated_soon": True, "pitched": False, "worth": False}


def test_one_or_two_who_felt_pitched_at_look_like_nobody(client: Client, planned: Event) -> None:
    aim(client, planned, PITCHED | {"value": 0})
    event = open_doors(event=planned)
    people = make_crowd(event, "ceramics", each=6)
    play_round(event)
    url = f"/api/v1/events/{event.pk}/outcome"
    told = []
    for person in people[:3]:
        told.append(client.get(url).content)
        table = Seat.objects.get(attendee=person).table
        Flag.objects.create(
            table=table, reporter=person, kind="pitched", raised_at=table.round.created_at
        )
    assert len(set(told)) == 1
    assert met(client, event) == {"pitched": False}


def test_nobody_came_and_nothing_is_known(client: Client, planned: Event) -> None:
    aim(client, planned, SOON, PITCHED)
    event = open_doors(event=planned)
    make_attendee(event, "Ada")
    assert met(client, event) == {"seated_soon": None, "pitched": None}


def test_the_database_refuses_a_target_twice_or_beyond_a_share(planned: Event) -> None:
    Target.objects.create(event=planned, measure="worth", value=1)
    for measure, value in (("worth", 0.5), ("pitched", 1.5), ("pitched", -0.5)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(event=planned, measure=measure, value=value)
