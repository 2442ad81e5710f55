"""The ledger keeps its own order, whoever writes to it, and whenever."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from checkin.models import CheckIn
from checkin.services import DeviceScan, check_in, check_out, console_station, poster_station, undo
from events.models import Event
from tablemates.refusals import Refusal
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from events.models import Attendee


def write(attendee: Attendee | None, outcome: str, turn: int | None, **more: Any) -> CheckIn:
    """A row past every service: only the database can refuse it."""
    event = attendee.event if attendee else make_event()
    row = {
        "event": event,
        "station": poster_station(event),
        "nonce": make_nonce(),
        "act": "out" if outcome in ("exit", "not_in") else "in",
        "at": timezone.now(),
        "happened_at": timezone.now(),
        "answer": {},
    }
    with transaction.atomic():
        return CheckIn.objects.create(
            **{**row, "attendee": attendee, "outcome": outcome, "turn": turn, **more}
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
    [("entry", 2), ("entry", 0), ("exit", 0), ("exit", 1), ("exit", 3), ("already_in", 1)],
)
def test_database_refuses_a_turn_that_does_not_fit_the_outcome(outcome: str, turn: int) -> None:
    ada = make_attendee(make_event())
    with pytest.raises(IntegrityError, match="checkin_entries_odd_exits_even"):
        write(ada, outcome, turn)


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["entry", "exit"])
def test_database_refuses_a_live_entry_or_exit_out_of_turn(outcome: str) -> None:
    ada = make_attendee(make_event())
    with pytest.raises(IntegrityError, match="checkin_live_entries_and_exits_in_turn"):
        write(ada, outcome, None)
    assert write(ada, outcome, None, device_at=timezone.now()).turn is None


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
    with pytest.raises(IntegrityError, match="checkin_live_entries_and_exits_in_turn"):
        write(None, "entry", 1)


@pytest.mark.django_db
def test_database_refuses_a_second_row_with_the_same_nonce() -> None:
    ada = make_attendee(make_event())
    write(ada, "entry", 1, nonce="one-attempt")
    with pytest.raises(IntegrityError):
        write(ada, "exit", 2, nonce="one-attempt")


@pytest.mark.django_db
def test_database_refuses_an_undo_of_nothing_and_a_second_undo_of_one_row() -> None:
    ada = make_attendee(make_event())
    entry = write(ada, "entry", 1)
    with pytest.raises(IntegrityError, match="checkin_undo_names_a_row"):
        write(ada, "undone", 2, act="undo")
    write(ada, "undone", 2, act="undo", undoes=entry)
    with pytest.raises(IntegrityError):
        write(ada, "undone", 3, act="undo", undoes=entry)


@pytest.mark.django_db
def test_rows_are_never_changed() -> None:
    entry = arrive(make_attendee(make_event()))
    entry.outcome = "exit"
    with pytest.raises(TypeError, match="append-only"):
        entry.save()


PEOPLE = 3
NONCES = [f"nonce-{n:03}" for n in range(12)]


def do(deed: str, person: Attendee, nonce: str) -> CheckIn | None:
    """One deed at the door; None for an undo with nothing to take back."""
    event = person.event
    station = console_station(event, "Door")
    if deed == "undo":
        return take_back(person.checkins.filter(counts=True).order_by("-at").first(), nonce)
    if deed == "out":
        return check_out(event=event, station=station, nonce=nonce, attendee=person)
    if deed == "in by name":
        return check_in(event=event, station=station, nonce=nonce, attendee=person)
    text = person.tickets.get().secret
    return check_in(event=event, station=station, nonce=nonce, text=text)


def take_back(row: CheckIn | None, nonce: str) -> CheckIn | None:
    if row is None:
        return None
    olga = row.event.team.organisers.get()
    station = console_station(row.event, "Door")
    with suppress(Refusal):
        return undo(checkin=row, station=station, organiser=olga, nonce=nonce)
    return None


def is_in_by_turns(person: Attendee) -> bool:
    """What the numbered rows say, by a reckoning of their own: they are numbered without gaps, odd ones let in."""
    turns = list(person.checkins.filter(turn__isnull=False).order_by("turn"))
    assert [row.turn for row in turns] == list(range(1, len(turns) + 1))
    return len(turns) % 2 == 1


class AnyEvening(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["in", "in by name", "out", "undo"]),
                st.integers(0, PEOPLE - 1),
                # Few nonces, so that many are sent again, with the same deed or another.
                st.sampled_from(NONCES),
            ),
            max_size=30,
        )
    )
    def test_presence_follows_from_the_ledger_and_a_nonce_has_one_answer(
        self, evening: list[tuple[str, int, str]]
    ) -> None:
        event = make_event(make_organiser().team)
        people = [make_attendee(event, f"Person {n}") for n in range(PEOPLE)]
        answers: dict[str, CheckIn] = {}
        for deed, who, nonce in evening:
            row = do(deed, people[who], nonce)
            if row is not None:
                assert answers.setdefault(nonce, row) == row
                assert answers[nonce].answer == row.answer
        assert event.checkins.count() == len(answers)
        for person in people:
            person.refresh_from_db()
            assert (person.present_since is not None) == is_in_by_turns(person)

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            # Minute, deed, person, and whether an organiser takes it back.
            st.tuples(
                st.integers(0, 30),
                st.sampled_from(["in", "out"]),
                st.integers(0, PEOPLE - 1),
                st.booleans(),
            ),
            max_size=10,
        ),
        st.randoms(use_true_random=False),
    )
    def test_scans_of_devices_in_any_order_with_replays_and_undos_end_in_the_same_presence(
        self, seen: list[tuple[int, str, int, bool]], luck: Any
    ) -> None:
        one, other = Evening(seen), Evening(seen)
        deeds = [*range(len(seen)), *range(len(seen))]
        for n in deeds:
            one.bring(n)
        luck.shuffle(deeds)
        for n in deeds:
            other.bring(n)
        assert one.presence() == other.presence()
        assert one.presence() == [one.expected(who) for who in range(PEOPLE)]


class Evening:
    """What devices saw without network, to be brought in any order."""

    def __init__(self, seen: list[tuple[int, str, int, bool]]) -> None:
        self.seen = seen
        self.event = make_event(make_organiser(f"{make_nonce()}@example.org").team)
        self.doors = timezone.now() - timedelta(hours=2)
        Event.objects.filter(pk=self.event.pk).update(opened_at=self.doors)
        self.people = [make_attendee(self.event, f"Person {n}") for n in range(PEOPLE)]

    def bring(self, n: int) -> None:
        """Bring the n-th, once or again; an organiser takes it back as soon as it is there."""
        minute, deed, who, undone = self.seen[n]
        moment = self.doors + timedelta(minutes=minute)
        act: Callable[..., CheckIn] = check_in if deed == "in" else check_out
        row = act(
            event=self.event,
            station=console_station(self.event, "Door"),
            nonce=f"device-scan-{n:03}",
            attendee=self.people[who],
            device=DeviceScan(at=moment, happened_at=moment, shown=""),
        )
        if undone:
            take_back(row, f"device-undo-{n:03}")

    def presence(self) -> list[datetime | None]:
        """Minutes after doors since when each person is in."""
        rows = [self.event.attendees.get(pk=person.pk) for person in self.people]
        for person in rows:
            assert (person.present_since is not None) == is_in_by_turns(person)
        return [row.present_since and row.present_since - self.doors for row in rows]

    def expected(self, who: int) -> timedelta | None:
        """By hand: the steps that stand, by minute and nonce."""
        since = None
        for minute, deed, person, undone in (self.seen[n] for n in self.by_time()):
            if person == who and not undone:
                since = (
                    None
                    if deed == "out"
                    else (timedelta(minutes=minute) if since is None else since)
                )
        return since

    def by_time(self) -> list[int]:
        return sorted(range(len(self.seen)), key=lambda n: (self.seen[n][0], n))
