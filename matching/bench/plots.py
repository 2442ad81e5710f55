"""Pictures of what the matcher does, as SVG and PNG. Needs matplotlib (the extra "bench").

Colours are Okabe and Ito's, told apart by the colour-blind; lines differ in marker and dash too.
"""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from matching.bench.instances import instance, room
from matching.bench.peers import PEERS
from matching.bench.run import OURS, MaxCpuTime, ours, random_value
from matching.core import random_seating, solve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from matching.core import Problem, Seating

STYLES = {
    OURS: ("#0072B2", "o", "-"),
    "IMS": ("#D55E00", "s", "--"),
    "TPSDP": ("#009E73", "^", "-."),
}
RANDOM = "#767676"
CURVE = ("T5", 120)
"""Family and number of people of the anytime curve."""
SEEDS = (1, 2, 3)
LOOK: dict[Any, Any] = {
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "savefig.dpi": 160,
    "svg.hashsalt": "tablemates",
}


def draw(folder: Path, *, people: int, budgets: Sequence[float], seconds: float) -> list[Path]:
    """Draw every picture into `folder` (made if missing); the files written.

    people: how many are in the room. seconds: CPU time to seat them. budgets: CPU seconds of the
    anytime curve.
    """
    folder.mkdir(parents=True, exist_ok=True)
    crowd = room(people)
    seated, chance = solve(crowd, stop=MaxCpuTime(seconds), seed=1), random_seating(crowd, seed=1)
    with rc_context(LOOK):
        return [
            *_save(affinity_map(crowd, chance, seated), folder, "affinity"),
            *_save(fairness_curve(crowd, chance, seated), folder, "fairness"),
            *_save(anytime_curve(*CURVE, budgets), folder, "anytime"),
        ]


def affinity_map(crowd: Problem, chance: Seating, seated: Seating) -> Figure:
    """The affinity of each pair, people in the order of their tables, seated at random and by us."""
    figure = Figure(figsize=(10.5, 5.2), layout="constrained")
    top = float(np.percentile(crowd.affinity, 99.5))
    panels = figure.subplots(1, 2)
    for axes, seating, title in zip(
        panels, (chance, seated), ("Random", "Tablemates"), strict=True
    ):
        order = np.argsort(seating.table_of, kind="stable")
        image = axes.imshow(
            crowd.affinity[np.ix_(order, order)], cmap="cividis", vmin=0, vmax=top,
            interpolation="nearest",
        )  # fmt: skip
        mean = _mean_at_table(crowd, seating)
        axes.set_title(f"{title}: mean affinity at a table {mean:.2f}")
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_xlabel("people, table by table")
        _frame_tables(axes, np.bincount(seating.table_of))
    bar = figure.colorbar(image, ax=panels, shrink=0.82, pad=0.015, extend="both")
    bar.set_label("what two people have to talk about (affinity)")
    bar.outline.set_visible(False)
    return figure


def _frame_tables(axes: Axes, sizes: NDArray[np.intp]) -> None:
    for start, size in zip(np.cumsum(sizes) - sizes, sizes, strict=True):
        corner = (float(start) - 0.5, float(start) - 0.5)
        axes.add_patch(
            Rectangle(
                corner, float(size), float(size), fill=False, edgecolor="white", linewidth=0.9
            )
        )


def _mean_at_table(crowd: Problem, seating: Seating) -> float:
    together = seating.table_of[:, None] == seating.table_of
    np.fill_diagonal(together, False)
    return float(crowd.affinity[together].mean())


def fairness_curve(crowd: Problem, chance: Seating, seated: Seating) -> Figure:
    """Each person's best tablemate, worst-off first, against random seating."""
    figure = Figure(figsize=(7.5, 4.6), layout="constrained")
    axes = figure.subplots()
    share = np.linspace(0, 100, crowd.n)
    lines = [
        ("Tablemates", seated, STYLES[OURS][0], "-"),
        ("Random", chance, RANDOM, "--"),
    ]
    for name, seating, colour, dash in lines:
        best = np.sort(_best_tablemate(crowd, seating))
        axes.plot(share, best, dash, color=colour, linewidth=2.2)
        axes.annotate(
            f"{name}\nworst-off {best[0]:.2f}", (share[-1], best[-1]), xytext=(8, 0),
            textcoords="offset points", va="center", color=colour,
        )  # fmt: skip
    axes.set_title(f"Everybody's best tablemate, {crowd.n} people")
    axes.set_xlabel("people, worst-off first (%)")
    axes.set_ylabel("affinity with the best tablemate")
    axes.set_xlim(0, 100)
    axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))
    axes.grid(axis="y")
    return figure


def _best_tablemate(crowd: Problem, seating: Seating) -> NDArray[np.float64]:
    together = seating.table_of[:, None] == seating.table_of
    np.fill_diagonal(together, False)
    return np.where(together, crowd.affinity, -np.inf).max(axis=1)


def anytime_curve(family: str, n: int, budgets: Sequence[float]) -> Figure:
    """What each method reaches within a budget of CPU time, as a share of the best mean of all."""
    figure = Figure(figsize=(7.5, 4.6), layout="constrained")
    axes = figure.subplots()
    reached = dict(_reached(family, n, budgets))
    best = max(max(values) for values in reached.values())
    for name, values in reached.items():
        colour, marker, dash = STYLES[name]
        shares = [100 * value / best for value in values]
        axes.plot(
            budgets, shares, dash, color=colour, marker=marker, linewidth=2, markersize=6,
            label="Tablemates" if name == OURS else f"{name} (our implementation)",
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xticks(budgets, [f"{seconds:g}" for seconds in budgets])
    axes.minorticks_off()
    chance = 100 * random_value(instance(family, n)) / best
    axes.set_title(f"{n} people at tables of five (random seating: {chance:.0f} %)")
    axes.set_xlabel("CPU seconds")
    axes.set_ylabel("% of the best mean value")
    axes.grid()
    figure.legend(frameon=False, loc="outside lower center", ncols=3)
    return figure


def _reached(family: str, n: int, budgets: Sequence[float]) -> Iterator[tuple[str, list[float]]]:
    """The mean value of several seeds, by method, for each budget."""
    case = instance(family, n)
    bounds = (case.least, case.most)
    yield OURS, [fmean(ours(case, seconds, seed)[0] for seed in SEEDS) for seconds in budgets]
    for name, peer in PEERS.items():
        yield (
            name,
            [
                fmean(peer(case.matrix, *bounds, seconds, seed)[0] for seed in SEEDS)
                for seconds in budgets
            ],
        )


def _save(figure: Figure, folder: Path, name: str) -> Iterator[Path]:
    for kind in ("svg", "png"):
        path = folder / f"{name}.{kind}"
        figure.savefig(path, metadata={"Date": None} if kind == "svg" else None)
        yield path
