"""Where a person is follows from what the door saw, in whatever order it hears of it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from checkin.presence import Step, counted_since, is_news, present_since

EIGHT = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)


def at(minute: int, act: str, nonce: str = "n") -> Step:
    return Step(EIGHT + timedelta(minutes=minute), nonce, act)


steps = st.builds(
    at, st.integers(0, 20), st.sampled_from(["in", "out"]), st.text("ab", min_size=1, max_size=3)
)
evenings = st.lists(steps, max_size=12, unique_by=lambda step: step.nonce)


def test_nobody_is_in_before_the_door_has_seen_them() -> None:
    assert present_since([]) is None


def test_the_visit_that_counts_began_with_the_first_of_several_steps_in() -> None:
    evening = [at(0, "in"), at(5, "out"), at(10, "in"), at(12, "in")]
    assert present_since(evening) == EIGHT + timedelta(minutes=10)


def test_an_entry_brought_late_does_not_undo_the_exit_after_it() -> None:
    assert present_since([at(30, "out"), at(0, "in")]) is None


@given(evenings, st.randoms())
def test_order_of_arrival_does_not_matter(evening: list[Step], luck: object) -> None:
    shuffled = evening[:]
    luck.shuffle(shuffled)
    assert present_since(shuffled) == present_since(evening)


@given(evenings)
def test_the_latest_step_says_where_a_person_is(evening: list[Step]) -> None:
    is_in = bool(evening) and max(evening).act == "in"
    assert (present_since(evening) is not None) == is_in


@given(evenings, steps)
def test_a_step_is_news_exactly_if_it_changes_the_visits(evening: list[Step], new: Step) -> None:
    evening = [step for step in evening if step.nonce != new.nonce]
    assert is_news(evening, new) == (visits([*evening, new]) > visits(evening))


@given(evenings, steps)
def test_a_step_in_is_news_or_says_which_entry_counts(evening: list[Step], new: Step) -> None:
    evening = [step for step in evening if step.nonce != new.nonce]
    new = new._replace(act="in")
    since = counted_since(evening, new)
    assert (since is None) == is_news(evening, new)
    assert since is None or since in {step.happened_at for step in evening if step.act == "in"}


def visits(evening: list[Step]) -> int:
    """Changes between in and out over an evening that begins outside."""
    acts = ["out", *(step.act for step in sorted(evening))]
    return sum(one != other for one, other in itertools.pairwise(acts))
