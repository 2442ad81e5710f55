"""The evening before the demo's: over, written about and remembered, so that there is something to look back at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from checkin.models import CheckIn
from events.models import Event, Person, Series, Tie
from matching.models import Round
from tablemates.accounts.services import ensure_organiser
from tablemates.followup.models import Letter, Measure, Promise
from tablemates.followup.outcome.figures import count_figures
from tablemates.followup.outcome.record import read_record
from tablemates.followup.selectors import due_at, grace_until, introductions
from tablemates.followup.services.requesting import requests_to
from tablemates.rehearsal.earlier import CAME, REMEMBERED
from tablemates.rehearsal.management.commands.demo import fresh_evenings


@pytest.mark.django_db
def test_a_new_demo_has_an_evening_to_look_back_at_in_place_of_the_one_before() -> None:
    organiser = ensure_organiser(email="demo@localhost", team_name="Demo")
    fresh_evenings(organiser)
    event, guest = fresh_evenings(organiser)
    earlier = guest.event
    assert set(Event.objects.all()) == {event, earlier}
    assert Series.objects.get() == event.series == earlier.series
    assert Person.objects.count() == REMEMBERED

    # It is over, everything of it happened before it was, and what belongs to it is still open.
    now, opened, ended = timezone.now(), earlier.opened_at, earlier.ended_at
    assert opened
    assert ended
    assert timedelta(hours=1) < ended - opened < timedelta(hours=2)
    rows = CheckIn.objects.filter(event=earlier)
    assert rows.filter(happened_at__gte=opened, happened_at__lte=ended).count() == CAME
    rounds = Round.objects.filter(mixer__event=earlier)
    assert [round.status for round in rounds] == ["done", "done", "done"]
    assert all(round.ends_at is None or opened < round.ends_at < ended for round in rounds)
    assert grace_until(earlier) > now
    figures = {figure.measure: figure for figure in count_figures(read_record(earlier))}
    assert figures.pop(Measure.PITCHED).why_hidden == "too_few"
    assert all(figure.value for figure in figures.values())

    # The guest has not written yet, may, and is asked something; others have.
    assert len(introductions(guest)) == 2
    assert guest.letters.count() == 0
    assert len(requests_to(guest)) == 1
    assert set(Promise.objects.values_list("owner", "to")) >= {
        (guest.pk, introductions(guest)[0].other.pk)
    }
    late = Letter.objects.filter(sent_at__gt=due_at(earlier))
    assert (Letter.objects.count() > 5, late.count()) == (True, 0)

    # Tonight the series knows them again.
    known = event.attendees.exclude(person=None)
    assert known.count() == REMEMBERED
    assert Tie.objects.filter(owner=guest.person).count() >= 2
    assert set(known.values_list("present_since", flat=True)) == {None}
