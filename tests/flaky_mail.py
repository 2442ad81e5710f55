"""A mail server that fails as it is told to: an `EMAIL_BACKEND` for tests of what happens then."""

from __future__ import annotations

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import TYPE_CHECKING, ClassVar

from django.core.mail.backends.locmem import EmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class Crash(BaseException):
    """The process ends here."""


FATES = {
    "crash": Crash(),
    "bug": RuntimeError("a mistake of ours"),
    "line breaks": SMTPServerDisconnected("gone"),
    "never": SMTPRecipientsRefused({"x": (550, b"nobody here")}),
    "not this": SMTPDataError(554, b"no"),
    "later": SMTPRecipientsRefused({"x": (450, b"try again")}),
    "not now": SMTPDataError(451, b"busy"),
}


class FlakyBackend(EmailBackend):
    """Keeps mails in `django.core.mail.outbox`, unless one's fate is another."""

    closed: ClassVar[bool] = False
    fates: ClassVar[list[str]] = []
    """Of the next mails, keys of `FATES`; "" and all after them arrive."""

    def open(self) -> bool | None:
        """Answer, or not."""
        if self.closed:
            raise ConnectionRefusedError
        return super().open()

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Let each mail meet its fate."""
        if self.fates and (fate := self.fates.pop(0)):
            raise FATES[fate]
        return super().send_messages(messages)
