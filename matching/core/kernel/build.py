"""Compiles the kernel's C sources into one shared library beside them.

Needs the standard library only and imports nothing of ours: the build hook loads this file by its
path, and `python matching/core/kernel/build.py` runs it, before anything is installed.

The library is named after a hash of the sources, the flags and the machine, so that a loader that
asks for the name of its own sources never gets a library made from others.
"""

import contextlib
import hashlib
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")

# Without contraction to fused multiply-adds every machine computes the same.
FLAGS = (
    "-O3",
    "-std=c11",
    "-ffp-contract=off",
    "-Wall",
    "-Wextra",
    "-shared",
    *(() if sys.platform == "win32" else ("-fPIC",)),
)


class KernelError(Exception):
    """No compiler made the library; the message lists each that was tried and what it said."""


def source_hash(folder: Path = FOLDER) -> str:
    """Twelve hex digits that tell apart what the sources in `folder` compile to on this machine."""
    digest = hashlib.sha256(repr((FLAGS, sys.platform, platform.machine())).encode())
    for source in sorted(folder.glob("*.[ch]")):
        content = source.read_bytes()
        digest.update(f"{source.name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:12]


def library_path(folder: Path = FOLDER) -> Path:
    """Where the library made from the sources in `folder`, as they are now, is or would be."""
    return folder / f"kernel-{source_hash(folder)}{SUFFIX}"


def build(folder: Path = FOLDER) -> Path:
    """Compile the sources in `folder`, unless that is done, and drop libraries of older sources.

    Raises KernelError if no compiler can.
    """
    target = library_path(folder)
    if not target.exists():
        compile_kernel(sorted(folder.glob("*.c")), target)
    for outdated in set(folder.glob(f"kernel-*{SUFFIX}")) - {target}:
        # Windows keeps a library that somebody has loaded.
        with contextlib.suppress(OSError):
            outdated.unlink()
    return target


def compile_kernel(sources: Iterable[Path], target: Path) -> str:
    """Compile `sources` into the shared library `target`; return the compiler that could.

    Tries $CC, cc, gcc, clang, then the ziglang package. `target` appears whole or not at all.
    Raises KernelError if none of them can.
    """
    files = [str(source) for source in sources]
    tried = []
    for name, command in _compilers().items():
        try:
            with tempfile.TemporaryDirectory(prefix="kernel-", dir=target.parent) as scratch:
                made = Path(scratch) / target.name
                trouble = _run([*command, *FLAGS, "-o", str(made), *files, "-lm"], scratch)
                if not trouble:
                    os.replace(made, target)
                    return name
        except OSError as error:
            trouble = error.strerror or str(error)
        tried.append(f"{name}: {trouble}")
    raise KernelError("no compiler could build the matching kernel (" + "; ".join(tried) + ")")


def _compilers() -> dict[str, list[str]]:
    """Commands by the name to call them, first choice first."""
    named = os.environ.get("CC", "")
    commands = {name: shlex.split(name) for name in (named, "cc", "gcc", "clang") if name}
    # Left to itself, Zig compiles for exactly this processor, and a wheel is for others too.
    zig = [sys.executable, "-m", "ziglang", "cc", "-mcpu=baseline"]
    return {**commands, "python -m ziglang cc": zig}


def _run(command: list[str], scratch: str) -> str:
    """What the compiler complained of, or nothing if it did its work. Zig's cache is `scratch`."""
    caches = {"ZIG_GLOBAL_CACHE_DIR": scratch, "ZIG_LOCAL_CACHE_DIR": scratch}
    done = subprocess.run(
        command,
        env={**caches, **os.environ},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if not done.returncode:
        return ""
    said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
    return next((line for line in said if "error" in line), said[-1])


if __name__ == "__main__":
    try:
        build()
    except KernelError as error:
        sys.exit(f"Matching runs on NumPy, several times slower: {error}")
