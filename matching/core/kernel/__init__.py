"""The compiled kernel: the searches' inner loops in C, where it could be compiled.

Who uses it declares argument types on the functions of `library()`, and searches with NumPy where
that is None.
"""

import ctypes
import functools
import logging
import os
from pathlib import Path

from matching.core.kernel.build import FOLDER, library_path

log = logging.getLogger(__name__)


@functools.cache
def library() -> ctypes.CDLL | None:
    """The kernel, loaded once a process; calls into it release the GIL.

    None, with one warning in the log, if none was compiled from the sources as they are now; None
    without a word if the environment says TABLEMATES_KERNEL=off.
    """
    return None if os.environ.get("TABLEMATES_KERNEL") == "off" else load(FOLDER)


def load(folder: Path) -> ctypes.CDLL | None:
    """The library compiled from the sources in `folder`; None, and a warning, if there is none."""
    path = library_path(folder)
    try:
        return ctypes.CDLL(str(path))
    except OSError as error:
        reason = error if path.exists() else "not compiled from the sources as they are now"
        log.warning(
            "Matching runs on NumPy, several times slower: the kernel cannot be loaded (%s). "
            "`make setup`, or installing anew, compiles it",
            reason,
        )
        return None
