"""Tickets: replaced, taken back, put on badges and mailed.

A secret is 128 random bits in 22 letters. As a QR code, error level M (measured; the sizes include the quiet zone of four
modules and give each module 0.4 mm, which phones and scanners read at arm's length):

    what the code holds                     version   modules   smallest print
    the bare secret, on a badge                   2   25 x 25   13.2 mm
    link, PUBLIC_URL up to 37 characters          4   33 x 33   16.4 mm
    link, PUBLIC_URL up to 59 characters          5   37 x 37   18.0 mm
    link, PUBLIC_URL up to 81 characters          6   41 x 41   19.6 mm
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendee, Ticket
from events.payloads import attendee_for_console
from events.services import lock_event
from events.ticket_mail import ticket_mail
from tablemates.live.publish import Facts, publish
from tablemates.post import PostDown, Undeliverable, hand_over, post_office
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from django.core.mail.backends.base import BaseEmailBackend
    from django.db.models import QuerySet

    from events.models import Event
    from tablemates.accounts.models import Organiser

OWN, BADGE = "tablemates", "badge"
AT_ONCE = 25
# The console waits ten seconds for an answer; a slow mail server gets its mails in smaller portions.
SECONDS = 5.0


class Mailed(NamedTuple):
    """What became of one portion of mails; `after` is where the next one goes on."""

    sent: int
    left: int
    failed: list[dict[str, str]]
    after: UUID | None


@transaction.atomic
def reissue_ticket(*, attendee: Attendee) -> Ticket:
    """Give a person a new ticket; the ones we made before, the badge's too, open nothing from now on."""
    event = lock_event(attendee.event)
    person = _registered(attendee)
    revoked = _revoke(person)
    ticket = Ticket.objects.create(event=event, attendee=person)
    _tell(event, "ticket.reissued", [person.pk], revoked)
    return ticket


@transaction.atomic
def revoke_ticket(*, attendee: Attendee) -> None:
    """Take back the tickets we made for a person. Other systems' tickets stay valid: cancelling or blocking keeps people out."""
    event = lock_event(attendee.event)
    if revoked := _revoke(attendee):
        _tell(event, "ticket.revoked", [attendee.pk], revoked)


@transaction.atomic
def badge_tickets(*, event: Event, people: Iterable[Attendee]) -> dict[UUID, Ticket]:
    """The badges' tickets by attendee, made where there is none: everyone sees a badge, so its secret opens the door only.

    It has no short code, since nobody types what is on a badge.
    """
    event = lock_event(event)
    badges = event.tickets.filter(issuer=BADGE, revoked_at=None)
    known = {badge.attendee_id: badge for badge in badges}
    new = [
        Ticket(event=event, attendee=person, issuer=BADGE, code="")
        for person in people
        if person.pk not in known
    ]
    Ticket.objects.bulk_create(new)
    return known | {badge.attendee_id: badge for badge in new}


def mail_ticket(*, attendee: Attendee, organiser: Organiser, site: str) -> Ticket:
    """Mail a person's ticket, again if it was mailed before. `site` is the address that its link begins with."""
    person = _registered(attendee)
    ticket = Ticket.objects.filter(attendee=person, issuer=OWN, revoked_at=None).first()
    if ticket is None:
        raise Refusal("no_ticket", _("This person has no valid ticket. Make a new one first."))
    if not person.email:
        raise Refusal("no_address", _("We have no e-mail address of this person."))
    with post_office() as office:
        try:
            claimed = _send(office, ticket, organiser, site)
        except Undeliverable as problem:
            raise Refusal("undeliverable", str(problem)) from problem
    if not claimed:
        raise Refusal("just_mailed", _("Someone else has mailed this ticket a moment ago."))
    _tell_mailed(person.event, [person.pk])
    return ticket


