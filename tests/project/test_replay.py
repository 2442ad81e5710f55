"""The replay proof: an old snapshot plus the messages of a service is the fresh snapshot, for every surface.

Each run is kept as tests/live/cases/<service>.<surface>.json, which the pages' own tests fold in the browser's words.
A case that is not there is written: delete what changed on purpose, run once more, and look at the difference.
"""

from __future__ import annotations

import copy
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from checkin.conflicts import settle_conflict
from checkin.models import CheckIn, Conflict, Station
from checkin.services import (
    DeviceScan,
    check_in,
    check_in_walk_in,
    check_out,
    poster_station,
    undo,
)
from checkin.stations import (
    add_station,
    note_contact,
    pair,
    pair_again,
    revoke_station,
)
from events.guest_list import import_guest_list
from events.interests import merge_interests
from events.models import Attendee, Event
from events.services import change_attendee, change_event, change_guest, open_doors
from events.tickets import mail_ticket, mail_tickets, reissue_ticket, revoke_ticket
from matching import services
from matching.core import MaxIterations
from matching.models import Errand, Round, Table
from matching.selectors import mixer_of
from matching.services import drafting
from tablemates.followup import services as followup
from tablemates.followup.models import Flag, IntroduceMe
from tablemates.live.models import Message
from tablemates.live.publish import encode
from tablemates.surfaces.snapshots import console_state, phone_state, screen_state, snapshot
from tests.rows import arrive, make_attendee, make_event, make_nonce, make_organiser
from tests.scanner import Scanner, make_scanner

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parents[1] / "live" / "cases"
SURFACES = ("console", "screen", "seated", "waiting")
ROSTER = {
    "Ada Lovelace": ["Urban farming"],
    "Bela Bartok": ["Urban farming", "Open data"],
    "Cleo Mensah": ["Urban farming", "Open data"],
    "Dora Maar": ["Chess"],
    "Emil Zola": ["Chess"],
    "Fay Wray": ["Chess"],
    "Wanda Opera": ["Opera"],
}
SEATED, WAITING = "Ada Lovelace", "Wanda Opera"

State = dict[str, Any]


class Clock:
    """Time that moves only when asked, but for a millisecond at every look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time


class Evening:
    """A small event: three share farming, three chess, and one waits for company."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.event = make_event(doors=False, title="Supper", table_size=4, table_max=5)
        for name, interests in ROSTER.items():
            make_attendee(self.event, name, *interests, email=f"{name.split()[0]}@example.org")
        make_attendee(self.event, "Late Comer", "Chess")

    def person(self, name: str) -> Attendee:
        return Attendee.objects.get(event=self.event, name=name)

    def fresh(self) -> Event:
        return Event.objects.get(pk=self.event.pk)

    @property
    def version(self) -> int:
        return mixer_of(self.event).version

    def round(self, status: str) -> Round:
        return Round.objects.get(mixer__event=self.event, status=status)

    def let_in(self) -> None:
        open_doors(event=self.event)
        for name in ROSTER:
            arrive(self.person(name))

    def roll(self) -> None:
        self.let_in()
        self.set_rolling(on=True)
        self.seat()

    def set_rolling(self, *, on: bool) -> None:
        services.set_rolling(event=self.fresh(), version=self.version, on=on)

    def seat(self) -> None:
        services.seat_waiting(event_id=self.event.pk)

    def leave(self, name: str) -> CheckIn:
        station, person = poster_station(self.event), self.person(name)
        return check_out(event=self.event, station=station, nonce=make_nonce(), attendee=person)

    def draft(self) -> None:
        services.draft_round(event=self.fresh(), version=self.version)

    def publish(self) -> None:
        services.publish_round(round=self.round("draft"), version=self.version)

    def act(self, service: Callable[..., Any], **more: Any) -> None:
        service(round=self.round("published"), version=self.version, **more)

    def play(self) -> None:
        """Up to a timed round in which the one without company of their topic came late."""
        self.let_in()
        self.leave(WAITING)
        self.draft()
        self.publish()

    def state(self, surface: str) -> State:
        states: dict[str, Callable[[], State]] = {
            "console": lambda: console_state(self.fresh()),
            "screen": lambda: screen_state(self.fresh()),
            "seated": lambda: phone_state(self.person(SEATED)),
            "waiting": lambda: phone_state(self.person(WAITING)),
        }
        found: State = json.loads(encode(snapshot(self.event.pk, states[surface])))
        return found

    def audiences(self, surface: str) -> tuple[str, ...]:
        phones = {"seated": SEATED, "waiting": WAITING}
        if surface in phones:
            return (f"attendee:{self.person(phones[surface]).pk}", "phones")
        return (surface,)

    def heard(self, surface: str, since: int) -> list[State]:
        """What the hub writes to a surface, as one audience hears it."""
        messages, prev = [], since
        for row in Message.objects.filter(stream=self.event.pk, seq__gt=since):
            own = next((a for a in self.audiences(surface) if a in row.audiences), None)
            if own:
                messages.append(
                    {"seq": row.seq, "prev": prev, "type": row.type, **row.audiences[own]}
                )
                prev = row.seq
        return messages


