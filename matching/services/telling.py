"""Who is told what when rounds and tables change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matching import payloads
from matching.models import Table
from matching.selectors import tables_with_people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from events.models import Attendee
    from matching.models import Errand, Mixer, Round, Wish
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


def tell_seats(
    mixer: Mixer, round: Round, tables: Iterable[Table], gone: Iterable[Attendee] = ()
) -> dict[str, Facts]:
    """Tables where somebody took a seat or gave one up, for everyone; `gone` are those who have none now."""
    tables = list(tables)
    told = tell_tables(round, tables)
    told["console"] = tell_console(mixer, [round], tables)
    for person in gone:
        told[f"attendee:{person.pk}"] = {"set": {"round": payloads.clock(round), "seat": None}}
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


def tell_wish(told: dict[str, Facts], person: UUID, wish: Wish | None) -> None:
    """Add to what is told: the wish that stands, to organisers and to the person."""
    facts: dict[str, Any] = (
        {} if wish is None else {f"wishes/{person}": payloads.wish_for_console(wish)}
    )
    _add(told, "console", facts, [] if wish else [f"wishes/{person}"])
    _add(told, f"attendee:{person}", {"wish": payloads.wish_for_phone(wish)})


def tell_errand(told: dict[str, Facts], errand: Errand) -> None:
    """Add to what is told: an errand, or that it is done, to organisers and to the host."""
    path, open_ = f"errands/{errand.pk}", errand.done_at is None
    facts = {path: payloads.errand_for_console(errand)} if open_ else {}
    _add(told, "console", facts, [] if open_ else [path])
    _add(
        told,
        f"attendee:{errand.host_id}",
        {"errand": payloads.errand_for_phone(errand if open_ else None)},
    )


def _add(
    told: dict[str, Facts], audience: str, facts: dict[str, Any], gone: Iterable[str] = ()
) -> None:
    # A phone that is told something of its own hears only that: what all phones hear belongs to it.
    of_all = told.get("phones", {}) if audience.startswith("attendee:") else {}
    known = told.setdefault(audience, {**of_all})
    known["set"] = {**known.get("set", {}), **facts}
    known["unset"] = [*known.get("unset", []), *gone]
