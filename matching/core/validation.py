"""Every rule a Problem must keep, with a message that names who breaks it."""

from __future__ import annotations

from operator import index as whole
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import InvalidProblem, NoLegalSplit
from .weights import INTENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from .problem import Problem, Table

    Bounds = tuple[tuple[int, int], ...]

LEVELS = (0.0, 0.5, 1.0)
LARGEST_TABLE = 16
"""Up to here the mean over all tablemates is a whole number of score units."""


def checked_fields(problem: Problem) -> dict[str, Any]:
    """The fields of `problem` as tuples and read-only arrays, or `InvalidProblem`."""
    _check_sizes(problem)
    people = _labels("people", problem.people)
    topics = _labels("topics", problem.topics)
    n, shape = len(people), (len(people), len(topics))
    venue = _venue(problem.venue)
    return {
        "people": people,
        "topics": topics,
        "interests": _interests(problem.interests, people, topics),
        "asks": _flags("asks", problem.asks, shape),
        "offers": _flags("offers", problem.offers, shape),
        "intents": _intents(problem.intents, people),
        "companies": _per_person("companies", problem.companies, n),
        "met": _met(problem.met, people),
        "apart": _apart(problem.apart, people),
        "hosts": _flags("hosts", problem.hosts, (n,)),
        "newcomers": _flags("newcomers", problem.newcomers, (n,)),
        "trades": _per_person("trades", problem.trades, n),
        "balance": _balance(problem.balance, n),
        "ties": _ties(problem.ties, people),
        "venue": venue,
        "needs": _needs(problem.needs, people),
        "pins": _places("pins", problem.pins, people, venue),
        "seated": _places("seated", problem.seated, people, venue),
        "sat_out": _counts("sat_out", problem.sat_out, people, least=0),
        "pair_affinity": _pair_affinity(problem.pair_affinity, people),
        "bounds": _bounds(problem),
    }


def check_members(members: Sequence[int], n: int) -> None:
    """Refuse indices that are not people of a room of `n`, or that come twice."""
    for index in members:
        if not 0 <= index < n:
            raise InvalidProblem(
                f"There is no person {index}: use indices from 0 to {n - 1}.", code="unknown_person"
            )
    if len(set(members)) < len(members):
        raise InvalidProblem("Name each person once.", code="duplicate_person")


def check_seating(table_of: NDArray[Any], n: int) -> None:
    """Refuse the seating of another room."""
    if table_of.shape != (n,):
        raise InvalidProblem(
            f"This seating is for {len(table_of)} people, the room has {n}: "
            "use a seating of the same room.",
            code="wrong_shape",
        )


def square(field: str, values: Any) -> NDArray[np.float64]:
    """`values` as a square matrix of numbers."""
    array = _numbers(field, values)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise InvalidProblem(
            f"{field} has shape {array.shape}: give one row and one column for each person.",
            code="wrong_shape",
        )
    return array


def checked_bounds(sizes: Iterable[int | tuple[int, int]]) -> Bounds:
    """Fewest and most people of each table, from sizes or pairs of fewest and most."""
    bounds = []
    for table, size in enumerate(sizes, start=1):
        try:
            low, high = map(whole, size if isinstance(size, tuple | list) else (size, size))
        except (TypeError, ValueError) as error:
            raise _wrong_size(table, size) from error
        if not 1 <= low <= high:
            raise _wrong_size(table, size)
        bounds.append((low, high))
    if not bounds:
        raise InvalidProblem("Give the size of at least one table.", code="invalid_bounds")
    return tuple(bounds)


def check_split(n: int, bounds: Bounds) -> None:
    """Refuse tables that n people cannot fill, or do not all find a place at."""
    fewest, most = (sum(sides) for sides in zip(*bounds, strict=True))
    if n < fewest:
        raise NoLegalSplit(
            f"{n} people are too few for tables that need {fewest}: "
            f"leave out a table, make tables smaller, or add {fewest - n} more people."
        )
    if n > most:
        raise NoLegalSplit(
            f"{n} people are too many for tables that take {most}: "
            f"add a table, or places for {n - most} more."
        )


def _wrong_size(table: int, size: Any) -> InvalidProblem:
    return InvalidProblem(
        f"Table {table} has the size {size!r}: give a whole number from 1, "
        "or a pair of the fewest and the most people.",
        code="invalid_bounds",
    )


