"""Who met whom, and who is introduced to whom: what reports, reminders and memory are made of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from events.models import Attendee, Block, Event
from matching.models import Round, Seat
from tablemates.followup.models import IntroduceMe, Pick
from tablemates.followup.selectors import (
    due_at,
    grace_until,
    introduction_with,
    introductions,
    pairs_introduced,
    pairs_together,
    people_of,
    reveal_at,
)
from tablemates.refusals import Refusal
from tests.phones import end, make_people, reveal, sat_down, sit_together

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.django_db


def pair(one: Attendee, other: Attendee) -> tuple[UUID, UUID]:
    return min(one.pk, other.pk), max(one.pk, other.pk)


def fresh(person: Attendee) -> Attendee:
    return Attendee.objects.select_related("event").get(pk=person.pk)


def mutual(one: Attendee, other: Attendee) -> None:
    Pick.objects.create(picker=one, picked=other)
    Pick.objects.create(picker=other, picked=one)


def test_before_the_end_there_are_no_hours() -> None:
    (ada,) = make_people(1)
    assert [moment(ada.event) for moment in (reveal_at, due_at, grace_until)] == [None] * 3


def test_pairs_together_are_all_who_shared_a_table_since_they_did_first() -> None:
    ada, bo, cleo, dee = make_people(4)
    first = sit_together(ada, bo, cleo)
    second = sit_together(ada, bo, dee)
    draft = sit_together(cleo, dee)
    Round.objects.filter(pk=draft.round_id).update(
        status="draft", published_at=None, starts_at=None, ends_at=None
    )
    since = {
        table: Seat.objects.filter(table=table).order_by("seated_at") for table in (first, second)
    }
    assert pairs_together(ada.event) == {
        pair(ada, bo): since[first][1].seated_at,
        pair(ada, cleo): since[first][2].seated_at,
        pair(bo, cleo): since[first][2].seated_at,
        pair(ada, dee): since[second][2].seated_at,
        pair(bo, dee): since[second][2].seated_at,
    }


def test_who_left_before_another_came_did_not_meet_them() -> None:
    ada, bo, cleo = make_people(3)
    table = sit_together(ada, cleo)
    gone = timezone.now()
    Seat.objects.filter(attendee=ada).update(left_at=gone)
    Seat.objects.create(round=table.round, table=table, attendee=bo)
    assert set(people_of(ada)) == {cleo.pk}
    assert set(pairs_together(ada.event)) == {pair(ada, cleo), pair(bo, cleo)}


def test_pairs_introduced_are_mutual_picks_from_the_reveal_on_and_agreed_requests_at_once() -> None:
    ada, bo, cleo, dee = sat_down(4)
    mutual(ada, bo)
    Pick.objects.create(picker=ada, picked=cleo)
    for status, target in (("accepted", dee), ("with_target", cleo)):
        IntroduceMe.objects.create(
            asker=ada, name="x", target=target, status=status, settled_at=timezone.now()
        )
    end(ada.event)
    assert pairs_introduced(Event.objects.get(pk=ada.event_id)) == {pair(ada, dee)}
    reveal(ada.event)
    assert pairs_introduced(Event.objects.get(pk=ada.event_id)) == {
        pair(ada, dee),
        pair(ada, bo),
    }


def test_who_has_gone_or_keeps_away_is_introduced_to_nobody() -> None:
    ada, bo, cleo, dee = sat_down(4)
    for other in (bo, cleo, dee):
        mutual(ada, other)
    reveal(ada.event)
    Attendee.objects.filter(pk=bo.pk).update(status="cancelled")
    Block.objects.create(blocker=cleo, blocked=ada)
    assert pairs_introduced(Event.objects.get(pk=ada.event_id)) == {pair(ada, dee)}
    assert [one.other for one in introductions(fresh(ada))] == [dee]


def test_pairs_and_pages_agree() -> None:
    people = sat_down(5)
    ada, bo, cleo, dee, eve = people
    for one, other in ((ada, bo), (bo, cleo), (cleo, dee)):
        mutual(one, other)
    IntroduceMe.objects.create(asker=eve, name="x", target=ada, status="accepted")
    Block.objects.create(blocker=dee, blocked=cleo)
    reveal(ada.event)
    told = {pair(one, found.other) for one in people for found in introductions(fresh(one))}
    assert told == pairs_introduced(Event.objects.get(pk=ada.event_id))
    assert told == {pair(ada, bo), pair(bo, cleo), pair(ada, eve)}


def test_an_introduction_is_asked_for_by_who_is_introduced_alone() -> None:
    ada, bo, cleo, *_ = sat_down()
    mutual(ada, bo)
    reveal(ada.event)
    found = introduction_with(fresh(ada), bo.pk)
    assert (found.other, found.topic, found.via) == (bo, "Ceramics", None)
    assert found.at == reveal_at(fresh(ada).event)
    with pytest.raises(Refusal) as refused:
        introduction_with(fresh(ada), cleo.pk)
    assert (refused.value.code, refused.value.status) == ("not_found", 404)


def test_an_introduction_by_request_says_who_helped_and_when() -> None:
    ada, bo, cleo, *_ = make_people()
    agreed = timezone.now() - timedelta(minutes=5)
    IntroduceMe.objects.create(
        asker=ada,
        name="Bo",
        target=bo,
        via=cleo,
        status="accepted",
        settled_at=agreed,
        asker_shares=["email"],
        target_shares=["words", "phone"],
    )
    (to_ada,), (to_bo,) = introductions(fresh(ada)), introductions(fresh(bo))
    assert (to_ada.other, to_ada.via, to_ada.at, to_ada.topic) == (bo, cleo, agreed, "")
    assert (to_ada.shares, to_bo.shares) == (("phone", "words"), ("email",))
