"""The page after the talk: what is on it, what one writes there, and who is not on it any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from events.models import Attendee, Evening, Event, Person, Series, Tie
from matching.models import Round
from tablemates.followup.models import Note, Pick, Quiet, Verdict
from tests.phones import Phone, end, make_people, reveal, sat_down, sit_together

pytestmark = pytest.mark.django_db


def in_series(*people: Attendee) -> list[Person]:
    """These people remember each other's series, and it them."""
    event = people[0].event
    series = Series.objects.create(team=event.team, name="Suppers")
    Event.objects.filter(pk=event.pk).update(series=series)
    made = [Person.objects.create(series=series, name=person.name) for person in people]
    for person, who in zip(people, made, strict=True):
        Attendee.objects.filter(pk=person.pk).update(person=who)
    return made


def test_a_page_with_nothing_on_it_yet_says_so() -> None:
    (ada,) = make_people(1)
    assert Phone(ada).afterwards() == {
        "event": {
            "title": "Spring evening",
            "ended_at": None,
            "time_zone": "UTC",
            "series": None,
        },
        "limit": 2,
        "reveal_at": None,
        "revealed": False,
        "due_at": None,
        "grace_until": None,
        "tablemates": [],
        "tables": [],
        "card": {
            "email": "ada@example.org",
            "phone": "",
            "link": "",
            "company": "",
            "words": "",
        },
        "introductions": [],
        "promises": [],
        "requests": {"pass_on": [], "meet": [], "own": []},
        "worth": None,
        "quiet": False,
        "blocked": [],
    }


def test_people_come_with_the_table_where_one_sat_with_them_last() -> None:
    ada, bo, cleo, dee = make_people()
    first = sit_together(ada, bo, cleo, topic="ceramics")
    second = sit_together(ada, bo, topic="poetry")
    sit_together(cleo, dee)
    page = Phone(ada).afterwards()
    assert [(row["name"], row["topic"], row["table"]) for row in page["tablemates"]] == [
        ("Bo", "poetry", str(second.pk)),
        ("Cleo", "ceramics", str(first.pk)),
    ]
    assert [(row["id"], row["round"], row["number"], row["topic"]) for row in page["tables"]] == [
        (str(table.pk), str(table.round_id), table.number, table.topic.label)
        for table in (second, first)
        if table.topic
    ]


def test_the_hours_that_count_are_told_once_the_evening_has_ended() -> None:
    ada, *_ = sat_down()
    ended = end(ada.event, timedelta(hours=2))
    page = Phone(ada).afterwards()
    hours = {"reveal_at": 1, "due_at": 24, "grace_until": 48}
    assert {name: page[name] for name in hours} == {
        name: (ended + timedelta(hours=n)).isoformat().replace("+00:00", "Z")
        for name, n in hours.items()
    }
    assert page["revealed"] is True


def test_an_introduction_holds_what_one_needs_to_write() -> None:
    ada, bo, *_ = sat_down(2, "ceramics")
    Phone(ada).patch("card", phone="+44 20 7946 0123", words="Ring twice")
    Phone(ada).put(f"picks/{bo.pk}", shares=["words", "phone", "words"])
    Phone(bo).put(f"picks/{ada.pk}")
    Phone(bo).put(f"notes/{ada.pk}", text="Her kiln!")
    reveal(ada.event)
    (one,) = Phone(bo).afterwards()["introductions"]
    assert one.pop("talk_at") > "2026"
    assert one.pop("reachable") in (True, False)
    assert one == {
        "id": str(ada.pk),
        "name": "Ada Lovelace",
        "first_name": "Ada",
        "topic": "ceramics",
        "contact": {"phone": "+44 20 7946 0123", "words": "Ring twice"},
        "via": None,
        "note": "Her kiln!",
        "known": False,
        "draft": "Hello Ada,\n\nWe sat together at Spring evening and talked about ceramics.\n\n"
        "Her kiln!",
        "letter": None,
    }


