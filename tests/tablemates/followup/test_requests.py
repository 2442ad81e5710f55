"""Introduce me: through one who knows both, with the yes of the one who is sought; the asker hears of a yes alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from events.models import Attendee, Event, Person, Series, Tie
from tablemates.followup.models import IntroduceMe
from tablemates.followup.services import events_with_requests, forward_requests
from tablemates.live.models import Message
from tests.phones import Answer, Phone, end, make_people, reveal, sit_together
from tests.rows import arrive

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.django_db


def ask(asker: Attendee, name: str, *shares: str) -> Answer:
    return Phone(asker).post("requests", name=name, shares=shares)


def answer(person: Attendee, *, yes: bool, shares: tuple[str, ...] = ()) -> Answer:
    """Say yes or no to the request that this person's phone shows."""
    pk = Phone(person)("get", "snapshot").json["state"]["request"]["id"]
    return Phone(person).post(f"requests/{pk}", yes=yes, shares=shares)


def requests(person: Attendee) -> dict[str, Any]:
    found: dict[str, Any] = Phone(person).afterwards()["requests"]
    return found


def asked(person: Attendee) -> dict[str, Any] | None:
    """The request that this person's phone shows, but for its id; snapshot and messages agree on it."""
    shown = Phone(person)("get", "snapshot").json["state"]["request"]
    audience = f"attendee:{person.pk}"
    told = [row.audiences[audience] for row in Message.objects.all() if audience in row.audiences]
    heard = [facts["set"]["request"] for facts in told if "request" in facts["set"]]
    assert shown == (heard[-1] if heard else None)
    return shown and {name: said for name, said in shown.items() if name != "id"}


def circle() -> list[Attendee]:
    """Ada and Bo have not met; Cleo sat with both, Dee with nobody. The evening has ended."""
    people = make_people(4)
    ada, bo, cleo, _dee = people
    sit_together(ada, cleo)
    sit_together(bo, cleo)
    end(ada.event)
    return people


def test_two_are_introduced_once_both_who_are_asked_have_said_yes() -> None:
    ada, bo, cleo, dee = circle()
    Phone(ada).patch("card", phone="555 12")
    assert (ask(ada, " bo  DIDDLEY", "phone").status, asked(bo)) == (202, None)
    assert asked(cleo) == {"asker": "Ada L.", "target": "Bo D.", "via": None}
    assert [row["target"] for row in requests(cleo)["pass_on"]] == ["Bo D."]
    assert answer(cleo, yes=True).status == 204
    assert (asked(cleo), requests(cleo)["pass_on"]) == (None, [])
    assert asked(bo) == {"asker": "Ada L.", "target": None, "via": "Cleo L."}
    assert [row["via"] for row in requests(bo)["meet"]] == ["Cleo L."]
    assert Phone(ada).afterwards()["introductions"] == []
    assert answer(bo, yes=True, shares=("email",)).status == 204
    assert (asked(bo), asked(dee)) == (None, None)
    (to_ada,), (to_bo,) = (Phone(one).afterwards()["introductions"] for one in (ada, bo))
    assert (to_ada["name"], to_ada["contact"]) == ("Bo Diddley", {"email": "bo@example.org"})
    assert (to_bo["name"], to_bo["contact"]) == ("Ada Lovelace", {"phone": "555 12"})
    assert to_ada["via"] == to_bo["via"] == "Cleo L."
    assert requests(ada)["own"] == [
        {"id": str(IntroduceMe.objects.get().pk), "name": "bo DIDDLEY", "introduced": True}
    ]


