"""Why a table sits together, told so that it stays true while people come, go and change what they like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from checkin.selectors import present_attendees
from matching.adapter import plan_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from events.models import Event
    from matching.models import Round


def reword(event: Event, round: Round, numbers: Collection[int]) -> None:
    """Say anew what the people at these tables share.

    A table keeps the topic it began with while anybody there holds it; a table that nobody is left at keeps its reason.
    """
    seats = round.seats.filter(left_at=None, table__number__in=numbers)
    table_of = dict(seats.values_list("attendee_id", "table__number"))
    people = list(present_attendees(event).filter(pk__in=table_of))
    taken = sorted({table_of[person.pk] for person in people})
    if not taken:
        return
    plan = plan_words(event, people)
    places = np.array([taken.index(table_of[person.pk]) for person in people], dtype=np.intp)
    tables = list(round.tables.filter(number__in=taken).select_related("topic").order_by("number"))
    reasons = plan.reasons(places, [table.topic for table in tables])
    for table, reason in zip(tables, reasons, strict=True):
        table.topic, table.why = plan.topic_of(reason), plan.why(reason)
        table.shared = reason.shared_by_all
        table.save()
