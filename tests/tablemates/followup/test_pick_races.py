"""Two at once, where only the lock keeps picks right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from events.models import Block
from tablemates.followup import services
from tablemates.followup.models import IntroduceMe, Pick
from tablemates.refusals import Refusal
from tests.phones import Phone, end, make_people, reveal, sat_down
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from events.models import Attendee

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[None]:
    with database_of_threads(tmp_path):
        yield


def pick(picker: Attendee, picked: Attendee) -> Callable[[], None]:
    return lambda: services.pick(picker=picker, picked_id=picked.pk)


def codes(answers: list[Refusal | None]) -> list[str]:
    return sorted(answer.code if answer else "" for answer in answers)


def test_several_picks_at_once_stay_within_the_limit() -> None:
    ada, *others = sat_down(6)
    answers = at_once(*[pick(ada, other) for other in others])
    assert codes(answers) == ["", "", "enough_picks", "enough_picks", "enough_picks"]
    assert ada.picks.count() == 2


def test_the_same_pick_twice_at_once_is_one() -> None:
    ada, bo, *_ = sat_down()
    assert codes(at_once(*[pick(ada, bo)] * 4)) == [""] * 4
    assert Pick.objects.count() == 1


def test_two_who_pick_each_other_at_once_are_introduced() -> None:
    ada, bo, *_ = sat_down()
    assert codes(at_once(pick(ada, bo), pick(bo, ada))) == ["", ""]
    reveal(ada.event)
    for person, other in ((ada, bo), (bo, ada)):
        assert [one["id"] for one in Phone(person).afterwards()["introductions"]] == [str(other.pk)]


def test_a_block_beside_a_pick_leaves_no_pick() -> None:
    ada, bo, *_ = sat_down()
    answers = at_once(
        pick(ada, bo), lambda: services.block(blocker=bo, blocked_id=ada.pk), pick(ada, bo)
    )
    assert set(codes(answers)) <= {"", "not_found"}
    assert (Pick.objects.count(), Block.objects.count()) == (0, 1)


def test_requests_sent_at_once_stay_within_three() -> None:
    ada, bo, *_ = make_people()
    ask = [lambda: services.ask_to_meet(asker=ada, name=bo.name)] * 5
    answers = at_once(*ask)
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert {one.code for one in refused} == {"enough_requests"}
    assert IntroduceMe.objects.count() == 3


def test_yes_and_no_to_one_request_at_once_are_one_answer() -> None:
    ada, bo, cleo = sat_down(3)
    end(ada.event)
    ada.event.refresh_from_db()
    request = services.ask_to_meet(asker=ada, name=bo.name)
    assert request.via == cleo
    answers = at_once(
        *[
            lambda yes=yes: services.answer_request(attendee=cleo, request_id=request.pk, yes=yes)
            for yes in (True, False)
        ]
    )
    assert codes(answers) == ["", "not_found"]
    request.refresh_from_db()
    assert request.status in ("with_target", "declined")