def test_an_introduction_is_there_to_promise_note_and_keep_away_from() -> None:
    ada, bo, cleo, _dee = circle()
    ask(ada, "Bo Diddley")
    assert Phone(ada).put(f"notes/{bo.pk}", text="Bees").status == 404
    answer(cleo, yes=True)
    answer(bo, yes=True)
    assert Phone(ada).put(f"notes/{bo.pk}", text="Bees").status == 204
    assert Phone(bo).post("promises", to=str(ada.pk), text="A book").status == 201
    # Who has not shared a table cannot be picked: they are introduced already.
    assert Phone(ada).put(f"picks/{bo.pk}", shares=[]).status == 404
    assert Phone(bo).put(f"blocks/{ada.pk}").status == 204
    assert Phone(ada).afterwards()["introductions"] == []
    assert [row["introduced"] for row in requests(ada)["own"]] == [False]
    Phone(bo).delete(f"blocks/{ada.pk}")
    assert Phone(ada).afterwards()["introductions"] == []


def reads(asker: Attendee) -> tuple[Any, ...]:
    """All that the asker can read, without the ids of their own requests and the name they wrote."""
    page, snapshot = Phone(asker).afterwards(), Phone(asker)("get", "snapshot").json
    own = [row["introduced"] for row in page["requests"].pop("own")]
    return page, own, snapshot["seq"], snapshot["state"]


def test_the_asker_sees_the_same_whether_a_name_is_known_or_not_and_whatever_becomes_of_it() -> (
    None
):
    seen = []
    for name, said in (
        ("Nobody At All", ()),
        ("Ada Lovelace", ()),
        ("Bo Diddley", ()),
        ("Bo Diddley", (False,)),
        ("Bo Diddley", (True, False)),
        ("Dee Brown", ()),
    ):
        ada, bo, cleo, dee = circle()
        Phone(dee).put(f"blocks/{ada.pk}")
        before = ask(ada, name)
        after_asking = reads(ada)
        for person, yes in zip((cleo, bo), said, strict=False):
            assert answer(person, yes=yes).status == 204
        page, own, _seq, state = reads(ada)
        mine = IntroduceMe.objects.get(asker=ada).pk
        taken_back = [Phone(ada).delete(f"requests/{mine}") for _ in range(2)]
        seen.append(
            (before, after_asking[1:3], own, state["request"], page["requests"], taken_back[0])
        )
        assert taken_back[0][:2] == taken_back[1][:2] == (204, b"")
        assert requests(ada)["own"] == []
    assert all(one == seen[0] for one in seen), seen


def test_three_are_open_at_most_and_what_became_of_them_does_not_count() -> None:
    ada, _bo, cleo, _dee = circle()
    assert [ask(ada, name).status for name in ("Bo Diddley", "Nobody", "Zoe")] == [202] * 3
    answer(cleo, yes=False)
    assert ask(ada, "Dee Brown").code == "enough_requests"
    own = requests(ada)["own"]
    Phone(ada).delete(f"requests/{own[1]['id']}")
    assert ask(ada, "Dee Brown").status == 202
    assert [row["name"] for row in requests(ada)["own"]] == ["Bo Diddley", "Zoe", "Dee Brown"]


def test_nobody_is_asked_a_second_time_by_the_same_person() -> None:
    ada, bo, cleo, _dee = circle()
    ask(ada, "Bo Diddley")
    Phone(ada).delete(f"requests/{requests(ada)['own'][0]['id']}")
    assert (asked(cleo), ask(ada, "Bo Diddley").status) == (None, 202)
    forward_requests(event_id=ada.event_id)
    assert (asked(cleo), asked(bo)) == (None, None)


def test_asking_has_an_end() -> None:
    ada, *_ = circle()
    for n in range(12):
        assert ask(ada, f"Nobody {n}").status == 202
        Phone(ada).delete(f"requests/{requests(ada)['own'][0]['id']}")
    assert ask(ada, "Nobody at all").code == "enough_requests"


