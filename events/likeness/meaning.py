"""How near two labels are in meaning, by word vectors that come with the package `wordllama`.

Its weights and its tokenizer's file are read directly: the package itself would fetch them, and set up logging for all.
Reading them takes a fifth of a second and 33 MB, at the first question.
"""

from __future__ import annotations

import importlib.util
import json
import struct
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WEIGHTS = "weights/l2_supercat_256.safetensors"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"


def vectors(texts: Sequence[str]) -> NDArray[np.float32] | None:
    """A unit vector for each text, or None where the extra is not installed."""
    model = _model()
    if model is None:
        return None
    tokenizer, weights = model
    found = np.zeros((len(texts), weights.shape[1]), dtype=np.float32)
    for row, read in enumerate(tokenizer.encode_batch(list(texts), add_special_tokens=False)):
        if read.ids:
            found[row] = weights[read.ids].astype(np.float32).mean(axis=0)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(length, 1e-9), dtype=np.float32)


@cache
def _model() -> tuple[Any, NDArray[np.float16]] | None:
    try:
        # An extra: the two other looks do without.
        from tokenizers import Tokenizer  # noqa: PLC0415

        package = importlib.util.find_spec("wordllama")
    except ModuleNotFoundError:
        return None
    if package is None or not package.submodule_search_locations:
        return None
    folder = Path(package.submodule_search_locations[0])
    if not (folder / WEIGHTS).exists() or not (folder / TOKENIZER).exists():
        return None
    return Tokenizer.from_file(str(folder / TOKENIZER)), _read(folder / WEIGHTS)


def _read(path: Path) -> NDArray[np.float16]:
    """The one array of a safetensors file: 8 bytes of length, a header in JSON, the numbers."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        numbers = np.fromfile(file, dtype=np.float16)
    return numbers.reshape(header["embedding.weight"]["shape"])
