"""Station and CheckIn: the door and its ledger."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models import Attendee, Event, Ticket


class Station(models.Model):
    """A scanning device or door: the poster that phones open, the console, and each phone paired as a scanner.

    Only a digest of a scanner's pairing code and token is kept: who reads the database can scan nothing.
    """

    class Kind(models.TextChoices):
        """poster: attendees' own phones; console: an organiser's pages; scanner: a paired device, for scanning only."""

        POSTER = "poster", _("poster")
        CONSOLE = "console", _("console")
        SCANNER = "scanner", _("scanner")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="stations")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=60)
    # Of scanners only, from here on. The pairing code opens once, and not after its time.
    pairing_digest = models.CharField(max_length=64, blank=True)
    pairing_until = models.DateTimeField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    paired_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # What the device said of itself when it was last heard of: scans not sent yet, and entries we could not trust.
    seen_at = models.DateTimeField(null=True, blank=True)
    queue_length = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "name"], name="station_name_unique_per_event"),
            models.UniqueConstraint(
                fields=["token_digest"],
                condition=~Q(token_digest=""),
                name="station_token_unique",
            ),
            models.UniqueConstraint(
                fields=["pairing_digest"],
                condition=~Q(pairing_digest=""),
                name="station_pairing_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CheckIn(models.Model):
    """One attempt at the door and its outcome. Rows are only ever added; a refusal and an undo are rows too.

    Who is present follows from the rows alone, in whatever order they were written: `counts` marks those that say where a
    person is (see `checkin.presence`). Rows that changed it are numbered by `turn`: odd turns let in and even ones let out, so
    the database itself refuses a second entry without an exit between. A row that a device brings later than it
    happened may count and change nothing any more; it has no turn.
    """

    class Act(models.TextChoices):
        """What was asked."""

        IN = "in", _("check in")
        OUT = "out", _("check out")
        UNDO = "undo", _("undo")

    class Outcome(models.TextChoices):
        """What the door answers, in the API, on the console and in the docs alike."""

        ENTRY = "entry", _("entry")
        ALREADY_IN = "already_in", _("already in")
        EXIT = "exit", _("exit")
        NOT_IN = "not_in", _("not in")
        UNDONE = "undone", _("undone")
        UNKNOWN = "unknown", _("unknown ticket")
        WRONG_EVENT = "wrong_event", _("ticket of another event")
        CANCELLED = "cancelled", _("cancelled")
        BLOCKED = "blocked", _("blocked")
        TOO_EARLY = "too_early", _("doors not open yet")
        CLOSED = "closed", _("evening over")
        REVOKED_STATION = "revoked_station", _("station revoked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="checkins")
    station = models.ForeignKey(Station, on_delete=models.RESTRICT, related_name="checkins")
    attendee = models.ForeignKey(
        Attendee, on_delete=models.CASCADE, null=True, blank=True, related_name="checkins"
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="checkins"
    )
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    nonce = models.CharField(max_length=64)
    act = models.CharField(max_length=4, choices=Act)
    outcome = models.CharField(max_length=16, choices=Outcome)
    undoes = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="undone_by"
    )
    counts = models.BooleanField(default=False)
    turn = models.PositiveIntegerField(null=True, blank=True)
    # When the server wrote it; when it happened (the same, unless a device brought it later); the device's own clock, as is.
    at = models.DateTimeField()
    happened_at = models.DateTimeField()
    device_at = models.DateTimeField(null=True, blank=True)
    # What a device without network told the person at the door; "" for everything answered by the server.
    shown = models.CharField(max_length=16, blank=True)
    # What was answered, so that the same nonce gets the same bytes.
    answer = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["event", "-at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "nonce"], name="checkin_nonce_unique_per_event"
            ),
            models.UniqueConstraint(
                fields=["attendee", "turn"], name="checkin_turn_unique_per_attendee"
            ),
            models.CheckConstraint(
                condition=Q(turn__isnull=True)
                | (
                    Q(turn__gt=0)
                    & (
                        Q(outcome="entry") & Q(turn=(F("turn") / 2) * 2 + 1)
                        | Q(outcome="exit") & Q(turn=(F("turn") / 2) * 2)
                        | Q(outcome="undone")
                    )
                ),
                name="checkin_entries_odd_exits_even",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["entry", "exit"])
                | Q(attendee__isnull=False) & (Q(turn__isnull=False) | Q(device_at__isnull=False)),
                name="checkin_live_entries_and_exits_in_turn",
            ),
            models.CheckConstraint(
                condition=(Q(act="undo") & Q(outcome="undone") & Q(undoes__isnull=False))
                | (~Q(act="undo") & ~Q(outcome="undone") & Q(undoes__isnull=True)),
                name="checkin_undo_names_a_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.at:%H:%M:%S}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; raises TypeError for one that is there already."""
        if not self._state.adding:
            raise TypeError("The ledger is append-only: write another row.")
        super().save(*args, **kwargs)

    @property
    def is_conflict(self) -> bool:
        """Whether a device let somebody in, and we say otherwise."""
        return self.shown == self.Outcome.ENTRY != self.outcome


class Conflict(models.Model):
    """A device without network let somebody in, and the server says otherwise: for an organiser to look at."""

    checkin = models.OneToOneField(CheckIn, on_delete=models.CASCADE, related_name="conflict")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    def __str__(self) -> str:
        return f"conflict of {self.checkin_id}"


class MailCode(models.Model):
    """A one-time code that was mailed to an address on the guest list; only its digest is kept."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="mail_codes")
    email = models.EmailField()
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["event", "email", "-created_at"])]

    def __str__(self) -> str:
        return f"mail code of {self.created_at:%H:%M:%S}"


class WrongTry(models.Model):
    """A code that nobody has, by the device (a random cookie) that tried it; forgotten after a minute."""

    device = models.CharField(max_length=32)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "wrong tries"
        indexes: ClassVar = [models.Index(fields=["device", "at"])]

    def __str__(self) -> str:
        return f"wrong try at {self.at:%H:%M:%S}"
