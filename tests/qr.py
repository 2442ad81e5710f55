"""Read the QR codes that our pages draw, as a camera would."""

import re

import numpy as np
import zxingcpp

MODULE = re.compile(r"M(\d+),(\d+)H(\d+)V(\d+)H")
QUIET, SCALE = 4, 8


def read_qr(svg: str) -> str:
    """The text in the QR code of an SVG whose path has one square for each dark module."""
    squares = np.array(MODULE.findall(svg), dtype=int)
    side = squares.max() + QUIET
    grey = np.full((side, side), 255, dtype=np.uint8)
    for left, top, right, bottom in squares:
        grey[top:bottom, left:right] = 0
    return zxingcpp.read_barcode(grey.repeat(SCALE, axis=0).repeat(SCALE, axis=1)).text
