"""Which tables are laid, for how many people, and who has to sit out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .errors import NoLegalSplit, NotEnoughPeople
from .sizes import sizes_for
from .validation import check_split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .problem import Problem


@dataclass(frozen=True)
class Layout:
    """The tables of one round.

    tables: index of each table that is laid, in the venue, or 0..K-1 if tables are alike.
    least, most: how many people each takes. out: who sits out, in ascending order. notes: what
    the organiser should know, as sentences.
    """

    tables: tuple[int, ...]
    least: tuple[int, ...]
    most: tuple[int, ...]
    out: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def layout_for(problem: Problem) -> Layout:
    """The tables for everybody in the room, their sizes within one of each other.

    Of the tables of a venue those somebody is pinned to come first, then those whose features
    somebody needs, then as listed; their number brings the mean size nearest table_size, but
    all those that somebody depends on are laid if people suffice. A venue with fewer chairs than people is filled: then those who sit out are the ones who sat
    out least often before, of those the last in the room, and people who are pinned only if
    nobody else is left. Raises `NotEnoughPeople` or `NoLegalSplit`.
    """
    if problem.pure:
        check_split(problem.n, problem.bounds)
        least, most = zip(*problem.bounds, strict=True)
        return Layout(tuple(range(len(least))), least, most)
    layout = _venue_layout(problem) if problem.venue else _alike_tables(problem)
    return replace(layout, notes=(*layout.notes, *_out_of_reach(problem, layout)))


def _alike_tables(problem: Problem) -> Layout:
    sizes = sizes_for(
        problem.n,
        table_min=problem.table_min,
        table_size=problem.table_size,
        table_max=problem.table_max,
    )
    tables = len(sizes)
    return Layout(tuple(range(tables)), (min(sizes),) * tables, (max(sizes),) * tables)


def _venue_layout(problem: Problem) -> Layout:
    if problem.n < problem.table_min:
        raise NotEnoughPeople(
            f"{problem.n} people are here and a table needs at least {problem.table_min}: "
            f"wait for {problem.table_min - problem.n} more."
        )
    order, wanted = _by_preference(problem)
    chairs = [_capacity(problem, table) for table in order]
    if not order:
        raise NoLegalSplit(
            f"No table of the venue has {problem.table_min} chairs: "
            "add chairs, or allow smaller tables."
        )
    if sum(chairs) <= problem.n:
        tables = sorted(order)
        sizes = tuple(_capacity(problem, table) for table in tables)
        out = _sitting_out(problem, problem.n - sum(chairs))
        return Layout(tuple(tables), sizes, sizes, out, _shortage(problem, tables, len(out)))
    chosen = _choose(problem, order, wanted)
    tables = sorted(chosen)
    least, most = _level(problem.n, [_capacity(problem, table) for table in tables])
    return Layout(tuple(tables), least, most)


def _capacity(problem: Problem, table: int) -> int:
    return min(problem.venue[table].seats, problem.table_max)


def _by_preference(problem: Problem) -> tuple[list[int], int]:
    """The tables with chairs enough, those that somebody depends on first; and how many these are."""
    usable = [
        table
        for table in range(len(problem.venue))
        if problem.venue[table].seats >= problem.table_min
    ]
    pinned = set() if problem.pins is None else set(problem.pins.tolist()).intersection(usable)
    needed = _needed(problem, usable)
    order = sorted(usable, key=lambda table: (table not in pinned, table not in needed, table))
    return order, len(pinned | needed)


def _needed(problem: Problem, usable: list[int]) -> set[int]:
    """Tables that give everybody a chair with the features they need, as far as there are any."""
    needed: set[int] = set()
    wanted = [features for features in problem.needs or () if features]
    for features in sorted(set(wanted), key=lambda some: (-len(some), sorted(some))):
        missing = sum(1 for other in wanted if features <= other)
        for table in usable:
            if missing <= 0:
                break
            if features <= problem.venue[table].features:
                needed.add(table)
                missing -= _capacity(problem, table)
    return needed


def _choose(problem: Problem, order: list[int], wanted: int) -> list[int]:
    """As many tables as bring the mean size nearest the usual one, in `order` if that works.

    The first `wanted` of them are laid in any case, if people suffice for so many.
    """
    largest_first = sorted(order, key=lambda table: -_capacity(problem, table))
    for ranked in (order, largest_first):
        counts = [
            count
            for count in range(1, len(ranked) + 1)
            if count * problem.table_min
            <= problem.n
            <= sum(_capacity(problem, table) for table in ranked[:count])
        ]
        if counts:
            least = min(wanted, counts[-1])
            best = min(
                (count for count in counts if count >= least),
                key=lambda k: (abs(problem.n / k - problem.table_size), -k),
            )
            return ranked[:best]
    raise NoLegalSplit(
        f"{problem.n} people cannot sit at these tables with {problem.table_min} or more at each: "
        "allow smaller tables, or bring a table with more chairs."
    )


def _level(n: int, chairs: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Fewest and most people of each table: within one of each other as far as chairs allow."""
    level = max(s for s in range(max(chairs) + 1) if sum(min(c, s) for c in chairs) <= n)
    rest = n - sum(min(c, level) for c in chairs)
    least = tuple(min(c, level) for c in chairs)
    most = tuple(min(c, level + (rest > 0)) for c in chairs)
    return least, most


