"""Rooms full of people, made on the measured database; run in a process that sees only that one."""

from __future__ import annotations

import cProfile
import pstats
import secrets
import time
from datetime import timedelta
from statistics import fmean, median
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from checkin.bench.room import TOPICS
from checkin.services import check_in, poster_station
from events.models import Attendee, Event, Ticket
from events.payloads import poster_path
from events.services import (
    create_event,
    interests_from_labels,
    open_doors,
    register_attendee,
)
from matching.selectors import current_round, mixer_of, tables_with_people
from matching.services import draft_round, publish_round, seat_waiting, set_rolling
from matching.services.telling import tell_clock, tell_new_round
from tablemates.accounts.models import Team
from tablemates.accounts.services import ensure_organiser, make_sign_in_token

# The matcher's time is the median of so many.
MATCHED = 10
SOLVER = "/matching/core/"


def seat_rooms(*sizes: int) -> list[dict[str, Any]]:
    """A room of each size, everybody present and seated by a round that is on.

    Told are its id, the secret of each ticket, and the frames that those phones get when something is said there.
    """
    call_command("migrate", verbosity=0, interactive=False)
    team = Team.objects.create(name="Measuring")
    return [_seated(team, people) for people in sizes]


def _seated(team: Team, people: int) -> dict[str, Any]:
    event = open_doors(event=create_event(team=team, title=f"Room {secrets.token_hex(4)}"))
    tickets = invite(event, people, present=people)
    round = draft_round(event=event, version=mixer_of(event).version)
    publish_round(round=round, version=mixer_of(event).version)
    clock, seats = facts(event, "round"), facts(event, "seats")
    return {
        "event": str(event.pk),
        "secrets": [ticket.secret for ticket in tickets],
        "words": {
            "round": [_frame(clock["phones"])],
            "seats": [_frame(seats[f"attendee:{ticket.attendee_id}"]) for ticket in tickets],
        },
    }


def facts(event: Event, what: str) -> dict[str, Any]:
    """What our services tell: that the round starts ("round"), or where each sits ("seats")."""
    mixer, round = mixer_of(event), current_round(event)
    if round is None:
        raise LookupError("This room has no round.")
    return dict(tell_clock(mixer, round) if what == "round" else tell_new_round(mixer, round, None))


def _frame(told: dict[str, Any]) -> dict[str, Any]:
    # As long as ours; it follows nothing, so that nobody looks for what came before.
    return {"seq": 10, "past": 9, "type": "bench.said", **told}


def invite(event: Event, people: int, *, present: int) -> list[Ticket]:
    """Register people with one to three of a dozen topics each; the first `present` of them are in already."""
    topics = interests_from_labels(event, TOPICS[:6]) + interests_from_labels(event, TOPICS[6:])
    now = timezone.now()
    guests = Attendee.objects.bulk_create(
        Attendee(event=event, name=f"Guest Number{n}", present_since=now if n < present else None)
        for n in range(people)
    )
    picks = Attendee.interests.through
    picks.objects.bulk_create(
        picks(attendee=guest, interest=topics[(n + k * 5) % len(topics)])
        for n, guest in enumerate(guests)
        for k in range(1 + n % 3)
    )
    return Ticket.objects.bulk_create(Ticket(event=event, attendee=guest) for guest in guests)


def soak_room(people: int) -> dict[str, Any]:
    """A room whose doors are open and that nobody has entered yet: what `soak.Evening` holds, but the address."""
    call_command("migrate", verbosity=0, interactive=False)
    organiser = ensure_organiser(email="soak@localhost", team_name="Soak")
    event = open_doors(
        event=create_event(team=organiser.team, title=f"Soak {secrets.token_hex(4)}")
    )
    tickets = invite(event, people, present=0)
    Attendee.objects.filter(pk__in=[ticket.attendee_id for ticket in tickets[::10]]).update(
        host=True
    )
    return {
        "event": str(event.pk),
        "poster": poster_path(event),
        "screen": event.screen_token,
        "enter": f"/console/enter/{make_sign_in_token(organiser)}",
        "tickets": [ticket.secret for ticket in tickets],
    }


def scan_room(present: int, scans: int, sockets: int) -> dict[str, Any]:
    """A room in which tables form by themselves, and everybody sits at one with free seats.

    Each of the `scans` people who are to come holds the topic of a free seat. Told are the secrets of as many phones as
    sockets are to be opened, theirs first.
    """
    call_command("migrate", verbosity=0, interactive=False)
    number = secrets.randbelow(10**9)
    event = create_event(team=Team.objects.create(name="Measuring"), title=f"Scans {number}")
    Event.objects.filter(pk=event.pk).update(table_min=3, table_size=4, table_max=6)
    event = open_doors(event=event)
    here = invite(event, present, present=present)
    # Who has waited for so long sits down with anybody.
    event.attendees.update(present_since=timezone.now() - timedelta(hours=1))
    set_rolling(event=event, version=mixer_of(event).version, on=True)
    while seat_waiting(event_id=event.pk):
        pass
    coming = _come_for_free_seats(event, scans)
    tickets = [*coming, *here][:sockets]
    return {
        "number": number,
        "poster": event.poster_code,
        "secrets": [ticket.secret for ticket in tickets],
    }


def _come_for_free_seats(event: Event, people: int) -> list[Ticket]:
    """Register people who each hold the topic of a free seat."""
    round = current_round(event)
    tables = tables_with_people(round.tables.exclude(topic=None)) if round else []
    free = [
        table.topic
        for table in tables
        if table.topic
        for _seat in range(len(table.taken), event.table_max)  # type: ignore[attr-defined]
    ]
    if len(free) < people:
        raise LookupError(f"There are {len(free)} free seats for {people} people.")
    guests = [
        register_attendee(event=event, name=f"Late Number{n}", interests=[topic.label])
        for n, topic in enumerate(free[:: len(free) // people][:people])
    ]
    return [guest.tickets.get(issuer="tablemates") for guest in guests]


def time_matcher(number: int) -> dict[str, float]:
    """How long the matcher takes to seat one person there, and how much of that the solver; both in milliseconds of CPU."""
    event = Event.objects.get(title=f"Scans {number}")
    tickets = _come_for_free_seats(event, 2 * MATCHED)
    took, solver = list[float](), list[float]()
    for n, ticket in enumerate(tickets):
        nonce = secrets.token_hex(12)
        check_in(event=event, station=poster_station(event), nonce=nonce, text=ticket.secret)
        profile = cProfile.Profile()
        began = time.process_time()
        if n % 2:
            profile.runcall(seat_waiting, event_id=event.pk)
            solver.append(_share(profile))
        else:
            seat_waiting(event_id=event.pk)
            took.append(1000 * (time.process_time() - began))
    return {"matcher_ms": median(took), "solver_ms": median(took) * fmean(solver)}


def _share(profile: cProfile.Profile) -> float:
    """The share of the solver in what was profiled: of calls into `matching.core` from anywhere else."""
    stats = pstats.Stats(profile)
    within = sum(
        cumulative
        for (file, _line, _name), (*_totals, callers) in stats.stats.items()  # type: ignore[attr-defined]
        if SOLVER in file
        for (caller, _at, _by), (*_counts, cumulative) in callers.items()
        if SOLVER not in caller
    )
    return float(within / stats.total_tt)  # type: ignore[attr-defined]