def test_requests_of_others_are_refused_like_unknown_ones() -> None:
    ada, bo, cleo, dee = circle()
    ask(ada, "Bo Diddley")
    pk = IntroduceMe.objects.get().pk

    def says_yes(person: Attendee, request: UUID) -> Answer:
        return Phone(person).post(f"requests/{request}", yes=True)

    unknown = says_yes(dee, uuid4())
    assert unknown.status == 404
    assert [says_yes(person, pk)[:2] for person in (ada, bo, dee)] == [unknown[:2]] * 3
    assert [Phone(one).delete(f"requests/{pk}").status for one in (bo, cleo)] == [404, 404]
    assert says_yes(cleo, pk).status == 204
    assert says_yes(cleo, pk)[:2] == unknown[:2]


def test_what_has_come_about_is_not_taken_back() -> None:
    ada, bo, cleo, _dee = circle()
    ask(ada, "Bo Diddley")
    answer(cleo, yes=True)
    answer(bo, yes=True)
    pk = IntroduceMe.objects.get().pk
    assert Phone(ada).delete(f"requests/{pk}").code == "introduced"


def test_two_who_ask_for_each_other_are_introduced_by_one_yes() -> None:
    ada, bo, cleo, _dee = circle()
    ask(ada, "Bo Diddley", "email")
    ask(bo, "Ada Lovelace", "words")
    answer(cleo, yes=True)
    answer(bo, yes=True, shares=("email",))
    assert (asked(ada), asked(bo), asked(cleo)) == (None, None, None)
    assert [row["introduced"] for one in (ada, bo) for row in requests(one)["own"]] == [True, True]
    (to_ada,) = Phone(ada).afterwards()["introductions"]
    assert to_ada["contact"] == {"email": "bo@example.org"}


def test_who_picked_each_other_too_reads_what_was_shared_either_way() -> None:
    ada, bo, cleo, _dee = circle()
    Phone(ada).patch("card", phone="555 12")
    sit_together(ada, bo)
    ask(ada, "Bo D.", "email")
    answer(cleo, yes=True)
    answer(bo, yes=True)
    Phone(ada).put(f"picks/{bo.pk}", shares=["phone"])
    Phone(bo).put(f"picks/{ada.pk}", shares=[])
    before, *_ = Phone(bo).afterwards()["introductions"]
    reveal(ada.event)
    after, *_ = Phone(bo).afterwards()["introductions"]
    assert (before["contact"], before["via"]) == ({"email": "ada@example.org"}, "Cleo L.")
    assert (after["contact"], after["via"]) == (
        {"email": "ada@example.org", "phone": "555 12"},
        None,
    )


def test_while_the_evening_is_on_only_who_is_here_is_asked() -> None:
    ada, bo, cleo, _dee = people = make_people(4)
    sit_together(ada, cleo)
    sit_together(bo, cleo)
    ask(ada, "Bo Diddley")
    assert [asked(person) for person in people] == [None] * 4
    arrive(cleo)
    assert forward_requests(event_id=ada.event_id) is True
    assert asked(cleo) == {"asker": "Ada L.", "target": "Bo D.", "via": None}
    assert forward_requests(event_id=ada.event_id) is False


def test_where_nobody_knows_both_a_host_brings_them_together() -> None:
    ada, bo, cleo, dee = make_people(4)
    end(ada.event)
    Attendee.objects.filter(pk__in=[ada.pk, bo.pk, dee.pk]).update(host=True)
    ask(ada, "Bo Diddley")
    assert asked(dee) == {"asker": "Ada L.", "target": "Bo D.", "via": None}
    answer(dee, yes=True)
    assert asked(bo) == {"asker": "Ada L.", "target": None, "via": ""}
    assert asked(cleo) is None


def test_the_host_with_the_least_to_do_is_asked() -> None:
    ada, bo, cleo, dee = make_people(4)
    end(ada.event)
    Attendee.objects.filter(pk__in=[cleo.pk, dee.pk]).update(host=True)
    ask(ada, "Bo Diddley")
    ask(bo, "Ada Lovelace")
    assert {person.pk for person in (cleo, dee) if asked(person)} == {cleo.pk, dee.pk}


