"""Evenings of a series: who is remembered, as whom, what of, and how they see, correct and delete it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.keeping_apart import block, kept_apart_from
from events.memory.selectors import knew_before
from events.memory.services import forget_tie, note_contact, note_introduction
from events.models import Attendee, Evening, Event, Person, Series, Ticket, Tie
from events.services import change_event, open_doors
from matching.services import draft_round, publish_round, seat_waiting, set_rolling
from tablemates.followup.models import Pick, Verdict
from tablemates.followup.services import (
    forget_me,
    recognise_me,
    remember_evening,
    remember_me,
)
from tests.phones import Phone, end, make_people, reveal, sit_together
from tests.room import tables, tend, version
from tests.rows import arrive, make_attendee, make_event

pytestmark = pytest.mark.django_db

NOBODY = {
    "series": "Suppers",
    "remembered": False,
    "askable": False,
    "mix": {"new": 0, "met": 0, "dormant": 0, "admired": 0},
    "admires": [],
    "ties": [],
    "evenings": [],
    "worth": {"yes": 0, "of": 0},
}


def supper(series: Series | None = None, title: str = "Soup") -> Event:
    """An evening of the series; without one, of a new one."""
    event = make_event(team=series and series.team, title=title)
    series = series or Series.objects.create(team=event.team, name="Suppers")
    Event.objects.filter(pk=event.pk).update(series=series)
    return Event.objects.get(pk=event.pk)


def fresh(attendee: Attendee) -> Attendee:
    return Attendee.objects.select_related("event", "person").get(pk=attendee.pk)


def secret(attendee: Attendee) -> str:
    return attendee.tickets.get(issuer="tablemates").secret


def mail(attendee: Attendee) -> None:
    """Their ticket was mailed to their address."""
    Ticket.objects.filter(attendee=attendee).update(
        mailed_at=timezone.now(), mailed_to=attendee.email.upper()
    )


def sat(event: Event, *people: Attendee) -> None:
    for person in people:
        arrive(person)
    sit_together(*people, topic="Ceramics")


def over(event: Event) -> Event:
    """The evening is over, and its picks are revealed and remembered."""
    reveal(event)
    event = Event.objects.get(pk=event.pk)
    assert remember_evening(event)
    return event


def first_supper(n: int = 3) -> list[Attendee]:
    """People who said yes to being remembered, and sat at one table of an evening that is over."""
    event = supper()
    people = make_people(n, event)
    for person in people:
        remember_me(attendee=person)
    sat(event, *people)
    over(event)
    return [fresh(person) for person in people]


def memory(attendee: Attendee) -> dict[str, Any]:
    answer = Phone(attendee)("get", "memory")
    assert answer.status == 200
    found: dict[str, Any] = answer.json
    return found


def ties(attendee: Attendee) -> dict[str, tuple[str, int, bool]]:
    return {
        tie["name"]: (tie["kind"], tie["times"], tie["introduced"])
        for tie in memory(attendee)["ties"]
    }


# ------------------------------------------------------------------------------------------------- who is remembered


def test_nothing_is_remembered_of_who_did_not_say_yes() -> None:
    event = supper()
    ada, bo = make_people(2, event)
    mail(ada)
    sat(event, ada, bo)
    over(event)
    assert memory(ada) == NOBODY
    assert not Person.objects.exists()
    assert not Tie.objects.exists()


def test_an_evening_without_a_series_has_no_memory() -> None:
    (ada,) = make_people(1)
    phone = Phone(ada)
    answers = [
        phone("get", "memory"),
        phone.post("memory"),
        phone.patch("memory", askable=True),
        phone.delete("memory"),
        phone.post("memory/recognise", earlier=[]),
    ]
    assert {answer.status for answer in answers} == {404}


def test_a_yes_on_the_phone_is_enough_and_a_second_one_changes_nothing() -> None:
    (ada,) = make_people(1, supper())
    for _time in range(2):
        answer = Phone(ada).post("memory", earlier=[])
        assert (answer.status, answer.json) == (201, NOBODY | {"remembered": True})
    assert Person.objects.get().email == ""


def test_an_address_is_kept_only_if_a_ticket_was_mailed_to_it() -> None:
    ada, bo = make_people(2, supper())
    mail(ada)
    for person in (ada, bo):
        remember_me(attendee=person)
    assert list(Person.objects.order_by("name").values_list("email", flat=True)) == [
        "ada@example.org",
        "",
    ]


def test_on_the_next_evening_the_mailed_ticket_is_recognised_at_the_door() -> None:
    event = supper()
    (ada,) = make_people(1, event)
    mail(ada)
    remember_me(attendee=ada)
    later = supper(event.series, "Stew")
    again = make_attendee(later, "Ada Lovelace", email="ADA@example.org")
    mail(again)
    arrive(again)
    assert fresh(again).person == fresh(ada).person
    assert memory(again)["remembered"]


def test_an_address_that_no_ticket_was_mailed_to_proves_nothing() -> None:
    event = supper()
    (ada,) = make_people(1, event)
    mail(ada)
    remember_me(attendee=ada)
    eve = make_attendee(supper(event.series, "Stew"), "Ada Lovelace", email="ada@example.org")
    arrive(eve)
    assert not Phone(eve).post("memory/recognise", earlier=["a", "b"]).json["remembered"]
    assert memory(eve) == NOBODY
    remember_me(attendee=eve)
    assert fresh(eve).person != fresh(ada).person


def test_an_address_that_came_after_the_ticket_was_mailed_proves_nothing() -> None:
    event = supper()
    (ada,) = make_people(1, event)
    mail(ada)
    remember_me(attendee=ada)
    eve = make_attendee(supper(event.series, "Stew"), "Ada Lovelace", email="eve@example.org")
    mail(eve)
    Attendee.objects.filter(pk=eve.pk).update(email="ada@example.org")
    arrive(fresh(eve))
    assert fresh(eve).person is None


def test_an_address_that_the_person_did_not_prove_finds_nobody() -> None:
    event = supper()
    (ada,) = make_people(1, event)
    remember_me(attendee=ada)
    again = make_attendee(supper(event.series, "Stew"), "Ada Lovelace", email="ada@example.org")
    mail(again)
    arrive(again)
    assert fresh(again).person is None


def test_a_phone_that_holds_an_earlier_ticket_is_recognised() -> None:
    event = supper()
    (ada,) = make_people(1, event)
    remember_me(attendee=ada)
    again = make_attendee(supper(event.series, "Stew"), "Ada L.")
    arrive(again)
    answer = Phone(again).post("memory/recognise", earlier=["unknown", secret(ada)])
    assert (answer.status, answer.json) == (200, {"remembered": True})
    assert fresh(again).person == fresh(ada).person


def test_recognising_never_makes_anybody_remembered() -> None:
    event = supper()
    (ada,) = make_people(1, event)
    again = make_attendee(supper(event.series, "Stew"), "Ada Lovelace")
    assert not recognise_me(attendee=again, earlier=[secret(ada)])
    assert not Person.objects.exists()


@pytest.mark.parametrize("revoked", [False, True])
def test_an_earlier_ticket_of_another_series_or_one_taken_back_proves_nothing(
    revoked: bool,
) -> None:
    event = supper()
    (ada,) = make_people(1, event)
    remember_me(attendee=ada)
    if revoked:
        Ticket.objects.update(revoked_at=timezone.now())
    series = event.series
    if not revoked:
        series = Series.objects.create(team=event.team, name="Breakfasts")
    again = make_attendee(supper(series, "Stew"), "Ada Lovelace")
    arrive(again)
    held = Ticket.objects.get(attendee=ada).secret
    assert not recognise_me(attendee=again, earlier=[held])


def test_two_people_with_one_phone_or_one_address_stay_two() -> None:
    event = supper()
    ada = make_attendee(event, "Ada Lovelace", email="home@example.org")
    mail(ada)
    remember_me(attendee=ada)
    later = supper(event.series, "Stew")
    bo = make_attendee(later, "Bo Lovelace", email="home@example.org")
    mail(bo)
    arrive(bo)
    remember_me(attendee=bo, earlier=[secret(ada)])
    assert Person.objects.count() == 2
    assert fresh(bo).person.email == ""


def test_two_attendees_of_one_evening_are_never_one_person() -> None:
    event = supper()
    (ada,) = make_people(1, event)
    mail(ada)
    remember_me(attendee=ada)
    later = supper(event.series, "Stew")
    first, second = (make_attendee(later, "Ada Lovelace", email="ada@example.org") for _ in "12")
    for one in (first, second):
        mail(one)
        arrive(one)
        remember_me(attendee=one, earlier=[secret(ada)])
    assert fresh(first).person == fresh(ada).person
    assert fresh(second).person not in (None, fresh(ada).person)


def test_the_door_asks_one_question_more_and_only_where_there_is_a_series() -> None:
    def queries(event: Event, **fields: str) -> int:
        people = [make_attendee(event, name, **fields) for name in ("Ada Lovelace", "Bo Diddley")]
        for person in people:
            mail(person)
        arrive(people[0])
        with CaptureQueriesContext(connection) as found:
            arrive(people[1])
        return len(found)

    plain = queries(make_event(), email="x@example.org")
    # The name of the series is told with the event.
    assert queries(supper()) == plain + 1
    assert queries(supper(title="Stew"), email="x@example.org") == plain + 2


def test_leaving_the_series_forgets_who_somebody_was_in_it() -> None:
    (ada,) = make_people(1, supper())
    remember_me(attendee=ada)
    change_event(event=ada.event, changes={"series": "Breakfasts"})
    assert fresh(ada).person is None
    assert Person.objects.get().series.name == "Suppers"


# --------------------------------------------------------------------------------------------------- what is remembered


def test_after_the_reveal_each_has_a_tie_with_whoever_sat_with_them() -> None:
    event = supper()
    ada, bo, cleo, dee = make_people(4, event)
    for person in (ada, bo, cleo):
        remember_me(attendee=person)
    sat(event, ada, bo, dee)
    arrive(cleo)
    Pick.objects.create(picker=ada, picked=bo)
    Pick.objects.create(picker=bo, picked=ada)
    over(event)
    assert ties(ada) == {"Bo Diddley": ("met", 1, True)}
    assert ties(bo) == {"Ada Lovelace": ("met", 1, True)}
    assert ties(cleo) == {}
    mixes = {e.person.name: e.mix for e in Evening.objects.select_related("person")}
    assert mixes == {"Ada Lovelace": {"new": 2}, "Bo Diddley": {"new": 2}, "Cleo Laine": {}}


def test_only_those_who_were_introduced_read_the_full_name() -> None:
    ada, *_others = first_supper()
    assert ties(ada) == {"Bo": ("met", 1, False), "Cleo": ("met", 1, False)}


def test_who_did_not_come_has_no_evening() -> None:
    event = supper()
    (ada,) = make_people(1, event)
    remember_me(attendee=ada)
    over(event)
    assert memory(ada)["evenings"] == []


def test_an_evening_is_written_down_once_and_not_before_the_reveal() -> None:
    event = supper()
    people = make_people(2, event)
    for person in people:
        remember_me(attendee=person)
    sat(event, *people)
    end(event, timedelta(minutes=59))
    assert not remember_evening(event)
    reveal(event)
    assert [remember_evening(event) for _time in range(3)] == [True, False, False]
    assert [tie.times for tie in Tie.objects.all()] == [1, 1]
    assert Evening.objects.count() == 2


def test_a_second_evening_adds_to_the_first_and_knows_whom_one_had_met() -> None:
    ada, bo, cleo = first_supper()
    first = Tie.objects.get(owner=ada.person, other=bo.person)
    later = supper(ada.event.series, "Stew")
    again = [make_attendee(later, person.name) for person in (ada, bo, cleo)]
    dee = make_attendee(later, "Dee Brown")
    for attendee, before in zip(again, (ada, bo, cleo), strict=True):
        remember_me(attendee=attendee, earlier=[secret(before)])
    assert knew_before(fresh(again[0]), [again[1].pk, dee.pk]) == {again[1].pk}
    sat(later, again[0], again[1], dee)
    over(later)
    tie = Tie.objects.get(owner=ada.person, other=bo.person)
    assert (tie.times, tie.first_met) == (2, first.first_met)
    assert tie.last_met == tie.last_contact > first.last_met
    assert memory(ada)["evenings"][1]["mix"] == {"met": 1, "new": 1}
    assert ties(cleo) == {"Ada": ("met", 1, False), "Bo": ("met", 1, False)}
    assert knew_before(fresh(again[0]), [again[1].pk, dee.pk]) == {again[1].pk}


def test_whoever_says_yes_after_all_gets_what_is_theirs() -> None:
    event = supper()
    ada, bo, cleo = make_people(3, event)
    for person in (ada, bo):
        remember_me(attendee=person)
    sat(event, ada, bo, cleo)
    over(event)
    remember_me(attendee=cleo)
    assert ties(cleo) == {"Ada": ("met", 1, False), "Bo": ("met", 1, False)}
    assert ties(ada) == {"Bo": ("met", 1, False), "Cleo": ("met", 1, False)}
    assert [len(memory(person)["evenings"]) for person in (ada, bo, cleo)] == [1, 1, 1]


def test_coming_back_to_a_series_counts_no_evening_twice() -> None:
    ada, bo, _cleo = first_supper()
    again = make_attendee(supper(ada.event.series, "Stew"), "Ada Lovelace")
    remember_me(attendee=again, earlier=[secret(ada)])
    for name in (None, "Suppers"):
        change_event(event=ada.event, changes={"series": name})
    assert fresh(ada).person is None
    remember_me(attendee=fresh(ada), earlier=[secret(again)])
    assert fresh(ada).person == ada.person
    assert Tie.objects.get(owner=ada.person, other=bo.person).times == 1
    assert Evening.objects.filter(person=ada.person).count() == 1


def test_who_keeps_apart_has_no_tie_whether_they_sat_together_or_not() -> None:
    event = supper()
    people = make_people(3, event)
    for person in people:
        remember_me(attendee=person)
    sat(event, *people)
    ada, bo, _cleo = map(fresh, people)
    block(blocker=ada, blocked=bo)
    over(event)
    assert (list(ties(ada)), list(ties(bo))) == (["Cleo"], ["Cleo"])
    assert Tie.objects.filter(apart=True).count() == 1


def test_a_block_from_before_the_yes_holds_across_the_series_after_it() -> None:
    event = supper()
    ada, bo = make_people(2, event)
    remember_me(attendee=ada)
    block(blocker=fresh(ada), blocked=bo)
    assert not Tie.objects.exists()
    remember_me(attendee=bo)
    assert Tie.objects.get().apart
    later = supper(event.series, "Stew")
    again = [make_attendee(later, person.name) for person in (ada, bo)]
    for attendee, before in zip(again, (ada, bo), strict=True):
        recognise_me(attendee=attendee, earlier=[secret(before)])
    assert kept_apart_from(fresh(again[1])) == {again[0].pk}


def test_who_turns_out_to_be_kept_apart_does_not_stay_at_the_table() -> None:
    event = supper()
    ada, bo = make_people(2, event)
    for person in (ada, bo):
        remember_me(attendee=person)
    block(blocker=fresh(ada), blocked=fresh(bo))
    later = supper(event.series, "Stew")
    again = [make_attendee(later, name, "tea") for name in ("Ada L", "Bo D", "Cleo", "Dee", "Eve")]
    recognise_me(attendee=again[0], earlier=[secret(ada)])
    for person in again:
        arrive(person)
    draft = draft_round(event=later, version=version(later))
    publish_round(round=draft, version=version(later))
    recognise_me(attendee=again[1], earlier=[secret(bo)])
    tend(later)
    assert tables(later) == {1: ["Bo D", "Cleo", "Dee", "Eve"]}


def test_a_verdict_goes_into_the_memory_of_the_evening() -> None:
    event = supper()
    ada, bo = make_people(2, event)
    for person in (ada, bo):
        remember_me(attendee=person)
    sat(event, ada, bo)
    Verdict.objects.create(attendee=ada, worth=True)
    over(event)
    assert (memory(ada)["worth"], memory(bo)["worth"]) == ({"yes": 1, "of": 1}, {"yes": 0, "of": 0})
    Phone(bo).put("worth", worth=False)
    assert memory(bo)["worth"] == {"yes": 0, "of": 1}


def test_contact_keeps_a_tie_fresh_and_help_is_noted_on_the_side_it_helped() -> None:
    ada, bo, _cleo = first_supper()
    later = timezone.now() + timedelta(days=2)
    note_contact(ada, bo, at=later, helped=bo)
    note_contact(ada, bo, at=later - timedelta(days=1))
    mine, theirs = (
        Tie.objects.get(owner=a.person, other=b.person) for a, b in ((ada, bo), (bo, ada))
    )
    assert (mine.last_contact, theirs.last_contact) == (later, later)
    assert (mine.helped, theirs.helped) == (0, 1)


def test_contact_and_introductions_without_a_tie_are_not_noted() -> None:
    event = supper()
    ada, bo = make_people(2, event)
    remember_me(attendee=ada)
    for _time in range(2):
        note_contact(fresh(ada), fresh(bo), at=timezone.now(), helped=ada)
        note_introduction(fresh(ada), fresh(bo), at=timezone.now())
        remember_me(attendee=bo)
    assert not Tie.objects.exists()


# -------------------------------------------------------------------------------------------- see, correct and delete


def test_memory_is_seen_by_the_person_alone_in_full() -> None:
    ada, bo = first_supper(2)
    page = memory(ada)
    (tie,) = page["ties"]
    assert tie.keys() == {
        "id", "name", "kind", "first_met", "last_met", "times", "introduced", "helped", "fading",
    }  # fmt: skip
    (evening,) = page["evenings"]
    assert (evening["title"], evening["mix"], evening["worth"]) == ("Soup", {"new": 1}, None)
    assert memory(bo)["ties"][0]["id"] != tie["id"]


def test_well_known_and_not_heard_of_for_long_is_fading() -> None:
    ada, bo, _cleo = first_supper()
    long_ago = timezone.now() - timedelta(days=200)
    mine = Tie.objects.filter(owner=ada.person, other=bo.person)
    mine.update(times=5, first_met=long_ago, last_met=long_ago, last_contact=long_ago)
    found = {tie["name"]: (tie["kind"], tie["fading"]) for tie in memory(ada)["ties"]}
    assert found == {"Bo": ("dormant", True), "Cleo": ("met", False)}


def test_a_correction_is_on_ones_own_side_only() -> None:
    ada, bo, _cleo = first_supper()
    tie = Tie.objects.get(owner=ada.person, other=bo.person)
    said = {"times": 3, "first_met": "2024-02-29", "last_met": "2025-05-01"}
    answer = Phone(ada).patch(f"memory/ties/{tie.pk}", **said)
    assert answer.status == 200
    assert {name: answer.json[name] for name in ("times", "first_met", "last_met", "fading")} == {
        "times": 3,
        "first_met": "2024-02-29T12:00:00Z",
        "last_met": "2025-05-01T12:00:00Z",
        "fading": True,
    }
    assert Tie.objects.get(owner=bo.person, other=ada.person).times == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"times": 0}, "times"),
        ({"times": 100}, "times"),
        ({"times": "often"}, "times"),
        ({"first_met": "2999-01-01"}, "first_met"),
        ({"last_met": "yesterday"}, "last_met"),
        ({"last_met": "1999-12-31"}, "last_met"),
        ({"last_met": "2020-01-01"}, "last_met"),
        ({"first_met": "2024-05-02", "last_met": "2024-05-01"}, "first_met"),
    ],
)
def test_an_odd_correction_is_refused_and_changes_nothing(said: dict[str, Any], field: str) -> None:
    ada, *_others = first_supper()
    before = memory(ada)
    answer = Phone(ada).patch(f"memory/ties/{before['ties'][0]['id']}", **said)
    assert (answer.status, answer.code, answer.json["field"]) == (400, "invalid", field)
    assert memory(ada) == before


def test_a_deleted_tie_is_gone_on_both_sides_and_others_stay() -> None:
    ada, bo, cleo = first_supper()
    tie = Tie.objects.get(owner=ada.person, other=bo.person)
    assert Phone(ada).delete(f"memory/ties/{tie.pk}").status == 204
    assert [list(ties(person)) for person in (ada, bo, cleo)] == [["Cleo"], ["Cleo"], ["Ada", "Bo"]]
    assert Tie.objects.count() == 4
    assert Phone(ada).delete(f"memory/ties/{tie.pk}").status == 404


def test_who_keeps_away_still_does_when_the_other_deletes_the_tie() -> None:
    ada, bo, _cleo = first_supper()
    tie = Tie.objects.get(owner=ada.person, other=bo.person)
    Tie.objects.filter(owner=bo.person, other=ada.person).update(apart=True)
    # Since they keep apart it is as unknown as any other.
    assert Phone(ada).delete(f"memory/ties/{tie.pk}").status == 404
    # As when both act at once.
    forget_tie(tie=tie)
    left = Tie.objects.get(owner=bo.person, other=ada.person)
    assert (left.apart, left.times, left.first_met, left.helped) == (True, 0, None, 0)


def test_others_ties_are_as_unknown_as_none() -> None:
    ada, bo, cleo = first_supper()
    theirs = Tie.objects.get(owner=bo.person, other=cleo.person)
    phone = Phone(ada)
    unknown = ada.pk
    for act in (phone.delete, lambda path: phone.patch(path, times=2)):
        assert act(f"memory/ties/{theirs.pk}") == act(f"memory/ties/{unknown}")
        assert act(f"memory/ties/{unknown}").status == 404
    assert Tie.objects.get(pk=theirs.pk).times == 1


def test_deleting_ones_memory_deletes_all_of_it_on_both_sides() -> None:
    ada, bo, cleo = first_supper()
    phone = Phone(ada)
    phone.patch("memory", askable=True, mix={"new": 1}, admires=["Bo Diddley"])
    assert [phone.delete("memory").status for _time in range(2)] == [204, 204]
    assert memory(ada) == NOBODY
    assert [list(ties(person)) for person in (bo, cleo)] == [["Cleo"], ["Bo"]]
    assert not Person.objects.filter(name="Ada Lovelace").exists()


def test_after_deleting_it_a_new_yes_begins_anew() -> None:
    ada, bo, _cleo = first_supper()
    forget_me(attendee=ada)
    remember_me(attendee=fresh(ada))
    assert ties(ada) == {"Bo": ("met", 1, False), "Cleo": ("met", 1, False)}
    assert sorted(ties(bo)) == ["Ada", "Cleo"]


# ---------------------------------------------------------------------------------------------------------- what one likes


def test_wishes_are_kept_and_only_of_those_who_are_remembered() -> None:
    (ada,) = make_people(1, supper())
    phone = Phone(ada)
    assert phone.patch("memory", askable=True).code == "not_remembered"
    phone.post("memory")
    said = {
        "askable": True,
        "mix": {"new": 1, "met": -1, "dormant": 0},
        "admires": [" Bo  Diddley "],
    }
    answer = phone.patch("memory", **said)
    assert answer.status == 200
    page = answer.json
    assert page["mix"] == {"new": 1, "met": -1, "dormant": 0, "admired": 0}
    assert (page["askable"], page["admires"]) == (True, ["Bo Diddley"])
    phone.patch("memory", admires=["Cleo", "cléo", "Bo Diddley"])
    assert memory(ada)["admires"] == ["Bo Diddley", "cléo"]
    assert memory(ada)["mix"] == page["mix"]


@pytest.mark.parametrize(
    "said",
    [
        {"mix": {"close": 1}},
        {"mix": {"new": 2}},
        {"mix": {"best": 1}},
        {"mix": [1]},
        {"admires": ["a", "b", "c", "d"]},
        {"admires": [""]},
        {"admires": ["x" * 121]},
        {"admires": "Bo"},
        {"askable": "perhaps"},
    ],
)
def test_odd_wishes_are_refused(said: dict[str, Any]) -> None:
    (ada,) = make_people(1, supper())
    phone = Phone(ada)
    phone.post("memory")
    assert phone.patch("memory", **said).status == 400
    assert memory(ada) == NOBODY | {"remembered": True}


@pytest.mark.parametrize("earlier", ["secret", [[]], ["x"] * 21, [""], ["x" * 121], {"a": 1}])
def test_odd_tickets_are_refused(earlier: Any) -> None:
    (ada,) = make_people(1, supper())
    for path in ("memory", "memory/recognise"):
        assert Phone(ada).post(path, earlier=earlier).status == 400
    assert fresh(ada).person is None


@pytest.mark.parametrize("whom", ["Ada Lovelace", "Nobody Here", "Bo Diddley"])
def test_a_wish_for_oneself_a_stranger_or_a_blocker_is_kept_and_silent(whom: str) -> None:
    event = supper()
    ada, bo = people = make_people(2, event)
    for person in people:
        remember_me(attendee=person)
    phones = [Phone(person) for person in people]
    phones[1].patch("memory", askable=True)
    block(blocker=fresh(bo), blocked=fresh(ada))
    phones[1].reads()
    before = phones[1].reads(), memory(bo)
    answer = phones[0].patch("memory", admires=[whom])
    assert (answer.status, answer.json["admires"]) == (200, [whom])
    assert (phones[1].reads(), memory(bo)) == before


@pytest.mark.parametrize("askable", [False, True])
def test_the_mix_of_an_evening_does_not_tell_whether_the_admired_accepts_being_asked(
    askable: bool,
) -> None:
    event = supper()
    ada, bo, cleo = make_people(3, event)
    remember_me(attendee=ada)
    remember_me(attendee=bo)
    Phone(ada).patch("memory", admires=["bo diddley", "Cleo Laine"])
    Phone(bo).patch("memory", askable=askable)
    sat(event, ada, bo, cleo)
    over(event)
    assert memory(ada)["evenings"][0]["mix"] == {"admired": 2}
    assert [tie["kind"] for tie in memory(ada)["ties"]] == ["met"]


# ------------------------------------------------------------------------------------------------------------ the matcher


def six_some_of_whom_met(*met: int) -> tuple[Event, list[Attendee]]:
    """Six people of one topic, of whom some met on an earlier evening, and the doors of the next one."""
    event = supper()
    people = make_people(6, event)
    for person in people:
        remember_me(attendee=person)
    sat(event, *(people[i] for i in met))
    over(event)
    later = supper(event.series, "Stew")
    Event.objects.filter(pk=later.pk).update(table_min=3, table_size=3, table_max=3)
    later = Event.objects.get(pk=later.pk)
    again = [make_attendee(later, person.name, "tea") for person in people]
    for attendee, before in zip(again, people, strict=True):
        remember_me(attendee=attendee, earlier=[secret(before)])
        arrive(attendee)
    return later, [fresh(person) for person in again]


def tables_of(event: Event) -> list[list[str]]:
    draft = draft_round(event=event, version=version(event))
    return sorted(
        sorted(table.seats.values_list("attendee__name", flat=True)) for table in draft.tables.all()
    )


def test_who_would_rather_meet_old_faces_sits_with_them_and_else_with_new_ones() -> None:
    event, people = six_some_of_whom_met(0, 1, 2)
    first, second = tables_of(event)
    assert {
        len({"Ada Lovelace", "Bo Diddley", "Cleo Laine"} & set(t)) for t in (first, second)
    } == {1, 2}
    for person in people[:3]:
        Person.objects.filter(pk=person.person_id).update(mix={"met": 1, "new": -1})
    assert tables_of(event) == [
        ["Ada Lovelace", "Bo Diddley", "Cleo Laine"],
        ["Dee Brown", "Eve Arden", "Fay Wray"],
    ]


@pytest.mark.parametrize("askable", [False, True])
def test_whom_one_admires_one_sits_with_if_they_are_glad_to_be_asked(askable: bool) -> None:
    event, people = six_some_of_whom_met(0, 5)
    Phone(people[0]).patch("memory", admires=["fay  WRAY", "Nobody Here"], mix={"admired": 1})
    Phone(people[5]).patch("memory", askable=askable)
    table = next(table for table in tables_of(event) if "Ada Lovelace" in table)
    assert ("Fay Wray" in table) == askable


def test_whoever_keeps_away_is_not_sat_with_for_being_admired() -> None:
    event, people = six_some_of_whom_met(0, 5)
    Phone(people[0]).patch("memory", admires=["Fay Wray"], mix={"admired": 1})
    Phone(people[5]).patch("memory", askable=True)
    block(blocker=people[5], blocked=people[0])
    table = next(table for table in tables_of(event) if "Ada Lovelace" in table)
    assert "Fay Wray" not in table


def test_rolling_tables_of_a_series_open_as_they_do_elsewhere() -> None:
    event, _people = six_some_of_whom_met(0, 1, 2)
    set_rolling(event=event, version=version(event), on=True)
    assert seat_waiting(event_id=event.pk) == 6


def test_an_event_can_be_put_into_a_series_before_its_doors_open() -> None:
    event = make_event(doors=False)
    change_event(event=event, changes={"series": "Suppers"})
    event = open_doors(event=event)
    (ada,) = make_people(1, event)
    assert memory(ada) == NOBODY
