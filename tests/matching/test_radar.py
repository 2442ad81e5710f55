"""Who waits is seen: an organiser gives them a seat with one tap, or sends a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from events.keeping_apart import block
from events.models import Attendee, Event
from matching.models import Change, Errand, LeftOut, Round
from matching.services import (
    end_evening,
    finish_errand,
    make_wish,
    seat_now,
    send_host,
    set_rolling,
    settle_wishes,
    sit_elsewhere,
)
from tablemates.live.models import Message
from tablemates.refusals import Refusal
from tests.room import come, lay, leave, tables, tend, version
from tests.rows import arrive, make_attendee, make_event
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

FARMERS = [("Ada", "farming"), ("Bob", "farming"), ("Cem", "farming")]


@pytest.fixture
def event() -> Event:
    """Doors open, tables open by themselves."""
    event = make_event()
    set_rolling(event=event, version=0, on=True)
    return event


def seat(person: Attendee) -> None:
    seat_now(attendee=person, version=version(person.event), by="Olga")


def send(person: Attendee) -> Errand:
    return send_host(attendee=person, version=version(person.event), by="Olga")


def come_as_hosts(event: Event, *names: str) -> list[Attendee]:
    hosts = [make_attendee(event, name, host=True) for name in names]
    for host in hosts:
        arrive(host)
    return hosts


def refused(act: object, person: Attendee) -> str:
    before = version(person.event), Message.objects.count(), Change.objects.count()
    with pytest.raises(Refusal) as no:
        act(person)
    assert (version(person.event), Message.objects.count(), Change.objects.count()) == before
    return no.value.code


def said(event: Event) -> Message:
    message = Message.objects.filter(stream=event.pk).last()
    assert message is not None
    return message


def test_seat_now_gives_a_free_seat_whatever_its_topic(event: Event) -> None:
    come(event, *FARMERS)
    tend(event)
    (eve,) = come(event, ("Eve", "chess"))
    seat(eve)
    assert tables(event) == {1: ["Ada", "Bob", "Cem", "Eve"]}
    change = Change.objects.latest("version")
    assert (change.by, change.kind, change.params) == (
        "Olga",
        "person_seated",
        {"round": 0, "person": "Eve", "table": 1},
    )
    assert said(event).audiences[f"attendee:{eve.pk}"]["set"]["seat"]["table"] == 1


def test_seat_now_of_who_was_left_out_makes_good_for_it(event: Event) -> None:
    come(event, *FARMERS)
    tend(event)
    (eve,) = come(event, ("Eve", "chess"))
    LeftOut.objects.create(round=Round.objects.get(), attendee=eve)
    seat(eve)
    assert LeftOut.objects.count() == 0


def test_seat_now_needs_a_round_a_free_seat_and_somebody_who_waits(event: Event) -> None:
    (eve,) = come(event, ("Eve", "chess"))
    assert refused(seat, eve) == "no_free_seat"
    ada, *_ = come(event, *FARMERS)
    tend(event)
    assert refused(seat, ada) == "already_seated"
    assert refused(seat, make_attendee(event, "Fay")) == "not_here"
    make_wish(attendee=eve, kind="sit_out")
    assert refused(seat, eve) == "sitting_out"
    set_rolling(event=event, version=version(event), on=False)
    assert refused(seat, eve) == "no_round"


def test_seat_now_keeps_who_needs_it_from_a_table_with_steps(event: Event) -> None:
    lay(event, 6)
    lay(event, 6, features=["step_free"])
    come(event, *FARMERS)
    tend(event)
    eve = make_attendee(event, "Eve", "chess", needs=["step_free"])
    arrive(eve)
    assert refused(seat, eve) == "no_free_seat"


def test_host_without_a_seat_is_sent_before_one_who_hosts_a_talk(event: Event) -> None:
    seated = make_attendee(event, "Hal", "farming", host=True)
    arrive(seated)
    come(event, *FARMERS)
    tend(event)
    come_as_hosts(event, "Ida")
    (eve,) = come(event, ("Eve", "chess"))
    assert send(eve).host.name == "Ida"


def test_of_seated_hosts_the_one_at_the_smallest_table_is_sent(event: Event) -> None:
    for name, topic in (("Hal", "farming"), ("Ida", "chess")):
        arrive(make_attendee(event, name, topic, host=True))
    come(event, *FARMERS, ("Dot", "chess"), ("Far", "chess"))
    tend(event)
    assert sorted(map(len, tables(event).values())) == [3, 4]
    (eve,) = come(event, ("Eve", "opera"))
    assert send(eve).host.name == "Ida"


def test_errand_is_told_to_the_host_and_the_console_and_to_nobody_else(event: Event) -> None:
    (ida,) = come_as_hosts(event, "Ida Hostess")
    (eve,) = come(event, ("Eve Lang", "chess"))
    errand = send(eve)
    told = said(event).audiences
    assert set(told) == {"console", f"attendee:{ida.pk}"}
    assert told[f"attendee:{ida.pk}"]["set"] == {"errand": {"id": errand.pk, "name": "Eve L."}}
    assert told["console"]["set"][f"errands/{errand.pk}"]["attendee"] == str(eve.pk)
    change = Change.objects.latest("version")
    assert (change.kind, change.params) == (
        "host_sent",
        {"person": "Eve Lang", "other": "Ida Hostess"},
    )


def test_errand_done_twice_is_told_once(event: Event) -> None:
    (ida,) = come_as_hosts(event, "Ida")
    (eve,) = come(event, ("Eve", "chess"))
    errand = send(eve)
    finish_errand(errand=errand)
    told = said(event)
    assert told.audiences["console"]["unset"] == [f"errands/{errand.pk}"]
    assert told.audiences[f"attendee:{ida.pk}"]["set"] == {"errand": None}
    done_at = Errand.objects.get().done_at
    finish_errand(errand=errand)
    assert (said(event), Errand.objects.get().done_at) == (told, done_at)


def test_one_host_is_sent_to_one_person_at_a_time(event: Event) -> None:
    hosts = come_as_hosts(event, "Ida", "Ira")
    people = come(event, ("Eve", "chess"), ("Fay", "opera"), ("Gus", "radio"))
    assert {send(person).host for person in people[:2]} == set(hosts)
    assert refused(send, people[2]) == "no_free_host"
    assert refused(send, people[0]) == "host_under_way"


def test_hosts_take_turns(event: Event) -> None:
    hosts = come_as_hosts(event, "Ida", "Ira")
    people = come(event, ("Eve", "chess"), ("Fay", "opera"))
    sent = []
    for person in people:
        errand = send(person)
        finish_errand(errand=errand)
        sent.append(errand.host)
    assert sent == hosts


def test_host_is_sent_neither_to_themselves_nor_while_they_sit_out(event: Event) -> None:
    ida, ira = come_as_hosts(event, "Ida", "Ira")
    make_wish(attendee=ira, kind="sit_out")
    assert refused(send, ida) == "no_free_host"


def test_host_is_sent_only_to_who_waits(event: Event) -> None:
    come_as_hosts(event, "Ida")
    ada, *_ = come(event, *FARMERS)
    tend(event)
    assert refused(send, ada) == "already_seated"
    (eve,) = come(event, ("Eve", "chess"))
    make_wish(attendee=eve, kind="sit_out")
    assert refused(send, eve) == "sitting_out"
    leave(eve)
    assert refused(send, eve) == "not_here"


def test_errand_is_over_when_the_person_gets_a_seat(event: Event) -> None:
    (ida,) = come_as_hosts(event, "Ida")
    come(event, *FARMERS)
    tend(event)
    (eve,) = come(event, ("Eve", "chess"))
    errand = send(eve)
    seat(eve)
    assert settle_wishes(event_id=event.pk) is True
    assert said(event).audiences == {
        "console": {"set": {}, "unset": [f"errands/{errand.pk}"]},
        f"attendee:{ida.pk}": {"set": {"errand": None}, "unset": []},
    }


@pytest.mark.parametrize("who", ["host", "attendee"])
def test_errand_is_over_when_either_of_them_leaves(event: Event, who: str) -> None:
    come_as_hosts(event, "Ida")
    (eve,) = come(event, ("Eve", "chess"))
    leave(Attendee.objects.get(pk=getattr(send(eve), who).pk))
    assert settle_wishes(event_id=event.pk) is True
    assert not Errand.objects.filter(done_at=None).exists()


def test_errand_is_over_when_the_person_would_rather_sit_out_or_the_evening_ends(
    event: Event,
) -> None:
    come_as_hosts(event, "Ida")
    eve, fay = come(event, ("Eve", "chess"), ("Fay", "opera"))
    send(eve)
    make_wish(attendee=eve, kind="sit_out")
    settle_wishes(event_id=event.pk)
    send(fay)
    end_evening(event=event, version=version(event))
    settle_wishes(event_id=event.pk)
    assert not Errand.objects.filter(done_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_two_organisers_who_seat_one_person_at_once_do_it_once(tmp_path: Path) -> None:
    with database_of_threads(tmp_path):
        event = make_event()
        set_rolling(event=event, version=0, on=True)
        come(event, *FARMERS)
        tend(event)
        (eve,) = come(event, ("Eve", "chess"))
        seen = version(event)
        answers = at_once(*[lambda: seat_now(attendee=eve, version=seen)] * 2)
        codes = [answer.code for answer in answers if isinstance(answer, Refusal)]
        assert codes == ["version_conflict"]
        assert tables(event) == {1: ["Ada", "Bob", "Cem", "Eve"]}


def test_a_host_who_keeps_away_is_not_sent_and_nobody_is_told_why(event: Event) -> None:
    hana, otto = come_as_hosts(event, "Hana", "Otto")
    (wanda,) = come(event, ("Wanda", "opera"))
    block(blocker=hana, blocked=wanda)
    assert send(wanda).host == otto
    finish_errand(errand=Errand.objects.get())
    block(blocker=wanda, blocked=otto)
    with pytest.raises(Refusal) as refused:
        send(wanda)
    assert (refused.value.code, "Hana" in refused.value.message) == ("no_free_host", False)


def test_a_host_under_way_to_somebody_who_blocks_them_need_not_go(event: Event) -> None:
    (hana,) = come_as_hosts(event, "Hana")
    (wanda,) = come(event, ("Wanda", "opera"))
    errand = send(wanda)
    block(blocker=wanda, blocked=hana)
    sit_elsewhere(attendee=wanda, away_from=hana)
    errand.refresh_from_db()
    assert errand.done_at
