"""What the database itself refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.models import CODE_LETTERS, Event, Interest, Series, Ticket, make_code
from tablemates.accounts.models import Organiser, Team
from tests.rows import make_attendee, make_event, make_organiser

pytestmark = pytest.mark.django_db


def refuse(constraint: str, act: Any, /, **fields: Any) -> None:
    """Expect the constraint of that name (SQLite names the columns of a unique one instead)."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act(**fields)


@pytest.mark.parametrize("sizes", [(3, 5, 6), (3, 3, 3), (8, 8, 8), (3, 5, 8)])
def test_table_sizes_in_order_are_kept(sizes: tuple[int, int, int]) -> None:
    smallest, usual, largest = sizes
    event = make_event(table_min=smallest, table_size=usual, table_max=largest)
    assert (event.table_min, event.table_size, event.table_max) == sizes


@pytest.mark.parametrize("sizes", [(2, 5, 6), (5, 4, 6), (3, 7, 6), (3, 5, 9), (6, 6, 5)])
def test_table_sizes_out_of_order_are_refused(sizes: tuple[int, int, int]) -> None:
    smallest, usual, largest = sizes
    change = Event.objects.filter(pk=make_event().pk).update
    refuse(
        "event_table_sizes_in_order",
        change,
        table_min=smallest,
        table_size=usual,
        table_max=largest,
    )


def test_phase_is_one_of_three() -> None:
    refuse("event_phase_known", Event.objects.filter(pk=make_event().pk).update, phase="paused")


def test_only_an_ended_event_has_an_end() -> None:
    change = Event.objects.filter(pk=make_event().pk).update
    refuse("event_ended_at_with_phase", change, phase="ended")
    refuse("event_ended_at_with_phase", change, ended_at=timezone.now())


def test_attendee_has_a_name() -> None:
    refuse("attendee_has_name", make_attendee, event=make_event(), name="")


def test_source_and_its_id_name_one_person_of_an_event() -> None:
    event = make_event()
    same = {"source": "eventbrite", "source_id": "10-1"}
    make_attendee(event, **same)
    make_attendee(make_event(), **same)
    refuse("source_id", make_attendee, event=event, name="Grace", **same)


def test_many_people_may_come_without_an_id_of_a_source() -> None:
    event = make_event()
    for _ in range(2):
        make_attendee(event, source="plain", source_id="")
    assert event.attendees.count() == 2


def test_attendee_has_one_valid_ticket_of_ours() -> None:
    event = make_event()
    ada = make_attendee(event)
    refuse("attendee", Ticket.objects.create, event=event, attendee=ada)
    ada.tickets.update(revoked_at=timezone.now())
    Ticket.objects.create(event=event, attendee=ada)
    Ticket.objects.create(event=event, attendee=ada, issuer="pretix", secret="p1", code="")
    assert ada.tickets.count() == 3


def test_secret_is_one_ticket_of_an_event_and_ours_is_one_ticket_anywhere() -> None:
    here, there = make_event(), make_event()
    ada, grace = make_attendee(here), make_attendee(there)
    foreign = {"secret": "1001", "issuer": "pretix", "code": ""}
    Ticket.objects.create(event=here, attendee=ada, **foreign)
    Ticket.objects.create(event=there, attendee=grace, **foreign)
    refuse("secret", Ticket.objects.create, event=here, attendee=ada, **foreign)
    grace.tickets.update(revoked_at=timezone.now())
    taken = ada.tickets.get(issuer="tablemates").secret
    refuse("secret", Ticket.objects.create, event=there, attendee=grace, secret=taken)


def test_short_code_is_one_ticket_of_an_event() -> None:
    event = make_event()
    ada, grace = make_attendee(event), make_attendee(event)
    refuse("code", grace.tickets.update, code=ada.tickets.get().code)


def test_short_code_has_eight_letters_that_cannot_be_misread() -> None:
    codes = [make_code() for _ in range(50)]
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(CODE_LETTERS)
    assert set("ILOU") & set(CODE_LETTERS) == set()


def test_interest_has_a_key_of_its_own() -> None:
    event = make_event()
    refuse("interest_has_key", Interest.objects.create, event=event, key="", label="x")
    Interest.objects.create(event=event, key="poetry", label="Poetry")
    refuse("key", Interest.objects.create, event=event, key="poetry", label="poetry")


def test_name_of_a_series_is_unique_in_its_team() -> None:
    team = Team.objects.create(name="Team")
    Series.objects.create(team=team, name="Spring")
    Series.objects.create(team=Team.objects.create(name="Other"), name="Spring")
    refuse("name", Series.objects.create, team=team, name="Spring")


def test_poster_code_and_screen_token_name_one_event() -> None:
    one, other = make_event(), make_event()
    change = Event.objects.filter(pk=other.pk).update
    refuse("poster_code", change, poster_code=one.poster_code)
    refuse("screen_token", change, screen_token=one.screen_token)


def test_email_of_an_organiser_is_unique_in_any_case() -> None:
    team = make_organiser("ada@example.org").team
    refuse("email", Organiser.objects.create_user, email="ADA@EXAMPLE.ORG", team=team)
