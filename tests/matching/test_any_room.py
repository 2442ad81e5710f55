"""Whatever people and organisers do in a room of known tables while tables roll, nobody's seat breaks a rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from events.models import Attendee
from matching.models import Errand, Seat, Table, Wish
from matching.services import (
    finish_errand,
    make_wish,
    remedy_table,
    seat_now,
    send_host,
    set_rolling,
)
from matching.services.placing import PATIENCE
from tablemates.refusals import Refusal
from tests.room import lay, leave, tend, version
from tests.rows import arrive, make_attendee, make_event

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = 12
TOPICS = ("farming", "chess", "opera")
CHAIRS = {1: 5, 2: 3, 3: 5}
whom = st.integers(0, PEOPLE - 1)


class Room(RuleBasedStateMachine):
    """Four tables, one of them closed and one without steps; a dozen people, two of them hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.event = make_event(table_size=4, table_max=5)
        lay(self.event, 5, 3)
        lay(self.event, 5, features=["step_free"])
        lay(self.event, 5, closed=True)
        set_rolling(event=self.event, version=0, on=True)
        self.people = [
            make_attendee(
                self.event,
                f"P{n}",
                TOPICS[n % 3],
                host=n < 2,
                needs=["step_free"] if n == 5 else ["stay"] if n == 6 else [],
            )
            for n in range(PEOPLE)
        ]
        self.places: dict[Any, int] = {}

    def person(self, n: int) -> Attendee:
        return Attendee.objects.select_related("event").get(pk=self.people[n].pk)

    @rule(n=whom)
    def come_or_leave(self, n: int) -> None:
        person = self.person(n)
        (leave if person.present_since else arrive)(person)

    @rule(n=whom, kind=st.sampled_from(["sit_out", "draw_me_in", None]))
    def wish(self, n: int, kind: str | None) -> None:
        self._act(lambda: make_wish(attendee=self.person(n), kind=kind), "not_here")

    @rule(n=whom)
    def seat(self, n: int) -> None:
        codes = ("not_here", "sitting_out", "already_seated", "no_free_seat")
        self._act(lambda: seat_now(attendee=self.person(n), version=version(self.event)), *codes)

    @rule(n=whom)
    def send(self, n: int) -> None:
        codes = ("not_here", "sitting_out", "already_seated", "no_free_host", "host_under_way")
        self._act(lambda: send_host(attendee=self.person(n), version=version(self.event)), *codes)

    @rule()
    def finish(self) -> None:
        for errand in Errand.objects.filter(mixer__event=self.event, done_at=None):
            finish_errand(errand=errand)

    @rule(number=st.integers(1, 3), remedy=st.sampled_from(["merge", "top_up", "leave"]))
    def remedy(self, number: int, remedy: str) -> None:
        table = Table.objects.filter(round__mixer__event=self.event, number=number).first()
        if table is None:
            return
        before = self.seats()
        done = self._act(
            lambda: remedy_table(table=table, version=version(self.event), remedy=remedy),
            "not_short",
            "no_free_chairs",
            "nobody_to_spare",
        )
        if done:
            moved = {move.attendee.pk: move.new for move in done[1]}
            assert self.seats() == before | moved
            self.places |= moved

    @rule()
    def lose_patience(self) -> None:
        here = self.event.attendees.filter(present_since__isnull=False)
        here.update(present_since=F("present_since") - PATIENCE)

    @rule()
    def look(self) -> None:
        tend(self.event)
        here = set(self.event.attendees.exclude(present_since=None).values_list("pk", flat=True))
        assert set(self.seats()) <= here
        over = Wish.objects.filter(attendee__event=self.event).exclude(attendee__in=here)
        assert not over.exists()

    @invariant()
    def seats_break_no_rule(self) -> None:
        seats = self.seats()
        here = self.event.attendees.exclude(present_since=None).values_list("pk", flat=True)
        sizes = Counter(seats[pk] for pk in here if pk in seats)
        assert all(count <= CHAIRS[number] for number, count in sizes.items())
        resting = Wish.objects.filter(kind="sit_out").values_list("attendee_id", flat=True)
        assert not set(seats) & set(resting)
        assert seats.get(self.people[5].pk, 3) == 3

    @invariant()
    def nobody_who_sits_is_moved(self) -> None:
        seats = self.seats()
        still = seats.keys() & self.places.keys()
        assert {pk: seats[pk] for pk in still} == {pk: self.places[pk] for pk in still}
        self.places = seats

    def seats(self) -> dict[Any, int]:
        """Table numbers by attendee id."""
        seats = Seat.objects.filter(round__mixer__event=self.event, left_at=None)
        return dict(seats.values_list("attendee_id", "table__number"))

    def _act(self, act: Callable[[], Any], *refusals: str) -> Any:
        """What an act gives, None if it is refused by one of these codes; then nothing has changed."""
        before = self.seats(), version(self.event)
        try:
            return act()
        except Refusal as no:
            code = no.code
        assert code in refusals
        assert (self.seats(), version(self.event)) == before
        return None


def test_no_evening_breaks_a_rule(db: None) -> None:
    evenings = settings(
        max_examples=10,
        stateful_step_count=30,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Room, settings=evenings)
