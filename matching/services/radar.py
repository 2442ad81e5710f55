"""Nobody is left at the edge: an organiser gives who waits a seat, or sends a host for company."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from checkin.selectors import present_attendees
from events.keeping_apart import kept_apart_from
from matching.models import Errand, LeftOut, Seat, Wish
from matching.selectors import tables_with_people
from matching.services.acting import organiser_acts, round_on
from matching.services.hall import look_around
from matching.services.placing import best_table
from matching.services.rolling import count_seating, sit_down
from matching.services.telling import tell_console, tell_errand, tell_seats
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from events.models import Attendee
    from matching.models import Mixer, Round
    from matching.services.hall import Hall
    from tablemates.live.publish import Facts


def seat_now(*, attendee: Attendee, version: int, by: str = "") -> Mixer:
    """Give who waits the best free seat of the round that is on, whatever its topic."""
    event = attendee.event
    with organiser_acts(event, version, by) as act:
        mixer = act.mixer
        on = round_on(mixer)
        if on is None:
            raise Refusal("no_round", _("No round is on. Start rolling tables, or a round."))
        _expect_waiting(attendee, on)
        hall = look_around(on)
        number = _best_number(hall, attendee)
        act.note("person_seated", round=on.number, person=attendee.name, table=number)
        count_seating(mixer)
        LeftOut.objects.filter(round=on, attendee=attendee).delete()
        sit_down(on, {attendee: number})
        told = tell_seats(mixer, on, tables_with_people(on.tables.filter(number=number)))
        publish(stream=event.pk, type="person.seated", audiences=told, ring=True)
    return mixer


def _best_number(hall: Hall, attendee: Attendee) -> int:
    i = hall.plan.people.index(attendee)
    drawn_in = Wish.objects.filter(attendee=attendee, kind=Wish.Kind.DRAW_ME_IN).exists()
    table = best_table(hall, i, hall.table_of, with_host=drawn_in)
    if table < 0:
        raise Refusal(
            "no_free_seat",
            _("No table has a free seat that suits %(name)s. Send a host, or make room at a table.")
            % {"name": attendee.name},
        )
    return hall.numbers[table]


def _expect_waiting(attendee: Attendee, on: Round | None) -> None:
    here = present_attendees(attendee.event)
    if not here.filter(pk=attendee.pk).exists():
        raise Refusal("not_here", _("%s is not here. Check them in first.") % attendee.name)
    if here.filter(pk=attendee.pk, wish__kind=Wish.Kind.SIT_OUT).exists():
        raise Refusal(
            "sitting_out", _("%s would rather sit this one out. Leave them be.") % attendee.name
        )
    seat = on and on.seats.filter(attendee=attendee, left_at=None).select_related("table").first()
    if seat:
        raise Refusal(
            "already_seated",
            _("%(name)s sits at table %(number)d already.")
            % {"name": attendee.name, "number": seat.table.number},
        )


def send_host(*, attendee: Attendee, version: int, by: str = "") -> Errand:
    """Ask a host to keep somebody company who waits: one without a seat, else the one at the smallest table."""
    event = attendee.event
    with organiser_acts(event, version, by) as act:
        mixer = act.mixer
        on = round_on(mixer)
        _expect_waiting(attendee, on)
        _expect_nobody_under_way(attendee)
        host = _freest_host(attendee, on)
        errand = Errand.objects.create(
            mixer=mixer, host=host, attendee=attendee, sent_at=timezone.now()
        )
        act.note("host_sent", person=attendee.name, other=host.name)
        told: dict[str, Facts] = {"console": tell_console(mixer, [])}
        tell_errand(told, errand)
        publish(stream=event.pk, type="host.sent", audiences=told)
    return errand


def _expect_nobody_under_way(attendee: Attendee) -> None:
    errand = attendee.visits.filter(done_at=None).select_related("host").first()
    if errand:
        raise Refusal(
            "host_under_way",
            _("%(host)s is on the way to %(name)s already.")
            % {"host": errand.host.name, "name": attendee.name},
        )


def _freest_host(attendee: Attendee, on: Round | None) -> Attendee:
    """Of the hosts who are here and not under way: without a seat, else with the fewest people at their table."""
    hosts = present_attendees(attendee.event).filter(host=True).exclude(pk=attendee.pk)
    hosts = hosts.exclude(pk__in=kept_apart_from(attendee))
    busy = Errand.objects.filter(mixer__event=attendee.event, done_at=None).values("host")
    resting = Wish.objects.filter(kind=Wish.Kind.SIT_OUT).values("attendee")
    free = list(hosts.exclude(pk__in=busy).exclude(pk__in=resting))
    if not free:
        raise Refusal(
            "no_free_host",
            _("No host is free. Go and say hello yourself, or make somebody a host."),
        )
    company = _company(on) if on else {}
    sent = Counter(Errand.objects.filter(host__in=free).values_list("host_id", flat=True))
    return min(free, key=lambda host: (company.get(host.pk, 0), sent[host.pk]))


def _company(on: Round) -> Mapping[UUID, int]:
    """How many sit at the table of each person who has a seat."""
    seats = Seat.objects.filter(round=on, left_at=None).values_list("attendee_id", "table_id")
    sizes = Counter(table for _person, table in seats)
    return {person: sizes[table] for person, table in seats}
