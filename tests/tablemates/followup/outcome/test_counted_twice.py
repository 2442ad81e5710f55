"""Every figure and plot again, from the exported rows of random evenings, by another way of counting."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkin.models import CheckIn
from events.models import Attendee, Block, Event, Interest, InterestSpelling
from matching.models import Round, Seat, Table
from tablemates.followup.models import Flag, IntroduceMe, Letter, Pick, Verdict
from tablemates.followup.outcome.report import report_outcome
from tablemates.followup.outcome.sheet import write_sheet
from tests.evenings import RandomEvening

if TYPE_CHECKING:
    Row = dict[str, Any]

pytestmark = pytest.mark.django_db

EXPORTED = (
    CheckIn, Attendee, Attendee.interests.through, Block, Event, Interest, InterestSpelling, Round,
    Seat, Table, Flag, IntroduceMe, Letter, Pick, Verdict,
)  # fmt: skip


class Recount:
    """Counts from rows as they were exported, one after the other, without a query."""

    def __init__(self, event: Event) -> None:
        self.rows = {model: list(model.objects.order_by("pk").values()) for model in EXPORTED}
        (self.event,) = (row for row in self.rows[Event] if row["id"] == event.pk)
        self.people = {row["id"] for row in self.rows[Attendee] if row["event_id"] == event.pk}
        drafts = {row["id"] for row in self.rows[Round] if row["status"] == "draft"}
        self.seats = [row for row in self.rows[Seat] if row["round_id"] not in drafts]
        self.numbers = {row["id"]: row["number"] for row in self.rows[Round]}
        self.came = {p: at for p in self.people if (at := self._came_at(p)) is not None}

    def _came_at(self, person: Any) -> datetime | None:
        undos = {
            row["undoes_id"]
            for row in self.rows[CheckIn]
            if row["act"] == "undo" and row["at"] <= self.event["ended_at"]
        }
        entries = [
            row["happened_at"]
            for row in self.rows[CheckIn]
            if row["attendee_id"] == person
            and row["outcome"] in ("entry", "already_in")
            and row["id"] not in undos
        ]
        return sorted(entries)[0] if entries else None

    def wait(self, person: Any) -> timedelta | None:
        """How long somebody who came waited; None if they never sat."""
        times = sorted(row["seated_at"] for row in self.seats if row["attendee_id"] == person)
        return max(times[0] - self.came[person], timedelta()) if times else None

    def is_own_topic(self, seat: Row) -> bool:
        """Whether one of the person's topics is called like the table's, or like what that was merged into."""
        labels = {row["id"]: row["key"] for row in self.rows[Interest]}
        folded = {row["key"]: labels[row["interest_id"]] for row in self.rows[InterestSpelling]}
        (topic,) = (row["topic_id"] for row in self.rows[Table] if row["id"] == seat["table_id"])
        picked = {
            labels[row["interest_id"]]
            for row in self.rows[Attendee.interests.through]
            if row["attendee_id"] == seat["attendee_id"]
        }
        return topic is not None and folded.get(labels[topic], labels[topic]) in picked

    def told_rounds(self) -> dict[int, list[Row]]:
        """Seats by their round's number, where five people or more have one."""
        found = {}
        for number in sorted({self.numbers[row["round_id"]] for row in self.seats}):
            seats = [row for row in self.seats if self.numbers[row["round_id"]] == number]
            if len({row["attendee_id"] for row in seats}) > 4:
                found[number] = seats
        return found

    def introductions(self) -> list[tuple[Any, Any]]:
        """Two people who said yes to each other and do not keep apart."""
        yes = {(row["picker_id"], row["picked_id"]) for row in self.rows[Pick]}
        agreed = {
            (row["asker_id"], row["target_id"])
            for row in self.rows[IntroduceMe]
            if row["status"] == "accepted"
        }
        apart = {(row["blocker_id"], row["blocked_id"]) for row in self.rows[Block]}
        return [
            (a, b)
            for a, b in combinations(self.people, 2)
            if ({(a, b), (b, a)} <= yes or {(a, b), (b, a)} & agreed)
            and not {(a, b), (b, a)} & apart
        ]

    def counts(self) -> dict[str, tuple[int, int, int] | None]:
        """Of each measure: how many, of how many, and how many people that speaks of."""
        came, seats = len(self.came), [s for seats in self.told_rounds().values() for s in seats]
        waits = [self.wait(person) for person in self.came]
        soon = [wait for wait in waits if wait is not None and wait.total_seconds() <= 600]
        pairs = self.introductions()
        late = self.event["ended_at"] + timedelta(hours=48)
        wrote = {
            frozenset((row["sender_id"], row["recipient_id"]))
            for row in self.rows[Letter]
            if not row["sent_at"] > late
        }
        felt = {row["reporter_id"] for row in self.rows[Flag] if row["kind"] == "pitched"}
        said = [row["worth"] for row in self.rows[Verdict]]
        with_one = [p for p in self.came if any(p in pair for pair in pairs)]
        followed = [pair for pair in pairs if frozenset(pair) in wrote]
        sat = {row["attendee_id"] for row in seats}
        return {
            "seated_soon": (len(soon), came, came),
            "topic_cover": (sum(map(self.is_own_topic, seats)), len(seats), len(sat)),
            "introduced": (len(with_one), came, came),
            "followed_up": (len(followed), len(pairs), len({p for pair in pairs for p in pair})),
            "pitched": (min(len(felt), came), came, came),
            "worth": (said.count(True), len(said), len(said)),
        }

    def repeats(self, number: int) -> int:
        """Pairs at one table in a round of this number who sat together in a round before it."""
        order = sorted(
            (row for row in self.rows[Round] if row["published_at"]),
            key=lambda row: row["published_at"],
        )
        together: list[set[frozenset[Any]]] = []
        for row in order:
            seats = [seat for seat in self.seats if seat["round_id"] == row["id"]]
            pairs = [(a, b) for a, b in combinations(seats, 2) if self._sat_together(a, b)]
            together.append({frozenset((a["attendee_id"], b["attendee_id"])) for a, b in pairs})
        return sum(
            any(pair in before for before in together[:i])
            for i, row in enumerate(order)
            if row["number"] == number
            for pair in together[i]
        )

    @staticmethod
    def _sat_together(one: Row, other: Row) -> bool:
        end = datetime.max.replace(tzinfo=one["seated_at"].tzinfo)
        start = max(one["seated_at"], other["seated_at"])
        over = min(one["left_at"] or end, other["left_at"] or end)
        same = one["table_id"] == other["table_id"]
        return same and one["attendee_id"] != other["attendee_id"] and start < over

    def shares_of_own_topic(self) -> list[Fraction]:
        """Of each person who sat, the worst-off first."""
        own: Counter[Any] = Counter()
        all_of: Counter[Any] = Counter()
        for seat in (seat for seats in self.told_rounds().values() for seat in seats):
            all_of[seat["attendee_id"]] += 1
            own[seat["attendee_id"]] += self.is_own_topic(seat)
        return sorted(Fraction(own[person], all_of[person]) for person in all_of)


