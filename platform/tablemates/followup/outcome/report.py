"""The report on an evening: what was set out to be reached, what was, and how it went beside the series' earlier ones."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from events.models import Event
from events.payloads import time
from tablemates.followup.models import Measure, PastOutcome
from tablemates.followup.outcome.figures import count_figures, is_met
from tablemates.followup.outcome.plots import draw_plots
from tablemates.followup.outcome.record import read_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tablemates.followup.outcome.figures import Figure

EARLIER = 11
"""A year of monthly evenings is compared: with this one, twelve."""


def report_outcome(event: Event) -> dict[str, Any]:
    """What the organiser reads of an evening; nobody's name is in it."""
    record = read_record(event)
    figures = count_figures(record)
    return {
        "targets": _targets(event, figures),
        "settable": event.phase == Event.Phase.PLANNED,
        "figures": _told(figures),
        "plots": draw_plots(record) if record else None,
        "series": _series(event, figures),
    }


def figures_of(event: Event) -> list[dict[str, Any]]:
    """Every measure of an evening: what its series keeps of it once it is deleted."""
    return _told(count_figures(read_record(event)))


def held_at(event: Event) -> datetime:
    """When an evening was, or is to be, as its series puts them in order."""
    return event.opened_at or event.starts_at or event.created_at


def _told(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    return [asdict(figure) for figure in figures]


def _targets(event: Event, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    found = {figure.measure: figure for figure in figures}
    return [
        {
            "measure": target.measure,
            "value": target.value,
            "met": is_met(found[Measure(target.measure)], target.value),
        }
        for target in event.targets.order_by("pk")
    ]


def _series(event: Event, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Evenings of the series up to this one, the oldest first; deleted ones as they were kept."""
    if event.series_id is None:
        return []
    before = event.opened_at or timezone.now()
    past = PastOutcome.objects.filter(series=event.series_id, held_at__lt=before)
    held = Event.objects.filter(series=event.series_id, opened_at__lt=before).exclude(pk=event.pk)
    evenings: list[tuple[datetime, PastOutcome | Event]] = [
        *((one.held_at, one) for one in past.order_by("-held_at")[:EARLIER]),
        *((held_at(one), one) for one in held.order_by("-opened_at")[:EARLIER]),
    ]
    earlier = sorted(evenings, key=lambda evening: evening[0])[-EARLIER:]
    rows = [
        (at, one.title, one.figures if isinstance(one, PastOutcome) else figures_of(one))
        for at, one in earlier
    ]
    rows.append((held_at(event), event.title, _told(figures)))
    return [
        {"title": title, "at": time(at), "figures": told, "this": i == len(rows)}
        for i, (at, title, told) in enumerate(rows, 1)
    ]
