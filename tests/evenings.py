"""Evenings as raw rows, whatever happens in them: for figures that are counted twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from checkin.models import CheckIn
from checkin.services import poster_station
from events.models import Attendee, Block, Event, Interest, InterestSpelling
from matching.models import Mixer, Round, Seat, Table
from tablemates.followup.models import Flag, IntroduceMe, Letter, Pick, Verdict
from tests.rows import make_event, make_nonce

if TYPE_CHECKING:
    from random import Random

    from tablemates.accounts.models import Team

TOPICS = ("ceramics", "poetry", "beekeeping", "bees")
LASTS = timedelta(hours=3)


@dataclass
class RandomEvening:
    """Writes the rows of an evening that ended `ago`, as `dice` fall; `busy` is how likely most things are."""

    dice: Random
    people: int
    ago: timedelta = timedelta(days=3)
    busy: float = 0.5
    team: Team | None = None
    fields: dict[str, Any] = field(default_factory=dict)

    def write(self) -> Event:
        """An ended event, with all that was done and said."""
        ended = timezone.now() - self.ago
        self.began = ended - LASTS
        event = make_event(self.team, **self.fields)
        times = {"opened_at": self.began, "ended_at": ended, "phase": "ended"}
        Event.objects.filter(pk=event.pk).update(**times)
        self.event = Event.objects.get(pk=event.pk)
        self._invite()
        self._come()
        for number in range(self.dice.randrange(1, 4)):
            self._sit(number)
        self._speak()
        return self.event

    def likely(self, chance: float | None = None) -> bool:
        """Whether it happens."""
        return self.dice.random() < (self.busy if chance is None else chance)

    def at(self, minute: float) -> datetime:
        """A moment of the evening; even minutes, so that people meet every bound."""
        return self.began + timedelta(minutes=minute)

    def some(self, whole: list[Any], chance: float | None = None) -> list[Any]:
        """A few of these."""
        return [one for one in whole if self.likely(chance)]

    def _invite(self) -> None:
        self.topics = [
            Interest.objects.create(event=self.event, key=key, label=key.title()) for key in TOPICS
        ]
        # Whoever picked "bees" holds what it was merged into, and tables keep the old word.
        *_, kept, merged = self.topics
        InterestSpelling.objects.create(event=self.event, key=merged.key, interest=kept)
        self.guests = Attendee.objects.bulk_create(
            Attendee(
                event=self.event,
                name=f"Quokka{i} Wombat",
                email=f"quokka{i}@example.org",
                status=self.dice.choice(Attendee.Status.values),
            )
            for i in range(self.people)
        )
        holds = Attendee.interests.through
        holds.objects.bulk_create(
            holds(attendee=person, interest=topic)
            for person in self.guests
            for topic in self.some(self.topics[:-1])
        )

    def _come(self) -> None:
        station = poster_station(self.event)

        def row(person: Attendee, act: str, outcome: str, minute: float, **more: Any) -> CheckIn:
            at = self.at(minute)
            said = {"at": at, "happened_at": at, "device_at": at, "answer": {}, **more}
            return CheckIn(
                event=self.event, station=station, attendee=person, nonce=make_nonce(),
                act=act, outcome=outcome, **said,
            )  # fmt: skip

        steps, undone = [], []
        for person in self.some(self.guests, 0.9):
            minutes = sorted(5 * self.dice.randrange(9) for _ in range(self.dice.randrange(1, 3)))
            for minute in minutes:
                act = self.dice.choice(["in", "in", "in", "out"])
                outcome = {"in": ["entry", "already_in"], "out": ["exit", "not_in"]}[act]
                steps.append(row(person, act, self.dice.choice(outcome), minute, counts=True))
                if self.likely(0.1):
                    after = self.dice.choice([minute + 1, LASTS / timedelta(minutes=1) + 30])
                    undone.append(row(person, "undo", "undone", after, undoes=steps[-1]))
            if self.likely(0.1):
                steps.append(row(person, "in", "blocked", 0))
        CheckIn.objects.bulk_create(steps)
        CheckIn.objects.bulk_create(undone)

    def _sit(self, number: int) -> None:
        """A round, timed or of rolling tables; the last one may be on still or a draft."""
        mixer = Mixer.objects.get_or_create(event=self.event)[0]
        minute = 15 + 30 * number
        clock: dict[str, Any] = {"number": 0, "kind": "rolling"}
        status = "draft" if number == 2 and self.likely() else "done"
        if self.likely() or status == "draft":
            clock = {"number": number + 1, "kind": "timed"}
            if status != "draft":
                clock |= {"starts_at": self.at(minute + 3), "ends_at": self.at(minute + 18)}
        published = None if status == "draft" else self.at(minute)
        round = Round.objects.create(mixer=mixer, status=status, published_at=published, **clock)
        tables = [
            Table.objects.create(
                round=round,
                number=n + 1,
                shared=False,
                topic=self.dice.choice([*self.topics, None]),
            )
            for n in range(max(1, self.people // 5))
        ]
        self._take_seats(round, tables, minute)

    def _take_seats(self, round: Round, tables: list[Table], minute: int) -> None:
        seats, times = [], []
        for person in self.some(self.guests, 0.8):
            since = minute + self.dice.choice([-10, -5, 0, 2, 5, 8])
            for leaves in [True] * self.dice.randrange(2) + [False]:
                until = since + self.dice.randrange(1, 9) if leaves or self.likely() else None
                table = self.dice.choice(tables)
                left = None if until is None else self.at(until)
                seats.append(Seat(round=round, table=table, attendee=person, left_at=left))
                times.append(self.at(since))
                since = (until or since) + self.dice.randrange(3)
        Seat.objects.bulk_create(seats)
        for seat, time in zip(seats, times, strict=True):
            seat.seated_at = time
        Seat.objects.bulk_update(seats, ["seated_at"])
        flags = [
            Flag(table=seat.table, reporter=seat.attendee, kind=kind, raised_at=self.at(minute))
            for seat in seats
            for kind in self.some(Flag.Kind.values, self.busy / 4)
        ]
        Flag.objects.bulk_create(flags, ignore_conflicts=True)

    def _speak(self) -> None:
        Pick.objects.bulk_create(
            Pick(picker=one, picked=other) for one, other in self._pairs(5 * self.busy)
        )
        IntroduceMe.objects.bulk_create(
            IntroduceMe(
                asker=one, target=other, name=other.name,
                status=self.dice.choice(IntroduceMe.Status.values),
            )
            for one, other in self._pairs(2 * self.busy)
        )  # fmt: skip
        Block.objects.bulk_create(
            Block(blocker=one, blocked=other) for one, other in self._pairs(self.busy / 3)
        )
        Letter.objects.bulk_create(
            Letter(
                sender=one, recipient=other, channel="own", digest=f"{i}",
                sent_at=self.at(180 + 60 * self.dice.choice([-1, 2, 30, 48, 49, 60])),
            )
            for i, (one, other) in enumerate(self._pairs(4 * self.busy))
        )  # fmt: skip
        Verdict.objects.bulk_create(
            Verdict(attendee=person, worth=self.likely(0.7)) for person in self.some(self.guests)
        )

    def _pairs(self, each: float) -> list[tuple[Attendee, Attendee]]:
        """So many for each person, of whom and about whom; some both ways."""
        found: dict[tuple[Attendee, Attendee], None] = {}
        if len(self.guests) > 1:
            for _ in range(round(each * len(self.guests) * self.dice.random())):
                one, other = self.dice.sample(self.guests, 2)
                found |= dict.fromkeys([(one, other), *self.some([(other, one)])])
        return list(found)
