"""A table that has become too short: dissolved, filled up, or left as it is. Nobody moves until the organiser confirms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from matching.core import NobodyToSpare, NoFreeChairs, merge, top_up
from matching.models import Round, Table
from matching.selectors import mixer_of, tables_with_people
from matching.services.acting import organiser_acts
from matching.services.hall import look_around
from matching.services.rolling import change_tables, count_seating
from matching.services.telling import tell_seats
from matching.services.wording import reword
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from events.models import Attendee
    from matching.models import Mixer

MERGE, TOP_UP, LEAVE = "merge", "top_up", "leave"
REMEDIES = (MERGE, TOP_UP, LEAVE)
NOTES = {MERGE: "table_merged", TOP_UP: "table_topped_up", LEAVE: "table_left_short"}


@dataclass(frozen=True)
class Move:
    """Somebody who changes from one table of a round to another, by numbers."""

    attendee: Attendee
    old: int
    new: int


def preview_remedy(*, table: Table, remedy: str) -> tuple[Mixer, list[Move]]:
    """Who would move. Changes nothing."""
    table = _expect_short(table)
    return mixer_of(table.round.mixer.event), _moves(table, remedy)


def remedy_table(
    *,
    table: Table,
    version: int,
    remedy: str,
    shown: Mapping[UUID, int] | None = None,
    by: str = "",
) -> tuple[Mixer, list[Move]]:
    """Merge a short table into others, top it up from others, or leave it as it is; says who moves.

    shown: the new table's number of each person who was said to move: if others would move now, nobody does.
    """
    event = table.round.mixer.event
    with organiser_acts(event, version, by) as act:
        table = _expect_short(table)
        round = table.round
        moves = _moves(table, remedy)
        if shown is not None:
            _expect_as_shown(moves, shown)
        act.note(NOTES[remedy], round=round.number, table=table.number)
        if remedy == LEAVE:
            Table.objects.filter(pk=table.pk).update(left_short=True)
        _make(round, moves)
        numbers = {table.number, *(move.old for move in moves), *(move.new for move in moves)}
        tables = tables_with_people(round.tables.filter(number__in=numbers))
        told = tell_seats(act.mixer, round, tables)
        publish(stream=event.pk, type=NOTES[remedy].replace("_", ".", 1), audiences=told, ring=True)
    return act.mixer, moves


def _expect_short(table: Table) -> Table:
    table = Table.objects.select_related("round__mixer__event").get(pk=table.pk)
    people = table.seats.filter(left_at=None, attendee__present_since__isnull=False).count()
    least = table.round.mixer.event.table_min
    on = table.round.status == Round.Status.PUBLISHED
    if not on or table.left_short or not 0 < people < least:
        raise Refusal(
            "not_short", _("Table %d needs nothing any more. Look at it as it is.") % table.number
        )
    return table


def _moves(table: Table, remedy: str) -> list[Move]:
    if remedy == LEAVE:
        return []
    hall = look_around(table.round)
    at = hall.numbers.index(table.number)
    try:
        then = (merge if remedy == MERGE else top_up)(hall.plan.problem, hall.table_of, at)
    except NoFreeChairs as none:
        raise Refusal(
            none.code,
            _(
                "The other tables have no seats that suit all who sit here. Top this table up, or leave it."
            ),
        ) from none
    except NobodyToSpare as nobody:
        raise Refusal(
            nobody.code,
            _("No other table can give anybody away. Merge this table into others, or leave it."),
        ) from nobody
    moving = np.flatnonzero(then.table_of != hall.table_of)
    people, numbers = hall.plan.people, hall.numbers
    return [Move(people[i], numbers[hall.table_of[i]], numbers[then.table_of[i]]) for i in moving]


def _expect_as_shown(moves: list[Move], shown: Mapping[UUID, int]) -> None:
    """Arrivals are nobody's act and count no version up: what an organiser confirms is checked by itself."""
    if {move.attendee.pk: move.new for move in moves} != shown:
        raise Refusal(
            "moves_changed",
            _(
                "Somebody came or left meanwhile, and others would move now. Look again, then confirm."
            ),
        )


def _make(round: Round, moves: list[Move]) -> None:
    tables = {table.number: table for table in round.tables.all()}
    change_tables(round, {move.attendee: tables[move.new] for move in moves})
    if moves:
        count_seating(round.mixer)
        reword(round.mixer.event, round, {n for move in moves for n in (move.old, move.new)})
