"""Handing mails to the mail server: one at a time, and it is plain what became of each."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.mail import EmailMessage
    from django.core.mail.backends.base import BaseEmailBackend


class Undeliverable(Exception):
    """This mail cannot be sent, others may; says why in words for the organiser."""


class PostDown(Refusal):
    """No mail gets through at the moment."""

    def __init__(self) -> None:
        super().__init__(
            "mail_down",
            _(
                "The mail server does not answer, or does not let us in. Try again in a few minutes."
            ),
            status=503,
        )


@contextmanager
def post_office() -> Iterator[BaseEmailBackend]:
    """A line to the mail server for as long as the block. Raises PostDown."""
    office = get_connection()
    try:
        office.open()
    except OSError as problem:
        raise PostDown from problem
    try:
        yield office
    finally:
        # What was sent is sent, however the line ends.
        with suppress(OSError):
            office.close()


def hand_over(office: BaseEmailBackend, mail: EmailMessage) -> None:
    """Give one mail to the server. Raises Undeliverable, or PostDown where the next would fare no better."""
    try:
        for address in mail.to:
            validate_email(address)
        office.send_messages([mail])
    except SMTPRecipientsRefused as problem:
        raise Undeliverable(_said(*next(iter(problem.recipients.values())))) from problem
    except SMTPDataError as problem:
        raise Undeliverable(_said(problem.smtp_code, problem.smtp_error)) from problem
    except (SMTPNotSupportedError, ValidationError, ValueError) as problem:
        raise Undeliverable(_("This is no address to write to. Check its spelling.")) from problem
    except OSError as problem:
        raise PostDown from problem


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return _("The mail server says: %(code)s %(words)s") % {"code": code, "words": text[:200]}


def leaves_server() -> bool:
    """Whether mails are sent at all; without a mail server they stay here, to be looked at."""
    return "smtp" in settings.EMAIL_BACKEND


def note_for_organiser() -> str:
    """What to know where mails do not leave this server; "" where they do."""
    if leaves_server():
        return ""
    return _("No mail server is set up, so the mails stayed on this server. Set EMAIL_URL.")
