"""What comes out of the printer: pages as Chromium prints them, as pixels, and the codes that another reader finds there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

if TYPE_CHECKING:
    from playwright.sync_api import Page

READER = Path(__file__).resolve().parents[2] / "frontend" / "browser" / "zbar.mjs"
DPI = 150
MM = DPI / 25.4


@dataclass(frozen=True)
class Sheet:
    """One printed page: its size in millimetres, and its pixels at 150 dpi, 0 to 255."""

    size: tuple[int, int]
    pixels: np.ndarray

    def blank_edge(self) -> float:
        """How many millimetres along the nearest edge stay white."""
        rows, columns = np.nonzero(self.pixels < 250)
        height, width = self.pixels.shape
        nearest = min(rows.min(), height - 1 - rows.max(), columns.min(), width - 1 - columns.max())
        return float(nearest / MM)


@dataclass(frozen=True)
class Found:
    """A code on a sheet: its text, and how wide it is in millimetres, without its quiet zone."""

    text: str
    width: float


def print_out(page: Page) -> list[Sheet]:
    """Print a page as it asks to be printed."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    try:
        return [_sheet(printed) for printed in document]
    finally:
        document.close()


def _sheet(printed: pypdfium2.PdfPage) -> Sheet:
    width, height = (round(points / 72 * 25.4) for points in printed.get_size())
    bitmap = printed.render(scale=DPI / 72, grayscale=True)
    return Sheet((width, height), np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width))


def cut(page: Page, sheets: list[Sheet]) -> list[Sheet]:
    """The cards of printed sheets, cut out along the marks."""
    found: list[list[list[float]]] = page.evaluate(
        """() => [...document.querySelectorAll('.sheet')].map((sheet) => {
          const {left, top} = sheet.getBoundingClientRect();
          return [...sheet.querySelectorAll('.card')].map((card) => {
            const box = card.getBoundingClientRect();
            return [box.left - left, box.top - top, box.right - left, box.bottom - top];
          });
        })"""
    )
    assert len(found) == len(sheets)
    return [_card(sheet, box) for sheet, boxes in zip(sheets, found, strict=True) for box in boxes]


def _card(sheet: Sheet, box: list[float]) -> Sheet:
    left, top, right, bottom = (round(edge / 96 * DPI) for edge in box)
    size = (round((right - left) / MM), round((bottom - top) / MM))
    return Sheet(size, sheet.pixels[top:bottom, left:right])


def read_code(sheet: Sheet) -> Found:
    """The one QR code on a sheet or card, by zbar: no code of ours is judged by the library that reads it in our pages."""
    (found,) = read_codes(sheet)
    return found


def read_codes(sheet: Sheet) -> list[Found]:
    """All that zbar finds; in a crowd of small codes it overlooks one now and then."""
    height, width = sheet.pixels.shape
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["node", READER, str(width), str(height)],
        input=sheet.pixels.tobytes(),
        env={**os.environ, "PATH": path},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    return [Found(code["text"], _width(code["points"], sheet.pixels)) for code in found]


def _width(points: list[dict[str, int]], pixels: np.ndarray) -> float:
    """From the first dark column to the last: the reader knows the corners only to a few pixels."""
    margin = 4  # pixels, less than any quiet zone
    left, right = (limit(point["x"] for point in points) for limit in (min, max))
    top, bottom = (limit(point["y"] for point in points) for limit in (min, max))
    code = pixels[top : bottom + 1, left - margin : right + margin + 1]
    (dark,) = np.nonzero((code < 128).any(axis=0))
    return float((dark.max() - dark.min() + 1) / MM)


def cut_off(page: Page) -> list[str]:
    """Words that their box cuts off, as they are laid out for print."""
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.sheet, .card, .side, [data-fit]')]
          .filter((box) => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)
          .map((box) => `${box.className}: ${box.textContent.trim()}`)"""
    )
    page.emulate_media(media="null")
    return found