def _check_sizes(problem: Problem) -> None:
    low, size, high = problem.table_min, problem.table_size, problem.table_max
    if not 2 <= low <= size <= high:
        raise InvalidProblem(
            f"Table sizes {low}, {size}, {high} do not rise: "
            "choose smallest <= usual <= largest, the smallest at least 2.",
            code="invalid_table_sizes",
        )
    if high > LARGEST_TABLE:
        raise InvalidProblem(
            f"Tables of {high} are too large to talk at: choose {LARGEST_TABLE} people at most.",
            code="invalid_table_sizes",
        )


def _labels(field: str, labels: Iterable[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    result = tuple(labels)
    for label in result:
        if label in seen:
            raise InvalidProblem(
                f"{label!r} comes twice in {field}: make each name unique.",
                code=f"duplicate_{field}",
            )
        seen.add(label)
    return result


def _interests(
    values: Any, people: tuple[str, ...], topics: tuple[str, ...]
) -> NDArray[np.float64]:
    array = _shaped("interests", values, (len(people), len(topics))).astype(np.float64)
    wrong = np.argwhere(~np.isin(array, LEVELS))
    if len(wrong):
        row, column = wrong[0]
        raise InvalidProblem(
            f"{people[row]} has interest {array[row, column]} in {topics[column]}: "
            "use 0 (not picked), 0.5 (curious) or 1 (keen).",
            code="invalid_interest",
        )
    return _frozen(array)


def _flags(field: str, values: Any, shape: tuple[int, ...]) -> NDArray[np.bool_] | None:
    if values is None:
        return None
    numbers = _shaped(field, values, shape)
    if not np.isin(numbers, (0, 1)).all():
        raise InvalidProblem(f"{field} must be true or false.", code=f"invalid_{field}")
    return _frozen(numbers.astype(np.bool_))


def _intents(
    values: Sequence[str | None] | None, people: tuple[str, ...]
) -> tuple[str | None, ...] | None:
    intents = _per_person("intents", values, len(people))
    for person, intent in zip(people, intents or (), strict=False):
        if intent is not None and intent not in INTENTS:
            raise InvalidProblem(
                f"{person} has the intent {intent!r}: use one of {', '.join(INTENTS)}, or none.",
                code="invalid_intent",
            )
    return intents


def _per_person(field: str, values: Sequence[Any] | None, n: int) -> tuple[Any, ...] | None:
    if values is None:
        return None
    if len(values) != n:
        raise InvalidProblem(
            f"{field} has {len(values)} entries for {n} people: give one each.", code="wrong_shape"
        )
    return tuple(values)


def _met(values: Any, people: tuple[str, ...]) -> NDArray[np.int32] | None:
    if values is None:
        return None
    counts = _shaped("met", values, (len(people), len(people)))
    wrong = (counts < 0) | (counts != np.floor(counts)) | ~np.isfinite(counts)
    wrong |= counts != counts.T
    np.fill_diagonal(wrong, counts.diagonal() != 0)
    if wrong.any():
        one, other = np.argwhere(wrong)[0]
        raise InvalidProblem(
            f"met is wrong for {people[one]} and {people[other]}: give whole counts, "
            "the same both ways, and 0 for a person with themselves.",
            code="invalid_met",
        )
    return _frozen(counts.astype(np.int32))


def _ties(values: Any, people: tuple[str, ...]) -> NDArray[np.float64] | None:
    if values is None:
        return None
    ties = _shaped("ties", values, (len(people), len(people))).astype(np.float64)
    wrong = ~((ties >= -1) & (ties <= 1)) | (ties != ties.T)
    np.fill_diagonal(wrong, ties.diagonal() != 0)
    if wrong.any():
        one, other = np.argwhere(wrong)[0]
        raise InvalidProblem(
            f"ties is {ties[one, other]} for {people[one]} and {people[other]}: give numbers from "
            "-1 to 1, the same both ways, and 0 for a person with themselves.",
            code="invalid_ties",
        )
    return _frozen(ties)


def _pair_affinity(values: Any, people: tuple[str, ...]) -> NDArray[np.float64] | None:
    if values is None:
        return None
    matrix = _shaped("pair_affinity", values, (len(people), len(people))).astype(np.float64)
    np.fill_diagonal(matrix, 0.0)
    endless = ~np.isfinite(matrix)
    if endless.any():
        one, other = np.argwhere(endless)[0]
        raise InvalidProblem(
            f"The affinity of {people[one]} and {people[other]} is {matrix[one, other]}: "
            "give finite numbers.",
            code="invalid_affinity",
        )
    lopsided = matrix != matrix.T
    if lopsided.any():
        one, other = np.argwhere(lopsided)[0]
        raise InvalidProblem(
            f"The affinity of {people[one]} and {people[other]} is {matrix[one, other]} one way "
            f"and {matrix[other, one]} the other: give the same both ways.",
            code="invalid_affinity",
        )
    return _frozen(matrix)


def _bounds(problem: Problem) -> Bounds:
    if problem.pair_affinity is None and not problem.bounds:
        return ()
    return checked_bounds(problem.bounds)


def _balance(
    attributes: Iterable[Sequence[str | None]], n: int
) -> tuple[tuple[str | None, ...], ...]:
    checked = []
    for number, values in enumerate(attributes, start=1):
        attribute = _per_person(f"balance attribute {number}", values, n)
        checked.append(attribute or ())
    return tuple(checked)


def _venue(tables: Iterable[Table]) -> tuple[Table, ...]:
    venue = tuple(tables)
    _labels("venue", [table.name for table in venue])
    for table in venue:
        if isinstance(table.features, str):
            raise InvalidProblem(
                f"Table {table.name} has the features {table.features!r}: give a set of words.",
                code="invalid_features",
            )
        if not isinstance(table.seats, int) or table.seats < 1:
            raise InvalidProblem(
                f"Table {table.name} has {table.seats} seats: give a whole number from 1.",
                code="invalid_seats",
            )
    return venue


def _needs(
    values: Sequence[Iterable[str]] | None, people: tuple[str, ...]
) -> tuple[frozenset[str], ...] | None:
    given = _per_person("needs", values, len(people))
    if given is None:
        return None
    for person, features in zip(people, given, strict=True):
        if features is None or isinstance(features, str):
            raise InvalidProblem(
                f"{person} has the needs {features!r}: give a set of words, empty for none.",
                code="invalid_needs",
            )
    return tuple(frozenset(features) for features in given)


def _places(
    field: str, values: Any, people: tuple[str, ...], venue: tuple[Table, ...]
) -> NDArray[np.int32] | None:
    places = _counts(field, values, people, least=-1)
    if places is not None and venue and (places >= len(venue)).any():
        person = int((places >= len(venue)).argmax())
        raise InvalidProblem(
            f"{field} puts {people[person]} at table index {places[person]}: "
            f"the venue has the indices 0 to {len(venue) - 1}.",
            code=f"invalid_{field}",
        )
    return places


def _counts(
    field: str, values: Any, people: tuple[str, ...], *, least: int
) -> NDArray[np.int32] | None:
    if values is None:
        return None
    numbers = _shaped(field, values, (len(people),))
    wrong = ~((numbers >= least) & (numbers == np.floor(numbers)) & np.isfinite(numbers))
    if wrong.any():
        person = int(wrong.argmax())
        raise InvalidProblem(
            f"{field} is {numbers[person]} for {people[person]}: give a whole number from {least}.",
            code=f"invalid_{field}",
        )
    return _frozen(numbers.astype(np.int32))


def _apart(pairs: Iterable[tuple[int, int]], people: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    ordered = set()
    for one, other in pairs:
        check_members((one, other), len(people))
        ordered.add((min(int(one), int(other)), max(int(one), int(other))))
    return frozenset(ordered)


def _shaped(field: str, values: Any, shape: tuple[int, ...]) -> NDArray[Any]:
    array = _numbers(field, values)
    if array.shape != shape:
        raise InvalidProblem(
            f"{field} has shape {array.shape}, but these people and topics need {shape}.",
            code="wrong_shape",
        )
    return array


def _numbers(field: str, values: Any) -> NDArray[Any]:
    """Whole numbers as they are, anything else as floats."""
    try:
        array = np.asarray(values)
        return array if array.dtype.kind in "biu" else array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidProblem(f"{field} must be numbers: {error}.", code="wrong_type") from error


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
