"""Scans that a device brings together end as they would have one by one."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from checkin.batch import Batch
from checkin.models import CheckIn, Conflict, Station
from checkin.services import DeviceScan, check_in, check_out, console_station, refuse_check_in
from checkin.telling import tell_together
from events.models import Event
from tablemates.live.models import Message
from tests.rows import arrive, make_attendee, make_event

if TYPE_CHECKING:
    from events.models import Attendee


class Scan(NamedTuple):
    deed: str
    who: int
    by_name: bool
    nonce: str
    minute: int
    shown: str


scans = st.builds(
    Scan,
    st.sampled_from(["in", "out", "refused"]),
    st.integers(0, 4),
    st.booleans(),
    # Few nonces and moments, so that many are sent again, and many fall together.
    st.sampled_from([f"nonce-of-scan-{n:03}" for n in range(14)]),
    st.integers(0, 6),
    st.sampled_from(["entry", "unknown"]),
)
STATUSES = ["registered", "registered", "cancelled", "blocked"]


class Evening:
    """An event with people of every kind; the last of them holds no ticket that there is."""

    def __init__(self) -> None:
        self.start = timezone.now() - timedelta(hours=1)
        self.event = make_event()
        Event.objects.filter(pk=self.event.pk).update(opened_at=self.start + timedelta(seconds=90))
        self.event.refresh_from_db()
        self.people = [
            make_attendee(self.event, f"Person {n}", "Poetry", status=status)
            for n, status in enumerate(STATUSES)
        ]
        self.station = console_station(self.event, "Door")

    def bring(self, scan: Scan, batch: Batch | None = None) -> None:
        moment = self.start + timedelta(minutes=scan.minute)
        known = scan.who < len(self.people)
        person = self.people[scan.who] if known and scan.by_name else None
        deed = {"in": check_in, "out": check_out, "refused": refuse_check_in}[scan.deed]
        deed(
            event=self.event,
            station=self.station,
            nonce=scan.nonce,
            text="" if person else self.text_of(scan),
            attendee=person,
            device=DeviceScan(moment, moment, scan.shown, batch),
        )

    def text_of(self, scan: Scan) -> str:
        if scan.who >= len(self.people):
            return "rubbish"
        ticket = self.people[scan.who].tickets.get()
        # A short code as people type it.
        return f"{ticket.code[:4]}-{ticket.code[4:]}".lower() if scan.minute % 2 else ticket.secret

    def bring_together(self, queue: list[Scan]) -> None:
        batch = Batch(
            self.event,
            texts=[self.text_of(scan) for scan in queue],
            people=[str(person.pk) for person in self.people],
            nonces=[scan.nonce for scan in queue],
        )
        for scan in queue:
            self.bring(scan, batch)
        batch.write()
        tell_together(batch)

    def ledger(self) -> list[tuple[Any, ...]]:
        rows = self.event.checkins.order_by("nonce")
        return [
            (
                row.nonce,
                row.act,
                row.outcome,
                row.counts,
                row.turn,
                row.happened_at - self.start,
                row.shown,
                row.answer["message"],
                "since" in row.answer,
                Conflict.objects.filter(checkin=row).exists(),
            )
            for row in rows
        ]

    def presence(self) -> list[timedelta | None]:
        since = self.event.attendees.order_by("name").values_list("present_since", flat=True)
        return [moment and moment - self.start for moment in since]


class AnyQueue(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(scans, max_size=14), st.lists(scans, max_size=6))
    def test_together_is_as_one_by_one(self, queue: list[Scan], later: list[Scan]) -> None:
        one, other = Evening(), Evening()
        for part in (queue, later):
            for scan in part:
                one.bring(scan)
            other.bring_together(part)
        assert one.ledger() == other.ledger()
        assert one.presence() == other.presence()


def bring_all(event: Event, people: list[Attendee]) -> None:
    station, now = Station.objects.get(kind="console"), timezone.now()
    batch = Batch(
        event,
        texts=[],
        people=[str(person.pk) for person in people],
        nonces=[f"nonce-{person.name}" for person in people],
    )
    for person in people:
        check_in(
            event=event,
            station=station,
            nonce=f"nonce-{person.name}",
            attendee=person,
            device=DeviceScan(now, now, "entry", batch),
        )
    batch.write()
    tell_together(batch)


@pytest.mark.django_db
def test_as_many_as_come_together_are_as_many_statements(
    django_assert_max_num_queries: Any,
) -> None:
    event = make_event()
    console_station(event, "Door")
    people = [make_attendee(event, f"Person {n}", "Poetry") for n in range(40)]
    with django_assert_max_num_queries(20):
        bring_all(event, people)
    assert CheckIn.objects.filter(outcome="entry", turn=1).count() == 40


@pytest.mark.django_db
def test_room_is_told_once_and_each_person_of_themselves() -> None:
    event = make_event()
    console_station(event, "Door")
    here, *others = [make_attendee(event, f"Person {n}", "Poetry") for n in range(3)]
    arrive(here)
    before = Message.objects.count()
    bring_all(event, [here, *others])
    of_all, of_each = list(Message.objects.order_by("seq"))[before:]
    assert set(of_all.audiences) == {"console", "screen", "phones"}
    assert of_all.audiences["phones"]["set"]["room"]["present"] == 3
    told = of_all.audiences["console"]["set"]
    kinds = Counter(path.partition("/")[0] for path in told)
    assert kinds == {"checkins": 3, "conflicts": 1, "attendees": 2}
    assert set(of_each.audiences) == {f"attendee:{person.pk}" for person in others}
