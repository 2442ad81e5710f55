"""Where mail goes until a mail server is named: into a folder, to be read in any mail program."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class FolderBackend(BaseEmailBackend):
    """Writes each mail to a file of its own in `EMAIL_FILE_PATH`, the newest last by name."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them; returns how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)
