"""The machine that figures of the matcher were measured on."""

from __future__ import annotations

from matching.core.kernel import library
from tablemates import figures


def machine() -> figures.Machine:
    """This one, with what a search goes through."""
    return figures.machine("numpy", search="by NumPy" if library() is None else "by the C kernel")