def mail_tickets(
    *, event: Event, organiser: Organiser, site: str, after: UUID | None = None
) -> Mailed:
    """Mail the next tickets of people who have an address and no mail yet; ask again with `after` until none is left.

    An address that fails is told of and may be tried in another pass. Raises Refusal where no mail gets through.
    """
    if event.phase == event.Phase.ENDED:
        raise Refusal("event_ended", _("This evening has ended; nobody needs a ticket any more."))
    portion = _Portion(after)
    deadline = time.monotonic() + SECONDS
    with post_office() as office:
        for ticket in _not_mailed(event, after)[:AT_ONCE]:
            try:
                portion.add(ticket, partial(_send, office, ticket, organiser, site))
            except PostDown:
                if not portion.touched:
                    raise
                break
            if time.monotonic() > deadline:
                break
    if portion.sent:
        _tell_mailed(event, portion.sent)
    left = _not_mailed(event, portion.after).count()
    return Mailed(len(portion.sent), left, portion.failed, portion.after)


class _Portion:
    """What became of the mails so far, and the ticket that was tried last."""

    def __init__(self, after: UUID | None) -> None:
        self.after = after
        self.sent: list[UUID] = []
        self.failed: list[dict[str, str]] = []

    @property
    def touched(self) -> bool:
        return bool(self.sent or self.failed)

    def add(self, ticket: Ticket, send: Callable[[], bool]) -> None:
        """Send, and note how it went; PostDown goes through and leaves the ticket for later."""
        person = ticket.attendee
        try:
            if send():
                self.sent.append(person.pk)
        except Undeliverable as problem:
            failure = {"id": str(person.pk), "name": person.name, "message": str(problem)}
            self.failed.append(failure)
        self.after = ticket.pk


def _registered(attendee: Attendee) -> Attendee:
    person = Attendee.objects.select_related("event").get(pk=attendee.pk)
    if person.status != Attendee.Status.REGISTERED:
        raise Refusal(
            "not_registered", _("This person is not coming. Let them in again first, then go on.")
        )
    return person


def _revoke(person: Attendee) -> list[Ticket]:
    """The tickets of ours that were valid until now."""
    own = person.tickets.filter(issuer__in=[OWN, BADGE], revoked_at=None)
    revoked = list(own)
    own.update(revoked_at=timezone.now())
    return revoked


def _not_mailed(event: Event, after: UUID | None) -> QuerySet[Ticket]:
    waiting = event.tickets.filter(
        issuer=OWN,
        revoked_at=None,
        mailed_at=None,
        attendee__status=Attendee.Status.REGISTERED,
    ).exclude(attendee__email="")
    if after:
        waiting = waiting.filter(pk__gt=after)
    return waiting.select_related("attendee", "event").order_by("pk")


def _send(office: BaseEmailBackend, ticket: Ticket, organiser: Organiser, site: str) -> bool:
    """Mail a ticket unless someone else does so at this moment: who marks its row first, sends."""
    mail = ticket_mail(ticket, organiser, site)
    before = {"mailed_at": ticket.mailed_at, "mailed_to": ticket.mailed_to}
    now = {"mailed_at": timezone.now(), "mailed_to": ticket.attendee.email}
    row = Ticket.objects.filter(pk=ticket.pk)
    if not row.filter(mailed_at=ticket.mailed_at, revoked_at=None).update(**now):
        return False
    try:
        hand_over(office, mail)
    except BaseException:
        row.update(**before)
        raise
    return True


@transaction.atomic
def _tell_mailed(event: Event, people: list[UUID]) -> None:
    _tell(lock_event(event), "ticket.mailed", people, [])


def _tell(event: Event, type: str, people: list[UUID], revoked: list[Ticket]) -> None:
    """Tell the console of these people's tickets, and close the sockets that revoked ones opened."""
    rows = event.attendees.filter(pk__in=people).prefetch_related("interests", "tickets")
    shown: dict[str, Any] = {f"attendees/{row.pk}": attendee_for_console(row) for row in rows}
    told: dict[str, Facts] = {f"ticket:{ticket.pk}": {"close": True} for ticket in revoked}
    publish(stream=event.pk, type=type, audiences={"console": {"set": shown}, **told})
