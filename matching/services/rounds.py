"""The life of a round: draft, publish or discard; and rolling tables between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkin.selectors import present_attendees
from events.models import Event
from matching.adapter import RoomPlan, plan_room
from matching.core import (
    MaxRuntime,
    Unsolvable,
    quality,
    random_seating,
    solve,
)
from matching.models import Mixer, Round, Seat, Table
from matching.selectors import current_round, mixer_of
from matching.services.acting import organiser_acts, round_on
from matching.services.noting import notes_on
from matching.services.telling import tell_clock, tell_console, tell_new_round
from tablemates.live.publish import publish, ring_bell
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matching.core import Problem, Quality, Seating

SOLVE_SECONDS_PER_PERSON = 0.01
SOLVE_SECONDS = (0.3, 2.0)
NOTES_SHARE = 0.25
"""Of that time, what goes into finding out what one more table would change."""


def change_times(*, event: Event, version: int, changes: dict[str, int]) -> Mixer:
    """Change the length of rounds (8-60 minutes) or of the gap before them; rounds that are on keep theirs."""
    with organiser_acts(event, version) as mixer:
        for name, value in changes.items():
            setattr(mixer, name, value)
        mixer.save()
        publish(
            stream=event.pk, type="mixer.changed", audiences={"console": tell_console(mixer, [])}
        )
    return mixer


def set_rolling(*, event: Event, version: int, on: bool) -> Mixer:
    """Let tables open while people arrive, or stop that. Asking for what is already so changes nothing."""
    with organiser_acts(event, version) as mixer:
        current = round_on(mixer)
        if current and current.kind == Round.Kind.TIMED:
            raise Refusal("round_on", _("A round is on. End it before tables open by themselves."))
        if on and mixer.event.phase != Event.Phase.OPEN:
            raise Refusal("not_open", _("The doors are not open. Open them first."))
        if on and not current:
            before = current_round(event)
            current = Round.objects.create(
                mixer=mixer,
                number=0,
                kind=Round.Kind.ROLLING,
                status=Round.Status.PUBLISHED,
                published_at=timezone.now(),
            )
            told = tell_new_round(mixer, current, before)
            publish(stream=event.pk, type="rolling.started", audiences=told)
        elif current and not on:
            current.status = Round.Status.DONE
            current.save(update_fields=["status"])
            told = tell_clock(mixer, current)
            publish(stream=event.pk, type="rolling.stopped", audiences=told)
        else:
            told = {"console": tell_console(mixer, [])}
            publish(stream=event.pk, type="mixer.changed", audiences=told)
        ring_bell(event.pk)
    return mixer


def draft_round(*, event: Event, version: int) -> Round:
    """Plan the next round for everyone present; it takes the place of an older draft. Only organisers see it.

    The search runs outside any transaction; the plan is kept only if nobody else acted meanwhile.
    """
    mixer = mixer_of(event)
    if event.phase != Event.Phase.OPEN:
        raise Refusal("not_open", _("The doors are not open. Open them first."))
    plan = plan_room(event, list(present_attendees(event)))
    try:
        solved = _solve(plan.problem, seed=mixer.version)
    except Unsolvable as problem:
        raise Refusal(problem.code, str(problem)) from problem
    with organiser_acts(event, version) as mixer:
        gone = _drop_draft(mixer)
        last = mixer.rounds.aggregate(last=Max("number"))["last"] or 0
        draft = Round.objects.create(
            mixer=mixer,
            number=last + 1,
            kind=Round.Kind.TIMED,
            status=Round.Status.DRAFT,
            quality=solved.quality.as_dict(),
            random=solved.random.as_dict(),
            notes=solved.notes,
        )
        tables = save_tables(draft, plan, solved.seating.table_of)
        told = tell_console(mixer, [draft], tables)
        told["unset"] = gone
        publish(stream=event.pk, type="round.drafted", audiences={"console": told})
    return draft


def discard_draft(*, round: Round, version: int) -> Mixer:
    """Throw a draft away."""
    event = round.mixer.event
    with organiser_acts(event, version) as mixer:
        _expect_draft(round)
        throw_away_draft(mixer)
    return mixer


def throw_away_draft(mixer: Mixer) -> bool:
    """Delete the draft inside an act, if there is one, and tell organisers; says whether there was one."""
    gone = _drop_draft(mixer)
    if gone:
        told = tell_console(mixer, [])
        told["unset"] = gone
        publish(stream=mixer.event_id, type="round.discarded", audiences={"console": told})
    return bool(gone)


def publish_round(*, round: Round, version: int) -> Mixer:
    """Send everyone to their table: after the gap the talk begins by itself. Rolling tables end here."""
    event = round.mixer.event
    with organiser_acts(event, version) as mixer:
        round = _expect_draft(round)
        before = current_round(event)
        _expect_nobody_missing(round)
        if on := round_on(mixer):
            if on.kind == Round.Kind.TIMED:
                raise Refusal("round_on", _("Round %d is still on. End it first.") % on.number)
            on.status = Round.Status.DONE
            on.save(update_fields=["status"])
            before = on
        round.status = Round.Status.PUBLISHED
        round.published_at = timezone.now()
        round.starts_at = round.published_at + timedelta(minutes=mixer.gap_minutes)
        round.ends_at = round.starts_at + timedelta(minutes=mixer.round_minutes)
        round.save()
        told = tell_new_round(mixer, round, before)
        publish(stream=event.pk, type="round.published", audiences=told)
        ring_bell(event.pk)
    return mixer


def save_tables(round: Round, plan: RoomPlan, table_of: NDArray[Any]) -> list[Table]:
    """Write a seating as tables (numbered on from those there are) and seats; returns them for the payloads."""
    reasons = plan.reasons(table_of)
    first = (round.tables.aggregate(last=Max("number"))["last"] or 0) + 1
    tables = Table.objects.bulk_create(
        Table(
            round=round,
            number=first + i,
            topic=plan.topic_of(reason),
            reason=reason.reason,
            shared=reason.shared_by_all,
        )
        for i, reason in enumerate(reasons)
    )
    seats = [
        Seat(round=round, table=tables[t], attendee=plan.people[i])
        for i, t in enumerate(table_of)
        if t >= 0
    ]
    # Who left a table of this round and came back has a row already: the new table replaces the old.
    Seat.objects.filter(round=round, attendee__in=[seat.attendee_id for seat in seats]).delete()
    Seat.objects.bulk_create(seats)
    for table in tables:
        table.taken = [seat for seat in seats if seat.table_id == table.pk]  # type: ignore[attr-defined]
    return tables


@dataclass(frozen=True)
class Solved:
    """A plan for the next round, its figures beside those of random seating, and what to know."""

    seating: Seating
    quality: Quality
    random: Quality
    notes: list[str]


def _solve(problem: Problem, seed: int) -> Solved:
    low, high = SOLVE_SECONDS
    seconds = min(max(low, SOLVE_SECONDS_PER_PERSON * problem.n), high)
    seating = solve(problem, stop=MaxRuntime((1 - NOTES_SHARE) * seconds), seed=seed)
    notes = notes_on(problem, seating, stop=MaxRuntime(NOTES_SHARE * seconds), seed=seed)
    random = random_seating(problem, seed=seed)
    return Solved(seating, quality(problem, seating), quality(problem, random), notes)


def _expect_draft(round: Round) -> Round:
    fresh = Round.objects.filter(pk=round.pk).first()
    if fresh is None or fresh.status != Round.Status.DRAFT:
        raise Refusal(
            "not_a_draft", _("This is not a draft any more. Look at the rounds as they are.")
        )
    return fresh


def _expect_nobody_missing(round: Round) -> None:
    left = round.seats.filter(attendee__present_since__isnull=True).count()
    if left:
        raise Refusal(
            "draft_outdated",
            ngettext(
                "%(n)d person has left since this draft. Draft again, then publish.",
                "%(n)d people have left since this draft. Draft again, then publish.",
                left,
            )
            % {"n": left},
        )


def _drop_draft(mixer: Mixer) -> list[str]:
    """Delete the draft, if any; returns the console's paths of what is gone."""
    draft = mixer.rounds.filter(status=Round.Status.DRAFT).first()
    if draft is None:
        return []
    gone = [f"rounds/{draft.pk}", *(f"tables/{table.pk}" for table in draft.tables.all())]
    draft.delete()
    return gone