def apply(state: State, message: State) -> State:
    """Fold a message into a state, as the pages do."""
    state = copy.deepcopy(state)
    for path in message["unset"]:
        name, _, key = path.partition("/")
        state[name].pop(key, None) if key else state.pop(name, None)
    for path, value in message["set"].items():
        name, _, key = path.partition("/")
        if key:
            state[name][key] = value
        else:
            state[name] = value
    return state


def _arrive_late(e: Evening) -> None:
    arrive(e.person("Late Comer"))


def _bring_late(e: Evening, minutes: int = 0) -> None:
    """A device without network let the person in, so many minutes before its network came back."""
    moment = e.clock.now() - timedelta(minutes=minutes)
    check_in(
        event=e.fresh(),
        station=poster_station(e.event),
        nonce=make_nonce(),
        attendee=e.person("Late Comer"),
        device=DeviceScan(at=moment, happened_at=moment, shown="entry"),
    )


def _pass_ten_minutes_and_bring_two(e: Evening) -> None:
    e.clock.time += timedelta(minutes=10)
    _bring_late(e, 5)
    _bring_late(e, 7)


def _take_back(e: Evening) -> None:
    undo(
        checkin=e.person("Bela Bartok").checkins.get(outcome="entry"),
        station=poster_station(e.event),
        organiser=make_organiser(team=e.event.team),
        nonce=make_nonce(),
    )


def _settle(e: Evening) -> None:
    conflict = Conflict.objects.get(checkin__event=e.event)
    settle_conflict(conflict=conflict, organiser=make_organiser(team=e.event.team))


def _block(e: Evening) -> None:
    change_guest(attendee=e.person("Bela Bartok"), changes={"status": Attendee.Status.BLOCKED})


def _note_facts(e: Evening) -> None:
    facts = {"host": True, "first_timer": True, "trade": "Gardener", "needs": ["quiet"]}
    change_guest(attendee=e.person(SEATED), changes=facts)
    services.retell_people(event_id=e.event.pk)


def _add_station(e: Evening) -> None:
    add_station(event=e.event, name="Side door", hours=6)


def _scanner(e: Evening) -> Station:
    return e.event.stations.get(kind=Station.Kind.SCANNER)


def _pair(e: Evening) -> None:
    make_scanner(e.event, "Side door")


def _pair_waiting(e: Evening) -> None:
    pair(secret=pair_again(station=_scanner(e))[1])


def _hear_of_it(e: Evening) -> None:
    note_contact(station=_scanner(e), queue_length=7)


def _revoke_station(e: Evening) -> None:
    revoke_station(station=_scanner(e))


def _bring_queue(e: Evening) -> None:
    """As long ago as the pairing: somebody new, somebody who is in, and an entry that was tampered with."""
    scanner = Scanner(*pair_again(station=_scanner(e)))
    long_ago = scanner.now() - timedelta(days=1)
    scanner.sync(
        *[scanner.entry(e.person(name), at=long_ago) for name in ("Late Comer", SEATED)],
        {**scanner.entry("rubbish"), "shown": "unknown"},
        queue_length=3,
    )


