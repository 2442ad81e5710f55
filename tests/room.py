"""What happens in a room, in a word each, for tests of rounds and of the people in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin.services import check_out, poster_station
from matching.models import Round, VenueTable
from matching.selectors import mixer_of
from matching.services import draft_round, publish_round, seat_waiting, settle_wishes
from tests.rows import arrive, make_attendee, make_nonce

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.models import Attendee, Event


def come(event: Event, *names_and_topics: tuple[str, ...]) -> list[Attendee]:
    """People by name and topics arrive, in this order."""
    people = [make_attendee(event, name, *topics) for name, *topics in names_and_topics]
    for person in people:
        arrive(person)
    return people


def leave(person: Attendee) -> None:
    """A person says that they are leaving."""
    station = poster_station(person.event)
    check_out(event=person.event, station=station, nonce=make_nonce(), attendee=person)


def tend(event: Event) -> int:
    """What the matcher does at a bell, as far as seats and wishes go; how many sat down."""
    seated = seat_waiting(event_id=event.pk)
    settle_wishes(event_id=event.pk)
    return seated


def lay(event: Event, *chairs: int, features: Iterable[str] = (), **fields: object) -> None:
    """Lay tables with so many chairs, numbered on from those there are."""
    mixer = mixer_of(event)
    first = mixer.venue.count() + 1
    VenueTable.objects.bulk_create(
        VenueTable(
            mixer=mixer, number=n, chairs=count, x=50, y=50, features=list(features), **fields
        )
        for n, count in enumerate(chairs, first)
    )


def play_round(event: Event) -> Round:
    """Draft a round for who is here and publish it."""
    draft = draft_round(event=event, version=version(event))
    publish_round(round=draft, version=version(event))
    return Round.objects.get(pk=draft.pk)


def version(event: Event) -> int:
    """The version that an organiser who looks now sees."""
    return mixer_of(event).version


def tables(event: Event) -> dict[int, list[str]]:
    """Who sits at which table of the round that is on, by name; tables where nobody sits left out."""
    on = Round.objects.get(mixer__event=event, status="published")
    seats = on.seats.filter(left_at=None).order_by("attendee__name")
    found: dict[int, list[str]] = {}
    for number, name in seats.values_list("table__number", "attendee__name"):
        found.setdefault(number, []).append(name)
    return dict(sorted(found.items()))
