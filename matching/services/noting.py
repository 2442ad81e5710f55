"""What an organiser should know before publishing a draft, as facts (`Note` of the contract) that the console words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from matching.core import (
    Layout,
    Unsolvable,
    alternatives,
    broken_rules,
    forced_repeats_next,
    layout_for,
    out_of_reach,
    quality,
)
from matching.laying import features_needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from matching.adapter import RoomPlan
    from matching.core import Problem, Quality, Seating, Stop, Violation
    from matching.models import Round

    Note = dict[str, Any]

WORTH_TELLING = 5
"""One more table is mentioned if so many more of the tables would share a topic, in percent."""
COLLEAGUES = "company"
"""The rule of which the pairs are counted; of all others the tables."""
PRIVATE = "apart"
"""Who keeps away from whom is told to nobody, not even as a number: publishing sees to it."""


def notes_on(plan: RoomPlan, seating: Seating) -> list[Note]:
    """What cannot be helped, or was not: of a plan as it was found, or as an organiser has changed it."""
    problem, stranded = plan.problem, _stranded(plan, seating)
    broken = [
        violation
        for violation in broken_rules(problem, seating.tables)
        if violation.rule != PRIVATE
        and (violation.rule != "place" or not stranded.issuperset(violation.people))
    ]
    notes = [*_repeats(problem, seating), *_sitting_out(problem, seating), *_unmet(broken)]
    if stranded:
        people = [str(plan.people[i].pk) for i in sorted(stranded)]
        notes.append({"code": "needs_unmet", "attendees": people})
    return notes


def one_more_table(problem: Problem, seating: Seating, *, stop: Stop, seed: int) -> list[Note]:
    """What one more table would change, for which `stop` lets it search."""
    found = alternatives(problem, [seating], stop=stop, seed=seed, changes=("one_more_table",))
    now = quality(problem, seating)
    notes = [
        {
            "code": "one_more_table",
            "more": other.quality.tables,
            "tables": now.tables,
            "then": round(100 * other.quality.topic_share),
            "now": round(100 * now.topic_share),
        }
        for other in found
    ]
    return [note for note in notes if _worth_telling(note)]


def still_true(notes: Sequence[Note], now: Quality) -> list[Note]:
    """What one more table would change, measured against the plan as it is now."""
    found = [
        {**note, "tables": now.tables, "now": round(100 * now.topic_share)}
        for note in notes
        if note["code"] == "one_more_table" and note["more"] == now.tables + 1
    ]
    return [note for note in found if _worth_telling(note)]


def kept_out(draft: Round) -> set[UUID]:
    """Whom an organiser has moved out of a draft."""
    return {UUID(pk) for note in kept_out_note(draft) for pk in note["attendees"]}


def kept_out_note(draft: Round) -> list[Note]:
    """The note that says so, if there is anybody."""
    return [note for note in draft.notes if note["code"] == "kept_out"]


def note_kept_out(draft: Round, people: Iterable[UUID]) -> None:
    """Note on a draft that these people, and nobody else, were moved out."""
    others = [note for note in draft.notes if note["code"] != "kept_out"]
    out = sorted(map(str, people))
    draft.notes = [*others, *([{"code": "kept_out", "attendees": out}] if out else [])]


def _worth_telling(note: Note) -> bool:
    return bool(note["then"] - note["now"] >= WORTH_TELLING)


def _repeats(problem: Problem, seating: Seating) -> Iterator[Note]:
    repeats = quality(problem, seating).repeats
    if repeats:
        yield {"code": "repeats", "n": repeats}
    seated = int((seating.table_of >= 0).sum())
    tables = sum(bool(members) for members in seating.tables)
    forced = forced_repeats_next(problem, tables) if tables and seated == problem.n else 0
    if forced:
        yield {"code": "forced_repeats", "n": forced, "people": problem.n, "tables": tables}


def _sitting_out(problem: Problem, seating: Seating) -> Iterator[Note]:
    out = int((seating.table_of < 0).sum())
    if out:
        yield {"code": "sitting_out", "n": out}
    try:
        layout = layout_for(problem)
    except Unsolvable:
        return
    if layout.out:
        yield {
            "code": "too_few_chairs",
            "people": problem.n,
            "chairs": sum(layout.most),
            "out": len(layout.out),
            "more_tables": -(-len(layout.out) // problem.table_max),
        }


def _unmet(broken: Sequence[Violation]) -> Iterator[Note]:
    if broken:
        yield {"code": "unmet"}
    for rule in dict.fromkeys(violation.rule for violation in broken):
        found = [violation for violation in broken if violation.rule == rule]
        tables = {violation.table for violation in found}
        people = {person for violation in found for person in violation.people}
        number = len(found) if rule == COLLEAGUES else len(tables)
        yield {"code": "rule", "rule": rule, "n": number, "people": len(people)}


def _stranded(plan: RoomPlan, seating: Seating) -> set[int]:
    """Who depends on a table that is not laid; where nobody said what tables offer, who needs something of one."""
    problem, seated = plan.problem, seating.table_of >= 0
    if problem.needs is None:
        return {i for i, person in enumerate(plan.people) if seated[i] and features_needed(person)}
    laid = tuple(table for table, members in enumerate(seating.tables) if members)
    out = tuple(np.flatnonzero(~seated).tolist())
    return set(out_of_reach(problem, Layout(laid, (), (), out)))