def _bring_queue_too_late(e: Evening) -> None:
    scanner = Scanner(*pair_again(station=_scanner(e)))
    _revoke_station(e)
    scanner.sync(scanner.entry(e.person("Late Comer"), at=scanner.now() - timedelta(days=1)))


def _scan_rubbish(e: Evening) -> None:
    check_in(event=e.fresh(), station=poster_station(e.event), nonce=make_nonce(), text="rubbish")


def _walk_in(e: Evening) -> None:
    check_in_walk_in(
        event=e.fresh(),
        station=poster_station(e.event),
        nonce=make_nonce(),
        name="Nia Newcomb",
        interests=["Opera", "Knitting"],
    )


def _import(e: Evening) -> None:
    people = (
        b"name,email,interests\nIda Imported,ida@example.org,Opera\nAda Lovelace,ada@example.org,\n"
    )
    import_guest_list(event=e.event, data=people, filename="people.csv")


def _merge_topics(e: Evening, label: str = "") -> None:
    keep, merge = (e.event.interests.get(label=name).pk for name in ("Opera", "Chess"))
    merge_interests(event=e.event, keep=keep, merge=[merge], label=label)


def _merge_topics_of_tables(e: Evening) -> None:
    _merge_topics(e)
    services.retell_people(event_id=e.event.pk)


def _import_again(e: Evening) -> None:
    people = b"name,email,ask,status,plus ones\n"
    people += b"Ida Imported,ida@example.org,,cancelled,\nAda Lovelace,ada@example.org,a shed,,1\n"
    import_guest_list(event=e.event, data=people, filename="people.csv")


def _change_event(e: Evening) -> None:
    change_event(event=e.event, changes={"title": "Long supper", "table_size": 4})


def _put_into_a_series(e: Evening) -> None:
    change_event(event=e.fresh(), changes={"series": "Suppers", "pick_limit": 3})


def _block_tablemate(e: Evening) -> None:
    followup.block(blocker=e.person(SEATED), blocked_id=e.person("Bela Bartok").pk)


def _change_attendee(e: Evening) -> None:
    changes = {"ask": "a shed", "on_screen": False, "trade": "Weaver", "needs": ["quiet"]}
    change_attendee(attendee=e.person("Bela Bartok"), changes=changes, interests=["Pottery"])


def _change_tablemate(e: Evening) -> None:
    _change_attendee(e)
    services.retell_people(event_id=e.event.pk)


def _arrive_beside_a_draft(e: Evening) -> None:
    _arrive_late(e)
    services.retell_people(event_id=e.event.pk)


def _pass_the_time(e: Evening) -> None:
    e.clock.time += timedelta(minutes=30)
    services.tend_clock(event=e.fresh())


def _change_times(e: Evening) -> None:
    services.change_times(event=e.event, version=e.version, changes={"round_minutes": 20})


def _end_evening(e: Evening) -> None:
    services.end_evening(event=e.event, version=e.version)


def _discard(e: Evening) -> None:
    services.discard_draft(round=e.round("draft"), version=e.version)


def _wish(name: str, kind: str | None) -> Callable[[Evening], Any]:
    return lambda e: services.make_wish(attendee=e.person(name), kind=kind)


def _settle_wishes(e: Evening) -> None:
    services.settle_wishes(event_id=e.event.pk)


def _have_a_host(e: Evening) -> None:
    e.roll()
    e.event.attendees.filter(name=SEATED).update(host=True)


def _send_host(e: Evening) -> None:
    services.send_host(attendee=e.person(WAITING), version=e.version)


def _finish_errand(e: Evening) -> None:
    services.finish_errand(errand=Errand.objects.get(mixer__event=e.event))


def _seat_now(e: Evening) -> None:
    services.seat_now(attendee=e.person(WAITING), version=e.version)


