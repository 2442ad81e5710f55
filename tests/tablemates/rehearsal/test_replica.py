"""A simulated page folds what it hears as the pages do: on the same cases as they."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tablemates.rehearsal.replica import Replica, apply

CASES = sorted((Path(__file__).parents[2] / "live" / "cases").glob("*.json"))


def says(seq: int, prev: int, present: int, **more: Any) -> dict[str, Any]:
    return {"seq": seq, "prev": prev, "set": {"present": present}, "unset": [], **more}


def snapshot(seq: int, present: int) -> dict[str, Any]:
    return {"seq": seq, "state": {"present": present}}


def replica(seq: int, present: int) -> Replica:
    copy = Replica()
    copy.adopt(snapshot(seq, present))
    return copy


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_of_the_replay_is_folded_to_what_the_server_says(path: Path) -> None:
    case = json.loads(path.read_text())
    state = case["before"]
    for message in case["messages"]:
        state = apply(state, message)
    assert state == case["after"]


def test_the_next_message_is_applied_and_one_that_was_seen_is_dropped() -> None:
    copy = replica(5, 1)
    assert copy.receive(says(9, 5, 2))
    assert copy.receive(says(9, 5, 99))
    assert (copy.state, copy.seq) == ({"present": 2}, 9)


def test_a_message_after_a_gap_changes_nothing_until_the_snapshot_comes() -> None:
    copy = replica(5, 1)
    assert not copy.receive(says(9, 7, 3))
    assert copy.state == {"present": 1}
    assert copy.adopt(snapshot(7, 2))
    assert (copy.state, copy.seq) == ({"present": 3}, 9)


def test_what_arrives_before_the_first_snapshot_waits_for_it_in_any_order() -> None:
    copy = Replica()
    assert [copy.receive(says(4, 3, 40)), copy.receive(says(3, 2, 30))] == [False, False]
    assert copy.adopt(snapshot(2, 20))
    assert copy.state == {"present": 40}


def test_a_late_snapshot_does_not_take_back_what_is_newer() -> None:
    copy = replica(9, 5)
    assert copy.adopt(snapshot(7, 1))
    assert (copy.state, copy.seq) == ({"present": 5}, 9)


def test_a_message_that_asks_for_the_snapshot_is_not_applied() -> None:
    copy = replica(5, 1)
    assert not copy.receive(says(6, 5, 2, reload=True))
    assert copy.state == {"present": 1}


def test_the_old_state_stays_as_it_was() -> None:
    old = {"tables": {"1": "a"}}
    new = apply(old, {"set": {"tables/2": "b"}, "unset": ["tables/1"]})
    assert (old, new) == ({"tables": {"1": "a"}}, {"tables": {"2": "b"}})
