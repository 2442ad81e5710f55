"""Read the QR codes that our pages draw, as a camera would."""

import re

import numpy as np
import zxingcpp

RUN = re.compile(r"M(\d+),(\d+)h(\d+)v1h-\d+z")
PRINTED = re.compile(r'<path d="((?:M\d+,\d+h\d+v1h-\d+z)+)"')
QUIET, SCALE = 4, 8


def read_qr(svg: str) -> str:
    """The text in the one QR code of an SVG."""
    (text,) = read_printed(svg)
    return text


def read_printed(page: str) -> list[str]:
    """The texts of all QR codes on a page to print, whose paths have a rectangle for each dark run."""
    return [_read(_rectangles(path)) for path in PRINTED.findall(page)]


def _rectangles(path: str) -> np.ndarray:
    runs = np.array(RUN.findall(path), dtype=int)
    left, top, width = runs.T
    # The quiet zone is outside of the path's own corner.
    return np.stack([left, top, left + width, top + 1], axis=1) + QUIET


def _read(squares: np.ndarray) -> str:
    side = squares.max() + QUIET
    grey = np.full((side, side), 255, dtype=np.uint8)
    for left, top, right, bottom in squares:
        grey[top:bottom, left:right] = 0
    return zxingcpp.read_barcode(grey.repeat(SCALE, axis=0).repeat(SCALE, axis=1)).text
