"""The ledger keeps its own order, whoever writes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from checkin.models import CheckIn
from checkin.services import check_in, check_out, console_station, poster_station
from tests.rows import make_attendee, make_event, make_nonce

if TYPE_CHECKING:
    from events.models import Attendee


def write(attendee: Attendee | None, outcome: str, turn: int | None, nonce: str = "") -> CheckIn:
    """A row past every service: only the database can refuse it."""
    event = attendee.event if attendee else make_event()
    with transaction.atomic():
        return CheckIn.objects.create(
            event=event,
            station=poster_station(event),
            attendee=attendee,
            nonce=nonce or make_nonce(),
            outcome=outcome,
            turn=turn,
            at=timezone.now(),
            answer={},
        )


@pytest.mark.django_db
def test_entries_and_exits_in_turn_are_accepted() -> None:
    ada = make_attendee(make_event())
    written = [("entry", 1), ("exit", 2), ("entry", 3), ("already_in", None), ("exit", 4)]
    for outcome, turn in written:
        write(ada, outcome, turn)
    assert ada.checkins.count() == len(written)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome", "turn"),
    [
        ("entry", 2),
        ("entry", 0),
        ("entry", None),
        ("exit", 0),
        ("exit", 1),
        ("exit", 3),
        ("exit", None),
        ("already_in", 2),
        ("unknown", 1),
    ],
)
def test_database_refuses_a_turn_that_does_not_fit_the_outcome(
    outcome: str, turn: int | None
) -> None:
    ada = make_attendee(make_event())
    with pytest.raises(IntegrityError, match="checkin_entries_odd_exits_even"):
        write(ada, outcome, turn)


@pytest.mark.django_db
def test_database_refuses_two_entries_without_an_exit_between() -> None:
    ada = make_attendee(make_event())
    write(ada, "entry", 1)
    with pytest.raises(IntegrityError):
        write(ada, "entry", 1)
    with pytest.raises(IntegrityError):
        write(ada, "entry", 2)


@pytest.mark.django_db
def test_database_refuses_an_entry_of_nobody() -> None:
    with pytest.raises(IntegrityError, match="checkin_entries_odd_exits_even"):
        write(None, "entry", 1)


@pytest.mark.django_db
def test_database_refuses_a_second_row_with_the_same_nonce() -> None:
    ada = make_attendee(make_event())
    write(ada, "entry", 1, "one-attempt")
    with pytest.raises(IntegrityError):
        write(ada, "exit", 2, "one-attempt")


PEOPLE = 3
deeds = st.tuples(
    st.sampled_from(["in", "in by name", "out"]),
    st.integers(0, PEOPLE - 1),
    # Few nonces, so that many are sent again, with the same deed or another.
    st.sampled_from([f"nonce-{n:03}" for n in range(12)]),
)


class AnyEvening(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(deeds, max_size=30))
    def test_presence_follows_from_the_ledger_and_a_nonce_has_one_answer(
        self, evening: list[tuple[str, int, str]]
    ) -> None:
        event = make_event()
        people = [make_attendee(event, f"Person {n}") for n in range(PEOPLE)]
        answers: dict[str, CheckIn] = {}
        for deed, who, nonce in evening:
            row = self.do(deed, people[who], nonce)
            assert answers.setdefault(nonce, row) == row
            assert answers[nonce].answer == row.answer
        assert event.checkins.count() == len(answers)
        for person in people:
            self.check(person)

    def do(self, deed: str, person: Attendee, nonce: str) -> CheckIn:
        event = person.event
        station = console_station(event, "Door")
        if deed == "out":
            return check_out(event=event, station=station, nonce=nonce, attendee=person)
        if deed == "in by name":
            return check_in(event=event, station=station, nonce=nonce, attendee=person)
        text = person.tickets.get().secret
        return check_in(event=event, station=station, nonce=nonce, text=text)

    def check(self, person: Attendee) -> None:
        turns = list(person.checkins.filter(turn__isnull=False).order_by("turn"))
        assert [row.turn for row in turns] == list(range(1, len(turns) + 1))
        assert [row.outcome for row in turns] == (["entry", "exit"] * len(turns))[: len(turns)]
        is_in = bool(turns) and turns[-1].outcome == "entry"
        person.refresh_from_db()
        assert person.present_since == (turns[-1].at if is_in else None)
