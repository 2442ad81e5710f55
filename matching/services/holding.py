"""People who are pinned sit where they are pinned, whatever else a plan would gain by moving them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matching.core import UNSEATED, Seating, broken_rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matching.core import Problem


def hold_pins(problem: Problem, seating: Seating) -> Seating:
    """The same plan with everybody at the table they are pinned to, if it is laid and has a chair for them.

    For the search a pin is one rule among others. Here somebody else gives their place, so that fewest rules break.
    """
    table_of = seating.table_of.copy()
    if problem.pins is None:
        return seating
    laid = set(table_of.tolist())
    for person in np.flatnonzero(problem.pins >= 0).tolist():
        pin = int(problem.pins[person])
        if table_of[person] != pin and pin in laid:
            table_of = _sent_to(problem, table_of, person, pin)
    return Seating(table_of, seating.score, seating.iterations)


def _sent_to(
    problem: Problem, table_of: NDArray[np.intp], person: int, table: int
) -> NDArray[np.intp]:
    there = np.flatnonzero(table_of == table)
    plans = []
    for other in there.tolist():
        if problem.pins is not None and problem.pins[other] != table:
            plans.append(_changed(table_of, {person: table, other: int(table_of[person])}))
    chairs = min(problem.venue[table].seats, problem.table_max) if problem.venue else UNSEATED
    if not plans and len(there) < chairs:
        plans.append(_changed(table_of, {person: table}))
    return min(plans, key=lambda plan: _times_broken(problem, plan), default=table_of)


def _changed(table_of: NDArray[np.intp], places: dict[int, int]) -> NDArray[np.intp]:
    changed = table_of.copy()
    for person, table in places.items():
        changed[person] = table
    return changed


def _times_broken(problem: Problem, table_of: NDArray[np.intp]) -> int:
    return sum(rule.count for rule in broken_rules(problem, Seating(table_of, 0.0).tables))
