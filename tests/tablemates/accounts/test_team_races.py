"""The team, by two at once: it keeps an owner, and a link makes one account."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tablemates.accounts import team as service
from tablemates.accounts.models import Organiser, Role
from tablemates.refusals import Refusal
from tests.rows import make_organiser
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def as_in_production(tmp_path: Path, db: None) -> Iterator[None]:
    with database_of_threads(tmp_path):
        yield


def codes(answers: list[Any]) -> list[str]:
    return sorted(one.code if isinstance(one, Refusal) else "done" for one in answers)


def test_two_owners_who_step_back_at_once_leave_one() -> None:
    ada = make_organiser("ada@example.org")
    bo = make_organiser("bo@example.org", ada.team)
    service.change_role(by=ada, member=bo, role=Role.OWNER)
    steps = [
        partial(service.change_role, by=one, member=one, role=Role.ORGANISER) for one in (ada, bo)
    ]
    assert codes(at_once(*steps)) == ["done", "last_owner"]
    assert ada.team.organisers.filter(role=Role.OWNER).count() == 1


def test_two_owners_who_remove_each_other_leave_one() -> None:
    ada = make_organiser("ada@example.org")
    bo = make_organiser("bo@example.org", ada.team)
    service.change_role(by=ada, member=bo, role=Role.OWNER)
    answers = at_once(
        partial(service.remove, by=ada, member=bo), partial(service.remove, by=bo, member=ada)
    )
    assert codes(answers) == ["done", "not_owner"]
    assert Organiser.objects.filter(role=Role.OWNER).count() == 1


def test_one_link_opened_by_two_makes_one_account() -> None:
    ada = make_organiser("ada@example.org")
    invitation = ada.team.invitations.create(email="grace@example.org")
    joining = [
        partial(service.join, invitation=invitation, name=name, password="nine blue herons")
        for name in ("Grace", "Eve")
    ]
    assert codes(at_once(*joining)) == ["done", "invitation_used"]
    assert Organiser.objects.filter(email="grace@example.org").count() == 1
