"""The figures as a table that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from events.payloads import time
from tablemates.followup.models import Measure
from tablemates.followup.outcome.report import held_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from events.models import Event

    Report = Mapping[str, Any]

# A spreadsheet takes a cell that begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_sheet(event: Event, report: Report) -> str:
    """The report's figures, a measure a line: of the series' evenings, this one last with its targets."""
    file = io.StringIO()
    # The mark by which spreadsheets know UTF-8.
    file.write("\ufeff")
    lines = csv.writer(file)
    lines.writerow(map(_neutral, _head()))
    evenings = report["series"] or [_alone(event, report)]
    for evening in evenings:
        for line in _lines(event, report, evening):
            lines.writerow(map(_neutral, line))
    return file.getvalue()


def _head() -> list[str]:
    return [
        _("Event"),
        _("Date"),
        _("Measure"),
        _("Share"),
        _("Of how many"),
        _("Not shown"),
        _("Target"),
        _("Reached"),
    ]


def _alone(event: Event, report: Report) -> dict[str, Any]:
    at = time(held_at(event))
    return {"title": event.title, "at": at, "figures": report["figures"], "this": True}


def _lines(event: Event, report: Report, evening: Mapping[str, Any]) -> Iterator[list[str]]:
    targets = {target["measure"]: target for target in report["targets"] if evening["this"]}
    date = datetime.fromisoformat(evening["at"]).astimezone(ZoneInfo(event.time_zone)).date()
    for figure in evening["figures"]:
        target = targets.get(figure["measure"])
        yield [
            evening["title"],
            date.isoformat(),
            str(Measure(figure["measure"]).label),
            _number(figure["value"]),
            _number(figure["of"]),
            _why(figure["why_hidden"]),
            _number(target["value"] if target else None),
            _said(target["met"] if target else None),
        ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


def _why(code: str | None) -> str:
    words = {"too_few": _("speaks of too few people"), "not_yet": _("not known yet")}
    return words[code] if code else ""


def _said(met: bool | None) -> str:
    return "" if met is None else _("yes") if met else _("no")


def _neutral(cell: str) -> str:
    """As text: a leading apostrophe is what spreadsheets themselves write before a cell that is no formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