def figure(measure: str, count: tuple[int, int, int] | None) -> Row:
    """What may be told of a count."""
    part, of, people = count or (0, 0, 0)
    hidden = of < 5 or people < 5
    unsaid = measure == "pitched" and part < 3
    return {
        "measure": measure,
        "value": None if hidden or unsaid else part / of,
        "of": None if hidden else of,
        "why_hidden": "too_few" if hidden or unsaid else None,
    }


def check_arrivals(told: list[Row], again: Recount) -> None:
    if len(again.came) < 5:
        assert told == []
        return
    assert told[0]["came"] == 0
    assert told[-1]["came"] == len(again.came)
    for point in told[1:]:
        by_then = [at for at in again.came.values() if at < datetime.fromisoformat(point["at"])]
        assert point["came"] == len(by_then)
    assert all(b["came"] - a["came"] > 4 for a, b in pairwise(told))


def check_waiting(told: list[Row], again: Recount, seated_soon: Row) -> None:
    if len(again.came) < 5:
        assert told == []
        return
    waits = [again.wait(person) for person in again.came]
    minutes = [None if wait is None else wait / timedelta(minutes=1) for wait in waits]
    never = told[-1]["from"] is None
    bounded = told[:-1] if never else told
    # Without gaps, and nobody left out.
    assert bounded[0]["from"] == 0
    assert [row["to"] for row in bounded] == [*(row["from"] for row in bounded[1:]), None]
    for row in bounded:
        low, high = row["from"] or -1, row["to"] or 10**6
        people = sum(wait is not None and low < wait <= high for wait in minutes)
        if row is bounded[-1] and not never:
            people += minutes.count(None)
        assert row["people"] == people
    if never:
        assert told[-1] == {"from": None, "to": None, "people": minutes.count(None)}
    assert all(row["people"] == 0 or row["people"] > 4 for row in told)
    check_no_subtraction(told, round(seated_soon["value"] * seated_soon["of"]), len(again.came))


def check_no_subtraction(told: list[Row], soon: int, came: int) -> None:
    """Of a row that goes over ten minutes, the figure tells no part that is not the whole side."""
    sides = (soon, came - soon)
    within = sum(row["people"] for row in told if row["to"] is not None and row["to"] <= 10)
    after = sum(row["people"] for row in told if row["from"] is None or row["from"] >= 10)
    for part, side in zip((soon - within, came - soon - after), sides, strict=True):
        assert part in (side, 0) or part > 4


def check_rounds(told: list[Row], again: Recount) -> None:
    assert told == [
        {
            "number": number,
            "tables": len({seat["table_id"] for seat in seats}),
            "seats": len(seats),
            "topic_cover": len([s for s in seats if again.is_own_topic(s)]) / len(seats),
            "repeats": again.repeats(number),
        }
        for number, seats in again.told_rounds().items()
    ]


def check_fairness(told: Row, again: Recount) -> None:
    shares = again.shares_of_own_topic()
    everybody = sum(shares) / len(shares) if len(shares) > 4 else None
    worst_off = sum(shares[:5]) / 5 if len(shares) > 9 else None
    for value, mean in ((told["everybody"], everybody), (told["worst_off"], worst_off)):
        assert (value is None) == (mean is None)
        assert value == pytest.approx(float(mean or 0)) if value is not None else True


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32 - 1), people=st.integers(0, 7) | st.integers(8, 18))
def test_every_figure_is_what_the_rows_say_again(seed: int, people: int) -> None:
    with transaction.atomic():
        event = RandomEvening(Random(seed), people).write()
        report, again = report_outcome(event), Recount(event)
        counted = [figure(measure, count) for measure, count in again.counts().items()]
        assert report["figures"] == counted
        check_arrivals(report["plots"]["arrivals"], again)
        check_waiting(report["plots"]["waiting"], again, report["figures"][0])
        check_rounds(report["plots"]["rounds"], again)
        check_fairness(report["plots"]["fairness"], again)
        check_nobody_is_named(json.dumps(report) + write_sheet(event, report), again)
        transaction.set_rollback(True)


def check_nobody_is_named(text: str, again: Recount) -> None:
    for person in again.rows[Attendee]:
        for told in (*person["name"].split(), person["email"], str(person["id"])):
            assert told not in text
