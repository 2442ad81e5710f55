"""The machine that figures of the matcher were measured on."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version

from matching.core.kernel import library
from tablemates.figures import processor


@dataclass(frozen=True)
class Machine:
    """Where the figures come from: only ratios travel to another machine."""

    processor: str
    cores: int
    system: str
    python: str
    numpy: str
    tablemates: str
    search: str

    def __str__(self) -> str:
        return (
            f"{self.processor}, {self.cores} cores, {self.system}; Python {self.python}, "
            f"NumPy {self.numpy}, tablemates {self.tablemates}, searching with {self.search}"
        )


def machine() -> Machine:
    """This one, now."""
    return Machine(
        processor=processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        numpy=version("numpy"),
        tablemates=version("tablemates"),
        search="NumPy" if library() is None else "the C kernel",
    )
