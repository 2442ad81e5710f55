"""Tables that have become too short: dissolved, or filled up, with nobody else disturbed."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from .errors import InvalidProblem, NobodyToSpare, NoFreeChairs
from .model import BROKEN_UNIT
from .rules import table_name
from .seating import UNSEATED
from .standing import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .problem import Problem
    from .seating import Seating
    from .standing import Move

HALF_A_RULE = BROKEN_UNIT // 2
"""A table that gains or loses more has a broken rule less or more."""
NEAR = 8
"""How many of the best free chairs are tried for who gives a chair away."""


def merge(problem: Problem, table_of: Sequence[int] | NDArray[np.intp], table: int) -> Seating:
    """Dissolve a table: each of its people gets a chair at another, and nobody else moves.

    table_of: (n,), the seating as it stands, -1 for nowhere. Chairs are given out for the best
    of all who move together, and never next to somebody they are kept apart from or without
    what they need. Raises `NoFreeChairs` if anybody is left over: then nobody moves at all.
    """
    left = np.array(table_of, dtype=np.intp)
    leavers = _people_at(Standing(problem, left), table)
    left[leavers] = UNSEATED
    standing = Standing(problem, left, leavers)
    if not _seat_all(standing, leavers):
        raise NoFreeChairs(_too_few_chairs(standing, table, leavers))
    while move := _best(standing, _changes_of_mind(standing, leavers)):
        standing.make(move)
    return standing.seating()


def top_up(problem: Problem, table_of: Sequence[int] | NDArray[np.intp], table: int) -> Seating:
    """Fill a short table to table_min with the fewest, best-suited people from other tables.

    table_of: (n,), the seating as it stands, -1 for nowhere. They leave tables that keep enough
    people and break no rule without them; whoever's table differs in the result has to be
    asked. A table where nobody sits stays empty. Raises `NobodyToSpare` if no such people suit.
    """
    standing = Standing(problem, table_of)
    here = len(_people_at(standing, table))
    missing = problem.table_min - here if here else 0
    home: dict[int, int] = {}
    while len(home) < missing:
        moves = [{person: table} for person in _spare(standing, table)]
        move = _best(standing, moves, least=HALF_A_RULE, keep_rules=True)
        if move is None:
            raise NobodyToSpare(_nobody(problem, table, missing))
        (joining,) = move
        home[joining] = int(standing.table_of[joining])
        standing.make(move)
    while move := _best(standing, _others_instead(standing, table, home), keep_rules=True):
        joining, returning = move
        home[joining] = int(standing.table_of[joining])
        del home[returning]
        standing.make(move)
    return standing.seating()


def _people_at(standing: Standing, table: int) -> list[int]:
    if not 0 <= table < len(standing.members):
        raise InvalidProblem(f"There is no table {table}: name one of these.", code="unknown_table")
    return list(standing.members[table])


def _best(
    standing: Standing, moves: Sequence[Move], *, least: int = 1, keep_rules: bool = False
) -> Move | None:
    """The allowed move that gains most, if it gains enough; if asked so, no table breaks a rule."""
    allowed = [move for move in moves if standing.allows(move)]
    gains, worst = standing.gains(allowed)
    ranked = sorted(zip(gains.tolist(), worst.tolist(), allowed, strict=True), key=lambda m: -m[0])
    for gain, least_gain, move in ranked:
        if gain < least:
            break
        if not keep_rules or least_gain > -HALF_A_RULE:
            return move
    return None


def _seat_all(standing: Standing, people: list[int]) -> bool:
    """Find a chair for everybody, first for who has least choice; False if that cannot be."""
    if not people:
        return True
    choices = {person: _choices(standing, person) for person in people}
    if len(people) > sum(map(standing.free_chairs, range(len(standing.members)))):
        return False
    person = min(people, key=lambda one: len(choices[one]))
    for move in _ranked(standing, choices[person]):
        standing.make(move)
        if _seat_all(standing, [other for other in people if other != person]):
            return True
        standing.make({person: UNSEATED})
    return False


def _choices(standing: Standing, person: int) -> list[Move]:
    """Tables, other than their own, with a chair for a person."""
    now = standing.table_of[person]
    free = (table for table in range(len(standing.members)) if standing.free_chairs(table))
    moves: list[Move] = [{person: table} for table in free if table != now]
    return [move for move in moves if standing.allows(move)]


def _changes_of_mind(standing: Standing, leavers: list[int]) -> list[Move]:
    """Other chairs for one of those who move, or for two: one takes the chair of the other.

    The other then takes the chair of the one, or one of the best chairs that are still free.
    """
    now = standing.table_of
    singles = {person: _ranked(standing, _choices(standing, person)) for person in leavers}
    moves: list[Move] = [move for person in leavers for move in singles[person]]
    for one, other in permutations(leavers, 2):
        if now[one] != now[other]:
            moves.append({one: int(now[other]), other: int(now[one])})
            moves += [{one: int(now[other]), **move} for move in singles[other][:NEAR]]
    return moves


def _ranked(standing: Standing, moves: list[Move]) -> list[Move]:
    gains, _ = standing.gains(moves)
    return [moves[rank] for rank in np.argsort(-gains, kind="stable").tolist()]


def _spare(standing: Standing, table: int) -> list[int]:
    """Who sits at another table that has more people than it needs."""
    return [
        person
        for other, members in enumerate(standing.members)
        if other != table and len(members) > standing.problem.table_min
        for person in members
    ]


def _others_instead(standing: Standing, table: int, home: dict[int, int]) -> list[Move]:
    """Somebody else to join the table, and one of those who did so far back home."""
    return [
        {person: table, back: left}
        for back, left in home.items()
        for person in _spare(standing, table)
    ]


def _too_few_chairs(standing: Standing, table: int, leavers: list[int]) -> str:
    problem = standing.problem
    free = sum(map(standing.free_chairs, range(len(standing.members))))
    stuck = [problem.people[person] for person in leavers if not _choices(standing, person)]
    if free < len(leavers):
        chairs = "1 free chair" if free == 1 else f"{free} free chairs"
        reason = f"{len(leavers)} people sit there and the other tables have {chairs}"
    elif stuck:
        reason = f"no free chair elsewhere suits {', '.join(stuck)}"
    else:
        reason = "the free chairs elsewhere do not suit them all"
    return (
        f"{table_name(problem, table)} cannot be dissolved: {reason}. "
        "Top it up instead, or make room at other tables."
    )


def _nobody(problem: Problem, table: int, missing: int) -> str:
    return (
        f"Nobody can be spared for {table_name(problem, table)}: every other table needs its "
        f"people or they do not suit. Dissolve the table, or wait for {missing} more."
    )
