"""Planning a round: the search for a draft, and what a draft is worth after somebody has changed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from matching.adapter import plan_room
from matching.core import (
    MaxRuntime,
    NotEnoughPeople,
    Seating,
    Unsolvable,
    quality,
    random_seating,
    solve,
)
from matching.models import Round
from matching.selectors import seatable, tables_with_people
from matching.services.acting import organiser_acts
from matching.services.holding import hold_pins
from matching.services.noting import kept_out, kept_out_note, notes_on, one_more_table, still_true
from matching.services.parting import apart_or_out
from matching.services.rounds import drop_draft, expect_draft, save_tables
from matching.services.telling import tell_console
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from matching.adapter import RoomPlan
    from matching.core import Problem, Reason
    from matching.models import Mixer, Table

SOLVE_SECONDS_PER_PERSON = 0.01
SOLVE_SECONDS = (0.1, 2.0)
NOTES_SHARE = 0.25
"""Of that time, what goes into finding out what one more table would change."""
NOBODY = {"holders": 0, "size": 0, "help": None}


def draft_round(*, event: Event, version: int, by: str = "") -> Round:
    """Plan the next round for everyone who wants a seat; it takes the place of an older draft. Only organisers see it.

    The search runs outside any transaction; the plan is kept only if nobody else acted meanwhile.
    """
    if event.phase != Event.Phase.OPEN:
        raise Refusal("not_open", _("The doors are not open. Open them first."))
    plan = plan_room(event, list(seatable(event)))
    try:
        solved = _solve(plan, seed=version)
    except Unsolvable as problem:
        raise _refusal(problem, plan.problem) from problem
    with organiser_acts(event, version, by) as act:
        gone = drop_draft(act.mixer)
        last = act.mixer.rounds.aggregate(last=Max("number"))["last"] or 0
        act.note("round_drafted", round=last + 1)
        draft = Round.objects.create(
            mixer=act.mixer,
            number=last + 1,
            kind=Round.Kind.TIMED,
            status=Round.Status.DRAFT,
            quality=quality(plan.problem, solved.seating).as_dict(),
            random=_random(plan, seed=version),
            notes=solved.notes,
        )
        tables = save_tables(draft, plan, solved.seating.table_of)
        _tell(act.mixer, draft, tables, "round.drafted", gone)
    return draft


def resolve_round(*, round: Round, version: int, by: str = "") -> Mixer:
    """Solve a draft again for who wants a seat now.

    Tables that are pinned are left as they are, people who are pinned keep their table, and whom an organiser has moved
    out stays out.
    """
    event = round.mixer.event
    pinned = _Pinned(expect_draft(round))
    plan = pinned.plan_the_rest(event)
    try:
        solved = _solve(plan, seed=version) if plan.people else None
    except Unsolvable as problem:
        raise _refusal(problem, plan.problem, beside=len(pinned.tables)) from problem
    with organiser_acts(event, version, by) as act:
        draft = expect_draft(round)
        act.note("round_resolved", round=draft.number)
        gone = pinned.clear_the_rest(draft)
        if solved:
            save_tables(draft, plan, solved.seating.table_of)
            pinned.pin_again(draft)
            if not pinned.tables:
                draft.random = _random(plan, seed=version)
                draft.notes = [*kept_out_note(draft), *solved.notes]
        tables = recount(draft, set(draft.tables.values_list("number", flat=True)))
        _tell(act.mixer, draft, tables, "round.resolved", gone)
    return act.mixer


class _Pinned:
    """What solving a draft again leaves as it is."""

    def __init__(self, draft: Round) -> None:
        self.draft = draft
        self.tables = set(draft.tables.filter(pinned=True).values_list("number", flat=True))
        seats = draft.seats.values_list("attendee_id", "table__number", "pinned")
        self.at_tables = {person for person, table, _ in seats if table in self.tables}
        self.people: dict[UUID, int] = {
            person: table for person, table, pinned in seats if pinned and table not in self.tables
        }

    def plan_the_rest(self, event: Event) -> RoomPlan:
        """The room without the tables that are pinned and who sits there."""
        stays = self.at_tables | kept_out(self.draft)
        people = [person for person in seatable(event) if person.pk not in stays]
        here = {person.pk for person in people}
        pins = {person: table for person, table in self.people.items() if person in here}
        return plan_room(event, people, pins=pins, closed=self.tables)

    def clear_the_rest(self, draft: Round) -> list[str]:
        """Delete all other tables, and the seats of who is gone from those that stay; returns the console's paths."""
        others = draft.tables.exclude(number__in=self.tables)
        gone = [f"tables/{pk}" for pk in others.values_list("pk", flat=True)]
        others.delete()
        draft.seats.exclude(attendee__in=seatable(draft.mixer.event)).delete()
        return gone

    def pin_again(self, draft: Round) -> None:
        """Pin those anew who were pinned and sit where they did; whose table is not there any more is free."""
        for number in set(self.people.values()):
            people = [person for person, table in self.people.items() if table == number]
            seats = draft.seats.filter(table__number=number, attendee__in=people)
            seats.update(pinned=True)


