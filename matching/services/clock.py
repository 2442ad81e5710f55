"""The clock of a round that is on. The server's time is the truth, so a restart changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.services import end_event
from matching.models import Round, Wish
from matching.services.acting import act_on, lock_mixer, organiser_acts, round_on
from matching.services.rounds import throw_away_draft
from matching.services.telling import tell_clock, tell_console, tell_wish
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from events.models import Event
    from matching.models import Mixer


def start_round(*, round: Round, version: int, by: str = "") -> Mixer:
    """Begin the talk now instead of at the end of the gap."""
    with organiser_acts(round.mixer.event, version, by) as act:
        round, now = _expect_on(round), timezone.now()
        starts, ends = _times(round)
        if starts <= (round.paused_at or now):
            raise Refusal("already_started", _("The talk has begun already."))
        round.starts_at, round.ends_at, round.paused_at = now, now + (ends - starts), None
        act.note("round_started", round=round.number)
        _save(act.mixer, round, "round.started")
    return act.mixer


def pause_round(*, round: Round, version: int, by: str = "") -> Mixer:
    """Stop the clock."""
    with organiser_acts(round.mixer.event, version, by) as act:
        round = _expect_on(round)
        if round.paused_at:
            raise Refusal("already_paused", _("The clock stands already."))
        round.paused_at = timezone.now()
        act.note("round_paused", round=round.number)
        _save(act.mixer, round, "round.paused")
    return act.mixer


def resume_round(*, round: Round, version: int, by: str = "") -> Mixer:
    """Let the clock go on where it stood."""
    with organiser_acts(round.mixer.event, version, by) as act:
        round = _expect_on(round)
        if not round.paused_at:
            raise Refusal("not_paused", _("The clock is running."))
        starts, ends = _times(round)
        stood = timezone.now() - round.paused_at
        if round.paused_at < starts:
            round.starts_at = starts + stood
        round.ends_at, round.paused_at = ends + stood, None
        act.note("round_resumed", round=round.number)
        _save(act.mixer, round, "round.resumed")
    return act.mixer


def extend_round(*, round: Round, version: int, minutes: int, by: str = "") -> Mixer:
    """Give everyone some minutes more."""
    with organiser_acts(round.mixer.event, version, by) as act:
        round = _expect_on(round)
        round.ends_at = _times(round)[1] + timedelta(minutes=minutes)
        act.note("round_extended", round=round.number, minutes=minutes)
        _save(act.mixer, round, "round.extended")
    return act.mixer


def end_round(*, round: Round, version: int, by: str = "") -> Mixer:
    """End the talk now."""
    with organiser_acts(round.mixer.event, version, by) as act:
        round = _expect_on(round)
        act.note("round_ended", round=round.number)
        _end(act.mixer, round)
    return act.mixer


def end_evening(*, event: Event, version: int, by: str = "") -> Event:
    """End whatever round is on, throw away a draft, and close the doors for good."""
    with organiser_acts(event, version, by) as act:
        act.note("evening_ended")
        ended, mixer = end_event(event=event), act.mixer
        discarded = throw_away_draft(mixer)
        if current := round_on(mixer):
            _end(mixer, current)
        elif not discarded:
            told = {"console": tell_console(mixer, [])}
            publish(stream=event.pk, type="mixer.changed", audiences=told)
    return ended


def tend_clock(*, event: Event) -> bool:
    """End the round whose time is up; says whether it did. Called by the matcher at every tick."""
    with transaction.atomic():
        mixer = lock_mixer(event)
        current = round_on(mixer)
        if not current or not current.ends_at or current.paused_at:
            return False
        if current.ends_at > timezone.now():
            return False
        # An organiser who presses "+2 min" at this very moment is told that it is over.
        with act_on(mixer) as act:
            act.note("round_ended", round=current.number)
            _end(mixer, current)
        return True


def _end(mixer: Mixer, round: Round) -> None:
    round.status, round.paused_at = Round.Status.DONE, None
    now = timezone.now()
    # Who waits, waits from here on. A round that never began keeps the times it would have had.
    if round.starts_at and round.ends_at and round.starts_at < now < round.ends_at:
        round.ends_at = now
    # Who sat it out is asked for the next one again.
    over = Wish.objects.filter(round=round)
    people = list(over.values_list("attendee_id", flat=True))
    over.delete()
    _save(mixer, round, "round.ended", people)


def _save(mixer: Mixer, round: Round, type: str, wished: Iterable[UUID] = ()) -> None:
    round.save()
    told = tell_clock(mixer, round)
    for person in wished:
        tell_wish(told, person, None)
    publish(stream=mixer.event_id, type=type, audiences=told)


def _expect_on(round: Round) -> Round:
    fresh = Round.objects.select_related("mixer__event").filter(pk=round.pk).first()
    if fresh is None or fresh.status != Round.Status.PUBLISHED or fresh.ends_at is None:
        raise Refusal("not_on", _("This round is not on. Look at the rounds as they are."))
    return fresh


def _times(round: Round) -> tuple[datetime, datetime]:
    """Start and end of a timed round that is on; the database keeps both set."""
    if round.starts_at is None or round.ends_at is None:
        raise ValueError(f"round {round.pk} has no clock")
    return round.starts_at, round.ends_at
