"""Sheets of paper and what fits on them. Lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tablemates.qr import QUIET

if TYPE_CHECKING:
    from tablemates.qr import Code

# Above and below the poster's code: the title, when and where, and how to come in.
POSTER_WORDS = 93.0
# What printers cannot reach at any edge.
EDGE = 6.0


@dataclass(frozen=True)
class Paper:
    """One size of paper, upright."""

    key: str
    name: str
    css: str
    width: float
    height: float

    def largest_code(self, code: Code) -> float:
        """How wide a code may be on a poster: its quiet zone must fit, the words too, and no edge may cut it."""
        with_quiet = 1 + 2 * QUIET / code.size
        return min(
            self.width / with_quiet,
            self.width - 2 * EDGE,
            (self.height - POSTER_WORDS) / with_quiet,
        )


A4 = Paper("a4", "A4", "A4 portrait", 210, 297)
LETTER = Paper("letter", "Letter", "letter portrait", 215.9, 279.4)
PAPERS = {paper.key: paper for paper in (A4, LETTER)}


@dataclass(frozen=True)
class Grid:
    """Cards edge to edge in the middle of a sheet, to be cut along the marks."""

    paper: Paper
    width: float
    height: float
    columns: int
    rows: int

    @property
    def each(self) -> int:
        """Cards on one sheet."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """From the paper's edge to the first card."""
        return (self.paper.width - self.columns * self.width) / 2

    @property
    def top(self) -> float:
        """From the paper's upper edge to the first card."""
        return (self.paper.height - self.rows * self.height) / 2

    @property
    def marks(self) -> str:
        """`d` of an SVG path in millimetres: a tick at every cut outside the cards, a small cross where four meet."""
        across = [self.left + n * self.width for n in range(self.columns + 1)]
        down = [self.top + n * self.height for n in range(self.rows + 1)]
        ticks = [
            _upright(x, y)
            for x in across
            for y in (self.top - 5, -self.top + 1 + self.paper.height)
        ]
        ticks += [
            _level(x, y) for y in down for x in (self.left - 5, -self.left + 1 + self.paper.width)
        ]
        inner = [(x, y) for x in across[1:-1] for y in down[1:-1]]
        crosses = [_upright(x, y - 2) + _level(x - 2, y) for x, y in inner]
        return "".join(ticks + crosses)


def _upright(x: float, y: float) -> str:
    return f"M{x:.2f},{y:.2f}v4"


def _level(x: float, y: float) -> str:
    return f"M{x:.2f},{y:.2f}h4"


def tickets_on(paper: Paper) -> Grid:
    """Ten tickets on either paper."""
    return Grid(paper, width=90, height=52, columns=2, rows=5)


def badges_on(paper: Paper) -> Grid:
    """Badges of 85 x 55 mm, as common holders take them: ten on A4, eight on Letter."""
    return Grid(paper, width=85, height=55, columns=2, rows=5 if paper is A4 else 4)