def recount(draft: Round, numbers: Collection[int]) -> list[Table]:
    """Say anew what a draft that was changed is worth, and why the tables of these numbers sit together.

    Returns these tables, ready for the payloads.
    """
    plan, seating, order = _look_at(draft)
    for table, reason in _reasons(plan, seating, order):
        if table.number in numbers:
            table.topic = plan.topic_of(reason) if reason else None
            table.why = plan.why(reason) if reason else NOBODY
            table.shared = bool(reason and reason.shared_by_all)
            table.save()
    now = quality(plan.problem, seating)
    found = [*notes_on(plan, seating), *still_true(draft.notes, now), *kept_out_note(draft)]
    draft.notes, draft.quality = found, now.as_dict()
    draft.save(update_fields=["quality", "random", "notes"])
    return list(tables_with_people(draft.tables.filter(number__in=numbers)))


def _reasons(
    plan: RoomPlan, seating: Seating, order: Sequence[Table]
) -> list[tuple[Table, Reason | None]]:
    """Each table of a draft with why it sits together; None where nobody sits."""
    numbers = plan.numbers or tuple(table.number for table in order)
    reasons = dict(zip(numbers, plan.reasons(seating.table_of), strict=False))
    found = [(table, reasons.get(table.number)) for table in order]
    return [(table, reason if reason and reason.size else None) for table, reason in found]


def _look_at(draft: Round) -> tuple[RoomPlan, Seating, list[Table]]:
    """A draft in the solver's words, and its tables by number."""
    event = draft.mixer.event
    order = list(draft.tables.select_related("topic").order_by("number"))
    seats = draft.seats.values_list("attendee_id", "table__number", "pinned")
    at = {person: number for person, number, _ in seats}
    here = list(seatable(event))
    # Who has left or sits out since is in the draft until it is published.
    gone = at.keys() - {person.pk for person in here}
    if gone:
        here += event.attendees.filter(pk__in=gone).prefetch_related("interests")
    pins = {person: number for person, number, pinned in seats if pinned}
    laid = [table.number for table in order]
    plan = plan_room(event, here, pins=pins, tables=laid, in_haste=True)
    numbers = plan.numbers or tuple(table.number for table in order)
    place = {number: i for i, number in enumerate(numbers)}
    table_of = [place[at[person.pk]] if person.pk in at else -1 for person in here]
    return plan, Seating(np.array(table_of, dtype=np.intp), 0.0), order


@dataclass(frozen=True)
class Solved:
    """A plan for the next round, and what to know."""

    seating: Seating
    notes: list[dict[str, Any]]


def _solve(plan: RoomPlan, seed: int) -> Solved:
    problem = plan.problem
    low, high = SOLVE_SECONDS
    seconds = min(max(low, SOLVE_SECONDS_PER_PERSON * problem.n), high)

    def search(room: Problem) -> Seating:
        found = solve(room, stop=MaxRuntime((1 - NOTES_SHARE) * seconds), seed=seed)
        return hold_pins(room, found)

    seating = apart_or_out(problem, plan.apart, search)
    more = one_more_table(problem, seating, stop=MaxRuntime(NOTES_SHARE * seconds), seed=seed)
    return Solved(seating, [*notes_on(plan, seating), *more])


def _random(plan: RoomPlan, seed: int) -> dict[str, float]:
    """What seating the same people at random is worth."""
    return quality(plan.problem, random_seating(plan.problem, seed=seed)).as_dict()


def _refusal(error: Unsolvable, problem: Problem, beside: int = 0) -> Refusal:
    """Why people cannot be seated, in words that say what to do next; `beside` so many tables that are pinned."""
    words = {
        "n": problem.n,
        "least": problem.table_min,
        "most": problem.table_max,
        # There may be enough people, but for those who keep away from each other.
        "missing": max(1, problem.table_min - problem.n),
    }
    if beside:
        message = ngettext(
            "%(n)d person beside the pinned tables has no table to sit at. Unpin a table, then solve again.",
            "%(n)d people beside the pinned tables have no tables to sit at. Unpin a table, then solve again.",
            problem.n,
        )
    elif isinstance(error, NotEnoughPeople):
        message = ngettext(
            "%(n)d person is here and a table needs at least %(least)d: wait for %(missing)d more.",
            "%(n)d people are here and a table needs at least %(least)d: wait for %(missing)d more.",
            problem.n,
        )
    else:
        message = _(
            "%(n)d people cannot sit at tables of %(least)d to %(most)d. "
            "Allow other sizes in the settings, or add chairs to the plan of the room."
        )
    return Refusal(error.code, message % words)


def _tell(mixer: Mixer, draft: Round, tables: Sequence[Table], type: str, gone: list[str]) -> None:
    told = tell_console(mixer, [draft], tables)
    told["unset"] = gone
    publish(stream=mixer.event_id, type=type, audiences={"console": told})
