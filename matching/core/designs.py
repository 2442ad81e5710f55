"""Schedules of several rounds in which nobody meets twice, by construction instead of search.

Two sources: transversal designs over finite fields, with rounds inside their rows added (affine
planes and spaces are special cases), and starter rounds developed over a cyclic group. For fewer
people than chairs, people are taken away so that no table loses two.

The theory is in Colbourn and Dinitz, Handbook of Combinatorial Designs (2nd edition, 2007);
tables, table size and rounds are the social golfer problem (CSPLib prob010).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Ints = NDArray[np.intp]

MOST_ROUNDS = 64
"""No schedule is made longer than this."""
MOST_PEOPLE = 1000
"""A larger room has so few forced meetings that any search leaves none."""

STARTERS: dict[tuple[int, int], tuple[int, tuple[str, ...]]] = {
    (5, 3): (7, ("200213143014243",)),
    (6, 3): (4, ("031542002213143554", "204225130354011534")),
    (6, 4): (7, ("032551520441450213343120",)),
    (6, 5): (6, ("114505122413252004554323010334",)),
    (7, 3): (
        7,
        (
            "661625010532332044541",
            "012345660123452345601",
            "601234534560125601234",
            "601234501234566012345",
        ),
    ),
    (7, 4): (9, ("0143510602442023163655215463",)),
    (8, 3): (11, ("544170525611436327300762",)),
    (9, 4): (11, ("441318512655237686057738147400620328",)),
    (10, 3): (14, ("273503088624189510542379746916",)),
    (10, 4): (13, ("0112432563645037139897228109575467884960",)),
    (10, 5): (9, ("48976919474058214316626802349203257815907563503178",)),
    (10, 6): (7, ("588497310878217032655536200117194436918905863454292746092376",)),
    (12, 4): (12, ("09ab063775b882a6534989673b1a52923581046a4b211407",)),
    (12, 5): (11, ("93504966a6212b4a394085a546579817790230b15870b376b21a48b812a3",)),
    (14, 3): (20, ("3ab32a244c0629ad57989617341550db81c8b7d6c0",)),
    (14, 4): (14, ("170a96753d3472832da69a41168b895cca3b6d05250cb12794bd8c40",)),
    (15, 4): (15, ("7566a84148e615c330b4c51debe8a0e1732cc290923d579a78bb96d40ad2",)),
}
"""(tables, table size) -> (m, starter rounds), each round as the table of every person.