def test_a_card_begins_with_the_guest_list_and_is_ones_own_from_then_on() -> None:
    (ada,) = make_people(1)
    Attendee.objects.filter(pk=ada.pk).update(company="Engines")
    phone = Phone(ada)
    changed = phone.patch("card", phone=" 555  12 ", link="example.org/ada", email="")
    assert (changed.status, changed.json) == (
        200,
        {
            "email": "",
            "phone": "555 12",
            "link": "https://example.org/ada",
            "company": "Engines",
            "words": "",
        },
    )
    Attendee.objects.filter(pk=ada.pk).update(company="Looms", email="new@example.org")
    assert phone.afterwards()["card"] == changed.json
    assert phone.patch("card", link="").json["link"] == ""


@pytest.mark.parametrize(
    ("field", "odd"),
    [
        ("email", "ada at example"),
        ("phone", "call me"),
        ("link", "javascript:alert(1)"),
        ("link", "javascript://example.org/%0aalert(1)"),
        ("link", "not a link"),
        ("link", f"example.org/{'a' * 190}"),
        ("words", "w" * 141),
    ],
)
def test_a_card_takes_nothing_that_reaches_nobody(field: str, odd: str) -> None:
    (ada,) = make_people(1)
    answer = Phone(ada).patch("card", **{field: odd})
    assert (answer.status, answer.json["field"]) == (400, field)


def test_only_what_is_shared_and_filled_in_reaches_the_other() -> None:
    ada, bo, *_ = sat_down(2)
    Phone(ada).put(f"picks/{bo.pk}", shares=["link", "email"])
    Phone(bo).put(f"picks/{ada.pk}", shares=[])
    reveal(ada.event)
    assert [one["contact"] for one in Phone(bo).afterwards()["introductions"]] == [
        {"email": "ada@example.org"}
    ]
    assert [one["contact"] for one in Phone(ada).afterwards()["introductions"]] == [{}]
    assert Phone(ada).put(f"picks/{bo.pk}", shares=["shoe size"]).status == 400


def test_a_note_is_ones_own_and_no_text_erases_it() -> None:
    ada, bo, cleo, *_ = sat_down()
    before = Phone(bo).reads(), Phone(cleo).reads()
    assert Phone(ada).put(f"notes/{bo.pk}", text="Bees, and\na shed").status == 204
    assert {row["name"]: row["note"] for row in Phone(ada).afterwards()["tablemates"]} == {
        "Bo": "Bees, and\na shed",
        "Cleo": "",
        "Dee": "",
    }
    assert (Phone(bo).reads(), Phone(cleo).reads()) == before
    assert Phone(ada).put(f"notes/{bo.pk}", text="").status == 204
    assert Note.objects.count() == 0


def test_whoever_is_not_there_any_more_is_as_unknown_as_a_stranger() -> None:
    ada, *gone = sat_down(6)
    cancelled, kept_out, blocker, blocked, tied = gone
    stranger, *_ = make_people(1, ada.event)
    persons = in_series(ada, tied)
    Attendee.objects.filter(pk=cancelled.pk).update(status="cancelled")
    Attendee.objects.filter(pk=kept_out.pk).update(status="blocked")
    Phone(blocker).put(f"blocks/{ada.pk}")
    Phone(ada).put(f"blocks/{blocked.pk}")
    Tie.objects.create(owner=persons[1], other=persons[0], apart=True)
    phone = Phone(ada)
    assert phone.afterwards()["tablemates"] == []
    unknown = ada.__class__(pk=uuid4())
    for path, body in (
        ("picks/{}", {"shares": ["email"]}),
        ("notes/{}", {"text": "Bees"}),
        ("blocks/{}", {}),
    ):
        answers = {
            phone.put(path.format(who.pk), **body)
            for who in (unknown, ada, stranger, cancelled, kept_out, blocker, tied)
        }
        assert [answer.status for answer in answers] == [404], path
    promised = {
        phone.post("promises", to=str(who.pk), text="A book")
        for who in (unknown, ada, stranger, *gone)
    }
    assert [answer.status for answer in promised] == [404]
    assert {one["name"] for one in phone.afterwards()["blocked"]} == {blocked.first_name}


