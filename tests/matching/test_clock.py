"""The clock of a round: exact, by the server's time, and the same after a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from matching.models import Change, Round
from matching.runner import tend as tend_event
from matching.selectors import mixer_of
from matching.services import (
    change_times,
    draft_round,
    end_round,
    extend_round,
    pause_round,
    publish_round,
    resume_round,
    set_rolling,
    start_round,
    tend_clock,
)
from matching.services.acting import organiser_acts
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.rows import make_crowd, make_event

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


class Clock:
    """The server's time, as far as a test lets it go."""

    def __init__(self) -> None:
        self.began = self.time = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def at(self, minutes: float) -> datetime:
        return self.began + timedelta(minutes=minutes)

    def go_to(self, minutes: float) -> None:
        self.time = self.at(minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


@pytest.fixture
def on(clock: Clock) -> Round:
    """A round published at minute 0: gap of 3, talk of 15."""
    event = make_event()
    make_crowd(event, "farming", "chess")
    round = draft_round(event=event, version=0)
    publish_round(round=round, version=1)
    return Round.objects.get(pk=round.pk)


def act(service: Callable[..., Any], round: Round, **more: Any) -> Round:
    service(round=round, version=mixer_of(round.mixer.event).version, **more)
    return Round.objects.get(pk=round.pk)


def refused(service: Callable[..., Any], round: Round, **more: Any) -> str:
    before = Round.objects.filter(pk=round.pk).values().get(), Message.objects.count()
    with pytest.raises(Refusal) as caught:
        act(service, round, **more)
    assert (Round.objects.filter(pk=round.pk).values().get(), Message.objects.count()) == before
    assert caught.value.status == 409
    return caught.value.code


def tend(round: Round) -> bool:
    return tend_clock(event=round.mixer.event)


def times(round: Round) -> tuple[datetime | None, datetime | None, datetime | None]:
    return round.starts_at, round.ends_at, round.paused_at


def test_talk_begins_after_the_gap_and_lasts_as_long_as_a_round(on: Round, clock: Clock):
    assert (on.published_at, *times(on)) == (clock.at(0), clock.at(3), clock.at(18), None)


def test_changed_times_hold_from_the_next_round_on(on: Round, clock: Clock):
    event = on.mixer.event
    version = mixer_of(event).version
    change_times(event=event, version=version, changes={"round_minutes": 10, "gap_minutes": 0})
    assert times(Round.objects.get(pk=on.pk)) == (clock.at(3), clock.at(18), None)
    act(end_round, on)
    after = draft_round(event=event, version=version + 2)
    assert times(act(publish_round, after)) == (clock.at(0), clock.at(10), None)


def test_start_begins_the_talk_now_at_full_length(on: Round, clock: Clock):
    clock.go_to(1)
    assert times(act(start_round, on)) == (clock.at(1), clock.at(16), None)


def test_start_after_the_talk_began_is_refused(on: Round, clock: Clock):
    clock.go_to(3)
    assert refused(start_round, on) == "already_started"


def test_start_out_of_a_paused_gap_begins_the_talk_however_long_the_clock_stood(
    on: Round, clock: Clock
):
    clock.go_to(2)
    act(pause_round, on)
    clock.go_to(30)
    assert times(act(start_round, on)) == (clock.at(30), clock.at(45), None)


def test_pause_in_the_gap_moves_start_and_end(on: Round, clock: Clock):
    clock.go_to(1)
    assert act(pause_round, on).paused_at == clock.at(1)
    clock.go_to(5)
    assert times(act(resume_round, on)) == (clock.at(7), clock.at(22), None)


def test_pause_in_the_talk_moves_the_end_alone(on: Round, clock: Clock):
    clock.go_to(10)
    act(pause_round, on)
    clock.go_to(60)
    assert times(act(resume_round, on)) == (clock.at(3), clock.at(68), None)


def test_two_pauses_add_up(on: Round, clock: Clock):
    for begin, end in ((4, 6), (10, 15)):
        clock.go_to(begin)
        act(pause_round, on)
        clock.go_to(end)
        act(resume_round, on)
    assert Round.objects.get(pk=on.pk).ends_at == clock.at(25)


def test_second_pause_and_a_resume_without_one_are_refused(on: Round):
    assert refused(resume_round, on) == "not_paused"
    act(pause_round, on)
    assert refused(pause_round, on) == "already_paused"


def test_extension_moves_the_end_by_its_minutes_also_while_paused(on: Round, clock: Clock):
    assert act(extend_round, on, minutes=2).ends_at == clock.at(20)
    act(pause_round, on)
    assert act(extend_round, on, minutes=30).ends_at == clock.at(50)


def test_end_ends_a_paused_round_too_and_only_once(on: Round):
    act(pause_round, on)
    ended = act(end_round, on)
    assert (ended.status, ended.paused_at) == ("done", None)
    for service in (end_round, pause_round, resume_round, start_round):
        assert refused(service, on) == "not_on"
    assert refused(extend_round, on, minutes=2) == "not_on"


def test_early_end_is_the_end_and_a_round_that_never_began_keeps_its_times(on: Round, clock: Clock):
    before = times(on)
    clock.go_to(2)
    assert times(act(end_round, on)) == before
    draft = draft_round(event=on.mixer.event, version=mixer_of(on.mixer.event).version)
    second = act(publish_round, draft)
    clock.go_to(9)
    assert times(act(end_round, second)) == (clock.at(5), clock.at(9), None)


def test_draft_and_rolling_tables_have_no_clock_to_turn(on: Round):
    event = on.mixer.event
    draft = draft_round(event=event, version=mixer_of(event).version)
    assert refused(pause_round, draft) == "not_on"
    act(end_round, on)
    set_rolling(event=event, version=mixer_of(event).version, on=True)
    assert refused(end_round, Round.objects.get(kind="rolling")) == "not_on"


def test_clock_ends_the_round_at_its_last_moment_and_not_before(on: Round, clock: Clock):
    clock.go_to(17.99)
    assert tend(on) is False
    clock.go_to(18)
    assert tend(on) is True
    assert Round.objects.get(pk=on.pk).status == "done"
    assert tend(on) is False


def test_clock_does_not_end_a_paused_round_until_the_rest_is_over(on: Round, clock: Clock):
    clock.go_to(17)
    act(pause_round, on)
    clock.go_to(500)
    assert tend(on) is False
    act(resume_round, on)
    clock.go_to(500.99)
    assert tend(on) is False
    clock.go_to(501)
    assert tend(on) is True


def test_organiser_who_extends_just_after_the_end_is_told(on: Round, clock: Clock):
    seen = mixer_of(on.mixer.event).version
    clock.go_to(18)
    tend(on)
    with pytest.raises(Refusal) as caught:
        extend_round(round=on, version=seen, minutes=2)
    assert caught.value.code == "version_conflict"


def test_clock_goes_on_where_it_was_after_the_server_was_away(on: Round, clock: Clock):
    clock.go_to(5)
    act(pause_round, on)
    act(resume_round, on)
    before = times(Round.objects.get(pk=on.pk))
    assert times(Round.objects.get(pk=on.pk)) == before == (clock.at(3), clock.at(18), None)
    clock.go_to(17.99)
    tend_event(on.mixer.event_id)
    assert Round.objects.get(pk=on.pk).status == "published"
    # Away when the time was up: the first look afterwards ends the round.
    clock.go_to(45)
    tend_event(on.mixer.event_id)
    ended = Round.objects.get(pk=on.pk)
    assert (ended.status, ended.ends_at) == ("done", clock.at(18))


def test_what_the_clock_did_is_written_down_without_a_name(on: Round, clock: Clock):
    clock.go_to(18)
    tend(on)
    change = Change.objects.latest("version")
    assert (change.by, change.kind, change.params) == ("", "round_ended", {"round": 1})


def test_every_act_on_the_clock_is_written_down_with_who_did_it(on: Round):
    for service in (start_round, pause_round, resume_round):
        act(service, on, by="Ada")
    act(extend_round, on, minutes=2, by="Bob")
    act(end_round, on, by="Bob")
    done = Change.objects.filter(version__gt=2).values_list("by", "kind", "params")
    assert list(done) == [
        ("Ada", "round_started", {"round": 1}),
        ("Ada", "round_paused", {"round": 1}),
        ("Ada", "round_resumed", {"round": 1}),
        ("Bob", "round_extended", {"round": 1, "minutes": 2}),
        ("Bob", "round_ended", {"round": 1}),
    ]


def test_an_act_that_is_not_written_down_is_a_mistake_and_undone(on: Round):
    event = on.mixer.event
    with pytest.raises(RuntimeError), organiser_acts(event, 2):
        Round.objects.filter(pk=on.pk).update(number=9)
    assert (mixer_of(event).version, Round.objects.get(pk=on.pk).number) == (2, 1)


def test_clock_of_rolling_tables_and_of_no_round_never_ends():
    event = make_event()
    assert tend_clock(event=event) is False
    set_rolling(event=event, version=0, on=True)
    assert tend_clock(event=event) is False