def test_who_knows_both_best_across_the_series_is_asked() -> None:
    ada, bo, cleo, dee = circle()
    series = Series.objects.create(team=ada.event.team, name="Suppers")
    Event.objects.filter(pk=ada.event_id).update(series=series)
    persons = {}
    for person in (ada, bo, dee):
        persons[person.pk] = Person.objects.create(series=series, name=person.name)
        Attendee.objects.filter(pk=person.pk).update(person=persons[person.pk])
    lately = timezone.now() - timedelta(days=30)
    for other in (ada, bo):
        Tie.objects.create(
            owner=persons[dee.pk],
            other=persons[other.pk],
            times=3,
            first_met=lately,
            last_met=lately,
            last_contact=lately,
        )
    ask(ada, "Bo Diddley")
    assert (bool(asked(dee)), asked(cleo)) == (True, None)


@pytest.mark.parametrize(
    ("blocker", "blocked"), [("cleo", "ada"), ("cleo", "bo"), ("ada", "cleo"), ("bo", "cleo")]
)
def test_who_keeps_away_from_one_of_the_two_is_not_asked(blocker: str, blocked: str) -> None:
    people = dict(zip(("ada", "bo", "cleo", "dee"), circle(), strict=True))
    ask(people["ada"], "Bo Diddley")
    Phone(people[blocker]).put(f"blocks/{people[blocked].pk}")
    assert asked(people["cleo"]) is None
    Attendee.objects.filter(pk=people["dee"].pk).update(host=True)
    assert forward_requests(event_id=people["ada"].event_id) is True
    assert asked(people["dee"]) == {"asker": "Ada L.", "target": "Bo D.", "via": None}


def test_a_request_waits_until_there_is_one_person_of_that_name() -> None:
    ada, bo, cleo, dee = circle()
    Attendee.objects.filter(pk=dee.pk).update(name="Bo Diddley")
    ask(ada, "Bo Diddley")
    assert asked(cleo) is None
    Attendee.objects.filter(pk=dee.pk).update(status="cancelled")
    assert events_with_requests(timezone.now()) == {ada.event_id}
    forward_requests(event_id=ada.event_id)
    assert IntroduceMe.objects.get().target == bo
    assert asked(cleo) is not None


def test_who_has_gone_is_not_in_the_way() -> None:
    ada, _bo, cleo, _dee = circle()
    ask(ada, "Bo Diddley")
    Attendee.objects.filter(pk=cleo.pk).update(status="cancelled")
    forward_requests(event_id=ada.event_id)
    request = IntroduceMe.objects.get()
    assert (request.status, request.via, request.target) == ("waiting", None, None)


def test_requests_close_two_days_after_the_evening() -> None:
    ada, _bo, cleo, _dee = circle()
    ask(ada, "Bo Diddley")
    pk = IntroduceMe.objects.get().pk
    end(ada.event, timedelta(hours=48))
    assert ask(ada, "Dee Brown").code == "window_over"
    assert Phone(cleo).post(f"requests/{pk}", yes=True).status == 404
    assert requests(cleo)["pass_on"] == []
    assert Phone(cleo)("get", "snapshot").json["state"]["request"] is None
    assert forward_requests(event_id=ada.event_id) is False
    assert events_with_requests(timezone.now()) == set()
    assert [row["name"] for row in requests(ada)["own"]] == ["Bo Diddley"]


def test_the_oldest_request_is_shown_first() -> None:
    ada, _bo, cleo, dee = circle()
    sit_together(dee, cleo)
    ask(ada, "Bo Diddley")
    ask(dee, "Bo Diddley")
    assert asked(cleo) == {"asker": "Ada L.", "target": "Bo D.", "via": None}
    answer(cleo, yes=True)
    assert asked(cleo) == {"asker": "Dee B.", "target": "Bo D.", "via": None}


def test_a_name_is_needed() -> None:
    ada, *_ = circle()
    for name in ("", "   ", "\u200b", "n" * 121):
        assert (ask(ada, name).status, ask(ada, name).json["field"]) == (400, "name")
