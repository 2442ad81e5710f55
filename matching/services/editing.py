"""Changing who sits where by hand: in a draft as often as one likes, in a round that is on only when it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from matching.laying import chairs_by_number
from matching.models import LeftOut, Round, Seat, Table, Wish
from matching.selectors import seatable, tables_with_people
from matching.services.acting import organiser_acts
from matching.services.drafting import recount
from matching.services.noting import kept_out, note_kept_out
from matching.services.parting import at_ease
from matching.services.rolling import change_tables, count_seating, free
from matching.services.rounds import expect_draft
from matching.services.telling import tell_console, tell_seats, tell_wish
from matching.services.wording import reword
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from events.models import Attendee
    from matching.models import Mixer


@dataclass(frozen=True)
class Move:
    """A person who gets another place: a table, or None for out. With `swap` the two change places."""

    attendee: Attendee
    table: Table | None
    swap: Attendee | None = None


def move_person(
    *, round: Round, version: int, move: Move, confirmed: bool = False, by: str = ""
) -> Mixer:
    """Give a person another place in a draft, or `confirmed` in a round that is on, where all who are concerned are told."""
    event = round.mixer.event
    with organiser_acts(event, version, by) as act:
        changes = _Changes(_expect_open(round), move)
        changes.expect_possible()
        if changes.on and not confirmed:
            raise Refusal(
                "needs_confirmation",
                _(
                    "This round is on: people would have to stand up. Confirm it, then they are told."
                ),
            )
        act.note(**changes.facts())
        if changes.on:
            _move_now(act.mixer, changes)
        else:
            _move_in_draft(act.mixer, changes)
    return act.mixer


class _Changes:
    """What a move means for the seats of a round: where each person sits now, and where they go."""

    def __init__(self, round: Round, move: Move) -> None:
        self.round, self.move = round, move
        self.on = round.status == Round.Status.PUBLISHED
        people = [person for person in (move.attendee, move.swap) if person]
        seats = round.seats.filter(attendee__in=people, left_at=None).select_related("table")
        self.seats: Mapping[UUID, Seat] = {seat.attendee_id: seat for seat in seats}
        self.places: dict[Attendee, Table | None] = {move.attendee: move.table}
        if move.swap:
            self.places[move.swap] = self.table_now(move.attendee)

    def table_now(self, person: Attendee) -> Table | None:
        """Where a person sits."""
        seat = self.seats.get(person.pk)
        return seat.table if seat else None

    @property
    def numbers(self) -> set[int]:
        """Numbers of all tables where somebody comes or goes."""
        tables = [*self.places.values(), *(seat.table for seat in self.seats.values())]
        return {table.number for table in tables if table}

    def facts(self) -> dict[str, Any]:
        """The same, for colleagues."""
        person, table = self.move.attendee, self.move.table
        facts = {
            "round": self.round.number,
            "person": person.name,
            "table": table and table.number,
        }
        if self.move.swap:
            return {"kind": "people_swapped", "other": self.move.swap.name, **facts}
        origin = self.table_now(person)
        return {"kind": "person_moved", "from": origin and origin.number, **facts}

    def expect_possible(self) -> None:
        """Refuse what the tables or the people do not allow."""
        swap = self.move.swap
        if swap and self.table_now(swap) != self.move.table:
            words = _("%s does not sit there any more. Look at the tables as they are.")
            raise Refusal("invalid", words % swap.name, status=400, field="swap")
        chairs = chairs_by_number(self.round.mixer)
        for person, table in self.places.items():
            if self.on or table:
                _expect_here(person)
            if table and table != self.table_now(person):
                expect_table_of(self.round, table)
                # Of a round that is on it is the organiser who knows: they have just talked with each other.
                if not self.on:
                    _expect_willing(person, self.round)
                taken = table.seats.filter(left_at=None).count() - (1 if swap else 0)
                _expect_chair(table, chairs[table.number], taken)
                _expect_at_ease(person, table, self.places)


def _expect_open(round: Round) -> Round:
    fresh = Round.objects.select_related("mixer__event").get(pk=round.pk)
    if fresh.status == Round.Status.DONE:
        raise Refusal("round_over", _("This round is over. Look at the rounds as they are."))
    return fresh


def expect_table_of(round: Round, table: Table) -> None:
    """Refuse (422) a table of another round."""
    if table.round_id != round.pk:
        raise Refusal(
            "unknown_table",
            _("This table is not one of this round. Look at the tables as they are."),
            status=422,
            field="table",
        )


def _expect_here(person: Attendee) -> None:
    if person.present_since is None:
        raise Refusal("not_here", _("%s is not here. Check them in first.") % person.name)


def _expect_willing(person: Attendee, round: Round) -> None:
    if not seatable(person.event, round).filter(pk=person.pk).exists():
        raise Refusal(
            "sitting_out", _("%s would rather sit this one out. Leave them be.") % person.name
        )


def _expect_chair(table: Table, chairs: int, taken: int) -> None:
    if chairs == 0:
        raise Refusal(
            "table_closed", _("Table %d is closed tonight. Choose another.") % table.number
        )
    if taken >= chairs:
        raise Refusal(
            "table_full",
            _("Table %d is full. Swap two people, or choose another.") % table.number,
        )


def _expect_at_ease(person: Attendee, table: Table, moving: Iterable[Attendee]) -> None:
    # No reason is given: it is nobody's business but the one's who keeps away.
    if not at_ease(person, table, moving):
        raise Refusal(
            "does_not_suit",
            _("Table %(number)d does not suit %(name)s. Choose another.")
            % {"number": table.number, "name": person.name},
        )


def _move_in_draft(mixer: Mixer, changes: _Changes) -> None:
    draft = changes.round
    out = kept_out(draft)
    for person, table in changes.places.items():
        if table:
            where = {"table": table}
            Seat.objects.update_or_create(round=draft, attendee=person, defaults=where)
            out.discard(person.pk)
        else:
            draft.seats.filter(attendee=person).delete()
            out.add(person.pk)
    note_kept_out(draft, out)
    tables = recount(draft, changes.numbers)
    told = {"console": tell_console(mixer, [draft], tables)}
    publish(stream=mixer.event_id, type="draft.changed", audiences=told)


def _move_now(mixer: Mixer, changes: _Changes) -> None:
    round = changes.round
    gone = [person for person, table in changes.places.items() if table is None]
    free([changes.seats[person.pk] for person in gone if person.pk in changes.seats], round)
    moves = {
        person: table
        for person, table in changes.places.items()
        if table and table != changes.table_now(person)
    }
    change_tables(round, moves)
    LeftOut.objects.filter(round=round, attendee__in=set(changes.places) - set(gone)).delete()
    tables = round.tables.filter(number__in=changes.numbers)
    tables.update(left_short=False)
    reword(mixer.event, round, changes.numbers)
    count_seating(mixer)
    told = tell_seats(mixer, round, tables_with_people(tables), gone)
    for person in gone:
        tell_wish(told, person.pk, _sit_out(person, round))
    back = Wish.objects.filter(attendee__in=set(changes.places) - set(gone), kind=Wish.Kind.SIT_OUT)
    for wish in list(back):
        wish.delete()
        tell_wish(told, wish.attendee_id, None)
    publish(stream=mixer.event_id, type="person.moved", audiences=told, ring=True)


def _sit_out(person: Attendee, round: Round) -> Wish:
    """Who is taken from a table that is on is not given the next free seat: they sit out until they say otherwise."""
    bound = round if round.kind == Round.Kind.TIMED else None
    wish = {"kind": Wish.Kind.SIT_OUT, "round": bound, "since": timezone.now()}
    return Wish.objects.update_or_create(attendee=person, defaults=wish)[0]


def pin_person(*, round: Round, version: int, attendee: Attendee, on: bool, by: str = "") -> Mixer:
    """Keep a person at their table of a draft when it is solved again, or do not any more."""
    with organiser_acts(round.mixer.event, version, by) as act:
        draft = expect_draft(round)
        seat = draft.seats.filter(attendee=attendee).select_related("table").first()
        if seat is None:
            raise Refusal("not_seated", _("%s has no table yet. Choose one first.") % attendee.name)
        seat.pinned = on
        seat.save(update_fields=["pinned"])
        kind = "person_pinned" if on else "person_unpinned"
        act.note(kind, round=draft.number, person=attendee.name, table=seat.table.number)
        _tell_pinned(act.mixer, draft, seat.table)
    return act.mixer


def pin_table(*, round: Round, version: int, table: Table, on: bool, by: str = "") -> Mixer:
    """Leave a table of a draft as it is when it is solved again, or do not any more."""
    with organiser_acts(round.mixer.event, version, by) as act:
        draft = expect_draft(round)
        expect_table_of(draft, table)
        table.pinned = on
        table.save(update_fields=["pinned"])
        act.note("table_pinned" if on else "table_unpinned", round=draft.number, table=table.number)
        _tell_pinned(act.mixer, draft, table)
    return act.mixer


def _tell_pinned(mixer: Mixer, draft: Round, table: Table) -> None:
    tables = tables_with_people(draft.tables.filter(pk=table.pk))
    told = {"console": tell_console(mixer, [draft], tables)}
    publish(stream=mixer.event_id, type="draft.pinned", audiences=told)
