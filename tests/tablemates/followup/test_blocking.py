"""To have nothing to do with somebody: at once, both ways, without a trace and without a word."""

from __future__ import annotations

import pytest

from events.models import Attendee, Block
from matching.models import Seat, Wish
from tablemates.followup.models import IntroduceMe, Pick
from tablemates.followup.services import ask_to_meet, block, unblock
from tablemates.live.models import Message
from tests.phones import Phone, end, make_people, reveal, sat_down, sit_together
from tests.room import come, play_round, tables, tend
from tests.rows import make_event

pytestmark = pytest.mark.django_db


def test_a_block_erases_picks_and_ends_requests_between_the_two_and_no_others() -> None:
    ada, bo, cleo = sat_down(3)
    for picker, picked in ((ada, bo), (bo, ada), (ada, cleo), (cleo, bo)):
        Pick.objects.create(picker=picker, picked=picked)
    for asker, target in ((ada, bo), (bo, ada), (bo, cleo)):
        IntroduceMe.objects.create(asker=asker, target=target, name=target.name)
    block(blocker=ada, blocked_id=bo.pk)
    assert {(one.picker, one.picked) for one in Pick.objects.all()} == {(ada, cleo), (cleo, bo)}
    # To their askers they look as before: whether one has come to nothing is told to nobody.
    status = {(one.asker, one.target): one.status for one in IntroduceMe.objects.all()}
    assert status == {(ada, bo): "declined", (bo, ada): "declined", (bo, cleo): "waiting"}


def test_taking_it_back_brings_no_pick_back() -> None:
    ada, bo = sat_down(2)
    Pick.objects.create(picker=ada, picked=bo)
    Pick.objects.create(picker=bo, picked=ada)
    block(blocker=ada, blocked_id=bo.pk)
    unblock(blocker=ada, blocked_id=bo.pk)
    reveal(ada.event)
    page = Phone(ada).afterwards()
    assert (len(page["tablemates"]), page["introductions"], page["blocked"]) == (1, [], [])


def test_whom_one_was_introduced_to_without_a_table_can_be_blocked_too() -> None:
    ada, bo = make_people(2)
    IntroduceMe.objects.create(asker=bo, target=ada, name="Ada Lovelace", status="accepted")
    phone = Phone(ada)
    assert phone.put(f"blocks/{bo.pk}").status == 204
    assert phone.afterwards()["introductions"] == Phone(bo).afterwards()["introductions"] == []


def test_strangers_oneself_and_who_blocked_one_first_are_as_unknown_as_nobody() -> None:
    ada, bo, cleo = make_people(3)
    sit_together(ada, bo)
    block(blocker=bo, blocked_id=ada.pk)
    phone = Phone(ada)
    answers = {
        phone.put(f"blocks/{pk}") for pk in (bo.pk, cleo.pk, ada.pk, ada.event.pk, make_event().pk)
    }
    assert len(answers) == 1
    assert answers.pop().status == 404
    assert {phone.delete(f"blocks/{pk}").status for pk in (bo.pk, cleo.pk, ada.event.pk)} == {204}
    assert [(one.blocker, one.blocked) for one in Block.objects.all()] == [(bo, ada)]


def test_whoever_was_asked_about_the_two_hears_that_it_is_settled_and_nobody_else() -> None:
    ada, bo, cleo = sat_down(3)
    end(ada.event)
    ask_to_meet(asker=ada, name="Bo Diddley")
    asked = IntroduceMe.objects.get()
    assert asked.via == cleo
    block(blocker=bo, blocked_id=ada.pk)
    told = Message.objects.order_by("seq").last()
    assert told
    assert {name: said["set"] for name, said in told.audiences.items()} == {
        f"attendee:{pk}": {"request": None} for pk in (bo.pk, cleo.pk)
    }


def test_a_block_without_requests_is_told_to_nobody() -> None:
    ada, bo, *_rest = sat_down()
    block(blocker=ada, blocked_id=bo.pk)
    assert not Message.objects.filter(type__startswith="request").exists()
    seen = Message.objects.count()
    block(blocker=ada, blocked_id=bo.pk)
    assert Message.objects.count() == seen


def test_at_a_table_that_is_on_the_one_who_blocks_gets_another_seat_at_once() -> None:
    event = make_event(table_size=4, table_max=5)
    come(event, *[(name, "tea" if i < 4 else "ink") for i, name in enumerate("ABCDEFGH")])
    play_round(event)
    a, b = Attendee.objects.get(name="A"), Attendee.objects.get(name="B")
    phone = Phone(a)
    assert phone.put(f"blocks/{b.pk}").status == 204
    state = phone.client.get("/api/v1/me/snapshot").json()["state"]
    assert (state["seat"], state["wish"]["kind"]) == (None, "draw_me_in")
    tend(event)
    assert sorted(tables(event).values()) == [["A", "E", "F", "G", "H"], ["B", "C", "D"]]
    assert Seat.objects.filter(attendee=b, left_at=None).count() == 1
    assert not Wish.objects.exists()


def test_a_block_after_the_evening_moves_nobody() -> None:
    ada, bo = sat_down(2)
    end(ada.event)
    block(blocker=ada, blocked_id=bo.pk)
    assert not Wish.objects.exists()
