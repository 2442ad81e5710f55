"""What people ask of the mixer for themselves, by one tap and without a reason: to sit out, or to be drawn in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendee, Event
from matching.models import Errand, Round, Seat, Wish
from matching.selectors import mixer_of
from matching.services.acting import lock_mixer, round_on
from matching.services.errands import end_errand, finish_errand
from matching.services.rolling import free
from matching.services.telling import tell_seats, tell_wish
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from matching.models import Mixer
    from tablemates.live.publish import Facts


@transaction.atomic
def make_wish(*, attendee: Attendee, kind: str | None) -> Wish | None:
    """Ask to sit out or to be drawn in, or for neither any more; returns the wish that stands.

    The same again changes nothing, and who has a seat need not be drawn in. Who sits out gives up their seat at once.
    """
    mixer = lock_mixer(attendee.event)
    person = mixer.event.attendees.get(pk=attendee.pk)
    stands = Wish.objects.filter(attendee=person).first()
    if kind is None:
        if stands:
            _take_back(mixer, stands)
        return None
    _expect_here(mixer.event, person)
    on = round_on(mixer)
    seats = list(on.seats.filter(attendee=person, left_at=None)) if on else []
    if (stands and stands.kind == kind) or (seats and kind == Wish.Kind.DRAW_ME_IN):
        return stands
    wish = _write(person, kind, on)
    told = tell_seats(mixer, on, free(seats, on), [person]) if on and seats else {}
    tell_wish(told, person.pk, wish)
    publish(stream=mixer.event_id, type="wish.made", audiences=told, ring=True)
    return wish


@transaction.atomic
def sit_elsewhere(*, attendee: Attendee, away_from: Attendee) -> None:
    """If these two sit at one table now, let the first give up the seat and be drawn in at another. Lock the event first.

    If one of them is to keep the other company, that is over.
    """
    mixer = mixer_of(attendee.event)
    pair = [attendee, away_from]
    for errand in mixer.errands.filter(host__in=pair, attendee__in=pair, done_at=None):
        finish_errand(errand=errand)
    on = round_on(mixer)
    seats = on.seats.filter(left_at=None) if on else Seat.objects.none()
    theirs = seats.filter(attendee=away_from).values("table")
    mine = list(seats.filter(attendee=attendee, table__in=theirs))
    if on and mine:
        told = tell_seats(mixer, on, free(mine, on), [attendee])
        tell_wish(told, attendee.pk, _write(attendee, Wish.Kind.DRAW_ME_IN, on))
        publish(stream=mixer.event_id, type="wish.made", audiences=told, ring=True)


def _write(person: Attendee, kind: str, on: Round | None) -> Wish:
    sits_out_now = kind == Wish.Kind.SIT_OUT and on and on.kind == Round.Kind.TIMED
    return Wish.objects.update_or_create(
        attendee=person,
        defaults={"kind": kind, "round": on if sits_out_now else None, "since": timezone.now()},
    )[0]


def _take_back(mixer: Mixer, wish: Wish) -> None:
    wish.delete()
    told: dict[str, Facts] = {}
    tell_wish(told, wish.attendee_id, None)
    publish(stream=mixer.event_id, type="wish.taken_back", audiences=told, ring=True)


def _expect_here(event: Event, person: Attendee) -> None:
    if event.phase != Event.Phase.OPEN:
        raise Refusal("not_open", _("The doors are not open. Come back when the evening is on."))
    if person.present_since is None:
        raise Refusal("not_here", _("You are not checked in. Scan the poster at the door first."))


def settle_wishes(*, event_id: UUID) -> bool:
    """End wishes that have come about or are nobody's here any more, and errands to who waits no longer.

    Says whether there were any. Called by the matcher at every bell and tick.
    """
    event = Event.objects.filter(pk=event_id).first()
    if event is None or not (_wishes_over(event).exists() or _errands_over(event).exists()):
        return False
    with transaction.atomic():
        return _settle(lock_mixer(event))


def _settle(mixer: Mixer) -> bool:
    wishes, errands = list(_wishes_over(mixer.event)), list(_errands_over(mixer.event))
    Wish.objects.filter(pk__in=[wish.pk for wish in wishes]).delete()
    told: dict[str, Facts] = {}
    for wish in wishes:
        tell_wish(told, wish.attendee_id, None)
    for errand in errands:
        end_errand(told, errand)
    if told:
        publish(stream=mixer.event_id, type="wishes.settled", audiences=told)
    return bool(told)


SEATED = Q(
    attendee__seats__round__status=Round.Status.PUBLISHED, attendee__seats__left_at__isnull=True
)
GONE = Q(attendee__present_since=None) | Q(attendee__event__phase=Event.Phase.ENDED)


def _wishes_over(event: Event) -> QuerySet[Wish]:
    drawn_in = Q(kind=Wish.Kind.DRAW_ME_IN) & SEATED
    return Wish.objects.filter(GONE | drawn_in, attendee__event=event).distinct()


def _errands_over(event: Event) -> QuerySet[Errand]:
    host_left, rests = Q(host__present_since=None), Q(attendee__wish__kind=Wish.Kind.SIT_OUT)
    over = GONE | SEATED | host_left | rests
    return Errand.objects.filter(over, attendee__event=event, done_at=None).distinct()


def events_with_wishes_over() -> set[UUID]:
    """Events where somebody who wished for something has left, or nobody is awaited any more."""
    gone = Wish.objects.filter(GONE).values_list("attendee__event_id", flat=True)
    left = Q(host__present_since=None) | GONE
    errands = Errand.objects.filter(left, done_at=None)
    return {*gone, *errands.values_list("attendee__event_id", flat=True)}