def _shorten(e: Evening) -> None:
    """At one of the two tables two are left."""
    e.roll()
    e.leave("Bela Bartok")
    e.seat()


def _remedy(remedy: str) -> Callable[[Evening], None]:
    def act(e: Evening) -> None:
        table = Table.objects.get(round=e.round("published"), topic__label="Urban farming")
        services.remedy_table(table=table, version=e.version, remedy=remedy)

    return act


def _table_of(e: Evening, round: Round, name: str) -> Table:
    return Table.objects.get(round=round, seats__attendee=e.person(name), seats__left_at=None)


def _move(
    name: str, to: str | None, status: str = "draft", *, swap: bool = False
) -> Callable[[Evening], None]:
    """Move a person to the table of another (None: out), or let the two change places."""

    def act(e: Evening) -> None:
        round = e.round(status)
        table = _table_of(e, round, to) if to else None
        move = services.Move(e.person(name), table, e.person(to) if to and swap else None)
        services.move_person(
            round=round, version=e.version, move=move, confirmed=status == "published"
        )

    return act


def _pin_person(e: Evening) -> None:
    services.pin_person(
        round=e.round("draft"), version=e.version, attendee=e.person(SEATED), on=True
    )


def _pin_table(e: Evening) -> None:
    round = e.round("draft")
    table = _table_of(e, round, SEATED)
    services.pin_table(round=round, version=e.version, table=table, on=True)


def _resolve(e: Evening) -> None:
    services.resolve_round(round=e.round("draft"), version=e.version)


def _undo_publish(e: Evening) -> None:
    services.undo_publish(round=e.round("published"), version=e.version)


def _set_venue(e: Evening) -> None:
    tables = [
        {"number": 4, "chairs": 5, "x": 20, "y": 30, "features": ["quiet"], "closed": False},
        {"number": 5, "chairs": 5, "x": 80, "y": 30, "features": [], "closed": True},
    ]
    services.set_venue(event=e.event, version=e.version, entrance={"x": 0, "y": 60}, tables=tables)


def _before(*steps: Callable[[Evening], Any]) -> Callable[[Evening], None]:
    def prepare(e: Evening) -> None:
        for step in steps:
            step(e)

    return prepare


def _clock_act(service: Callable[..., Any], **more: Any) -> Callable[[Evening], None]:
    return lambda e: e.act(service, **more)


def _reissue(e: Evening) -> None:
    reissue_ticket(attendee=e.person(SEATED))


def _revoke(e: Evening) -> None:
    revoke_ticket(attendee=e.person(SEATED))


def _mail_ticket(e: Evening) -> None:
    olga = make_organiser("olga@example.org", e.event.team)
    mail_ticket(attendee=e.person(SEATED), organiser=olga, site="https://tables.example.org")


def _leave_one_address(e: Evening) -> None:
    """Mails go out in the order of the tickets' ids, which are random: with one of them every run is the same."""
    Attendee.objects.exclude(name=SEATED).update(email="")


def _mail_tickets(e: Evening) -> None:
    olga = make_organiser("olga@example.org", e.event.team)
    mail_tickets(event=e.event, organiser=olga, site="https://tables.example.org")


def _make_host(name: str) -> Callable[[Evening], Any]:
    return lambda e: e.event.attendees.filter(name=name).update(host=True)


def _ask_for(name: str) -> Callable[[Evening], Any]:
    """The one who waits asks to be introduced to somebody."""
    return lambda e: followup.ask_to_meet(asker=e.person(WAITING), name=name, shares=["email"])


def _say_yes(name: str) -> Callable[[Evening], Any]:
    def act(e: Evening) -> None:
        request = IntroduceMe.objects.get(asker__event=e.event)
        followup.answer_request(attendee=e.person(name), request_id=request.pk, yes=True)

    return act


def _take_back_request(e: Evening) -> None:
    request = IntroduceMe.objects.get(asker__event=e.event)
    followup.take_back_request(asker=e.person(WAITING), request_id=request.pk)


