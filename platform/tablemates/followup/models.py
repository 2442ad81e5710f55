"""What follows a conversation: picks, cards, notes, promises, letters, flags; and what the organiser hoped for."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models import Attendee, Event, Series
from matching.models import Table


class Field(models.TextChoices):
    """What somebody may share beside their name, each by itself."""

    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    LINK = "link", _("link")
    COMPANY = "company", _("company")
    WORDS = "words", _("in my own words")


class Pick(models.Model):
    """One person would like a longer talk with another in the next week. Withdrawing deletes the row."""

    picker = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="picks")
    picked = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="picked_by")
    # Values of Field: what the picker shares with the other, who reads it only if the pick is mutual.
    shares = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["picker", "picked"], name="one_pick_per_pair"),
            models.CheckConstraint(
                condition=~Q(picker=F("picked")), name="nobody_picks_themselves"
            ),
        ]

    def __str__(self) -> str:
        # Not even in a log or an admin page does it say who picked whom.
        return "a pick"


class Card(models.Model):
    """How a person may be reached, written by themselves. Each field is read only by those it is shared with."""

    attendee = models.OneToOneField(Attendee, on_delete=models.CASCADE, related_name="card")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    link = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=140, blank=True)

    def __str__(self) -> str:
        return "a card"


class IntroduceMe(models.Model):
    """Somebody asks to be introduced to a person by name: by one who knows both, else by a host.

    The asker hears of it only if the other says yes. Without anybody of that name it waits, and looks the same.
    """

    class Status(models.TextChoices):
        """waiting: for somebody who knows both; with_via, with_target: asked of them; then it is settled."""

        WAITING = "waiting", _("waiting")
        WITH_VIA = "with_via", _("with the one who knows both")
        WITH_TARGET = "with_target", _("with the one who is sought")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asker = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="introduce_me")
    # As the asker wrote it.
    name = models.CharField(max_length=120)
    target = models.ForeignKey(
        Attendee, on_delete=models.CASCADE, null=True, blank=True, related_name="sought_by"
    )
    via = models.ForeignKey(
        Attendee, on_delete=models.SET_NULL, null=True, blank=True, related_name="introduces"
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    # Values of Field: what each shares with the other once it is accepted.
    asker_shares = models.JSONField(default=list, blank=True)
    target_shares = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asker", "target"],
                condition=Q(target__isnull=False),
                name="asked_once_per_pair",
            ),
        ]

    def __str__(self) -> str:
        return "a request to be introduced"


class Note(models.Model):
    """What somebody wants to remember of a conversation. Nobody else reads it."""

    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="notes")
    about = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="notes_of_others")
    text = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attendee", "about"], name="one_note_per_pair"),
        ]

    def __str__(self) -> str:
        return "a note"


class Promise(models.Model):
    """What one person said they would do for another. Both see it; its owner settles it."""

    class Status(models.TextChoices):
        """open, until its owner says what became of it."""

        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="promises")
    to = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="promised")
    text = models.CharField(max_length=140)
    due = models.DateField()
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # The other said that it helped.
    thanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due", "created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(owner=F("to")), name="nobody_promises_to_themselves"
            ),
            models.CheckConstraint(
                condition=Q(thanked_at=None) | Q(status="done"), name="thanks_for_what_is_done"
            ),
        ]

    def __str__(self) -> str:
        return "a promise"


class Letter(models.Model):
    """Somebody wrote to a person they were introduced to. The words themselves are not kept."""

    class Channel(models.TextChoices):
        """mail: through us, without showing the address; own: in their own mail program, or copied elsewhere."""

        MAIL = "mail", _("mail through us")
        OWN = "own", _("on their own")

    sender = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="letters")
    recipient = models.ForeignKey(
        Attendee, on_delete=models.CASCADE, related_name="letters_received"
    )
    channel = models.CharField(max_length=4, choices=Channel)
    # SHA-256 of the sender's own words, folded, in hex: the same letter goes to nobody twice.
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["sent_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sender", "digest"], name="no_letter_twice"),
        ]

    def __str__(self) -> str:
        return "a letter"


class Reminder(models.Model):
    """A reminder that was sent, or is being sent: there are two kinds and each goes out once at most."""

    class Kind(models.TextChoices):
        """first: a day after the evening; last: two days after it."""

        FIRST = "first", _("first")
        LAST = "last", _("last")

    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=5, choices=Kind)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attendee", "kind"], name="each_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} reminder"


class Quiet(models.Model):
    """Somebody wants to be left alone: no reminders and no mail through us."""

    attendee = models.OneToOneField(Attendee, on_delete=models.CASCADE, related_name="quiet")
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return "left alone"


class Flag(models.Model):
    """What went wrong at a table, for one who sat there. Organisers are told of patterns, and at once of `unsafe`."""

    class Kind(models.TextChoices):
        """How it felt; never about whom, except in the words of one who felt unsafe."""

        PITCHED = "pitched", _("felt pitched at")
        ONE_VOICE = "one_voice", _("one voice took over")
        UNSAFE = "unsafe", _("felt unsafe")

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="flags")
    reporter = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=10, choices=Kind)
    # Of unsafe only: what the reporter wants the organiser to know, and whether their name goes with it.
    words = models.CharField(max_length=280, blank=True)
    named = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    # Of unsafe only: an organiser has taken care of it.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["raised_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table", "reporter", "kind"], name="one_flag_of_a_kind_per_table"
            ),
        ]

    def __str__(self) -> str:
        return f"a table felt {self.kind}"


class Verdict(models.Model):
    """Whether an evening was worth somebody's time. Organisers read the share only."""

    attendee = models.OneToOneField(Attendee, on_delete=models.CASCADE, related_name="verdict")
    worth = models.BooleanField()

    def __str__(self) -> str:
        return "a verdict"


class Measure(models.TextChoices):
    """What a good evening may be measured by, each a share of 0..1; see followup/outcome."""

    SEATED_SOON = "seated_soon", _("seated within 10 minutes")
    TOPIC_COVER = "topic_cover", _("at a table with a topic of their own")
    INTRODUCED = "introduced", _("with an introduction")
    FOLLOWED_UP = "followed_up", _("introductions followed up within 48 hours")
    PITCHED = "pitched", _("felt pitched at")
    WORTH = "worth", _("worth their time")


class Target(models.Model):
    """What an organiser set out to reach, before the doors opened."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="targets")
    measure = models.CharField(max_length=12, choices=Measure)
    # A share: at least so much, of PITCHED at most.
    value = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "measure"], name="one_target_per_measure"),
            models.CheckConstraint(
                condition=Q(value__gte=0) & Q(value__lte=1), name="target_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value:.0%}"


class PastOutcome(models.Model):
    """The figures of an event that has been deleted, without a name: what its series compares with."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="past_outcomes")
    title = models.CharField(max_length=120)
    held_at = models.DateTimeField()
    # Measures as `outcome` tells them.
    figures = models.JSONField()

    class Meta:
        ordering: ClassVar = ["held_at"]

    def __str__(self) -> str:
        return self.title
