"""Pairs of topics that may mean the same, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from events.likeness import meaning
from events.likeness.spelling import spelt_alike, spelt_nearly
from events.likeness.words import Words, contradict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Why = Literal["short_form", "spelling", "meaning"]

# Measured on hand-written pairs: see the package's docstring.
NEAR = 0.5
NEAR_WITH_SHARED_WORDS = 0.6
NEAR_IN_THE_REST = 0.1
# Vectors know little of such short words: UI and UX, C and C#.
TOO_SHORT_TO_MEAN = 3


@dataclass(frozen=True)
class Pair:
    """Two labels by their indices (ascending), and why they may mean the same."""

    one: int
    other: int
    why: Why


def likely_pairs(labels: Sequence[str]) -> list[Pair]:
    """Every two of these labels that may mean the same, the likeliest first."""
    topics = [Words.of(label) for label in labels]
    found: dict[tuple[int, int], Pair] = {}
    for pair in (*_short_forms(topics), *_spellings(topics), *_meanings(topics)):
        found.setdefault((pair.one, pair.other), pair)
    return list(found.values())


def _short_forms(topics: Sequence[Words]) -> Iterator[Pair]:
    holders: dict[tuple[str, ...], list[int]] = {}
    for i, topic in enumerate(topics):
        for reading in {reading.in_any_order for reading in topic.readings} - {()}:
            holders.setdefault(reading, []).append(i)
    for same in holders.values():
        for i, j in combinations(same, 2):
            shortened = topics[i].in_any_order != topics[j].in_any_order
            yield Pair(i, j, "short_form" if shortened else "spelling")


def _spellings(topics: Sequence[Words]) -> Iterator[Pair]:
    for i, j in spelt_nearly([topic.key for topic in topics]).tolist():
        one, other = topics[i], topics[j]
        if spelt_alike(one, other) and not contradict(one, other):
            yield Pair(i, j, "spelling")


def _meanings(topics: Sequence[Words]) -> Iterator[Pair]:
    vectors = meaning.vectors([" ".join(topic.readings[0].words) for topic in topics])
    if vectors is None:
        return
    nearness = vectors @ vectors.T
    hits = np.argwhere(np.triu(nearness >= NEAR, k=1)).tolist()
    for i, j in sorted(hits, key=lambda hit: -nearness[hit[0], hit[1]]):
        if _mean_the_same(topics[i], topics[j], float(nearness[i, j])):
            yield Pair(i, j, "meaning")


def _mean_the_same(one: Words, other: Words, nearness: float) -> bool:
    if contradict(one, other) or _codes(one.beside(other), other.beside(one)):
        return False
    one, other = one.readings[0], other.readings[0]
    left, right = one.beside(other), other.beside(one)
    # One says more than the other: Farming and Urban farming are two topics.
    if not left or not right or _codes(one.words, other.words):
        return False
    if len(left) == len(one.words):
        return nearness >= NEAR
    return nearness >= NEAR_WITH_SHARED_WORDS and _near(left, right) >= NEAR_IN_THE_REST


def _codes(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether some of these are words too short for vectors, and nothing else."""
    return any(words and max(map(len, words)) <= TOO_SHORT_TO_MEAN for words in (left, right))


def _near(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """How near the words are that two labels do not share."""
    vectors = meaning.vectors([" ".join(left), " ".join(right)])
    return 0.0 if vectors is None else float(vectors[0] @ vectors[1])