def _forward_requests(e: Evening) -> None:
    followup.forward_requests(event_id=e.event.pk)


def _flag(name: str, *kinds: str) -> Callable[[Evening], Any]:
    def act(e: Evening) -> None:
        table = _table_of(e, e.round("published"), name)
        followup.flag_table(
            reporter=e.person(name), table_id=table.pk, kinds=kinds, words="Please come."
        )

    return act


def _settle_alert(e: Evening) -> None:
    followup.settle_alert(alert=Flag.objects.get(table__round__mixer__event=e.event, kind="unsafe"))


# Service: what has happened before, and the act itself.
ACTS: dict[str, tuple[Callable[[Evening], Any], Callable[[Evening], Any]]] = {
    "open_doors": (_before(), lambda e: open_doors(event=e.event)),
    "change_event": (Evening.roll, _change_event),
    "change_event_in_a_series": (_before(Evening.roll, _put_into_a_series), _change_event),
    "change_event_into_a_series": (Evening.roll, _put_into_a_series),
    "block": (Evening.roll, _block_tablemate),
    "block_in_a_round": (Evening.play, _block_tablemate),
    "block_with_a_request": (
        _before(Evening.roll, _make_host("Bela Bartok"), _ask_for(SEATED)),
        _block_tablemate,
    ),
    "import_guest_list": (Evening.let_in, _import),
    "import_guest_list_again": (_before(Evening.let_in, _import), _import_again),
    "merge_interests": (Evening.let_in, _merge_topics),
    "merge_interests_by_a_new_name": (
        Evening.let_in,
        lambda e: _merge_topics(e, label="Pastimes"),
    ),
    "merge_interests_at_tables": (Evening.roll, _merge_topics_of_tables),
    "merge_interests_in_a_round": (Evening.play, _merge_topics_of_tables),
    "merge_interests_beside_a_draft": (
        _before(Evening.roll, Evening.draft),
        _merge_topics_of_tables,
    ),
    "merge_interests_after_a_round": (
        _before(Evening.play, _clock_act(services.end_round)),
        _merge_topics_of_tables,
    ),
    "reissue_ticket": (_before(Evening.let_in, _mail_ticket), _reissue),
    "revoke_ticket": (Evening.let_in, _revoke),
    "mail_ticket": (Evening.let_in, _mail_ticket),
    "mail_tickets": (_before(Evening.let_in, _leave_one_address), _mail_tickets),
    "change_attendee": (Evening.let_in, _change_attendee),
    "change_attendee_at_a_table": (_before(Evening.roll, _change_attendee), _change_tablemate),
    "change_attendee_in_a_round": (Evening.play, _change_tablemate),
    "check_in": (Evening.let_in, _arrive_late),
    "check_in_beside_a_draft": (_before(Evening.let_in, Evening.draft), _arrive_beside_a_draft),
    "check_in_refused": (Evening.let_in, _scan_rubbish),
    "check_in_brought_late": (Evening.let_in, _bring_late),
    "check_in_conflict": (Evening.let_in, _pass_ten_minutes_and_bring_two),
    "undo": (Evening.roll, _take_back),
    "settle_conflict": (_before(Evening.let_in, _pass_ten_minutes_and_bring_two), _settle),
    "change_guest": (Evening.roll, _block),
    "change_guest_at_a_table": (Evening.roll, _note_facts),
    "add_station": (Evening.let_in, _add_station),
    "pair": (_before(Evening.let_in, _add_station), _pair_waiting),
    "note_contact": (_before(Evening.let_in, _pair), _hear_of_it),
    "revoke_station": (_before(Evening.let_in, _pair), _revoke_station),
    "sync": (_before(Evening.let_in, _add_station), _bring_queue),
    "sync_of_a_revoked_station": (_before(Evening.let_in, _add_station), _bring_queue_too_late),
    "check_in_walk_in": (Evening.let_in, _walk_in),
    "check_out": (Evening.roll, lambda e: e.leave("Bela Bartok")),
    "set_rolling_on": (Evening.let_in, lambda e: e.set_rolling(on=True)),
    "set_rolling_on_after_a_round": (
        _before(Evening.play, _clock_act(services.end_round)),
        lambda e: e.set_rolling(on=True),
    ),
    "set_rolling_off": (Evening.roll, lambda e: e.set_rolling(on=False)),
    "set_rolling_again": (Evening.roll, lambda e: e.set_rolling(on=True)),
    "seat_waiting_opens": (
        _before(Evening.let_in, lambda e: e.set_rolling(on=True)),
        Evening.seat,
    ),
    "seat_waiting_joins": (_before(Evening.roll, _arrive_late), Evening.seat),
    "seat_waiting_frees": (_before(Evening.roll, lambda e: e.leave("Bela Bartok")), Evening.seat),
    "seat_waiting_frees_own": (_before(Evening.roll, lambda e: e.leave(SEATED)), Evening.seat),
    "seat_waiting_brings_back": (
        _before(
            Evening.roll,
            lambda e: e.leave(SEATED),
            Evening.seat,
            lambda e: arrive(e.person(SEATED)),
        ),
        Evening.seat,
    ),
    "seat_waiting_in_a_round": (
        _before(Evening.play, lambda e: arrive(e.person(WAITING))),
        Evening.seat,
    ),
    "make_wish_to_sit_out": (Evening.roll, _wish(SEATED, "sit_out")),
    "make_wish_to_sit_out_in_a_round": (Evening.play, _wish(SEATED, "sit_out")),
    "make_wish_to_be_drawn_in": (Evening.roll, _wish(WAITING, "draw_me_in")),
    "make_wish_of_neither": (
        _before(Evening.roll, _wish(SEATED, "sit_out")),
        _wish(SEATED, None),
    ),
    "settle_wishes": (
        _before(_have_a_host, _wish(WAITING, "draw_me_in"), _send_host, lambda e: e.leave(WAITING)),
        _settle_wishes,
    ),
    "send_host": (_have_a_host, _send_host),
    "finish_errand": (_before(_have_a_host, _send_host), _finish_errand),
    "seat_now": (Evening.roll, _seat_now),
    "remedy_table_by_merging": (_shorten, _remedy("merge")),
    "remedy_table_by_topping_up": (
        _before(_shorten, _arrive_late, Evening.seat),
        _remedy("top_up"),
    ),
    "remedy_table_by_leaving_it": (_shorten, _remedy("leave")),
    "draft_round": (Evening.roll, Evening.draft),
    "draft_round_again": (
        _before(Evening.roll, Evening.draft, lambda e: e.leave("Bela Bartok"), Evening.seat),
        Evening.draft,
    ),
    "discard_draft": (_before(Evening.roll, Evening.draft), _discard),
    "publish_round": (
        _before(Evening.roll, lambda e: e.leave(WAITING), Evening.draft),
        Evening.publish,
    ),
    "publish_round_after_a_round": (
        _before(Evening.play, _clock_act(services.end_round), Evening.draft),
        Evening.publish,
    ),
    "publish_round_without_who_is_gone": (
        _before(
            Evening.let_in,
            Evening.draft,
            _move(SEATED, None),
            _move(WAITING, "Dora Maar"),
            _arrive_late,
            lambda e: e.leave("Emil Zola"),
        ),
        Evening.publish,
    ),
    "move_person": (_before(Evening.roll, Evening.draft), _move(SEATED, "Dora Maar")),
    "move_person_out": (_before(Evening.roll, Evening.draft), _move(SEATED, None)),
    "move_person_in_their_place": (
        _before(Evening.roll, Evening.draft),
        _move(SEATED, "Dora Maar", swap=True),
    ),
    "move_person_in_a_round": (Evening.play, _move(SEATED, "Dora Maar", "published")),
    "move_person_out_of_a_round": (Evening.play, _move(SEATED, None, "published")),
    "move_person_in_their_place_in_a_round": (
        Evening.play,
        _move(SEATED, "Dora Maar", "published", swap=True),
    ),
    "move_person_at_rolling_tables": (Evening.roll, _move(WAITING, "Dora Maar", "published")),
    "pin_person": (_before(Evening.roll, Evening.draft), _pin_person),
    "pin_table": (_before(Evening.roll, Evening.draft), _pin_table),
    "resolve_round": (
        _before(Evening.roll, Evening.draft, _move(SEATED, "Dora Maar"), _pin_person),
        _resolve,
    ),
    "resolve_round_beside_a_pinned_table": (
        _before(Evening.let_in, Evening.draft, _pin_table, _arrive_late),
        _resolve,
    ),
    "undo_publish": (_before(Evening.roll, Evening.draft, Evening.publish), _undo_publish),
    "undo_publish_of_the_first_round": (Evening.play, _undo_publish),
    "undo_publish_with_wishes": (
        _before(
            Evening.let_in,
            Evening.draft,
            _move(SEATED, None),
            Evening.publish,
            _arrive_late,
            Evening.seat,
        ),
        _undo_publish,
    ),
    "end_round_with_wishes": (
        _before(Evening.play, _wish(SEATED, "sit_out")),
        _clock_act(services.end_round),
    ),
    "set_venue": (Evening.roll, _set_venue),
    "draft_round_in_a_venue": (_before(Evening.roll, _set_venue), Evening.draft),
    "start_round": (Evening.play, _clock_act(services.start_round)),
    "pause_round": (Evening.play, _clock_act(services.pause_round)),
    "resume_round": (
        _before(Evening.play, _clock_act(services.pause_round)),
        _clock_act(services.resume_round),
    ),
    "extend_round": (Evening.play, _clock_act(services.extend_round, minutes=2)),
    "end_round": (Evening.play, _clock_act(services.end_round)),
    "tend_clock": (Evening.play, _pass_the_time),
    "change_times": (Evening.let_in, _change_times),
    "end_evening": (_before(Evening.play, Evening.draft), _end_evening),
    "end_evening_of_rolling_tables": (Evening.roll, _end_evening),
    "ask_to_meet": (_have_a_host, _ask_for("Bela Bartok")),
    "answer_request": (
        _before(Evening.roll, _make_host("Bela Bartok"), _ask_for(SEATED)),
        _say_yes("Bela Bartok"),
    ),
    "answer_request_to_oneself": (
        _before(Evening.roll, _make_host("Bela Bartok"), _ask_for(SEATED), _say_yes("Bela Bartok")),
        _say_yes(SEATED),
    ),
    "take_back_request": (_before(_have_a_host, _ask_for("Bela Bartok")), _take_back_request),
    "forward_requests": (
        _before(Evening.roll, _ask_for("Bela Bartok"), _make_host(SEATED)),
        _forward_requests,
    ),
    "flag_table": (
        _before(Evening.play, _flag("Bela Bartok", "pitched"), _flag("Cleo Mensah", "pitched")),
        _flag(SEATED, "pitched", "unsafe"),
    ),
    "settle_alert": (_before(Evening.play, _flag(SEATED, "unsafe")), _settle_alert),
}


