"""The same words, spelt otherwise: a plural, a slip of the finger, British and American."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from events.likeness.words import Words

# A slip in a short word makes another word: Rust and Trust, Baking and Biking.
SHORTEST_WITH_A_SLIP = 7
SHORTEST_WITH_TWO = 12
SHORTEST_WITH_PLURAL = 4
AMERICAN = {"our": "or", "tre": "ter", "isation": "ization", "ise": "ize"}
# Further apart than this, written as one word, no two labels are spelt alike.
FARTHEST = 4


def spelt_alike(one: Words, other: Words) -> bool:
    """Whether they are the same words in another order, or each word of one is a word of the other, spelt otherwise."""
    if not one.words or not other.words:
        return False
    if one.in_any_order == other.in_any_order:
        return True
    if len(one.words) == len(other.words):
        return all(_alike(a, b) for a, b in zip(one.words, other.words, strict=True))
    return _alike(one.key, other.key)


def _alike(a: str, b: str) -> bool:
    return _plain(a) == _plain(b) or _slip(a, b)


def _plain(word: str) -> str:
    """The singular, by American spelling."""
    if len(word) < SHORTEST_WITH_PLURAL:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for british, american in AMERICAN.items():
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word


def _slip(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=len)
    # Slips are rare in the first letter, other words are not: Gastronomy and Astronomy, German and Germany.
    if shorter[:1] != longer[:1] or longer.startswith(shorter):
        return False
    if len(longer) < SHORTEST_WITH_A_SLIP:
        return False
    allowed = 2 if len(shorter) >= SHORTEST_WITH_TWO else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def spelt_nearly(keys: Sequence[str]) -> NDArray[np.intp]:
    """Pairs (rows of two indices, ascending) that are near enough to look at: quick for hundreds of labels."""
    far = cdist(keys, keys, scorer=OSA.distance, score_cutoff=FARTHEST, dtype=np.uint8)
    return np.argwhere(np.triu(far <= FARTHEST, k=1))
