"""Whatever organisers do with drafts while people come and go, every seat, pin and figure stays true."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from events.models import Attendee
from matching.core import MaxIterations
from matching.models import Change, LeftOut, Round, Seat, Table, Wish
from matching.selectors import seatable
from matching.services import (
    Move,
    draft_round,
    drafting,
    end_round,
    make_wish,
    move_person,
    pin_person,
    pin_table,
    publish_round,
    resolve_round,
    undo_publish,
)
from tablemates.refusals import Refusal
from tests.room import lay, leave, tend, version
from tests.rows import arrive, make_attendee, make_event

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = 14
TOPICS = ("farming", "chess", "opera")
CHAIRS = {1: 5, 2: 3, 3: 5, 4: 0, 5: 5}
"""Of the tables of the venue; the fourth is closed."""
whom = st.integers(0, PEOPLE - 1)
place = st.integers(1, 5)


def drafted(room: Room) -> bool:
    """Whether there is a draft to act on."""
    return room.round("draft") is not None


def on(room: Room) -> bool:
    """Whether a round is on."""
    return room.round("published") is not None


class Room(RuleBasedStateMachine):
    """Fourteen people, most of them here; with or without a venue."""

    venue = False

    def __init__(self) -> None:
        super().__init__()
        self.event = make_event(table_size=4, table_max=5)
        if self.venue:
            lay(self.event, 5, 3, 5)
            lay(self.event, 5, closed=True)
            lay(self.event, 5, features=["quiet"])
        needs: dict[int, list[str]] = {3: ["stay"], 4: ["quiet"]}
        self.people = [
            make_attendee(
                self.event,
                f"P{n}",
                TOPICS[n % 3],
                host=n < 2,
                first_timer=n > 10,
                needs=needs.get(n, []),
            )
            for n in range(PEOPLE)
        ]
        for person in self.people[:12]:
            arrive(person)
        self.before_publish: tuple[Any, ...] | None = None
        draft_round(event=self.event, version=0)

    # ------------------------------------------------------------------------------------------ people

    @rule(n=whom)
    def come_or_leave(self, n: int) -> None:
        person = self.person(n)
        (leave if person.present_since else arrive)(person)

    @rule(n=whom, kind=st.sampled_from(["sit_out", "draw_me_in", None]))
    def wish(self, n: int, kind: str | None) -> None:
        self.act(lambda: make_wish(attendee=self.person(n), kind=kind), "not_here")

    @rule()
    def look(self) -> None:
        tend(self.event)

    # -------------------------------------------------------------------------------------- organisers

    @precondition(lambda self: not drafted(self))
    @rule()
    def draft(self) -> None:
        asked = {"event": self.event, "version": version(self.event)}
        self.act(lambda: draft_round(**asked), "not_enough_people", "no_legal_split")
        self.before_publish = None

    @precondition(lambda self: drafted(self) or on(self))
    @rule(n=whom, to=st.integers(0, 5))
    def move(self, n: int, to: int) -> None:
        round = self.the_round("draft", "published")
        table = round.tables.filter(number=to).first()
        was = self.places(round)
        codes = ("not_here", "sitting_out", "table_full", "table_closed")
        self.on_round(move_person, round, *codes, move=Move(self.person(n), table), confirmed=True)
        now, pk = self.places(round), self.people[n].pk
        others = {person: number for person, number in was.items() if person != pk}
        assert {person: number for person, number in now.items() if person != pk} == others
        self.before_publish = None

    @precondition(drafted)
    @rule(n=whom, m=whom)
    def swap(self, n: int, m: int) -> None:
        round = self.the_round("draft")
        seat = round.seats.filter(attendee=self.people[m]).first()
        if seat is None or n == m:
            return
        was = self.places(round)
        move = Move(self.person(n), seat.table, self.person(m))
        codes = ("not_here", "sitting_out", "table_closed")
        if self.on_round(move_person, round, *codes, move=move):
            now, one, other = self.places(round), self.people[n].pk, self.people[m].pk
            assert (now.get(one), now.get(other)) == (was.get(other), was.get(one))

    @precondition(drafted)
    @rule(n=whom, on=st.sampled_from([True, True, False]))
    def pin(self, n: int, on: bool) -> None:
        round, person = self.the_round("draft"), self.person(n)
        self.on_round(pin_person, round, "not_seated", attendee=person, on=on)

    @precondition(drafted)
    @rule(number=place, on=st.booleans())
    def pin_a_table(self, number: int, on: bool) -> None:
        round = self.the_round("draft")
        if table := round.tables.filter(number=number).first():
            self.on_round(pin_table, round, table=table, on=on)

    @precondition(drafted)
    @rule()
    def resolve(self) -> None:
        round = self.the_round("draft")
        willing = set(seatable(self.event).values_list("pk", flat=True))
        pinned = Seat.objects.filter(round=round, pinned=True, attendee__in=willing)
        pins = dict(pinned.values_list("attendee_id", "table__number"))
        whole = Seat.objects.filter(round=round, table__pinned=True, attendee__in=willing)
        tables = dict(whole.values_list("attendee_id", "table_id"))
        moved_out = drafting.kept_out(round)
        if not self.on_round(resolve_round, round, "not_enough_people", "no_legal_split"):
            return
        now = self.places(round)
        self.before_publish = None
        assert set(now) <= willing - moved_out
        seats = Seat.objects.filter(round=round, table__pinned=True)
        assert dict(seats.values_list("attendee_id", "table_id")) == tables
        laid = set(now.values())
        at = Counter(pins.values())
        fits = {number for number in at if at[number] <= self.chairs(number)}
        kept = {pk: number for pk, number in pins.items() if number in laid & fits}
        assert {pk: now.get(pk) for pk in kept} == kept

    @precondition(lambda self: drafted(self) and not on(self))
    @rule()
    def publish(self) -> None:
        round = self.the_round("draft")
        drawn = self.drafted(round)
        small = {n for n, size in self.sizes(round).items() if size < self.event.table_min}
        if not self.on_round(publish_round, round, "draft_outdated"):
            return
        self.before_publish = drawn
        willing = set(seatable(self.event, round).values_list("pk", flat=True))
        assert set(self.places(round)) <= willing
        short = {n for n, size in self.sizes(round).items() if size < self.event.table_min}
        assert short <= small
        left_out = LeftOut.objects.filter(round=round).values_list("attendee_id", flat=True)
        assert set(left_out) == willing - set(self.places(round))

    @precondition(lambda self: drafted(self) and not on(self))
    @rule()
    def publish_too_soon(self) -> None:
        self.publish()
        if on(self):
            tend(self.event)
            self.undo()

    @precondition(lambda self: on(self) and not drafted(self))
    @rule()
    def undo(self) -> None:
        round = self.the_round("published")
        self.on_round(undo_publish, round)
        if self.before_publish:
            assert self.drafted(round) == self.before_publish
        assert not LeftOut.objects.filter(round=round).exists()
        assert not Wish.objects.filter(round=round).exists()

    @precondition(on)
    @rule()
    def end(self) -> None:
        round = self.the_round("published")
        self.on_round(end_round, round)
        assert not Wish.objects.filter(round=round).exists()

    # -------------------------------------------------------------------------------------- what holds

    @invariant()
    def everybody_sits_once_at_a_table_that_is_large_enough(self) -> None:
        for round in Round.objects.filter(mixer__event=self.event):
            seats = round.seats.filter(left_at=None)
            people = list(seats.values_list("attendee_id", flat=True))
            assert len(people) == len(set(people))
            assert {seat.table.round_id for seat in seats.select_related("table")} <= {round.pk}
            for number, size in self.sizes(round).items():
                assert size <= self.chairs(number)

    @invariant()
    def a_draft_tells_the_truth_about_itself(self) -> None:
        if not (draft := self.round("draft")):
            return
        sizes = self.sizes(draft)
        assert draft.quality["seated"] == sum(sizes.values())
        assert draft.quality["tables"] == len(sizes)
        for table in draft.tables.all():
            assert table.why["size"] == sizes.get(table.number, 0)
        short = sum(size < self.event.table_min for size in sizes.values())
        told = [note["n"] for note in draft.notes if note.get("rule") == "size"]
        assert sum(told) == short

    @invariant()
    def every_act_is_written_down(self) -> None:
        changes = Change.objects.filter(mixer__event=self.event)
        versions = list(changes.values_list("version", flat=True))
        assert versions == list(range(1, version(self.event) + 1))

    # ------------------------------------------------------------------------------------------- looks

    def person(self, n: int) -> Attendee:
        return Attendee.objects.select_related("event").get(pk=self.people[n].pk)

    def round(self, *status: str) -> Round | None:
        rounds = Round.objects.filter(mixer__event=self.event, status__in=status)
        return rounds.select_related("mixer__event").first()

    def the_round(self, *status: str) -> Round:
        round = self.round(*status)
        assert round
        return round

    def chairs(self, number: int) -> int:
        # A table that an organiser fills by hand is one of the round; without a venue it is like all others.
        return CHAIRS[number] if self.venue else 5

    def places(self, round: Round) -> dict[Any, int]:
        seats = Seat.objects.filter(round=round, left_at=None)
        return dict(seats.values_list("attendee_id", "table__number"))

    def sizes(self, round: Round) -> dict[int, int]:
        return dict(Counter(self.places(round).values()))

    def drafted(self, round: Round) -> tuple[Any, ...]:
        """A draft to the last seat and figure."""
        names = ("id", "number", "topic", "why", "shared", "pinned")
        tables = list(Table.objects.filter(round=round).values_list(*names))
        seats = Seat.objects.filter(round=round).order_by("pk")
        fresh = Round.objects.get(pk=round.pk)
        figures = (fresh.status, fresh.quality, fresh.random, fresh.notes, fresh.starts_at)
        return (*figures, tables, list(seats.values_list("attendee", "table", "pinned")))

    def on_round(
        self, service: Callable[..., Any], round: Round, *refusals: str, **more: Any
    ) -> bool:
        """Whether an act on a round is done, and not refused by one of these codes."""
        asked = {"round": round, "version": version(self.event), **more}
        return self.act(lambda: service(**asked), *refusals)

    def act(self, act: Callable[[], Any], *refusals: str) -> bool:
        before = self.state()
        try:
            act()
        except Refusal as no:
            if no.code not in refusals:
                raise
            assert self.state() == before
            return False
        return True

    def state(self) -> tuple[Any, ...]:
        seats = Seat.objects.filter(round__mixer__event=self.event).order_by("pk")
        return version(self.event), list(seats.values_list("round", "table", "attendee", "pinned"))


class FurnishedRoom(Room):
    """The same with tables of its own: one of them closed, one quiet, one small."""

    venue = True


@pytest.mark.parametrize("room", [Room, FurnishedRoom])
def test_no_edit_breaks_a_draft_or_a_round(
    room: type[Room], db: None, monkeypatch: pytest.MonkeyPatch
):
    # Iterations instead of seconds, and few of them: it is not about how good the tables are.
    monkeypatch.setattr(drafting, "MaxRuntime", lambda _seconds: MaxIterations(20))
    evenings = settings(
        max_examples=10,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(room, settings=evenings)
