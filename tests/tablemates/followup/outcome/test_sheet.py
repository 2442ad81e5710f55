"""The figures as a spreadsheet reads them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.test import Client

from events.models import Event, Series
from tablemates.accounts.models import Team
from tablemates.followup.models import PastOutcome, Target
from tablemates.followup.outcome.report import figures_of, report_outcome
from tests.evenings import RandomEvening
from tests.rows import make_event, make_organiser

pytestmark = pytest.mark.django_db


def download(event: Event, **headers: str) -> tuple[str, list[list[str]]]:
    """The file's text, and its rows as an independent reader has them."""
    client = Client(headers=headers)
    client.force_login(make_organiser(team=event.team))
    answer = client.get(f"/api/v1/events/{event.pk}/outcome.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="outcome-{event.slug}.csv"'
    text = answer.content.decode("utf-8-sig")
    return text, list(csv.reader(io.StringIO(text, newline="")))


def test_each_measure_is_a_line_with_its_target() -> None:
    event = RandomEvening(Random(5), 16).write()
    opened = datetime(2026, 3, 14, 23, 30, tzinfo=UTC)
    Event.objects.filter(pk=event.pk).update(opened_at=opened, time_zone="Europe/Berlin")
    event = Event.objects.get(pk=event.pk)
    Target.objects.create(event=event, measure="seated_soon", value=0.8)
    report = report_outcome(event)
    head, *lines = download(event)[1]
    assert head == [
        "Event", "Date", "Measure", "Share", "Of how many", "Not shown", "Target", "Reached",
    ]  # fmt: skip
    assert {tuple(line[:2]) for line in lines} == {("Spring evening", "2026-03-15")}
    assert [line[3:6] for line in lines] == [
        [
            "" if row["value"] is None else f"{row['value']:.4g}",
            "" if row["of"] is None else str(row["of"]),
            "" if row["value"] is not None else "speaks of too few people",
        ]
        for row in report["figures"]
    ]
    (target,) = report["targets"]
    assert lines[0][6:] == ["0.8", {True: "yes", False: "no", None: ""}[target["met"]]]
    assert {tuple(line[6:]) for line in lines[1:]} == {("", "")}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_titles_that_look_like_formulas_are_text(start: str) -> None:
    series = Series.objects.create(team=Team.objects.create(name="Team"), name="Suppers")
    title = f'{start}HYPERLINK("https://example.org";"x"),\n1'
    event = make_event(series.team, title="Supper", series=series)
    PastOutcome.objects.create(
        series=series, title=title, held_at=event.opened_at - timedelta(days=1),
        figures=figures_of(event),
    )  # fmt: skip
    _text, rows = download(event)
    assert {row[0] for row in rows} == {"Event", f"'{title}", "Supper"}
    assert not any(cell.startswith(start) for row in rows for cell in row)


def test_a_sheet_may_be_asked_for_as_one_and_is_refused_in_words() -> None:
    event = make_event()
    assert len(download(event, accept="text/csv")[1]) == 7
    eve = Client(headers={"accept": "text/csv"})
    eve.force_login(make_organiser("eve@example.org"))
    answer = eve.get(f"/api/v1/events/{event.pk}/outcome.csv")
    assert answer.status_code == 404
    assert b"not_found" in answer.content
