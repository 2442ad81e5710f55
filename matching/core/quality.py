"""What an organiser understands about a seating."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from . import weights

if TYPE_CHECKING:
    from .problem import Problem
    from .seating import Seating


@dataclass(frozen=True)
class Quality:
    """Figures of one seating; shares and affinities are 0 when nobody sits.

    topic_share: tables with a topic that all hold; rare_topic_share: with a rare one;
    topic_cover: seated people who hold their table's topic. mean_affinity: mean over people of
    the mean affinity to tablemates. best_*: each person's best tablemate, as mean, 5th
    percentile and worst. repeats: pairs at one table that met before. company_clashes: pairs.
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
    repeats: int
    company_clashes: int
    all_seller_tables: int

    def as_dict(self) -> dict[str, float | int]:
        """The figures by name."""
        return asdict(self)


def quality(problem: Problem, seating: Seating) -> Quality:
    """The figures of `seating`."""
    tables = [members for members in seating.tables if members]
    common = [problem.holds[list(members)].all(axis=0) for members in tables]
    best, mean = _tablemates(problem, tables)
    covered = sum(problem.holds[list(members)].sum(axis=0).max(initial=0) for members in tables)
    seated = sum(map(len, tables))
    return Quality(
        tables=len(tables),
        seated=seated,
        topic_share=_share(sum(bool(topics.any()) for topics in common), len(tables)),
        rare_topic_share=_share(
            sum(bool((topics & (problem.rarity >= weights.RARE)).any()) for topics in common),
            len(tables),
        ),
        topic_cover=_share(int(covered), seated),
        mean_affinity=float(np.mean(mean)) if mean else 0.0,
        best_mean=float(np.mean(best)) if best else 0.0,
        best_p05=float(np.percentile(best, 5)) if best else 0.0,
        best_worst=min(best, default=0.0),
        repeats=_pairs(tables, problem.met) if problem.met is not None else 0,
        company_clashes=_company_clashes(problem, tables),
        all_seller_tables=sum(bool(problem.sellers[list(members)].all()) for members in tables),
    )


def _tablemates(problem: Problem, tables: list[tuple[int, ...]]) -> tuple[list[float], list[float]]:
    """Best and mean affinity to tablemates, one entry for each person with company."""
    best: list[float] = []
    mean: list[float] = []
    for members in tables:
        if len(members) > 1:
            among = problem.affinity[np.ix_(members, members)]
            mean += (among.sum(axis=1) / (len(members) - 1)).tolist()
            np.fill_diagonal(among, -np.inf)
            best += among.max(axis=1).tolist()
    return best, mean


def _pairs(
    tables: list[tuple[int, ...]], flags: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
) -> int:
    return sum(bool(flags[i, j]) for members in tables for i, j in combinations(members, 2))


def _company_clashes(problem: Problem, tables: list[tuple[int, ...]]) -> int:
    companies = problem.companies
    if companies is None:
        return 0
    return sum(
        bool(companies[i]) and companies[i] == companies[j]
        for members in tables
        for i, j in combinations(members, 2)
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
