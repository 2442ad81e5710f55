"""QR codes on pages, on paper and in mails: one path of an SVG, or a small PNG."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

# Light modules that must surround a code, as ISO/IEC 18004 asks.
QUIET = 4

MEDIUM, QUARTILE = ERROR_CORRECT_M, ERROR_CORRECT_Q


@dataclass(frozen=True)
class Code:
    """The code of a text: error level M by default; QUARTILE for paper that hangs and gets smudged."""

    text: str
    level: int = MEDIUM

    @cached_property
    def rows(self) -> list[list[bool]]:
        """Its modules, dark ones True, without the quiet zone."""
        code = qrcode.QRCode(error_correction=self.level, border=0)
        code.add_data(self.text)
        return code.get_matrix()

    @property
    def size(self) -> int:
        """Modules along one side, without the quiet zone."""
        return len(self.rows)

    @property
    def viewbox(self) -> str:
        """`viewBox` of an SVG that holds the code and its quiet zone."""
        return f"{-QUIET} {-QUIET} {self.side} {self.side}"

    @cached_property
    def path(self) -> str:
        """`d` of an SVG path, one unit a module: a rectangle for each run of dark modules in a row."""
        return "".join(
            f"M{left},{top}h{width}v1h-{width}z"
            for top, row in enumerate(self.rows)
            for left, width in _dark_runs(row)
        )

    @property
    def svg(self) -> str:
        """The code with its quiet zone as a picture of its own, black on white."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{self.viewbox}">'
            f'<path fill="#fff" d="M{-QUIET},{-QUIET}h{self.side}v{self.side}h{-self.side}z"/>'
            f'<path d="{self.path}"/></svg>'
        )

    @property
    def side(self) -> int:
        """Modules along one side, quiet zone included."""
        return self.size + 2 * QUIET

    def png(self, scale: int = 8) -> bytes:
        """Black on white with the quiet zone, `scale` pixels a module."""
        light = np.pad(~np.array(self.rows), QUIET, constant_values=True)
        out = io.BytesIO()
        picture = Image.fromarray(light.repeat(scale, axis=0).repeat(scale, axis=1))
        picture.save(out, "PNG", optimize=True)
        return out.getvalue()


def _dark_runs(row: list[bool]) -> list[tuple[int, int]]:
    runs, left = [], 0
    for dark, same in groupby(row):
        width = len(list(same))
        if dark:
            runs.append((left, width))
        left += width
    return runs
