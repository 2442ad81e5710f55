"""Introduce me: by one who knows both, with the yes of the one who is sought.

The asker hears nothing until both have said yes. Every act here says one message, whoever hears it, so that not even
the numbers of messages tell whether a name is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.memory.services import note_introduction
from events.models import Event
from events.services import lock_event
from tablemates.followup.acquaintance import Circle
from tablemates.followup.models import IntroduceMe
from tablemates.followup.payloads import request_for_phone
from tablemates.followup.selectors import GRACE, is_over, own_requests, requests_to
from tablemates.live.publish import publish
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from events.models import Attendee
    from tablemates.live.publish import Facts

MOST_OPEN, MOST = 3, 12
"""Open ones at a time, and of all, those taken back included."""
Status = IntroduceMe.Status


@transaction.atomic
def ask_to_meet(*, asker: Attendee, name: str, shares: Sequence[str] = ()) -> IntroduceMe:
    """Ask to be introduced to somebody, by their name. Whether there is such a person is told to nobody.

    Refuses a fourth one while three are open (409), and once the evening is two days ago (409).
    """
    event = lock_event(asker.event)
    _expect_may_ask(event, asker)
    request = IntroduceMe.objects.create(asker=asker, name=name, asker_shares=list(shares))
    _forward(Circle.of(event), [request])
    told = _tell_unnoticed(asker, [request.via])
    publish(stream=event.pk, type="request.made", audiences=told)
    return request


def _expect_may_ask(event: Event, asker: Attendee) -> None:
    if is_over(event):
        message = _("The evening is more than two days ago. Write to its organisers.")
        raise Refusal("window_over", message)
    own = own_requests(asker)
    if sum(request.status != Status.ACCEPTED for request in own) >= MOST_OPEN:
        message = _("You have asked for %(n)d people. Take one back to ask for another.")
        raise Refusal("enough_requests", message % {"n": MOST_OPEN})
    if asker.introduce_me.count() >= MOST:
        message = _("You have asked for %(n)d people this evening. Nobody can meet more.")
        raise Refusal("enough_requests", message % {"n": MOST})


@transaction.atomic
def answer_request(
    *, attendee: Attendee, request_id: UUID, yes: bool, shares: Sequence[str] = ()
) -> None:
    """Say yes or no: first the one who knows both, then the one who is sought. A no is told to nobody.

    Whoever is not asked gets the 404 of a request that never was.
    """
    event = lock_event(attendee.event)
    request = next((one for one in requests_to(attendee) if one.pk == request_id), None)
    if request is None:
        raise _no_such_request()
    hears = {attendee}
    if not yes:
        _settle(request, Status.DECLINED)
    elif request.status == Status.WITH_VIA:
        request.status = Status.WITH_TARGET
        request.save(update_fields=["status"])
        hears |= _some(request.target)
    else:
        request.target_shares = list(shares)
        hears |= _introduce(request)
    publish(stream=event.pk, type="request.answered", audiences=tell_requests(hears))


def _introduce(request: IntroduceMe) -> set[Attendee]:
    """Let both know, also where the other had asked in turn; returns whom that tells something new."""
    asker, target = request.asker, request.target
    assert target
    _settle(request, Status.ACCEPTED)
    hears = {asker}
    for crossed in target.introduce_me.filter(target=asker, settled_at=None):
        crossed.target_shares = request.asker_shares
        _settle(crossed, Status.ACCEPTED)
        hears |= _some(crossed.via)
    note_introduction(asker, target, at=timezone.now())
    return hears


def _settle(request: IntroduceMe, status: str) -> None:
    request.status, request.settled_at = status, timezone.now()
    request.save(update_fields=["status", "settled_at", "target_shares"])


@transaction.atomic
def take_back_request(*, asker: Attendee, request_id: UUID) -> None:
    """Ask no more; twice changes nothing. Others' are refused (404), and what has come about (409).

    A nameless row stays, whether somebody was asked or not: nobody is asked a second time by the same person.
    """
    event = lock_event(asker.event)
    request = asker.introduce_me.select_related("via", "target").filter(pk=request_id).first()
    if request is None:
        raise _no_such_request()
    if request.status == Status.ACCEPTED:
        raise Refusal("introduced", _("They have said yes: you are introduced already."))
    request.name = ""
    request.save(update_fields=["name"])
    _settle(request, Status.DECLINED)
    told = _tell_unnoticed(asker, [request.via, request.target])
    publish(stream=event.pk, type="request.taken_back", audiences=told)


def _tell_unnoticed(asker: Attendee, people: Sequence[Attendee | None]) -> dict[str, Facts]:
    """What these people's phones show, as far as they are anybody.

    For each of the others the asker's own phone is looked up and left unsaid: it takes as long.
    """
    told = [(person, tell_requests([person or asker])) for person in people]
    return {audience: said for person, one in told if person for audience, said in one.items()}


def _no_such_request() -> Refusal:
    message = _("There is no such request any more. Look at your page again.")
    return Refusal("not_found", message, status=404)


def events_with_requests(now: datetime) -> set[UUID]:
    """Events where a request may have to be passed on."""
    in_time = Q(asker__event__ended_at=None) | Q(asker__event__ended_at__gt=now - GRACE)
    waiting = IntroduceMe.objects.filter(in_time, status__in=[Status.WAITING, Status.WITH_VIA])
    return set(waiting.values_list("asker__event", flat=True))


def forward_requests(*, event_id: UUID) -> bool:
    """Pass on what waits for somebody who knows both, as far as there is one by now; says whether anything was.

    So is what lies with somebody who has gone, or keeps away from one of the two.
    """
    event = Event.objects.filter(pk=event_id).first()
    if event is None or is_over(event):
        return False
    with transaction.atomic():
        circle = Circle.of(lock_event(event))
        hears = _forward(
            circle, [request for request in circle.requests if _waits(circle, request)]
        )
        if hears:
            publish(stream=event.pk, type="requests.forwarded", audiences=tell_requests(hears))
    return bool(hears)


def _waits(circle: Circle, request: IntroduceMe) -> bool:
    if request.status != Status.WITH_VIA or request.via_id is None or request.target_id is None:
        return request.status in (Status.WAITING, Status.WITH_VIA)
    return not circle.can_bring(request.via_id, request.asker_id, request.target_id)


def _forward(circle: Circle, requests: Iterable[IntroduceMe]) -> set[Attendee]:
    """Find for each request who is meant and who could help; returns whom that tells something new."""
    hears: set[Attendee] = set()
    for request in requests:
        before = request.via
        request.target, request.via = _whom_to_ask(circle, request)
        request.status = Status.WITH_VIA if request.via else Status.WAITING
        request.save(update_fields=["target", "via", "status"])
        hears |= _some(before, request.via)
    return hears


def _some(*people: Attendee | None) -> set[Attendee]:
    return {person for person in people if person}


def _whom_to_ask(circle: Circle, request: IntroduceMe) -> tuple[Attendee | None, Attendee | None]:
    """Who is meant, and who could bring them together; nobody while one of them is missing."""
    target = circle.named(request.asker_id, request.name)
    if target is None or circle.has_been_asked(request, target.pk):
        return None, None
    via = circle.via(request.asker_id, target.pk)
    return (target, via) if via else (None, None)


def tell_requests(people: Iterable[Attendee]) -> dict[str, Facts]:
    """What each of these people's phones shows as a request to them."""
    return {
        f"attendee:{person.pk}": {"set": {"request": request_for_phone(person)}}
        for person in people
    }
