"""Synthetic rooms for the solver's tests."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from matching.core import Problem

MakeRoom = Callable[..., Problem]


def zipf_room(n: int, seed: int = 0, **fields: Any) -> Problem:
    """`n` people with 1-3 Zipf-like picks out of 12 topics, some asks and some offers."""
    rng = np.random.default_rng(seed)
    topics = tuple(f"topic {k}" for k in range(12))
    share = 1 / np.arange(1, 13)
    interests = np.zeros((n, 12))
    for row in interests:
        picks = rng.choice(12, size=rng.integers(1, 4), replace=False, p=share / share.sum())
        row[picks] = rng.choice([0.5, 1.0], size=len(picks))
    given = {
        "people": tuple(f"P{i}" for i in range(n)),
        "topics": topics,
        "interests": interests,
        "asks": rng.random((n, 12)) < 0.06,
        "offers": rng.random((n, 12)) < 0.06,
    }
    return Problem(**(given | fields))


def lively_room(n: int, seed: int) -> Problem:
    """A room with every kind of rule, where all of them can be kept.

    Companies of two and pairs kept apart give nobody more than two people to avoid, fewer than
    there are tables; a quarter sells; everybody met a few others before.
    """
    rng = np.random.default_rng(seed)
    tables = n // 4
    couples = rng.permutation(n)[: n // 2 * 2].reshape(-1, 2)
    apart = couples[: n // 6] if tables > 1 else couples[:0]
    companies = tuple(f"company {i // 2}" for i in range(n)) if n > 12 else None
    met = np.triu(rng.random((n, n)) < 0.05, k=1).astype(int)
    return zipf_room(
        n,
        seed,
        apart=frozenset((int(i), int(j)) for i, j in apart),
        companies=companies,
        intents=tuple(rng.permutation(["sell", "peers", "buy", None] * n)[:n].tolist())
        if n > 12
        else None,
        met=met + met.T,
        hosts=rng.random(n) < rng.random() / 2,
    )


@pytest.fixture(scope="session")
def make_room() -> MakeRoom:
    return zipf_room


@pytest.fixture(scope="session")
def make_lively_room() -> MakeRoom:
    return lively_room
