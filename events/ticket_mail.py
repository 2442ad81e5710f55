"""The mail that brings a ticket: text and HTML, with the QR code inside."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.utils import formataddr
from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from events.names import called
from events.wording import short_code, when
from tablemates.qr import Code

if TYPE_CHECKING:
    from events.models import Ticket
    from tablemates.accounts.models import Organiser

PICTURE = "ticket"


class _MailWithPictures(EmailMultiAlternatives):
    """Its attachments belong to its text instead of lying beside it."""

    mixed_subtype = "related"


def ticket_link(ticket: Ticket, site: str) -> str:
    """The personal link, which is also what the ticket's QR code holds."""
    return f"{site}/t#{ticket.secret}"


def ticket_mail(ticket: Ticket, organiser: Organiser, site: str) -> EmailMultiAlternatives:
    """The mail for a ticket's owner; answers go to the organiser who sends it."""
    event, link = ticket.event, ticket_link(ticket, site)
    with translation.override(event.language):
        words = {
            "event": event,
            "person": ticket.attendee,
            "called": called(ticket.attendee.name)[0],
            "organiser": organiser,
            "when": when(event),
            "link": link,
            "code": short_code(ticket),
            "picture": PICTURE,
        }
        # A title may hold line breaks; a header must not.
        title = " ".join(event.title.split())
        mail = _MailWithPictures(
            subject=_("Your ticket for %(title)s") % {"title": title},
            body=render_to_string("mail/ticket.txt", words),
            to=[ticket.attendee.email],
            reply_to=[formataddr((" ".join(organiser.name.split()), organiser.email))],
            # No machine shall answer it: an absence note helps nobody.
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("mail/ticket.html", words), "text/html")
    mail.attach(_picture(link))
    return mail


def _picture(link: str) -> MIMEImage:
    picture = MIMEImage(Code(link).png(), "png")
    picture.add_header("Content-ID", f"<{PICTURE}>")
    picture.add_header("Content-Disposition", "inline", filename="ticket.png")
    return picture
