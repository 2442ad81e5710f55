"""What a round consists of, before it is on: its times, its tables, a draft that is thrown away; and rolling tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from matching.models import Mixer, Round, Seat, Table
from matching.selectors import current_round
from matching.services.acting import organiser_acts, round_on
from matching.services.telling import tell_clock, tell_console, tell_new_round
from tablemates.live.publish import publish, ring_bell
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from matching.adapter import RoomPlan
    from matching.core import Reason


def change_times(*, event: Event, version: int, changes: dict[str, int], by: str = "") -> Mixer:
    """Change the length of rounds (8-60 minutes) or of the gap before them; rounds that are on keep theirs."""
    with organiser_acts(event, version, by) as act:
        act.note("times_changed")
        mixer = act.mixer
        for name, value in changes.items():
            setattr(mixer, name, value)
        mixer.save()
        publish(
            stream=event.pk, type="mixer.changed", audiences={"console": tell_console(mixer, [])}
        )
    return mixer


def set_rolling(*, event: Event, version: int, on: bool, by: str = "") -> Mixer:
    """Let tables open while people arrive, or stop that. Asking for what is already so changes nothing."""
    with organiser_acts(event, version, by) as act:
        act.note("rolling_started" if on else "rolling_stopped")
        mixer = act.mixer
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


def discard_draft(*, round: Round, version: int, by: str = "") -> Mixer:
    """Throw a draft away."""
    event = round.mixer.event
    with organiser_acts(event, version, by) as act:
        act.note("round_discarded", round=expect_draft(round).number)
        throw_away_draft(act.mixer)
    return act.mixer


def throw_away_draft(mixer: Mixer) -> bool:
    """Delete the draft inside an act, if there is one, and tell organisers; says whether there was one."""
    gone = drop_draft(mixer)
    if gone:
        told = tell_console(mixer, [])
        told["unset"] = gone
        publish(stream=mixer.event_id, type="round.discarded", audiences={"console": told})
    return bool(gone)


def save_tables(round: Round, plan: RoomPlan, table_of: NDArray[Any]) -> list[Table]:
    """Write a seating as tables and seats; returns the tables for the payloads.

    Tables have the numbers of the plan; alike ones are numbered on from those there are.
    """
    tables = _open_tables(round, plan, plan.reasons(table_of))
    seats = [
        Seat(round=round, table=tables[t], attendee=plan.people[i])
        for i, t in enumerate(table_of.tolist())
        if t >= 0
    ]
    Seat.objects.bulk_create(seats)
    for table in tables.values():
        table.taken = [seat for seat in seats if seat.table_id == table.pk]  # type: ignore[attr-defined]
    return list(tables.values())


def _open_tables(round: Round, plan: RoomPlan, reasons: Sequence[Reason]) -> dict[int, Table]:
    """A row for each table that has people, by its index in the plan. A number that was used before is used again."""
    first = (round.tables.aggregate(last=Max("number"))["last"] or 0) + 1
    tables = {
        t: Table(
            round=round,
            number=plan.numbers[t] if plan.numbers else first + t,
            topic=plan.topic_of(reason),
            why=plan.why(reason),
            shared=reason.shared_by_all,
        )
        for t, reason in enumerate(reasons)
        if reason.size
    }
    known = dict(round.tables.values_list("number", "pk"))
    for table in tables.values():
        table.pk = known.get(table.number, table.pk)
    names = ["topic", "why", "shared", "pinned", "left_short"]
    Table.objects.bulk_create(
        tables.values(), update_conflicts=True, unique_fields=["id"], update_fields=names
    )
    return tables


def expect_draft(round: Round) -> Round:
    """The draft as it is now; refuses if it is none any more."""
    fresh = Round.objects.select_related("mixer__event").filter(pk=round.pk).first()
    if fresh is None or fresh.status != Round.Status.DRAFT:
        raise Refusal(
            "not_a_draft", _("This is not a draft any more. Look at the rounds as they are.")
        )
    return fresh


def drop_draft(mixer: Mixer) -> list[str]:
    """Delete the draft, if any; returns the console's paths of what is gone."""
    draft = mixer.rounds.filter(status=Round.Status.DRAFT).first()
    if draft is None:
        return []
    gone = [f"rounds/{draft.pk}", *(f"tables/{table.pk}" for table in draft.tables.all())]
    draft.delete()
    return gone
