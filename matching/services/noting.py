"""What an organiser should know before publishing a draft, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.core import alternatives, broken_rules, forced_repeats_next, quality

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matching.core import Problem, Seating, Stop, Violation

WORTH_TELLING = 0.05
"""One more table is mentioned if so many more of the tables would share a topic, as a share."""
PAIRS = ("apart", "company")
"""Rules of which the pairs are counted; of all others the tables."""


def notes_on(problem: Problem, seating: Seating, *, stop: Stop, seed: int) -> list[str]:
    """What cannot be helped, and what one more table would change, for which `stop` lets it search."""
    return [
        *_repeats(problem, seating),
        *_sitting_out(seating),
        *_unmet(list(broken_rules(problem, seating.tables))),
        *_one_more_table(problem, seating, stop, seed),
    ]


def _repeats(problem: Problem, seating: Seating) -> Iterator[str]:
    repeats = quality(problem, seating).repeats
    if repeats:
        again = ngettext(
            "%(n)d pair at one table has sat together before.",
            "%(n)d pairs at one table have sat together before.",
            repeats,
        )
        yield again % {"n": repeats}
    tables = len(seating.tables)
    forced = forced_repeats_next(problem, tables)
    if forced:
        must = ngettext(
            "With %(people)d people on %(tables)d tables at least %(n)d pair must meet again.",
            "With %(people)d people on %(tables)d tables at least %(n)d pairs must meet again.",
            forced,
        )
        yield must % {"people": problem.n, "tables": tables, "n": forced}


def _sitting_out(seating: Seating) -> Iterator[str]:
    out = int((seating.table_of < 0).sum())
    if out:
        sit = ngettext("%(n)d person sits out.", "%(n)d people sit out.", out)
        yield sit % {"n": out}


def _unmet(broken: Sequence[Violation]) -> Iterator[str]:
    if broken:
        yield _("No plan was found that keeps every rule; this is the nearest.")
    for rule in dict.fromkeys(violation.rule for violation in broken):
        found = [violation for violation in broken if violation.rule == rule]
        tables = {violation.table for violation in found}
        people = {person for violation in found for person in violation.people}
        number = len(found) if rule in PAIRS else len(tables)
        yield broken_words(rule, number) % {"n": number, "people": len(people)}


def broken_words(rule: str, number: int) -> str:
    """What is said of a rule of the core that is broken so often; takes `n` and `people`."""
    return {
        "size": ngettext(
            "%(n)d table seats too many or too few (people: %(people)d).",
            "%(n)d tables seat too many or too few (people: %(people)d).",
            number,
        ),
        "apart": ngettext(
            "%(n)d pair to keep apart shares a table (people: %(people)d).",
            "%(n)d pairs to keep apart share a table (people: %(people)d).",
            number,
        ),
        "company": ngettext(
            "%(n)d pair from one company shares a table (people: %(people)d).",
            "%(n)d pairs from one company share a table (people: %(people)d).",
            number,
        ),
        "trade": ngettext(
            "%(n)d table has too many of one trade (people: %(people)d).",
            "%(n)d tables have too many of one trade (people: %(people)d).",
            number,
        ),
        "sellers": ngettext(
            "%(n)d table seats only sellers (people: %(people)d).",
            "%(n)d tables seat only sellers (people: %(people)d).",
            number,
        ),
        "newcomers": ngettext(
            "%(n)d table seats only newcomers (people: %(people)d).",
            "%(n)d tables seat only newcomers (people: %(people)d).",
            number,
        ),
        "host": ngettext(
            "%(n)d table has no host, or one too many (people: %(people)d).",
            "%(n)d tables have no host, or one too many (people: %(people)d).",
            number,
        ),
        "place": ngettext(
            "At %(n)d table people sit who have to sit elsewhere (people: %(people)d).",
            "At %(n)d tables people sit who have to sit elsewhere (people: %(people)d).",
            number,
        ),
    }[rule]


def _one_more_table(problem: Problem, seating: Seating, stop: Stop, seed: int) -> Iterator[str]:
    now = quality(problem, seating)
    for other in alternatives(
        problem, [seating], stop=stop, seed=seed, changes=("one_more_table",)
    ):
        then = other.quality
        if then.topic_share - now.topic_share >= WORTH_TELLING:
            yield _(
                "One more table (%(more)d instead of %(tables)d): %(then)d%% of the tables would "
                "share a topic instead of %(now)d%%."
            ) % {
                "more": then.tables,
                "tables": now.tables,
                "then": round(100 * then.topic_share),
                "now": round(100 * now.topic_share),
            }
