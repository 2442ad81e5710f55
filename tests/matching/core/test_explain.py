"""The sentence every table gets."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from matching.core import Help, Problem, Reason, Seating, explain

MakeRoom = Callable[..., Problem]
PEOPLE = ("Ada", "Bo", "Cy", "Di", "Ed")


def reason(interests: Any, **fields: Any) -> Reason:
    problem = Problem(PEOPLE, ("climate", "grants", "chess"), np.array(interests), **fields)
    (only,) = explain(problem, Seating(np.zeros(5), 0.0))
    return only


def flags(*cells: tuple[int, int]) -> np.ndarray:
    array = np.zeros((5, 3), dtype=bool)
    for cell in cells:
        array[cell] = True
    return array


def test_topic_of_all_is_named_with_the_ask_that_an_offer_meets() -> None:
    found = reason([[1, 0, 0]] * 5, asks=flags((0, 1)), offers=flags((1, 1)))
    assert found == Reason(
        topic="climate",
        holders=(0, 1, 2, 3, 4),
        size=5,
        help=Help("grants", askers=(0,), helpers=(1,)),
        reason="All five picked climate; Ada asks about grants, Bo offers it.",
    )
    assert found.shared_by_all is True


def test_topic_of_most_is_counted_honestly() -> None:
    found = reason([[1, 0, 0]] * 3 + [[0, 1, 0]] * 2)
    assert found.reason == "3 of 5 picked climate."
    assert found.holders == (0, 1, 2)
    assert found.shared_by_all is False


def test_of_two_topics_held_by_all_the_rarer_in_the_room_is_named() -> None:
    interests = np.zeros((8, 2))
    interests[:, 0] = 1
    interests[:4, 1] = 1
    problem = Problem(tuple("abcdefgh"), ("common", "rare"), interests)
    seating = Seating(np.array([0, 0, 0, 0, 1, 1, 1, 1]), 0.0)
    assert [found.topic for found in explain(problem, seating)] == ["rare", "common"]


def test_people_without_interests_get_an_open_table() -> None:
    found = reason(np.zeros((5, 3)))
    assert found.topic is None
    assert found.holders == ()
    assert found.reason == (
        "An open table: nobody has picked a topic yet, so start with what brought you here."
    )


def test_open_table_still_names_an_ask_that_an_offer_meets() -> None:
    found = reason(np.zeros((5, 3)), asks=flags((2, 2)), offers=flags((4, 2), (2, 2)))
    assert found.help == Help("chess", askers=(2,), helpers=(4,))


def test_several_who_ask_or_offer_are_counted() -> None:
    asks, offers = flags((0, 1), (3, 1)), flags((1, 1))
    found = reason([[1, 0, 0]] * 5, asks=asks, offers=offers)
    assert found.help == Help("grants", askers=(0, 3), helpers=(1,))
    assert found.reason == "All five picked climate; two ask about grants, Bo offers it."
    found = reason([[1, 0, 0]] * 5, asks=offers, offers=asks)
    assert found.reason == "All five picked climate; Bo asks about grants, two offer it."


def test_only_those_who_can_be_helped_are_counted() -> None:
    found = reason([[1, 0, 0]] * 5, asks=flags((0, 1), (1, 1)), offers=flags((1, 1)))
    assert found.reason == "All five picked climate; Ada asks about grants, Bo offers it."


def test_a_table_where_nobody_sits_is_an_open_one(make_room: MakeRoom) -> None:
    problem = make_room(6)
    reasons = explain(problem, Seating(np.array([0, 0, 0, 2, 2, 2]), 0.0), topics=[None, 1])
    assert [found.size for found in reasons] == [3, 0, 3]
    assert (reasons[1].topic, reasons[1].holders, reasons[1].help) == (None, (), None)
    assert reasons[1].shared_by_all is False


@pytest.mark.parametrize("size", [3, 4, 5, 6])
def test_every_table_gets_a_reason_of_its_size(size: int, make_room: MakeRoom) -> None:
    problem = make_room(size * 4)
    reasons = explain(problem, Seating(np.repeat(np.arange(4), size), 0.0))
    assert [found.size for found in reasons] == [size] * 4
    assert None not in [found.topic for found in reasons]