People are Z_m x columns, column by column, and then fewer than m fixed ones; a starter gives the
rounds that adding 1, ..., m to everybody in Z_m makes of it. Found by a search on repeated
differences. (5, 3), (7, 3): Kirkman triple systems; (6, 3), (8, 3), (10, 3): nearly Kirkman;
(7, 4), (10, 4): resolvable block designs; (6, 4), (9, 4): resolvable group divisible designs.
"""


def design(n: int, sizes: Sequence[int], rounds: int) -> Ints | None:
    """The table of each of `n` people in each round, (rounds, n), no two together twice.

    Table t has sizes[t] people in every round. None when no construction known here gives that
    many rounds: more may still exist. Raises ValueError for sizes that do not seat `n`.
    """
    if rounds < 1:
        raise ValueError(f"Cannot make a schedule of {rounds} rounds: ask for at least one.")
    longest = _known(n, sizes)
    return longest[:rounds].copy() if rounds <= len(longest) else None


def most_rounds(n: int, sizes: Sequence[int]) -> int:
    """For how many rounds `design` knows a schedule: at least 1, at most `MOST_ROUNDS`."""
    return len(_known(n, sizes))


def _known(n: int, sizes: Sequence[int]) -> Ints:
    if sum(sizes) != n or min(sizes, default=0) < 1:
        raise ValueError(f"Cannot seat {n} people at tables of {list(sizes)}.")
    return _longest(tuple(sizes))


@lru_cache(maxsize=64)
def _longest(sizes: tuple[int, ...]) -> Ints:
    """The longest schedule known: one round when no construction gives more."""
    n, tables, most = sum(sizes), len(sizes), max(sizes)
    once = np.repeat(np.arange(tables), sizes)[None]
    if most - min(sizes) > 1 or most > tables or n > MOST_PEOPLE:
        return once
    known = [_without(full, tables * most - n) for full in _full_schedules(tables, most)]
    longest = max(known, key=len)
    return np.array([_relabelled(row, sizes) for row in longest]) if len(longest) else once


def _relabelled(row: Ints, sizes: tuple[int, ...]) -> Ints:
    """The same round with its tables renamed, so that table t has sizes[t] people."""
    largest_first = np.argsort(-np.bincount(row), kind="stable")
    name = np.empty(len(sizes), dtype=np.intp)
    name[largest_first] = np.argsort(np.negative(sizes), kind="stable")
    return name[row]


def _full_schedules(tables: int, size: int) -> Iterator[Ints]:
    """Every known schedule of `tables` tables of exactly `size` people."""
    if (tables, size) in STARTERS:
        yield _developed(size * tables, *STARTERS[tables, size])
    for minus, times in _rings(tables):
        yield _transversal(minus, times[:, :size])


def _without(full: Ints, absent: int) -> Ints:
    """The schedule when `absent` of its people are away and no table misses two of them.

    The best of several people to begin with: fewer in a larger room, where it matters less.
    """
    n = full.shape[1]
    if not absent:
        return full
    firsts = range(n - 1, -1, -max(1, n * n // 500))
    return max((_without_from(first, full, absent) for first in firsts), key=len)


def _without_from(first: int, full: Ints, absent: int) -> Ints:
    """Take away `first`, then one by one whoever costs the fewest rounds.

    A round is lost when two who are away sit together in it.
    """
    rounds, n = full.shape
    each = np.arange(rounds)
    missed = np.zeros((rounds, full.max() + 1), dtype=np.bool_)
    kept = np.ones(rounds, dtype=np.bool_)
    here = np.ones(n, dtype=np.bool_)
    person = first
    for _ in range(absent):
        kept &= ~missed[each, full[:, person]]
        missed[each, full[:, person]] = True
        here[person] = False
        lost = missed[each[:, None], full] & kept[:, None]
        cost = np.where(here, lost.sum(axis=0), rounds + 1)
        person = n - 1 - int(cost[::-1].argmin())
    return full[kept][:, here]


def _developed(n: int, order: int, starters: tuple[str, ...]) -> Ints:
    """Every round that adding 1, ..., order to the people of Z_order makes of the starters.

    A starter that comes back to itself early gives fewer rounds than the others.
    """
    moving = np.arange(n - n % order).reshape(-1, order)
    rounds: dict[tuple[int, ...], None] = {}
    for starter in starters:
        row = np.array([int(table, 36) for table in starter])
        for shift in range(order):
            moved = row.copy()
            moved[moving] = row[np.roll(moving, shift, axis=1)]
            first = {table: name for name, table in enumerate(dict.fromkeys(moved.tolist()))}
            rounds[tuple(first[table] for table in moved.tolist())] = None
    return np.array(list(rounds))


def _transversal(minus: Ints, times: Ints) -> Ints:
    """A resolvable transversal design over a ring of g elements, rounds in its rows added.

    minus: (g, g), times: (g, size). Person (r, c), at r * g + c, sits in the round of ring
    element a at table c - a * r. Two rounds a, b share no pair when the a * r - b * r differ for
    all rows r: always in a field (size mutually orthogonal Latin squares, so the affine plane
    AG(2, g) for size == g), for some elements in other rings (MacNeish's product).
    """
    g, size = times.shape
    free = np.ones(g, dtype=np.bool_)
    rounds: list[Ints] = []
    while free.any() and len(rounds) < MOST_ROUNDS:
        a = int(free.argmax())
        rounds.append(minus[:, times[a]].T.ravel())
        apart = np.sort(minus[times, times[a]], axis=1)
        free &= (np.diff(apart, axis=1) != 0).all(axis=1)
        free[a] = False
    if size > 1 and g % size == 0:
        inside = _longest((size,) * (g // size))
        rounds.extend(
            np.concatenate([row + r * (g // size) for r in range(size)]) for row in inside
        )
    return np.array(rounds[:MOST_ROUNDS])


def _rings(g: int) -> Iterator[tuple[Ints, Ints]]:
    """Rings of g elements: the integers mod g, and the product of the fields of g's prime powers.

    Each as the tables of a - b and a * r, (g, g). In the product, columns r of a * r are in the
    order in which as many as possible of the first ones differ by units.
    """
    each = np.arange(g)
    yield np.subtract.outer(each, each) % g, np.multiply.outer(each, each) % g
    minus, times, rows = np.zeros((1, 1), np.intp), np.zeros((1, 1), np.intp), 0 * each
    for p, k in _prime_powers(g):
        q = p**k
        field_minus, field_times = _field(p, k)
        minus, times = _paired(minus, field_minus), _paired(times, field_times)
        rows = rows * q + each % q
    yield minus, times[:, rows]


def _paired(left: Ints, right: Ints) -> Ints:
    """The operation on pairs of elements, (a, b) being element a * q + b of the product."""
    return np.kron(left * len(right), np.ones_like(right)) + np.tile(right, left.shape)


def _field(p: int, k: int) -> tuple[Ints, Ints]:
    """The tables of a - b and a * b in GF(p**k), elements being polynomials in base p."""
    q, worth = p**k, p ** np.arange(k)
    powers = next(filter(None, (_powers(tail, p) for tail in product(range(p), repeat=k))))
    exp = np.array(powers) @ worth
    log = np.empty(q, dtype=np.intp)
    log[exp] = np.arange(q - 1)
    times = np.zeros((q, q), dtype=np.intp)
    times[1:, 1:] = exp[np.add.outer(log[1:], log[1:]) % (q - 1)]
    digits = np.arange(q)[:, None] // worth % p
    return (digits[:, None] - digits) % p @ worth, times


def _powers(tail: tuple[int, ...], p: int) -> list[tuple[int, ...]] | None:
    """The powers of x modulo x**k = tail over Z_p, lowest digit first, if x is primitive."""
    one = (1,) + (0,) * (len(tail) - 1)
    powers = {one: None}
    while len(powers) < p ** len(tail) - 1:
        *low, top = next(reversed(powers))
        element = tuple((a + top * b) % p for a, b in zip((0, *low), tail, strict=True))
        if element in powers or not any(element):
            return None
        powers[element] = None
    return list(powers)


def _prime_powers(g: int) -> list[tuple[int, int]]:
    """g as (prime, exponent) pairs."""
    powers = []
    for p in range(2, g + 1):
        k = 0
        while g % p == 0:
            g, k = g // p, k + 1
        if k:
            powers.append((p, k))
    return powers
