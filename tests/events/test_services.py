"""What organisers do with events, and what is known of the people who come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from events.models import Event
from events.services import (
    change_attendee,
    change_event,
    create_event,
    end_event,
    interests_from_labels,
    open_doors,
)
from tablemates.accounts.models import Team
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.rows import make_attendee, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return Team.objects.create(name="Team")


def told() -> list[str]:
    return list(Message.objects.order_by("seq").values_list("type", flat=True))


def test_new_event_is_planned_and_named_after_its_title(team: Team) -> None:
    event = create_event(team=team, title="Spring evening!")
    assert (event.title, event.slug, event.phase) == (
        "Spring evening!",
        "spring-evening",
        "planned",
    )


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("Spring", ["spring", "spring-2", "spring-3"]),
        ("春の夜", ["event", "event-2", "event-3"]),
        ("x" * 120, ["x" * 50, "x" * 50 + "-2", "x" * 50 + "-3"]),
    ],
)
def test_short_name_made_from_the_title_is_free(team: Team, title: str, slugs: list[str]) -> None:
    assert [create_event(team=team, title=title).slug for _ in range(3)] == slugs


def test_short_name_that_is_taken_is_refused(team: Team) -> None:
    create_event(team=team, title="Spring", slug="spring")
    with pytest.raises(Refusal) as refusal:
        create_event(team=team, title="Other", slug="spring")
    assert (refusal.value.code, refusal.value.status, refusal.value.field) == (
        "slug_taken",
        409,
        "slug",
    )
    assert Event.objects.count() == 1


@pytest.mark.parametrize("slug", ["a b", "x/y", "x" * 61, "ü", "a\n"])
def test_short_name_that_is_none_is_refused(team: Team, slug: str) -> None:
    with pytest.raises(Refusal) as refusal:
        create_event(team=team, title="Spring", slug=slug)
    assert (refusal.value.code, refusal.value.status) == ("slug_invalid", 400)


def test_doors_open_once_and_the_evening_ends_once() -> None:
    event = make_event(doors=False)
    opened = [open_doors(event=event).phase for _ in range(2)]
    ended = [end_event(event=event) for _ in range(2)]
    assert opened == ["open", "open"]
    assert [e.phase for e in ended] == ["ended", "ended"]
    assert ended[0].ended_at == ended[1].ended_at
    assert told() == ["event.opened", "event.ended"]


def test_doors_that_were_never_open_cannot_be_shut() -> None:
    with pytest.raises(Refusal) as refusal:
        end_event(event=make_event(doors=False))
    assert (refusal.value.code, refusal.value.status) == ("not_open", 409)


def test_ended_evening_does_not_open_again() -> None:
    event = end_event(event=make_event())
    with pytest.raises(Refusal) as refusal:
        open_doors(event=event)
    assert (refusal.value.code, refusal.value.status) == ("event_ended", 409)


def test_table_sizes_change_together() -> None:
    event = change_event(
        event=make_event(), changes={"table_min": 4, "table_size": 4, "table_max": 4}
    )
    assert (event.table_min, event.table_size, event.table_max) == (4, 4, 4)


def test_when_where_and_poster_are_kept_and_the_console_is_told() -> None:
    starts_at = datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    changes = {
        "starts_at": starts_at,
        "time_zone": "Europe/Berlin",
        "place": "Hall 2",
        "poster_mode": "rotating",
    }
    event = change_event(event=make_event(), changes=changes)
    assert Event.objects.filter(pk=event.pk, **changes).exists()
    console = Message.objects.get(type="event.changed").audiences["console"]["set"]["event"]
    assert {name: console[name] for name in changes} == {
        **changes,
        "starts_at": "2026-03-14T18:05:00Z",
    }


@pytest.mark.parametrize(
    "changes", [{"table_min": 2}, {"table_min": 6}, {"table_max": 4}, {"table_max": 9}]
)
def test_table_sizes_out_of_order_are_refused_in_words(changes: dict[str, Any]) -> None:
    event = make_event()
    before = Message.objects.count()
    with pytest.raises(Refusal) as refusal:
        change_event(event=event, changes=changes)
    assert (refusal.value.code, refusal.value.status) == ("table_sizes", 400)
    assert Message.objects.count() == before
    assert Event.objects.filter(table_min=3, table_size=5, table_max=6).count() == 1


def test_interests_fold_and_the_first_spelling_names_them() -> None:
    event = make_event()
    first = interests_from_labels(event, ["Climate  Tech", "climate-tech", "ClimateTech"])
    again = interests_from_labels(event, ["CLIMATE TECH"])
    assert [interest.label for interest in first] == ["Climate Tech"]
    assert first == again


def test_change_of_a_person_is_told_to_them_and_the_console_and_the_room() -> None:
    ada = make_attendee(make_event(), "Ada")
    Message.objects.all().delete()
    change_attendee(attendee=ada, changes={"ask": "A loom"}, interests=["Looms"])
    message = Message.objects.get()
    assert (message.type, set(message.audiences)) == (
        "attendee.changed",
        {"console", "screen", "phones", f"attendee:{ada.pk}"},
    )
    assert message.audiences[f"attendee:{ada.pk}"]["set"]["me"]["ask"] == "A loom"