@pytest.fixture
def evening(db: None, monkeypatch: pytest.MonkeyPatch) -> Evening:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    # Iterations instead of seconds: the same plan on every machine.
    monkeypatch.setattr(drafting, "MaxRuntime", lambda _seconds: MaxIterations(100))
    return Evening(clock)


@pytest.mark.parametrize("service", ACTS)
def test_old_snapshot_and_messages_make_the_fresh_snapshot(service: str, evening: Evening):
    prepare, act = ACTS[service]
    prepare(evening)
    names = _Names(evening)
    before = {surface: evening.state(surface) for surface in SURFACES}
    act(evening)
    names.learn()
    for surface in SURFACES:
        old, fresh = before[surface], evening.state(surface)
        messages = evening.heard(surface, old["seq"])
        replayed = heard_twice = old["state"]
        for message in messages:
            replayed = apply(replayed, message)
            heard_twice = apply(apply(heard_twice, message), message)
        assert replayed == heard_twice == fresh["state"], surface
        case = {
            "surface": surface,
            "before": old["state"],
            "messages": messages,
            "after": fresh["state"],
        }
        _expect_kept(f"{service}.{surface}.json", names.say(case))
    assert Message.objects.filter(stream=evening.event.pk, seq__gt=old["seq"]).exists()


