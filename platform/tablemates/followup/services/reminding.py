"""Remind people of what is still open on their page: once a day after the evening, once two days after it, then never.

A server that was down sends late, but not for long: a reminder out of nowhere helps nobody.

    kind    due from      until         of the end of the evening
    first   24 h          48 h
    last    48 h          60 h
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from events.keeping_apart import parted
from events.models import Attendee, Event
from tablemates.followup.letters.mail import address_for_reminders, reminder_mail
from tablemates.followup.models import Letter, Promise, Reminder
from tablemates.followup.selectors import pairs_introduced
from tablemates.post import PostDown, Undeliverable, hand_over, post_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.core.mail.backends.base import BaseEmailBackend
    from django.db.models import QuerySet

FIRST_AFTER = timedelta(hours=24)
LAST_AFTER = timedelta(hours=48)
NONE_AFTER = timedelta(hours=60)

logger = logging.getLogger(__name__)


def kind_due(event: Event, now: datetime) -> Reminder.Kind | None:
    """Which reminder may go out at a moment, if any."""
    if event.ended_at is None or not FIRST_AFTER <= now - event.ended_at < NONE_AFTER:
        return None
    return Reminder.Kind.FIRST if now - event.ended_at < LAST_AFTER else Reminder.Kind.LAST


def events_to_remind(now: datetime) -> QuerySet[Event]:
    """Those of whose people some may be reminded at a moment."""
    return Event.objects.filter(ended_at__lte=now - FIRST_AFTER, ended_at__gt=now - NONE_AFTER)


def remind(*, event: Event, site: str, now: datetime | None = None) -> int:
    """Send what is due to people of an event and tell how many mails went out; `site` is where their links begin.

    Each reminder is marked before it is sent, so that nobody gets it twice: not from two servers, nor after a crash. The mark
    goes again only where the mail surely has not left and may leave later. Where no mail gets through, all wait.
    """
    moment, sent = now or timezone.now(), 0
    kind = kind_due(event, moment)
    waiting = _to_remind(event, kind) if kind else []
    if not waiting or kind is None:
        return 0
    try:
        with post_office() as office:
            for person in waiting:
                sent += _remind(office, person, kind, site, moment)
    except PostDown as problem:
        logger.warning("Reminders of event %s have to wait: %r", event.pk, problem.__cause__)
    return sent


def _to_remind(event: Event, kind: Reminder.Kind) -> list[Attendee]:
    """Who has something to do and may be written to, without those who got this reminder."""
    people = _reminded_of_nothing_yet(event, kind)
    busy = set(_with_somebody_to_write_to(event)) | set(_with_a_promise_to_keep(event))
    return [person for person in people if person.pk in busy and address_for_reminders(person)]


def _reminded_of_nothing_yet(event: Event, kind: Reminder.Kind) -> QuerySet[Attendee]:
    told = Reminder.objects.filter(attendee__event=event, kind=kind)
    people = event.attendees.filter(status=Attendee.Status.REGISTERED, quiet=None)
    # A reminder without a link to the page would be of no use.
    people = people.filter(tickets__issuer="tablemates", tickets__revoked_at=None)
    return people.exclude(pk__in=told.values("attendee")).select_related("card", "event")


def _with_somebody_to_write_to(event: Event) -> Iterator[UUID]:
    letters = Letter.objects.filter(sender__event=event)
    written = set(letters.values_list("sender_id", "recipient_id"))
    for one, other in pairs_introduced(event):
        if (one, other) not in written:
            yield one
        if (other, one) not in written:
            yield other


def _with_a_promise_to_keep(event: Event) -> Iterator[UUID]:
    people = list(event.attendees.filter(status=Attendee.Status.REGISTERED))
    there = {person.pk for person in people}
    apart = parted(event, people)
    open_ones = Promise.objects.filter(owner__event=event, status=Promise.Status.OPEN)
    for owner, to in open_ones.values_list("owner_id", "to_id"):
        if to in there and frozenset((owner, to)) not in apart:
            yield owner


def _remind(
    office: BaseEmailBackend, person: Attendee, kind: Reminder.Kind, site: str, now: datetime
) -> bool:
    """Send one reminder, unless somebody else does so or the person wants none by now."""
    ticket = person.tickets.filter(issuer="tablemates", revoked_at=None).first()
    if ticket is None:
        return False
    # Written before it is claimed: what goes wrong until here costs nobody a reminder.
    mail = reminder_mail(attendee=person, ticket=ticket, kind=kind, site=site)
    if not _claim(person, kind, now):
        return False
    try:
        hand_over(office, mail)
    except (Undeliverable, PostDown) as problem:
        if _may_leave_later(problem.__cause__):
            Reminder.objects.filter(attendee=person, kind=kind).delete()
        if isinstance(problem, PostDown):
            raise
        logger.warning("A reminder of event %s was not taken: %s", person.event_id, problem)
        return False
    return True


@transaction.atomic
def _claim(person: Attendee, kind: Reminder.Kind, now: datetime) -> bool:
    # Asked again: with many mails the list is minutes old.
    there = Attendee.objects.filter(pk=person.pk, status=Attendee.Status.REGISTERED, quiet=None)
    if not there.exists():
        return False
    _row, mine = Reminder.objects.get_or_create(
        attendee=person, kind=kind, defaults={"sent_at": now}
    )
    return mine


def _may_leave_later(cause: BaseException | None) -> bool:
    """Whether the mail server has said no, and not for good. After a line that broke nobody knows what it took."""
    if isinstance(cause, SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _words in cause.recipients.values())
    if isinstance(cause, SMTPDataError):
        return 400 <= cause.smtp_code < 500
    # Who sends is a matter of settings, which somebody may mend.
    return isinstance(cause, SMTPSenderRefused)
