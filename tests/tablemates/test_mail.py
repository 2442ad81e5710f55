"""Mails of an installation without a mail server."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage, get_connection

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


def test_each_mail_is_a_file_that_a_mail_program_opens_the_newest_last(
    tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    with get_connection("tablemates.mail.FolderBackend") as folder:
        assert folder.send_messages([letter("First ✨"), letter("Second")]) == 2
        assert folder.send_messages([letter("Third")]) == 1
    files = sorted((tmp_path / "mail").iterdir())
    assert {file.suffix for file in files} == {".eml"}
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [mail["Subject"] for mail in mails] == ["First ✨", "Second", "Third"]
    assert mails[0].get_content() == "A line.\n"


def letter(subject: str) -> EmailMessage:
    return EmailMessage(subject, "A line.\n", to=["ada@example.org"])
