"""The evening before the demo's: played through in a second by the same services, so that there is something to look back at.

Nothing waits: where time passes, all that has happened is moved into the past instead.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import DateTimeField, F

from checkin.models import CheckIn, Station
from checkin.services import check_in, poster_station
from events.models import Attendee, Event, Tie
from events.models import Evening as Remembered
from events.services import change_event, create_event, open_doors
from matching.models import Change, Round, Seat
from matching.selectors import mixer_of
from matching.services import (
    draft_round,
    end_evening,
    end_round,
    publish_round,
    seat_waiting,
    set_rolling,
    start_round,
)
from tablemates.followup.models import Field, Flag, IntroduceMe, Letter, Measure, Pick, Promise
from tablemates.followup.selectors import introductions, people_of
from tablemates.followup.services import (
    answer_request,
    ask_to_meet,
    change_card,
    flag_table,
    judge_evening,
    make_promise,
    pick,
    recognise_me,
    remember_evening,
    remember_me,
    set_targets,
    write_letter,
    write_note,
)
from tablemates.rehearsal.crowd import arrival_minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from django.db.models import Model

    from tablemates.accounts.models import Team

TITLE = "Demo evening of yesterday"
SERIES = "Tablemates demo"
CAME, REMEMBERED, WRITE_TO = 30, 15, 3
ROUNDS, ROUND_MINUTES, GAP_MINUTES, WAVE_MINUTES = 2, 15, 3, 3
LETTERS_AFTER = timedelta(hours=2)
ENDED_AT = time(21, 30)
"""By the clock of this machine."""
TARGETS: dict[Measure, float] = {
    Measure.SEATED_SOON: 0.8,
    Measure.INTRODUCED: 0.4,
    Measure.FOLLOWED_UP: 0.5,
    Measure.PITCHED: 0.05,
}
# Rows that hold moments of an evening, and how they lead to it.
MOMENTS: dict[type[Model], str] = {
    Event: "pk",
    Attendee: "event",
    Station: "event",
    CheckIn: "event",
    Change: "mixer__event",
    Round: "mixer__event",
    Seat: "round__mixer__event",
    Pick: "picker__event",
    IntroduceMe: "asker__event",
    Promise: "owner__event",
    Letter: "sender__event",
    Flag: "reporter__event",
    Remembered: "event",
    Tie: "owner__attendees__event",
}
LETTERS = (
    "Dear {name}, I have thought about what you said on how you began. Shall we go on over a coffee next week?",
    "{name}, thank you for the good questions. I would love to show you what we do: does Thursday suit you?",
    "Good to have met you, {name}. You asked how we found our first helpers: let me tell you the whole story.",
)
PROMISES = (
    "Send the link to the open data portal",
    "Ask my sister whether her garden has room",
)


@dataclass
class Earlier:
    """An evening that is over, and those of its guests who came."""

    event: Event
    came: Sequence[UUID] = ()
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    @property
    def people(self) -> list[Attendee]:
        """Who came, as the rows are now: the one to look at first, then by table of the last round."""
        rows = Attendee.objects.select_related("event", "person").in_bulk(self.came)
        return [rows[pk] for pk in self.came]

    @property
    def version(self) -> int:
        """The version that an organiser who looks now sees."""
        return mixer_of(self.event).version

    def play(self) -> None:
        """From the doors to letters on the day after."""
        self.arrive()
        for _round in range(ROUNDS):
            self.hold_round()
        end_evening(event=self.event, version=self.version)
        self.look_back()
        self.pass_time(LETTERS_AFTER)
        remember_evening(self.event)
        self.write()
        self.pass_time(since_yesterday_evening() - LETTERS_AFTER)

    def arrive(self) -> None:
        """Guests come over three quarters of an hour, and tables open as they do."""
        guests = list(self.event.attendees.filter(status=Attendee.Status.REGISTERED))
        coming = self.dice.sample(guests, CAME)
        self.came = [person.pk for person in coming]
        station, waited = poster_station(self.event), 0
        for person, minutes in zip(coming, arrival_minutes(CAME), strict=True):
            while waited + WAVE_MINUTES <= minutes:
                seat_waiting(event_id=self.event.pk)
                self.pass_time(timedelta(minutes=WAVE_MINUTES))
                waited += WAVE_MINUTES
            check_in(event=self.event, station=station, nonce=secrets.token_hex(8), attendee=person)
        seat_waiting(event_id=self.event.pk)
        self.pass_time(timedelta(minutes=WAVE_MINUTES))

    def hold_round(self) -> None:
        """Everyone sits down at once and talks until the time is up."""
        round = draft_round(event=self.event, version=self.version)
        publish_round(round=round, version=self.version)
        self.pass_time(timedelta(minutes=GAP_MINUTES - 1))
        start_round(round=round, version=self.version)
        self.pass_time(timedelta(minutes=ROUND_MINUTES - 1))
        end_round(round=round, version=self.version)
        self.pass_time(timedelta(minutes=GAP_MINUTES))

    def look_back(self) -> None:
        """What people do on their phones before they go home."""
        tables = self._tables()
        self.came = [person for people in tables for person in people]
        for n, person in enumerate(self.people):
            if n < REMEMBERED:
                remember_me(attendee=person)
            change_card(attendee=person, changes={"email": person.email, "company": person.company})
            if self.dice.random() < 0.8:
                judge_evening(attendee=person, worth=self.dice.random() < 0.85)
        rows = Attendee.objects.in_bulk(self.came)
        for people in tables:
            self._pick([rows[pk] for pk in people])
        self._flag([[rows[pk] for pk in people] for people in tables[1:]])

    def _tables(self) -> list[list[UUID]]:
        """Who sat at each table of the last round."""
        seats = Seat.objects.filter(round__mixer__event=self.event, round__number=ROUNDS)
        found: dict[UUID, list[UUID]] = {}
        for table, person in seats.order_by("table__number", "pk").values_list("table", "attendee"):
            found.setdefault(table, []).append(person)
        return list(found.values())

    def _pick(self, people: Sequence[Attendee]) -> None:
        """The first three of a table pick each other; another picks somebody who does not."""
        for one, other in combinations(people[:3], 2):
            for picker, picked in ((one, other), (other, one)):
                pick(picker=picker, picked_id=picked.pk, shares=[Field.EMAIL, Field.COMPANY])
        if len(people) > 3:
            pick(picker=people[3], picked_id=people[0].pk, shares=[Field.EMAIL])

    def _flag(self, tables: Sequence[Sequence[Attendee]]) -> None:
        """Three of one table say that one voice took over, and two of others that they felt pitched at."""
        said = [(person, Flag.Kind.ONE_VOICE) for person in tables[0][:3]]
        said += [(people[0], Flag.Kind.PITCHED) for people in tables[1:3]]
        for person, kind in said:
            seat = Seat.objects.get(
                attendee=person, round__mixer__event=self.event, round__number=ROUNDS
            )
            flag_table(reporter=person, table_id=seat.table_id, kinds=[kind])

    def write(self) -> None:
        """Of three people one writes to nobody, one to one and one to two, as far as they have introductions."""
        for n, sender in enumerate(self.people):
            writes_to = n % WRITE_TO
            for k, one in enumerate(introductions(sender)[:writes_to] if writes_to else ()):
                write_letter(
                    sender=sender,
                    recipient_id=one.other.pk,
                    channel=Letter.Channel.OWN,
                    text=LETTERS[(n + k) % len(LETTERS)].format(name=one.other.first_name),
                    site="",
                )

    def guest(self) -> Attendee:
        """Somebody with much to come back to: introductions to write to, a promise to keep, and a request to answer."""
        guest = self.people[0]
        others = [one.other for one in introductions(guest)]
        write_note(
            attendee=guest, about_id=others[0].pk, text="Knows the people at the seed library."
        )
        make_promise(owner=guest, to_id=others[0].pk, text=PROMISES[0])
        make_promise(owner=others[-1], to_id=guest.pk, text=PROMISES[1])
        self._ask_for(guest)
        return guest

    def _ask_for(self, guest: Attendee) -> None:
        """Somebody who has not met the guest would like to be introduced, and whoever knows both says yes."""
        met = people_of(guest)
        stranger = next(p for p in self.people if p.pk != guest.pk and p.pk not in met)
        request = ask_to_meet(asker=stranger, name=guest.name, shares=[Field.EMAIL])
        if request.via:
            answer_request(attendee=request.via, request_id=request.pk, yes=True)

    def pass_time(self, passed: timedelta) -> None:
        """Move all that has happened into the past."""
        for model, path in MOMENTS.items():
            fields = [f.name for f in model._meta.fields if isinstance(f, DateTimeField)]
            rows = model._default_manager.filter(**{path: self.event.pk})
            rows.update(**{name: F(name) - passed for name in fields})


def since_yesterday_evening() -> timedelta:
    """How long ago the evening before tonight's ended."""
    now = datetime.now(UTC).astimezone()
    return now - datetime.combine(now.date() - timedelta(days=1), ENDED_AT, now.tzinfo)


def earlier_evening(team: Team, prepare: Callable[[Event], Event]) -> Earlier:
    """The evening before, played to its end. `prepare` brings guests and tables to an event that is planned."""
    event = create_event(team=team, title=TITLE)
    event = change_event(event=event, changes={"series": SERIES})
    set_targets(event=event, targets=TARGETS)
    event = open_doors(event=prepare(event))
    set_rolling(event=event, version=mixer_of(event).version, on=True)
    earlier = Earlier(event)
    earlier.play()
    return earlier


def recognise_guests(event: Event, earlier: Earlier) -> None:
    """Tonight's guests whose phones still hold yesterday's ticket are known again, if they have said yes to that."""
    tonight = {person.name: person for person in event.attendees.all()}
    for person in earlier.people[:REMEMBERED]:
        own = person.tickets.get(issuer="tablemates")
        recognise_me(attendee=tonight[person.name], earlier=[own.secret])