@pytest.mark.parametrize("status", ["cancelled", "blocked"])
def test_who_is_not_there_any_more_reads_nothing_of_others(status: str) -> None:
    ada, bo, *_ = sat_down(3)
    Phone(ada).put(f"picks/{bo.pk}", shares=["email"])
    Phone(bo).put(f"picks/{ada.pk}", shares=["email"])
    Phone(ada).post("promises", to=str(bo.pk), text="A book")
    reveal(ada.event)
    Attendee.objects.filter(pk=bo.pk).update(status=status)
    for person in (ada, bo):
        page = Phone(person).afterwards()
        assert (page["introductions"], page["promises"]) == ([], [])
    assert (page["tablemates"], len(page["tables"])) == ([], 1)
    assert Phone(bo).put(f"notes/{ada.pk}", text="Bees").status == 404


def test_before_the_reveal_the_queries_for_a_page_are_the_same_whoever_has_picked_its_owner() -> (
    None
):
    ada, bo, cleo, *_ = sat_down()
    end(ada.event)
    Phone(ada).put(f"picks/{bo.pk}")
    alone = Phone(ada).reads()
    for picker in (bo, cleo):
        Pick.objects.create(picker=picker, picked=ada, shares=["email"])
        assert Phone(ada).reads() == alone


def test_whether_an_evening_was_worth_it_is_said_taken_back_and_remembered() -> None:
    (ada,) = make_people(1)
    (person,) = in_series(ada)
    evening = Evening.objects.create(
        person=person, event=ada.event, title="Spring evening", at=ada.event.created_at
    )
    for worth in (True, False, None):
        assert Phone(ada).put("worth", worth=worth).status == 204
        assert Phone(ada).afterwards()["worth"] is worth
        evening.refresh_from_db()
        assert evening.worth is worth
    assert Verdict.objects.count() == 0


def test_a_verdict_of_one_without_memory_touches_nobody_elses() -> None:
    ada, bo = make_people(2)
    (person,) = in_series(bo)
    kept = Evening.objects.create(person=person, event=bo.event, title="", at=bo.event.created_at)
    Phone(ada).put("worth", worth=False)
    kept.refresh_from_db()
    assert kept.worth is None


def test_who_wants_to_be_left_alone_is_and_may_change_their_mind() -> None:
    (ada,) = make_people(1)
    for on in (True, True, False, False):
        assert Phone(ada).put("quiet", on=on).status == 204
        assert (Phone(ada).afterwards()["quiet"], Quiet.objects.count()) == (on, int(on))


def test_known_are_those_one_had_met_before_this_evening() -> None:
    ada, bo, *_ = sat_down()
    one, other = in_series(ada, bo)
    long_ago = ada.event.created_at - timedelta(days=90)
    met = {"first_met": long_ago, "last_met": long_ago, "times": 1}
    Tie.objects.create(owner=one, other=other, **met)
    assert {row["name"]: row["known"] for row in Phone(ada).afterwards()["tablemates"]} == {
        "Bo": True,
        "Cleo": False,
        "Dee": False,
    }
    assert Phone(ada).afterwards()["event"]["series"] == "Suppers"


def test_a_draft_seats_nobody() -> None:
    ada, bo = make_people(2)
    sit_together(ada, bo)
    Round.objects.update(status="draft", published_at=None, starts_at=None, ends_at=None)
    page = Phone(ada).afterwards()
    assert (page["tablemates"], page["tables"]) == ([], [])


def test_a_page_asks_for_the_same_however_many_are_on_it() -> None:
    def page_of(n: int) -> int:
        ada, *others = sat_down(n)
        for other in others:
            Phone(ada).put(f"notes/{other.pk}", text="Bees")
            Phone(other).put(f"picks/{ada.pk}", shares=["email"])
            Phone(ada).post("promises", to=str(other.pk), text="A book")
        Pick.objects.bulk_create(Pick(picker=ada, picked=other) for other in others)
        reveal(ada.event)
        assert len(Phone(ada).afterwards()["introductions"]) == n - 1
        return int(Phone(ada).reads()[2])

    assert page_of(2) == page_of(6)


def test_without_a_ticket_there_is_no_page() -> None:
    ada, *_ = sat_down()
    ada.tickets.update(revoked_at=ada.event.created_at)
    assert Phone(ada)("get", "afterwards").status == 401
