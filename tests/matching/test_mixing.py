"""Rounds as organisers see them, through the services: legal after churn, and mixed by what people said of themselves."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from events.models import Attendee
from matching.services import draft_round, end_round, publish_round, resolve_round
from tablemates.refusals import Refusal
from tests.room import come, leave, play_round, version
from tests.rows import make_event

if TYPE_CHECKING:
    from events.models import Event
    from matching.models import Round

pytestmark = pytest.mark.django_db

TOPICS = ("farming", "chess", "opera", "radio")


def crowd(event: Event, people: int) -> list[Attendee]:
    return come(event, *[(f"Person{n} Smith", TOPICS[n % len(TOPICS)]) for n in range(people)])


def are(people: list[Attendee], **facts: Any) -> None:
    Attendee.objects.filter(pk__in=[person.pk for person in people]).update(**facts)


def tables(round: Round) -> list[list[Attendee]]:
    return [[seat.attendee for seat in table.seats.all()] for table in round.tables.all()]


@pytest.fixture
def event() -> Event:
    return make_event()


@pytest.mark.parametrize("people", [24, 60, 120])
@pytest.mark.parametrize("after_the_draft", [True, False])
def test_a_quarter_that_vanishes_before_the_first_round_leaves_legal_tables(
    event: Event, people: int, after_the_draft: bool
):
    here = crowd(event, people)
    vanishing, staying = here[1::4], {person.pk for n, person in enumerate(here) if n % 4 != 1}
    draft = draft_now(event) if after_the_draft else None
    for person in vanishing:
        leave(person)
    draft = draft or draft_now(event)
    if after_the_draft:
        publish_or_solve_again(draft)
    else:
        publish_round(round=draft, version=version(event))
    seated = [person.pk for table in tables(draft) for person in table]
    assert sorted(seated) == sorted(staying)
    assert {len(table) for table in tables(draft)} <= {3, 4, 5, 6}


def publish_or_solve_again(draft: Round) -> None:
    """What an organiser does whose draft does not work out any more."""
    event = draft.mixer.event
    with suppress(Refusal):
        publish_round(round=draft, version=version(event))
        return
    resolve_round(round=draft, version=version(event))
    publish_round(round=draft, version=version(event))


def draft_now(event: Event) -> Round:
    return draft_round(event=event, version=version(event))


def test_first_timers_sit_with_people_who_have_been_here_before(event: Event):
    people = crowd(event, 24)
    # All who like two of the topics are new: by interests alone they would be among themselves.
    are([*people[0::4], *people[1::4]], first_timer=True)
    for table in tables(play_round(event)):
        assert {person.first_timer for person in table} != {True}


def test_first_timers_who_are_alone_among_themselves_sit_together(event: Event):
    are(crowd(event, 10), first_timer=True)
    assert [note for note in draft_now(event).notes if note["code"] == "rule"] == []


def test_hosts_sit_one_to_a_table(event: Event):
    are(crowd(event, 20)[0::4], host=True)
    for number in range(3):
        round = play_round(event)
        hosts = [sum(person.host for person in table) for table in tables(round)]
        # Five hosts at four or five tables.
        assert min(hosts) >= 1, number
        end_round(round=round, version=version(event))


def test_no_table_has_only_sellers_while_others_are_here(event: Event):
    people = crowd(event, 24)
    are([*people[0::4], *people[1::4], *people[2::4]], intent="sell")
    are(people[3::4], intent="learn")
    round = play_round(event)
    for table in tables(round):
        assert {person.intent for person in table} != {"sell"}
    assert [note for note in round.notes if note["code"] == "rule"] == []


def test_no_two_of_a_company_and_no_three_of_a_trade_sit_together(event: Event):
    people = crowd(event, 25)
    are(people[0::4][:5], company="Acme")
    are(people[1::4], trade=" Gardener ")
    for table in tables(play_round(event)):
        assert sum(person.company == "Acme" for person in table) <= 1
        assert sum(person.trade == " Gardener " for person in table) <= 2


def test_rules_that_cannot_hold_are_told_in_the_draft(event: Event):
    are(crowd(event, 10), intent="sell")
    notes = draft_now(event).notes
    assert notes[:2] == [
        {"code": "unmet"},
        {"code": "rule", "rule": "sellers", "n": 2, "people": 10},
    ]