def test_every_kept_case_belongs_to_an_act():
    kept = {path.name.partition(".")[0] for path in CASES.glob("*.json")}
    assert kept == set(ACTS)


class _Names:
    """Says random ids, codes and times in words that are the same at every run."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        self.words: dict[str, str] = {}
        self.learn()

    def learn(self) -> None:
        """Learn the rows there are; those that an act deletes were learned before it."""
        event = self.evening.event
        rows: dict[str, Any] = {"event": [event], "person": event.attendees.order_by("created_at")}
        rows["round"] = Round.objects.filter(mixer__event=event)
        rows["table"] = Table.objects.filter(round__mixer__event=event).order_by(
            "round__created_at", "number"
        )
        rows["checkin"] = CheckIn.objects.filter(event=event).order_by("at")
        rows["request"] = IntroduceMe.objects.filter(asker__event=event)
        rows["station"] = event.stations.filter(kind=Station.Kind.SCANNER).order_by("created_at")
        for kind, found in rows.items():
            for row in found:
                taken = sum(word.startswith(kind) for word in self.words.values())
                self.words.setdefault(str(row.pk), f"{kind}-{taken + 1}")
        self.words |= {event.poster_code: "POSTER", event.screen_token: "screen-token"}
        # Their ids are small numbers: only as whole keys are they told from any other.
        conflicts = Conflict.objects.filter(checkin__event=event).order_by("pk")
        for n, conflict in enumerate(conflicts, 1):
            self.words.setdefault(f'conflicts/{conflict.pk}"', f'conflicts/conflict-{n}"')
            self.words.setdefault(f'"{conflict.pk}"', f'"conflict-{n}"')
        for n, errand in enumerate(Errand.objects.filter(mixer__event=event), 1):
            self.words.setdefault(f'errands/{errand.pk}"', f'errands/errand-{n}"')
            self.words.setdefault(f'"{errand.pk}"', f'"errand-{n}"')
            self.words.setdefault(f'"errand":{{"id":{errand.pk},', f'"errand":{{"id":{n},')
        alerts = Flag.objects.filter(table__round__mixer__event=event, kind="unsafe")
        for n, alert in enumerate(alerts, 1):
            self.words.setdefault(f'alerts/{alert.pk}"', f'alerts/alert-{n}"')
            self.words.setdefault(f'"{alert.pk}"', f'"alert-{n}"')

    def say(self, case: State) -> State:
        text = re.sub("|".join(map(re.escape, self.words)), self._word, encode(case))
        times = sorted(set(re.findall(r"20\d\d-\d\d-\d\dT[\d:.]+Z", text)))
        for n, time in enumerate(times):
            text = text.replace(f'"{time}"', f'"2026-11-22T18:{n:02}:00Z"')
        said: State = json.loads(text, parse_float=lambda digits: round(float(digits), 3))
        return _number_topics(said)

    def _word(self, found: re.Match[str]) -> str:
        return self.words[found[0]]


def _number_topics(value: Any) -> Any:
    if isinstance(value, list):
        return [_number_topics(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "label" in value:
        return {**value, "id": sum(map(ord, value["label"]))}
    return {key: _number_topics(item) for key, item in value.items()}


def _expect_kept(name: str, case: State) -> None:
    if not case["messages"]:
        assert not (CASES / name).exists(), f"{name} has no messages any more: delete it"
        return
    path = CASES / name
    if not path.exists():
        lines = ",\n ".join(f"{json.dumps(k)}: {_lines(v)}" for k, v in case.items())
        path.write_text(f"{{{lines}}}\n", encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == case, f"{name} is stale: delete it"


def _lines(value: Any) -> str:
    if isinstance(value, list):
        return "[\n  " + ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
