"""Mails about what follows: a letter that we pass on without showing an address, and a reminder that names nobody.

In both, one tap is enough to be left alone: for people, and for their mail programs (RFC 8058).
"""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from events.names import called
from events.ticket_mail import ticket_link
from tablemates.followup.models import Reminder
from tablemates.post import leaves_server

if TYPE_CHECKING:
    from events.models import Attendee, Ticket

SIGNER = signing.Signer(salt="tablemates.quiet")


def address_of(person: Attendee) -> str:
    """Where letters to somebody go: to the address on their card, else to the one on the guest list; "" without any."""
    card = getattr(person, "card", None)
    return (card.email if card else "") or person.email


def address_for_reminders(person: Attendee) -> str:
    """Where their ticket went, if it went anywhere: the mail opens their page, as the ticket does."""
    return person.email or address_of(person)


def reaches(person: Attendee) -> bool:
    """Whether a letter by mail gets to somebody: there is a mail server and an address, and they have not asked for quiet."""
    return leaves_server() and bool(address_of(person)) and not hasattr(person, "quiet")


def quiet_path(person: Attendee) -> str:
    """The page where its bearer is left alone from then on. Nothing secret is kept: the signature makes it."""
    return f"/quiet/{SIGNER.sign(person.pk.hex)}"


def bearer_of(token: str) -> UUID | None:
    """The id of the attendee to whom such a page was given; None if it is forged."""
    try:
        return UUID(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def letter_mail(
    *, sender: Attendee, recipient: Attendee, text: str, answer_to: str, site: str
) -> EmailMessage:
    """Somebody's letter, passed on. `answer_to` is the sender's own address if the recipient may know it, else ""."""
    event, name = recipient.event, _one_line(sender.name)
    own = _own_ticket(recipient) if address_of(recipient) == recipient.email else None
    way_out = f"{site}{quiet_path(recipient)}"
    with translation.override(event.language):
        title = {"name": name, "title": _one_line(event.title)}
        words = {
            **title,
            "text": text,
            "answers": bool(answer_to),
            # Only where the ticket went as well: the link opens the page to whoever reads the mail.
            "link": ticket_link(own, site) if own else "",
            "quiet": way_out,
        }
        return EmailMessage(
            subject=_("%(name)s writes to you after %(title)s") % title,
            body=render_to_string("mail/letter.txt", words),
            from_email=_from(_("%(name)s via Tablemates") % {"name": name}),
            to=[address_of(recipient)],
            reply_to=[formataddr((name, answer_to))] if answer_to else None,
            headers=_way_out(way_out),
        )


def reminder_mail(*, attendee: Attendee, ticket: Ticket, kind: str, site: str) -> EmailMessage:
    """A reminder of what is on somebody's page. It says nothing of whom: mails are read over shoulders."""
    event, way_out = attendee.event, f"{site}{quiet_path(attendee)}"
    with translation.override(event.language):
        words = {
            "called": called(attendee.name)[0],
            "title": _one_line(event.title),
            "last": kind == Reminder.Kind.LAST,
            "link": ticket_link(ticket, site),
            "quiet": way_out,
        }
        return EmailMessage(
            subject=_("After %(title)s: something waits on your page") % words,
            body=render_to_string("mail/reminder.txt", words),
            to=[address_for_reminders(attendee)],
            headers={"Auto-Submitted": "auto-generated", **_way_out(way_out)},
        )


def _own_ticket(person: Attendee) -> Ticket | None:
    return person.tickets.filter(issuer="tablemates", revoked_at=None).first()


def _from(name: str) -> str:
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _way_out(link: str) -> dict[str, str]:
    return {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _one_line(text: str) -> str:
    # A name or a title may hold line breaks, or look like an encoded word (RFC 2047); a header must not.
    return " ".join(text.split()).replace("=?", "= ?")
