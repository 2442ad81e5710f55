"""How what follows is told: to a person on their own page, and to organisers what they may know."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from events.memory.selectors import knew_before
from events.payloads import time
from matching.models import Round, Table
from tablemates.followup.letters.calendar import suggested
from tablemates.followup.letters.draft import draft, meeting_of
from tablemates.followup.letters.mail import reaches
from tablemates.followup.models import Flag, IntroduceMe, Letter, Verdict
from tablemates.followup.selectors import (
    card_of,
    contact,
    due_at,
    grace_until,
    introductions,
    is_revealed,
    other_side,
    own_requests,
    people_of,
    promises_of,
    requests_to,
    reveal_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from events.models import Attendee, Event
    from tablemates.followup.models import Pick, Promise
    from tablemates.followup.selectors import Introduction, Met

PATTERN = 3
"""So many people have to say the same before an organiser hears of it: then it is not about one of them."""


class Own(NamedTuple):
    """What this person has written down about others, by attendee."""

    picks: dict[UUID, Pick]
    notes: dict[UUID, str]
    letters: dict[UUID, Letter]
    known: set[UUID]

    @classmethod
    def of(cls, attendee: Attendee, others: set[UUID]) -> Own:
        """As it is now."""
        return cls(
            {pick.picked_id: pick for pick in attendee.picks.all()},
            dict(attendee.notes.values_list("about_id", "text")),
            {letter.recipient_id: letter for letter in attendee.letters.all()},
            knew_before(attendee, others),
        )


def afterwards_for_phone(attendee: Attendee) -> dict[str, Any]:
    """The page after the talk, of one person. Until the reveal nothing in it depends on what others picked."""
    event = attendee.event
    met = people_of(attendee)
    introduced = introductions(attendee, met)
    own = Own.of(attendee, {*met, *(one.other.pk for one in introduced)})
    blocked = [block.blocked for block in attendee.blocks.select_related("blocked")]
    return {
        **_evening(event),
        "tablemates": [_tablemate(other, own) for other in met.values()],
        "tables": _tables(attendee),
        "card": card_of(attendee),
        "introductions": [_introduction(event, one, own) for one in introduced],
        "promises": [promise_for_phone(one, attendee) for one in promises_of(attendee)],
        "requests": _requests(attendee, {one.other.pk for one in introduced}),
        "worth": Verdict.objects.filter(attendee=attendee).values_list("worth", flat=True).first(),
        "quiet": hasattr(attendee, "quiet"),
        "blocked": [{"id": str(one.pk), "name": one.first_name} for one in blocked],
    }


def _evening(event: Event) -> dict[str, Any]:
    return {
        "event": {
            "title": event.title,
            "ended_at": time(event.ended_at),
            "time_zone": event.time_zone,
            "series": event.series.name if event.series else None,
        },
        "limit": event.pick_limit,
        "reveal_at": time(reveal_at(event)),
        "revealed": is_revealed(event),
        "due_at": time(due_at(event)),
        "grace_until": time(grace_until(event)),
    }


def _tablemate(met: Met, own: Own) -> dict[str, Any]:
    pk = met.person.pk
    pick = own.picks.get(pk)
    return {
        "id": str(pk),
        "name": met.person.first_name,
        "topic": met.topic,
        "table": str(met.table),
        "round": str(met.round),
        "picked": pick is not None,
        "shares": pick.shares if pick else [],
        "note": own.notes.get(pk, ""),
        "known": pk in own.known,
    }


def _tables(attendee: Attendee) -> list[dict[str, Any]]:
    """Where this person sat, the last table first, with what they flagged there."""
    flags: dict[UUID, list[Flag]] = defaultdict(list)
    for flag in attendee.flags.all():
        flags[flag.table_id].append(flag)
    seats = attendee.seats.exclude(round__status=Round.Status.DRAFT).order_by("-seated_at", "-pk")
    tables = dict.fromkeys(seat.table for seat in seats.select_related("table__topic"))
    return [_table(table, flags[table.pk]) for table in tables]


def _table(table: Table, flags: Iterable[Flag]) -> dict[str, Any]:
    by_kind = {flag.kind: flag for flag in flags}
    unsafe = by_kind.get(Flag.Kind.UNSAFE)
    return {
        "id": str(table.pk),
        "round": str(table.round_id),
        "number": table.number,
        "topic": table.topic.label if table.topic else "",
        "flags": [kind for kind in Flag.Kind.values if kind in by_kind],
        "words": unsafe.words if unsafe else "",
        "named": unsafe.named if unsafe else False,
    }


def _introduction(event: Event, one: Introduction, own: Own) -> dict[str, Any]:
    pk, note = one.other.pk, own.notes.get(one.other.pk, "")
    letter = own.letters.get(pk)
    return {
        "id": str(pk),
        "name": one.other.name,
        "first_name": one.other.first_name,
        "topic": one.topic,
        "contact": contact(one),
        "via": one.via.shown_name if one.via else None,
        "note": note,
        "known": pk in own.known,
        "draft": draft(meeting_of(one, event), note),
        "reachable": reaches(one.other),
        "talk_at": suggested(event, timezone.now()),
        "letter": letter_for_phone(letter) if letter else None,
    }


def letter_for_phone(letter: Letter) -> dict[str, Any]:
    """A letter as its writer is told of it."""
    return {"channel": letter.channel, "sent_at": time(letter.sent_at)}


def promise_for_phone(promise: Promise, attendee: Attendee) -> dict[str, Any]:
    """A promise as one of its two sides sees it."""
    other = other_side(promise, attendee)
    return {
        "id": str(promise.pk),
        "mine": promise.owner_id == attendee.pk,
        "with": {"id": str(other.pk), "name": other.first_name},
        "text": promise.text,
        "due": promise.due.isoformat(),
        "status": promise.status,
        "thanked": promise.thanked_at is not None,
    }


def _requests(attendee: Attendee, introduced: set[UUID]) -> dict[str, Any]:
    """To this person, as one who knows both and as the one who is sought; and their own, open ones all alike."""
    told = [_request(request, attendee) for request in requests_to(attendee)]
    return {
        "pass_on": [
            {name: one[name] for name in ("id", "asker", "target")} for one in told if one["target"]
        ],
        "meet": [
            {name: one[name] for name in ("id", "asker", "via")}
            for one in told
            if not one["target"]
        ],
        "own": [
            {
                "id": str(request.pk),
                "name": request.name,
                "introduced": request.status == IntroduceMe.Status.ACCEPTED
                and request.target_id in introduced,
            }
            for request in own_requests(attendee)
        ],
    }


def request_for_phone(attendee: Attendee) -> dict[str, Any] | None:
    """Record `request` of a phone: the oldest one to this person."""
    asked = requests_to(attendee)
    return _request(asked[0], attendee) if asked else None


def _request(request: IntroduceMe, attendee: Attendee) -> dict[str, Any]:
    """Names as the big screen shows them. To the one who is sought a host goes without: any of them would have asked."""
    sought = request.target_id == attendee.pk
    via = request.via
    return {
        "id": str(request.pk),
        "asker": request.asker.shown_name,
        "target": request.target.shown_name if request.target and not sought else None,
        "via": (via.shown_name if via and not via.host else "") if sought else None,
    }


def alert_for_console(flag: Flag) -> dict[str, Any]:
    """Record `alerts/<id>` of the console. Who said so stands there only if they gave their name."""
    return {
        "id": str(flag.pk),
        "at": time(flag.raised_at),
        "round": flag.table.round.number,
        "table": flag.table.number,
        "words": flag.words,
        "attendee": str(flag.reporter_id) if flag.named else None,
    }


def alerts_of(event: Event) -> list[dict[str, Any]]:
    """Collection `alerts` of the console: nobody has taken care of them yet."""
    flags = Flag.objects.filter(
        table__round__mixer__event=event, kind=Flag.Kind.UNSAFE, settled_at=None
    )
    return [alert_for_console(flag) for flag in flags.select_related("table__round")]


def patterns_of(event: Event) -> list[dict[str, Any]]:
    """Record `patterns` of the console: what three people or more say of the evening, and of which tables so many do."""
    flags = Flag.objects.filter(table__round__mixer__event=event).exclude(kind=Flag.Kind.UNSAFE)
    said = flags.values_list(
        "kind", "reporter_id", "table__round__number", "table__number", "table_id"
    )
    people: dict[str, set[UUID]] = defaultdict(set)
    at_table: dict[str, dict[tuple[int, int, UUID], set[UUID]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for kind, reporter, round, number, table in said:
        people[kind].add(reporter)
        at_table[kind][round, number, table].add(reporter)
    return [
        {"kind": kind, "people": len(people[kind]), "tables": _tables_of(at_table[kind])}
        for kind in Flag.Kind.values
        if len(people[kind]) >= PATTERN
    ]


def _tables_of(found: dict[tuple[int, int, UUID], set[UUID]]) -> list[dict[str, int]]:
    return [
        {"round": round, "table": number, "people": len(people)}
        for (round, number, _table), people in sorted(found.items())
        if len(people) >= PATTERN
    ]
