"""Questions about rounds and seats."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Prefetch, Q

from checkin.selectors import present_attendees
from matching.models import Mixer, Round, Seat, Table, Wish

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from events.models import Attendee, Event


def mixer_of(event: Event) -> Mixer:
    """The event's mixer, made at first use."""
    mixer = Mixer.objects.get_or_create(event=event)[0]
    mixer.event = event
    return mixer


def current_round(event: Event) -> Round | None:
    """The round that is on, else the one that ended last. Never a draft."""
    shown = Round.objects.filter(mixer__event=event).exclude(status=Round.Status.DRAFT)
    return (
        shown.filter(status=Round.Status.PUBLISHED).first()
        or shown.order_by("-published_at").first()
    )


def tables_with_people(tables: QuerySet[Table]) -> QuerySet[Table]:
    """Tables with their topic and the seats that are taken, ready for the payloads."""
    taken = Seat.objects.filter(left_at__isnull=True).select_related("attendee").order_by("pk")
    taken = taken.prefetch_related("attendee__interests")
    return tables.select_related("topic").prefetch_related(
        Prefetch("seats", queryset=taken, to_attr="taken")
    )


def waiting(event: Event, round: Round) -> list[Attendee]:
    """Who is present without a seat in this round, longest wait first."""
    return list(present_attendees(event).exclude(_seated(round)).prefetch_related(None))


def somebody_waits(event: Event, round: Round) -> bool:
    """Whether anybody wants a seat in this round and has none."""
    return seatable(event, round).exclude(_seated(round)).exists()


def _seated(round: Round) -> Q:
    # Not over `seats__`: to exclude by two facts of a seat finds them at two different seats as well.
    return Q(pk__in=Seat.objects.filter(round=round, left_at=None).values("attendee"))


class Sitting(NamedTuple):
    """Somebody at a table, until `went` (None: to the end of the round)."""

    attendee: UUID
    came: datetime
    went: datetime | None


def sittings_of(seats: QuerySet[Seat]) -> dict[UUID, list[Sitting]]:
    """Who sat when at each table, drafts left out, in the order they sat down."""
    at_table: dict[UUID, list[Sitting]] = {}
    sat = seats.exclude(round__status=Round.Status.DRAFT).order_by("seated_at", "pk")
    for table, attendee, came, went in sat.values_list("table", "attendee", "seated_at", "left_at"):
        at_table.setdefault(table, []).append(Sitting(attendee, came, went))
    return at_table


def meetings_of(sittings: Iterable[Sitting]) -> dict[tuple[UUID, UUID], datetime]:
    """Who of those at one table sat there at the same time, and since when first; each pair once, the lower id first."""
    found: dict[tuple[UUID, UUID], datetime] = {}
    for one, other in combinations(sittings, 2):
        parted = (one.went and one.went <= other.came) or (other.went and other.went <= one.came)
        if one.attendee != other.attendee and not parted:
            pair = min(one.attendee, other.attendee), max(one.attendee, other.attendee)
            since = max(one.came, other.came)
            found[pair] = min(found.get(pair, since), since)
    return found


def pairs_of(sittings: Iterable[Sitting]) -> set[tuple[UUID, UUID]]:
    """Who of those at one table sat there at the same time; each pair once, the lower id first."""
    return set(meetings_of(sittings))


def seatable(event: Event, round: Round | None = None) -> QuerySet[Attendee]:
    """Who is present and wants a seat in this round (in the next one, as nothing is given), in the order they came."""
    sits_out = Q(wish__kind=Wish.Kind.SIT_OUT)
    # A wish that is bound to no round yet is about whichever comes.
    this_one = Q(wish__round=None) | Q(wish__round=round)
    return present_attendees(event).exclude(sits_out & this_one)
