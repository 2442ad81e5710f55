"""The solver's output: who sits where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

UNSEATED = -1


@dataclass(frozen=True, eq=False)
class Seating:
    """One round: the table of each person, and what the seating is worth.

    table_of: (n,), table index from 0, or -1 for who sits out or still waits.
    score: sum of the table scores, higher is better. iterations: kicks, or thousands
    of annealing proposals, that the search tried.
    """

    table_of: NDArray[np.intp]
    score: float
    iterations: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "table_of", np.array(self.table_of, dtype=np.intp))

    @property
    def tables(self) -> tuple[tuple[int, ...], ...]:
        """The people at each table, by table index, each in ascending order."""
        return tables_of(self.table_of)


def tables_of(
    table_of: Sequence[int] | NDArray[np.intp], tables: int = 0
) -> tuple[tuple[int, ...], ...]:
    """The people at each table, by table index, from the table of each person.

    As many tables as people sit at, and at least `tables`.
    """
    last = max(table_of, default=UNSEATED)
    members: list[list[int]] = [[] for _ in range(max(last + 1, tables))]
    for person, table in enumerate(table_of):
        if table != UNSEATED:
            members[table].append(person)
    return tuple(tuple(table) for table in members)


def table_index(n: int, tables: Iterable[Iterable[int]]) -> NDArray[np.intp]:
    """The table of each of `n` people, shape (n,), -1 for who is at none."""
    table_of = np.full(n, UNSEATED, dtype=np.intp)
    for table, members in enumerate(tables):
        table_of[list(members)] = table
    return table_of
