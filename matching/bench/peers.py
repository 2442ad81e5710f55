"""Two strong methods of the literature as yardsticks, in our own implementation (peers.c).

IMS: iterated maxima search (Lai and Hao, EJOR 2016). TPSDP: three-phase search with dynamic
population size (Yang and others, EJOR 2022). Both as we understand the methods: details and
parameters may differ, so the authors' own programs may do better or worse.
"""

from __future__ import annotations

import ctypes
import functools
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.core.kernel.build import KernelError, compile_kernel

Peer = Callable[
    [NDArray[np.float64], NDArray[np.int32], NDArray[np.int32], float, int],
    tuple[float, NDArray[np.intp]],
]
"""Matrix, least and most people of each group, CPU seconds and seed: the value and the groups."""

SOURCE = Path(__file__).with_name("peers.c")
DECIMALS = 10**5
"""Reals count in these parts at the finest, and coarser where sums would not fit 32 bits."""
LARGEST = 2**28
"""No sum over one group may reach this, so that a swap's gain fits 32 bits."""


class NoPeers(Exception):
    """The yardsticks cannot be compiled; the message says why."""


def ims(
    matrix: NDArray[np.float64],
    least: NDArray[np.int32],
    most: NDArray[np.int32],
    cpu_seconds: float,
    seed: int,
) -> tuple[float, NDArray[np.intp]]:
    """Iterated maxima search for `cpu_seconds`: the value reached, and the group of each person.

    matrix: (n, n), symmetric, zero diagonal. least, most: (groups,). Raises NoPeers.
    """
    return _run(0, matrix, (least, most), cpu_seconds, seed)


def tpsdp(
    matrix: NDArray[np.float64],
    least: NDArray[np.int32],
    most: NDArray[np.int32],
    cpu_seconds: float,
    seed: int,
) -> tuple[float, NDArray[np.intp]]:
    """Three-phase search with dynamic population size; arguments and answer as for `ims`."""
    return _run(1, matrix, (least, most), cpu_seconds, seed)


PEERS: dict[str, Peer] = {"IMS": ims, "TPSDP": tpsdp}


@functools.cache
def compiled() -> ctypes.CDLL:
    """The yardsticks, compiled anew in each process; raises NoPeers without a compiler."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        target = Path(folder) / "peers.so"
        try:
            compile_kernel([SOURCE], target)
        except KernelError as error:
            raise NoPeers(f"IMS and TPSDP need a C compiler: {error}.") from error
        library = ctypes.CDLL(str(target))
    whole = np.ctypeslib.ndpointer(np.int32, flags="C_CONTIGUOUS")
    library.peer_run.argtypes = [
        ctypes.c_int,
        ctypes.c_int,
        whole,
        whole,
        whole,
        ctypes.c_double,
        ctypes.c_uint64,
        ctypes.c_int,
        whole,
    ]
    return library


def _run(
    method: int,
    matrix: NDArray[np.float64],
    bounds: tuple[NDArray[np.int32], NDArray[np.int32]],
    cpu_seconds: float,
    seed: int,
) -> tuple[float, NDArray[np.intp]]:
    least, most = (np.ascontiguousarray(bound, dtype=np.int32) for bound in bounds)
    n = len(matrix)
    if not least.sum() <= n <= most.sum() or (least > most).any():
        raise ValueError(f"{n} people do not fit groups of {least.sum()} to {most.sum()} in all.")
    groups = np.zeros(n, dtype=np.int32)
    failed = compiled().peer_run(
        n, len(least), _whole(matrix, int(most.max())), least, most, cpu_seconds, seed, method, groups
    )  # fmt: skip
    if failed:
        raise MemoryError(f"No memory for {n} people in {len(least)} groups.")
    together = groups[:, None] == groups
    return float(matrix[together].sum() / 2), groups.astype(np.intp)


def _whole(matrix: NDArray[np.float64], widest: int) -> NDArray[np.int32]:
    """The matrix in whole numbers: as it is if it is whole, else in the finest parts that fit."""
    largest = float(np.abs(matrix).max(initial=0)) * widest or 1.0
    parts = 1.0 if (matrix == matrix.round()).all() else float(DECIMALS)
    return np.ascontiguousarray((matrix * min(parts, LARGEST / largest)).round(), dtype=np.int32)
