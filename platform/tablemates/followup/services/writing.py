"""Write to somebody one was introduced to: through us, or on one's own. The words themselves are not kept."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.memory.services import note_contact
from events.services import lock_event
from tablemates.followup.letters.draft import digest, letters_missing, meeting_of, own_words
from tablemates.followup.letters.mail import letter_mail, reaches
from tablemates.followup.models import Field, Letter
from tablemates.followup.selectors import contact, introduction_with
from tablemates.post import PostDown, Undeliverable, hand_over, post_office
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from events.models import Attendee

MOST_MAILS = 3
"""Letters by mail from one person to another."""

logger = logging.getLogger(__name__)


def write_letter(
    *, sender: Attendee, recipient_id: UUID, channel: str, text: str, site: str
) -> Letter:
    """Pass a letter on by mail, or note that its writer sends it on their own. `site` is where the mail's links begin.

    Refuses a letter without enough words of one's own (400), one that equals another of the same person (409), one to
    somebody whom no mail of ours reaches or who got three (409), and one that the mail server does not take (503): then nothing
    is noted, and the same may be sent again.
    """
    letter = _put_down(sender, recipient_id, channel, text)
    if channel == Letter.Channel.MAIL:
        try:
            _send(letter, text, site)
        except BaseException:
            letter.delete()
            raise
    note_contact(sender, letter.recipient, at=letter.sent_at)
    return letter


@transaction.atomic
def _put_down(sender: Attendee, recipient_id: UUID, channel: str, text: str) -> Letter:
    """The row, before any mail is sent: of two that are the same, sent at once, one finds it and is refused."""
    event = lock_event(sender.event)
    introduction = introduction_with(sender, recipient_id)
    met = meeting_of(introduction, event)
    words = own_words(text, met)
    _expect_enough(words)
    own = digest(words, met)
    if sender.letters.filter(digest=own).exists():
        raise Refusal(
            "same_again",
            _(
                "You have sent these very words already. Write something that is for this person alone."
            ),
            field="text",
        )
    if channel == Letter.Channel.MAIL:
        _expect_reach(sender, introduction.other)
    return Letter.objects.create(
        sender=sender,
        recipient=introduction.other,
        channel=channel,
        digest=own,
        sent_at=timezone.now(),
    )


def _expect_enough(words: str) -> None:
    if missing := letters_missing(words):
        raise Refusal(
            "too_short",
            ngettext(
                "Add a few words of your own: %(n)d more letter.",
                "Add a few words of your own: %(n)d more letters.",
                missing,
            )
            % {"n": missing},
            status=400,
            field="text",
        )


def _expect_reach(sender: Attendee, recipient: Attendee) -> None:
    if not reaches(recipient):
        raise _unreachable()
    sent = sender.letters.filter(recipient=recipient, channel=Letter.Channel.MAIL)
    if sent.count() >= MOST_MAILS:
        raise Refusal(
            "enough_letters",
            _("You have sent them three letters from here. Write on in your own mail program."),
        )


def _unreachable() -> Refusal:
    return Refusal(
        "unreachable",
        _("No mail from here reaches this person. Choose another way that they share with you."),
    )


def _send(letter: Letter, text: str, site: str) -> None:
    recipient = letter.recipient
    # What the recipient can read on their own page anyway.
    told = contact(introduction_with(recipient, letter.sender_id))
    mail = letter_mail(
        sender=letter.sender,
        recipient=recipient,
        text=text,
        answer_to=told.get(Field.EMAIL, ""),
        site=site,
    )
    try:
        with post_office() as office:
            hand_over(office, mail)
    except Undeliverable as problem:
        # What the mail server says holds the address, which the sender does not know.
        raise _unreachable() from problem
    except PostDown as problem:
        logger.error("A letter could not be mailed: %s", type(problem.__cause__).__name__)
        raise Refusal(
            "mail_down",
            _(
                "Your letter has not left: no mail gets through just now. Try again in a few minutes, or send it on your own."
            ),
            status=503,
        ) from problem
