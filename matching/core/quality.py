"""What an organiser understands about a seating."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from . import weights
from .affinity import blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .affinity import Floats
    from .problem import Problem
    from .seating import Seating

FLOOR_MISSED = 0.5
"""Whose best tablemate is below this share of their third-best partner was seated badly."""
ADDED_UP = ("repeats", "company_clashes", "all_seller_tables", "moved")


@dataclass(frozen=True)
class Quality:
    """Figures of one seating; shares and affinities are 0 when nobody sits.

    Tables at which nobody sits do not count. topic_share: tables with a topic that all hold;
    rare_topic_share: with a rare one; topic_cover: seated people who hold their table's topic.
    mean_affinity: mean over people of the mean affinity to tablemates. best_*: each person's
    best tablemate, as mean, 5th percentile and worst. floor_missed: seated people whose best
    tablemate is under half of their third-best partner in the room. repeats: pairs at one
    table that met before. company_clashes: pairs. moved: people who do not sit where they sat.
    """

    tables: int
    seated: int
    topic_share: float
    rare_topic_share: float
    topic_cover: float
    mean_affinity: float
    best_mean: float
    best_p05: float
    best_worst: float
    floor_missed: float
    repeats: int
    company_clashes: int
    all_seller_tables: int
    moved: int

    def as_dict(self) -> dict[str, float | int]:
        """The figures by name."""
        return asdict(self)


def quality(problem: Problem, seating: Seating) -> Quality:
    """The figures of `seating`."""
    tables = [list(members) for members in seating.tables if members]
    sizes = np.array([len(members) for members in tables], dtype=np.intp)
    seated = int(sizes.sum())
    held = np.zeros((len(tables), len(problem.topics)), dtype=np.intp)
    for row, members in zip(held, tables, strict=True):
        row[:] = problem.holds[members].sum(axis=0)
    common = held == sizes[:, None]
    best, mean = tablemates(problem, tables)
    accompanied = best[~np.isnan(best)] / problem.scale
    return Quality(
        tables=len(tables),
        seated=seated,
        topic_share=_mean(common.any(axis=1)),
        rare_topic_share=_mean((common & (problem.rarity >= weights.RARE)).any(axis=1)),
        topic_cover=_share(int(held.max(axis=1, initial=0).sum()), seated),
        mean_affinity=_mean(mean[~np.isnan(mean)] / problem.scale),
        best_mean=_mean(accompanied),
        best_p05=float(np.percentile(accompanied, 5)) if len(accompanied) else 0.0,
        best_worst=float(min(accompanied, default=0.0)),
        floor_missed=_share(_floor_missed(problem, best), seated),
        repeats=_repeats(problem, tables),
        company_clashes=_company_clashes(problem, tables),
        all_seller_tables=sum(bool(problem.sellers[members].all()) for members in tables),
        moved=_moved(problem, seating),
    )


def over_rounds(found: Sequence[Quality]) -> Quality:
    """The figures of several rounds in one: pairs, tables and moves that should not be added up.

    All others are means over the rounds, `tables` and `seated` to the nearest whole number.
    """
    rows = [one.as_dict() for one in found]
    total = {name: sum(row[name] for row in rows) for name in rows[0]}
    means = {name: total[name] / len(rows) for name in total if name not in ADDED_UP}
    whole = {name: round(means[name]) for name in ("tables", "seated")}
    return Quality(**(total | means | whole))  # type: ignore[arg-type]


def tablemates(problem: Problem, tables: list[list[int]]) -> tuple[Floats, Floats]:
    """Best and mean ticks with tablemates: (n,) each, NaN for who sits alone or not at all.

    tables: the people at each table where anybody sits.
    """
    best, mean = np.full((2, problem.n), np.nan)
    for members in tables:
        if len(members) > 1:
            among = problem.ticks[np.ix_(members, members)].astype(np.float64)
            mean[members] = among.sum(axis=1) / (len(members) - 1)
            np.fill_diagonal(among, -np.inf)
            best[members] = among.max(axis=1)
    return best, mean


def _floor_missed(problem: Problem, best: Floats) -> int:
    """How many have FLOOR_RANK partners, whom no rule forbids, far better than any tablemate."""
    far_better = np.maximum(best / FLOOR_MISSED, 0.0)
    missed = 0
    for rows in blocks(problem.n):
        partners = (problem.ticks[rows] > far_better[rows, None]) & ~problem.clashes[rows]
        if problem.met is not None:
            partners &= problem.met[rows] == 0
        missed += int((partners.sum(axis=1) >= weights.FLOOR_RANK).sum())
    return missed


def _repeats(problem: Problem, tables: list[list[int]]) -> int:
    if problem.met is None:
        return 0
    return sum(
        int(np.count_nonzero(problem.met[np.ix_(members, members)])) // 2 for members in tables
    )


def _company_clashes(problem: Problem, tables: list[list[int]]) -> int:
    companies = problem.companies
    if companies is None:
        return 0
    return sum(
        bool(companies[i]) and companies[i] == companies[j]
        for members in tables
        for i, j in combinations(members, 2)
    )


def _moved(problem: Problem, seating: Seating) -> int:
    if problem.seated is None:
        return 0
    return int(((problem.seated >= 0) & (problem.seated != seating.table_of)).sum())


def _mean(values: NDArray[np.bool_] | Floats) -> float:
    return float(values.mean()) if len(values) else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
