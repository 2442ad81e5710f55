"""Synthetic rooms for the solver's tests."""

from collections.abc import Callable, Iterator
from ctypes import CDLL
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.core import NoLegalSplit, Problem, Seating, Table, layout_for
from matching.core.kernel import library

MakeRoom = Callable[..., Problem]
FEATURES = ("quiet", "step_free")
INTENTS = np.array(["sell", "buy", "peers", "learn", None], dtype=object)


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


def random_venue(rng: np.random.Generator, n: int) -> tuple[Table, ...]:
    """Tables of 2 to 8 seats, mostly enough for `n`, a few quiet or without steps."""
    return tuple(
        Table(f"T{i}", int(seats), frozenset(rng.choice(FEATURES, rng.integers(3)).tolist()))
        for i, seats in enumerate(rng.integers(2, 9, size=1 + n // 3))
    )


def random_pairs(rng: np.random.Generator, n: int) -> np.ndarray[Any, np.dtype[np.intp]]:
    pairs = rng.integers(n, size=(n, 2))
    return pairs[pairs[:, 0] != pairs[:, 1]]


def wishes(rng: np.random.Generator, n: int) -> dict[str, Any]:
    """What makes a seating better or worse, but breaks no rule."""
    ties = np.triu(np.round(rng.uniform(-1, 1, (n, n)), 2), k=1)
    met = np.triu(rng.integers(0, 3, (n, n)) * (rng.random((n, n)) < 0.1), k=1)
    balance = rng.choice(["x", "y", "z"], n), rng.choice(INTENTS, n)
    return {
        "ties": ties + ties.T,
        "met": met + met.T,
        "balance": tuple(tuple(values.tolist()) for values in balance),
    }


def some_of(rng: np.random.Generator, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if rng.random() < 0.7}


def wild_room(n: int, seed: int, **fields: Any) -> Problem:
    """A room with a mixture of all rules, which may well stand against each other."""
    rng = np.random.default_rng(seed)
    venue = random_venue(rng, n) if rng.random() < 0.5 else ()
    tables = len(venue) or max(1, n // 6)
    needs = rng.random((n, 2)) < 0.1
    rules = {
        "apart": frozenset((int(i), int(j)) for i, j in random_pairs(rng, n)),
        "companies": tuple(f"company {i}" for i in rng.integers(n // 2 + 1, size=n)),
        "trades": tuple(rng.choice(["baker", "smith", "cook"], n).tolist()),
        "intents": tuple(rng.choice(INTENTS, n).tolist()),
        "newcomers": rng.random(n) < 0.6,
        "hosts": rng.random(n) < 0.3,
        "needs": tuple(frozenset(np.array(FEATURES)[row].tolist()) for row in needs),
        "pins": np.where(rng.random(n) < 0.15, rng.integers(tables, size=n), -1),
        "seated": rng.integers(-1, tables, size=n),
    }
    given = some_of(rng, rules | wishes(rng, n)) | fields
    try:
        problem = zipf_room(n, seed, **({"venue": venue} | given))
        layout_for(problem)
    except NoLegalSplit:
        problem = zipf_room(n, seed, **given)
    return problem


def legal_room(n: int, seed: int) -> tuple[Problem, Seating]:
    """A room with a mixture of all rules, and a seating that keeps every one of them."""
    rng = np.random.default_rng(seed)
    room = zipf_room(n, seed, **some_of(rng, wishes(rng, n)))
    room = replace(room, sat_out=rng.integers(3, size=n))
    try:
        room = replace(room, venue=random_venue(rng, n) if rng.random() < 0.6 else ())
        layout = layout_for(room)
    except NoLegalSplit:
        room = replace(room, venue=())
        layout = layout_for(room)
    tables = random_tables(rng, n, room)
    table_of = np.full(n, -1)
    for table, members in zip(layout.tables, tables, strict=True):
        table_of[members] = table
    ruled = replace(room, **some_of(rng, rules_of(rng, n, tables, table_of)))
    placed = replace(ruled, **some_of(rng, places_of(rng, room, table_of)))
    same_tables = layout_for(placed).tables == layout.tables
    return (placed if same_tables else ruled), Seating(table_of, 0.0)


def random_tables(rng: np.random.Generator, n: int, room: Problem) -> list[list[int]]:
    layout = layout_for(room)
    waiting = rng.permutation(np.setdiff1d(np.arange(n), layout.out)).tolist()
    spare = len(waiting) - sum(layout.least)
    tables = []
    for least, most in zip(layout.least, layout.most, strict=True):
        size = least + min(spare, most - least)
        spare -= size - least
        tables.append([waiting.pop() for _ in range(size)])
    return tables


def rules_of(
    rng: np.random.Generator,
    n: int,
    tables: list[list[int]],
    table_of: np.ndarray[Any, np.dtype[np.intp]],
) -> dict[str, Any]:
    """Rules on pairs and on kinds of people that `tables` keep."""
    companies: list[str | None] = [None] * n
    trades: list[str | None] = [None] * n
    for members in tables:
        names = rng.permutation(n)
        for person, name in zip(members, names, strict=False):
            companies[person] = f"company {name}" if rng.random() < 0.7 else None
        for person, name in zip(rng.permutation(members), ("baker", "smith") * 2, strict=False):
            trades[person] = name
    first = [members[0] for members in tables]
    intents = rng.choice(INTENTS, n)
    newcomers = rng.random(n) < 0.6
    intents[first] = "buy"
    newcomers[first] = False
    hosts = np.zeros(n, dtype=np.bool_)
    hosts[first[: rng.integers(len(first) + 1)]] = True
    if hosts[first].all():
        hosts |= rng.random(n) < 0.2
    return {
        "apart": frozenset(
            (int(i), int(j)) for i, j in random_pairs(rng, n) if table_of[i] != table_of[j]
        ),
        "companies": tuple(companies),
        "trades": tuple(trades),
        "intents": tuple(intents.tolist()),
        "newcomers": newcomers,
        "hosts": hosts,
    }


def places_of(
    rng: np.random.Generator, room: Problem, table_of: np.ndarray[Any, np.dtype[np.intp]]
) -> dict[str, Any]:
    """Pins and needs that a seating keeps, and where everybody sits already."""
    needs = [
        frozenset(feature for feature in FEATURES if feature in has and rng.random() < 0.2)
        for has in (
            room.venue[table].features if room.venue and table >= 0 else frozenset[str]()
            for table in table_of.tolist()
        )
    ]
    known = len(room.venue) or max(table_of) + 1
    return {
        "pins": np.where(rng.random(room.n) < 0.15, table_of, -1),
        "needs": tuple(needs),
        "seated": rng.integers(-1, known, size=room.n),
    }


@pytest.fixture(scope="session")
def kernel() -> CDLL:
    compiled = library()
    assert compiled is not None, "Run `make setup`: it compiles the kernel, with Zig if need be."
    return compiled


@pytest.fixture(params=["kernel", "numpy"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Once on the compiled kernel, once on NumPy."""
    if request.param == "numpy":
        monkeypatch.setenv("TABLEMATES_KERNEL", "off")
    library.cache_clear()
    assert (library() is None) == (request.param == "numpy"), "Run `make setup` first."
    yield request.param
    library.cache_clear()


@pytest.fixture(scope="session")
def make_wild_room() -> MakeRoom:
    return wild_room


@pytest.fixture(scope="session")
def make_legal_room() -> Callable[[int, int], tuple[Problem, Seating]]:
    return legal_room


@pytest.fixture(scope="session")
def make_room() -> MakeRoom:
    return zipf_room


@pytest.fixture(scope="session")
def make_lively_room() -> MakeRoom:
    return lively_room
