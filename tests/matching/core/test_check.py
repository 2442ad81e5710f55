"""The referee finds what is wrong with seatings made wrong on purpose."""

from collections.abc import Callable

import numpy as np
import pytest

from matching.core import Problem, Seating, check

MakeRoom = Callable[..., Problem]


def seated(*table_of: int) -> Seating:
    return Seating(np.array(table_of), 0.0)


def test_tables_outside_the_legal_sizes_are_named(make_room: MakeRoom) -> None:
    report = check(make_room(9), seated(0, 0, 0, 0, 0, 0, 0, 1, 1))
    assert report.violations == (
        "Table 1 seats 7 (P0, P1, P2, P3, P4, P5, P6), not 3 to 6.",
        "Table 2 seats 2 (P7, P8), not 3 to 6.",
    )
    assert report.legal is False


def test_an_empty_table_is_a_violation(make_room: MakeRoom) -> None:
    report = check(make_room(6), seated(0, 0, 0, 2, 2, 2))
    assert report.violations == ("Table 2 seats 0 (nobody), not 3 to 6.",)


def test_colleagues_and_people_kept_apart_are_named_once(make_room: MakeRoom) -> None:
    problem = make_room(4, companies=("Acme", "Acme", None, ""), apart=frozenset({(2, 3), (1, 0)}))
    assert check(problem, seated(0, 0, 0, 0)).violations == (
        "Table 1 seats P0 and P1, who are kept apart.",
        "Table 1 seats P2 and P3, who are kept apart.",
    )
    problem = make_room(4, companies=("Acme", "Acme", None, ""))
    assert check(problem, seated(0, 0, 0, 0)).violations == (
        "Table 1 seats P0 and P1, both of Acme.",
    )


def test_missing_and_crowded_hosts_are_named(make_room: MakeRoom) -> None:
    problem = make_room(6, hosts=[True, True, False, False, False, False])
    assert check(problem, seated(0, 0, 0, 1, 1, 1)).violations == (
        "Table 2 has no host, although there are 2.",
    )
    problem = make_room(9, hosts=[True, True] + [False] * 7)
    assert check(problem, seated(0, 0, 0, 1, 1, 1, 2, 2, 2)).violations == (
        "Table 1 has P1 as another host, while other tables have none.",
    )


def test_each_broken_rule_costs_a_thousand(make_room: MakeRoom) -> None:
    legal = make_room(6, intents=("sell",) * 6)
    apart = make_room(6, intents=("sell",) * 6, apart=frozenset({(0, 1), (1, 2)}))
    seating = seated(0, 0, 0, 1, 1, 1)
    broken = check(apart, seating)
    assert len(broken.violations) - len(check(legal, seating).violations) == 2
    assert -2010 < broken.score - check(legal, seating).score < -1990


def test_people_who_sit_out_break_no_rule(make_room: MakeRoom) -> None:
    assert check(make_room(6), seated(0, -1, 0, -1, -1, 0)).legal is True


def test_score_of_a_table_by_hand() -> None:
    interests = np.zeros((8, 2))
    interests[:4, 0] = 1
    problem = Problem(tuple("abcdefgh"), ("x", "y"), interests)
    rarity = 0.5
    pair = 0.6 * rarity
    pairs = 2 / 3 * 6 * pair
    topic = 0.6 * 4 * (0.3 + 0.7 * rarity)
    report = check(problem, seated(0, 0, 0, 0, 1, 1, 1, 1))
    assert report.score == pytest.approx(pairs + topic)


def test_a_seating_of_another_room_is_refused(make_room: MakeRoom) -> None:
    with pytest.raises(ValueError, match="for 3 people, the problem has 6"):
        check(make_room(6), seated(0, 0, 0))
