"""Where a person is, from what the door has seen of them: a pure fold, the same in whatever order the rows came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime


class Step(NamedTuple):
    """One step over the threshold. Steps sort by when they happened; the nonce decides between two of one moment."""

    happened_at: datetime
    nonce: str
    act: Literal["in", "out"]


def turns(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps that begin or end a visit, in order of time: coming in twice is coming in once."""
    inside = False
    for step in sorted(steps):
        if inside != (step.act == "in"):
            inside = not inside
            yield step


def present_since(steps: Iterable[Step]) -> datetime | None:
    """When the visit that goes on began; None for who is not in. Coming in twice is coming in once."""
    last = max(turns(steps), default=None)
    return last.happened_at if last and last.act == "in" else None


def is_news(steps: Iterable[Step], new: Step) -> bool:
    """Whether a step begins or ends a visit: false when the step before it or the one after it says the same."""
    before, after = _around(steps, new)
    was = before.act if before else "out"
    return was != new.act and (after is None or after.act != new.act)


def counted_since(steps: Iterable[Step], new: Step) -> datetime | None:
    """The moment of the entry that makes `new`, a step in, no news; None if it is news."""
    steps = list(steps)
    before, after = _around(steps, new)
    if before and before.act == "in":
        return present_since(step for step in steps if step <= before)
    return after.happened_at if after and after.act == "in" else None


def _around(steps: Iterable[Step], new: Step) -> tuple[Step | None, Step | None]:
    steps = list(steps)
    before = max((step for step in steps if step < new), default=None)
    after = min((step for step in steps if step > new), default=None)
    return before, after
