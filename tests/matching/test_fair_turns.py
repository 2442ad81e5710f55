"""Too few chairs: nobody sits out twice before all have once, whoever comes, goes or sits out by wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from matching.models import LeftOut
from matching.services import end_round, make_wish
from tests.room import come, lay, leave, play_round, tables, tend, version
from tests.rows import arrive, make_event

if TYPE_CHECKING:
    from events.models import Attendee, Event

TOPICS = ("farming", "chess", "opera")


def turns(event: Event) -> dict[Any, int]:
    """How often each who is here was left out."""
    here = event.attendees.exclude(present_since=None)
    return {
        person.pk: LeftOut.objects.filter(attendee=person).count() for person in here.order_by("pk")
    }


class ShortOfChairs(TestCase):
    """Several rounds in a room with fewer chairs than people."""

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(people=st.integers(6, 11), rounds=st.integers(2, 4))
    def test_turns_of_who_stays_all_evening_differ_by_one_at_most(
        self, people: int, rounds: int
    ) -> None:
        event = _short_of_chairs()
        _come(event, people)
        for _round in range(rounds):
            _play(event)
            assert max(turns(event).values()) - min(turns(event).values()) <= 1
        assert sum(turns(event).values()) == rounds * max(0, people - 8)

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        evening=st.lists(
            st.tuples(st.integers(0, 2), st.integers(0, 10), st.booleans()), min_size=3, max_size=4
        )
    )
    def test_nobody_sits_out_again_while_somebody_is_seated_who_never_has(
        self, evening: list[tuple[int, int, bool]]
    ) -> None:
        event = _short_of_chairs()
        crowd = _come(event, 11)
        for late, which, rests in evening:
            person = event.attendees.get(pk=crowd[which].pk)
            if rests and person.present_since:
                make_wish(attendee=person, kind="sit_out")
            elif person.present_since:
                leave(person)
            else:
                arrive(person)
            _come(event, late)
            before = turns(event)
            seated = _play(event)
            again = [pk for pk, times in turns(event).items() if times > before[pk] > 0]
            never = [pk for pk in seated if before[pk] == 0]
            assert not again or not never


def _short_of_chairs() -> Event:
    event = make_event(table_size=4, table_max=4)
    lay(event, 4, 4)
    return event


def _come(event: Event, count: int) -> list[Attendee]:
    first = event.attendees.count()
    names = [(f"P{n}", TOPICS[n % len(TOPICS)]) for n in range(first, first + count)]
    return come(event, *names)


def _play(event: Event) -> list[Any]:
    """A round from its draft to its end; who had a seat in it."""
    on = play_round(event)
    tend(event)
    assert all(len(people) >= event.table_min for people in tables(event).values())
    seated = list(on.seats.filter(left_at=None).values_list("attendee_id", flat=True))
    end_round(round=on, version=version(event))
    return seated
