"""Who is told what when rounds and tables change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matching import payloads
from matching.models import Table
from matching.selectors import tables_with_people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matching.models import Mixer, Round
    from tablemates.live.publish import Facts


def tell_console(mixer: Mixer, rounds: Iterable[Round], tables: Iterable[Table] = ()) -> Facts:
    """The mixer, some rounds and some tables, for the console."""
    facts: dict[str, Any] = {"mixer": payloads.mixer_for_console(mixer)}
    facts |= {f"rounds/{round.pk}": payloads.round_for_console(round) for round in rounds}
    facts |= {f"tables/{table.pk}": payloads.table_for_console(table) for table in tables}
    return {"set": facts}


def tell_clock(mixer: Mixer, round: Round) -> dict[str, Facts]:
    """A round's clock or status, for everyone."""
    facts: Facts = {"set": {"round": payloads.clock(round)}}
    return {"console": tell_console(mixer, [round]), "screen": facts, "phones": facts}


def tell_tables(round: Round, tables: Iterable[Table]) -> dict[str, Facts]:
    """Tables for the screen, and for each person who sits at one of them their own seat."""
    clock = payloads.clock(round)
    told: dict[str, Facts] = {"screen": {"set": {"round": clock}}}
    for table in tables:
        told["screen"]["set"][f"tables/{table.pk}"] = payloads.table_for_screen(table)
        for person in payloads.people_at(table):
            seat = payloads.seat_for_phone(table, person)
            told[f"attendee:{person.pk}"] = {"set": {"round": clock, "seat": seat}}
    return told


def tell_new_round(mixer: Mixer, round: Round, before: Round | None) -> dict[str, Facts]:
    """A round that is on from now on, in place of the one that was shown before."""
    tables = list(tables_with_people(round.tables.all()))
    told = tell_tables(round, tables)
    told["phones"] = {"set": {"round": payloads.clock(round), "seat": None}}
    told["console"] = tell_console(mixer, [r for r in (before, round) if r], tables)
    if before:
        old = Table.objects.filter(round=before).values_list("pk", flat=True)
        told["screen"]["unset"] = [f"tables/{pk}" for pk in old]
    return told
