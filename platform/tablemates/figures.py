"""What benchmarks print: rows of figures as aligned text, and the machine they were measured on."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field, fields
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Machine:
    """Where figures come from: only ratios travel to another machine. `parts` are versions, and whatever else matters."""

    processor: str
    cores: int
    system: str
    python: str
    parts: dict[str, str]

    def __str__(self) -> str:
        parts = ", ".join(f"{name} {version}" for name, version in self.parts.items())
        here = f"{self.processor}, {self.cores} cores, {self.system}"
        return f"{here}; Python {self.python}, {parts}"


def machine(*packages: str, **more: str) -> Machine:
    """This one, now, with the versions of these packages."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        parts={name: version(name) for name in ("tablemates", *packages)} | more,
    )


def _processor() -> str:
    """The processor of this machine, by its maker's name for it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (names or [platform.processor() or "unknown processor"])[0]


def column(head: str, form: str = "") -> Any:
    """A field of a row: its heading, and how its values are written."""
    return field(metadata={"head": head, "form": form})


def as_text(rows: Sequence[Any]) -> list[str]:
    """The rows (dataclasses of one kind) as lines, text to the left and figures to the right."""
    if not rows:
        return []
    columns = fields(rows[0])
    cells = [[one.metadata["head"] for one in columns]]
    cells += [
        [format(getattr(row, one.name), one.metadata["form"]) for one in columns] for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    words = [isinstance(getattr(rows[0], one.name), str) for one in columns]
    return [
        "  ".join(
            cell.ljust(width) if word else cell.rjust(width)
            for cell, width, word in zip(line, widths, words, strict=True)
        ).rstrip()
        for line in cells
    ]
