"""Every rule a Problem must keep, with a message that names who breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import InvalidProblem
from .weights import INTENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from .problem import Problem

LEVELS = (0.0, 0.5, 1.0)


def checked_fields(problem: Problem) -> dict[str, Any]:
    """The fields of `problem` as tuples and read-only arrays, or `InvalidProblem`."""
    _check_sizes(problem)
    people = _labels("people", problem.people)
    topics = _labels("topics", problem.topics)
    n, shape = len(people), (len(people), len(topics))
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


def _check_sizes(problem: Problem) -> None:
    low, size, high = problem.table_min, problem.table_size, problem.table_max
    if not 2 <= low <= size <= high:
        raise InvalidProblem(
            f"Table sizes {low}, {size}, {high} do not rise: "
            "choose smallest <= usual <= largest, the smallest at least 2.",
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
    array = _shaped("interests", values, (len(people), len(topics)), np.float64)
    wrong = np.argwhere(~np.isin(array, LEVELS))
    if len(wrong):
        row, column = wrong[0]
        raise InvalidProblem(
            f"{people[row]} has interest {array[row, column]} in {topics[column]}: "
            "use 0 (not picked), 0.5 (curious) or 1 (keen).",
            code="invalid_interest",
        )
    return array


def _flags(field: str, values: Any, shape: tuple[int, ...]) -> NDArray[np.bool_] | None:
    if values is None:
        return None
    numbers = _shaped(field, values, shape, np.float64)
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


def _per_person(
    field: str, values: Sequence[str | None] | None, n: int
) -> tuple[str | None, ...] | None:
    if values is None:
        return None
    if len(values) != n:
        raise InvalidProblem(
            f"{field} has {len(values)} entries for {n} people: give one each.", code="wrong_shape"
        )
    return tuple(values)


def _met(values: Any, people: tuple[str, ...]) -> NDArray[np.int64] | None:
    if values is None:
        return None
    counts = _shaped("met", values, (len(people), len(people)), np.float64)
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
    return _frozen(counts.astype(np.int64))


def _apart(pairs: Iterable[tuple[int, int]], people: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    ordered = set()
    for one, other in pairs:
        check_members((one, other), len(people))
        ordered.add((min(int(one), int(other)), max(int(one), int(other))))
    return frozenset(ordered)


def _shaped(field: str, values: Any, shape: tuple[int, ...], dtype: Any) -> NDArray[Any]:
    try:
        array = np.array(values, dtype=dtype)
    except (TypeError, ValueError) as error:
        raise InvalidProblem(f"{field} must be numbers: {error}.", code="wrong_type") from error
    if array.shape != shape:
        raise InvalidProblem(
            f"{field} has shape {array.shape}, but these people and topics need {shape}.",
            code="wrong_shape",
        )
    return _frozen(array)


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
