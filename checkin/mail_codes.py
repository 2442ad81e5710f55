"""The one-time code by mail: for people on the guest list who have neither link nor code at hand."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from checkin.models import CheckIn, MailCode
from checkin.services import check_in, poster_station
from checkin.wording import answer_of
from events.models import Attendee, Event
from events.services import lock_event
from tablemates.post import PostDown, Undeliverable, hand_over, post_office
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.core.mail.backends.base import BaseEmailBackend
    from django.db.models import QuerySet

VALID = timedelta(minutes=15)
TRIES = 5
"""Wrong digits that end a code."""
MAILS = 3
"""Mails to one address in `VALID`, or as many as there are people behind it: friends on one order come together."""
IN = (CheckIn.Outcome.ENTRY, CheckIn.Outcome.ALREADY_IN)

logger = logging.getLogger(__name__)


def send_mail_code(*, event: Event, email: str) -> None:
    """Mail a new code to an address of the guest list. To any other address nothing goes, and nobody learns the difference.

    The mail server is asked for either way: where it does not answer, both hear the same. What goes wrong after
    that concerns a known address only, and is told to the log alone.
    """
    if event.phase != Event.Phase.OPEN:
        planned = event.phase == Event.Phase.PLANNED
        shut = CheckIn.Outcome.TOO_EARLY if planned else CheckIn.Outcome.CLOSED
        raise Refusal(shut, answer_of(shut, timezone.now(), None, None)["message"])
    try:
        with post_office() as office:
            if new := _new_code(event, email):
                _hand_over(office, *new)
    except PostDown as problem:
        logger.error("The mail server cannot be reached: %s", problem.__cause__)
        raise Refusal(
            "mail_failed",
            _("We cannot send mail just now. The people at the door also find you by name."),
            status=503,
        ) from problem


def _hand_over(office: BaseEmailBackend, code: MailCode, letter: EmailMessage) -> None:
    try:
        hand_over(office, letter)
    except (PostDown, Undeliverable) as problem:
        name = type(problem.__cause__).__name__
        logger.error("A code of event %s could not be mailed: %s", code.event_id, name)
        # It has reached nobody, and shall not count as a mail.
        code.delete()


@transaction.atomic
def _new_code(event: Event, email: str) -> tuple[MailCode, EmailMessage] | None:
    """A code for the people behind an address, in a mail that is not sent yet; None without any, or after too many."""
    event = lock_event(event)
    now = timezone.now()
    # By now of no use to anybody.
    MailCode.objects.filter(valid_until__lte=now).delete()
    people = people_behind(event, email)
    if not people or _codes(people, now).count() >= max(MAILS, len(people)):
        return None
    digits = f"{secrets.randbelow(10**6):06}"
    address = people[0].email
    kept = MailCode.objects.create(
        event=event,
        email=address.lower(),
        digest=_digest(event, address, digits),
        valid_until=now + VALID,
    )
    # To the address that the organiser gave us: one that only looks alike gets nothing.
    return kept, _letter(event, address, digits)


def _letter(event: Event, address: str, digits: str) -> EmailMessage:
    """Plain words and nothing to click: whoever reads the mail is told apart from nobody."""
    words = {"code": digits, "title": " ".join(event.title.split())}
    subject = _("%(code)s is your code for %(title)s") % words
    text = _(
        "%(code)s\n\n"
        "This is your code to check in at %(title)s. Type it on the page that asked for it, within 15 minutes.\n\n"
        "You did not ask for it? Then somebody mistyped an address. Ignore this mail: nothing happens without the code.\n"
    )
    return EmailMessage(
        subject, text % words, to=[address], headers={"Auto-Submitted": "auto-generated"}
    )


@transaction.atomic
def check_in_by_mail_code(
    *, event: Event, nonce: str, email: str, digits: str, chosen: UUID | None = None
) -> CheckIn | list[Attendee] | None:
    """Let somebody in by the code that was mailed to them; `chosen` says who it is, where an address stands for several.

    None for a wrong code; the people to choose from while it is open who it is, and the code still counts. A repeated nonce gets
    its first answer. Five wrong tries end a code.
    """
    # Under the event's lock no two tries are counted as one, and no code opens twice.
    event = lock_event(event)
    if row := event.checkins.filter(nonce=nonce).first():
        return row
    people = people_behind(event, email)
    code = _find_code(event, people, digits)
    if code is None:
        return None
    people = [person for person in people if person.pk == chosen] or people
    if len(people) > 1:
        return people
    row = check_in(event=event, station=poster_station(event), nonce=nonce, attendee=people[0])
    if row.outcome in IN:
        code.used_at = timezone.now()
        code.save(update_fields=["used_at"])
    return row


def people_behind(event: Event, email: str) -> list[Attendee]:
    """Who may come in by a code to this address: those registered, or if there are none, whoever is to be refused."""
    people = list(event.attendees.filter(email__iexact=email).order_by("name", "pk"))
    registered = [person for person in people if person.status == Attendee.Status.REGISTERED]
    return registered or people


def _codes(people: list[Attendee], now: datetime) -> QuerySet[MailCode]:
    """The codes of an address that was mailed to lately, used ones included."""
    if not people:
        return MailCode.objects.none()
    first = people[0]
    return MailCode.objects.filter(
        event=first.event_id, email=first.email.lower(), valid_until__gt=now
    )


def _find_code(event: Event, people: list[Attendee], digits: str) -> MailCode | None:
    """The code with these digits. Mails overtake each other: each that is still good counts, and each counts a wrong try."""
    good = _codes(people, timezone.now()).filter(used_at=None, tries__lt=TRIES)
    digest = _digest(event, people[0].email, digits) if people else ""
    for code in good:
        if constant_time_compare(code.digest, digest):
            return code
    good.update(tries=F("tries") + 1)
    return None


def _digest(event: Event, email: str, digits: str) -> str:
    value = f"{event.pk} {email.lower()} {digits}"
    return salted_hmac("checkin.mail_codes", value, algorithm="sha256").hexdigest()