def _sitting_out(problem: Problem, count: int) -> tuple[int, ...]:
    sat_out = [0] * problem.n if problem.sat_out is None else problem.sat_out.tolist()
    pins = [-1] * problem.n if problem.pins is None else problem.pins.tolist()
    ranked = sorted(range(problem.n), key=lambda i: (pins[i] >= 0, sat_out[i], -i))
    return tuple(sorted(ranked[:count]))


def _shortage(problem: Problem, tables: list[int], out: int) -> tuple[str, ...]:
    if not out:
        return ()
    places = problem.n - out
    more_chairs = sum(max(0, problem.table_max - problem.venue[table].seats) for table in tables)
    more_tables = -(-out // problem.table_max)
    table = "one more table" if more_tables == 1 else f"{more_tables} more tables"
    chair = f"{out} more chair{'s' if out > 1 else ''}, or " if out <= more_chairs else ""
    sit = "sits" if out == 1 else "sit"
    return (f"{problem.n} people and {places} chairs: {out} {sit} out. Bring {chair}{table}.",)


def out_of_reach(problem: Problem, layout: Layout) -> tuple[int, ...]:
    """Who is pinned to a table that is not laid, or needs what no table that is laid has: indices, ascending."""
    concerned = {*_unlaid_pins(problem, layout), *_unmet_needs(problem, layout)}
    return tuple(sorted(concerned))


def _out_of_reach(problem: Problem, layout: Layout) -> Iterator[str]:
    for person, pin in _unlaid_pins(problem, layout).items():
        name = problem.venue[pin].name if problem.venue else f"table {pin + 1}"
        yield f"{problem.people[person]} is pinned to {name}, which is not laid."
    for person, needs in _unmet_needs(problem, layout).items():
        wanted = " and ".join(sorted(needs))
        yield f"{problem.people[person]} needs a table with {wanted}, and none is laid."


def _unlaid_pins(problem: Problem, layout: Layout) -> dict[int, int]:
    """The table that is not laid of each person who is pinned to one and seated."""
    pins = [] if problem.pins is None else problem.pins.tolist()
    return {
        person: pin
        for person, pin in enumerate(pins)
        if pin >= 0 and pin not in layout.tables and person not in layout.out
    }


def _unmet_needs(problem: Problem, layout: Layout) -> dict[int, frozenset[str]]:
    """What each person who is seated needs, if no table that is laid has it."""
    laid = [problem.venue[table].features for table in layout.tables] if problem.venue else []
    return {
        person: needs
        for person, needs in enumerate(problem.needs or ())
        if needs and person not in layout.out and not any(needs <= has for has in laid)
    }
