"""Station and CheckIn: the door and its ledger."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models import Attendee, Event, Ticket


class Station(models.Model):
    """A scanning device or door: the poster that phones open, and the console's scanner page."""

    class Kind(models.TextChoices):
        """poster: attendees' own phones; console: an organiser's scanner page."""

        POSTER = "poster", _("poster")
        CONSOLE = "console", _("console")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="stations")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "name"], name="station_name_unique_per_event"),
        ]

    def __str__(self) -> str:
        return self.name


class CheckIn(models.Model):
    """One attempt at the door and its outcome. Rows are only ever added; a refusal is a row too.

    Accepted rows of a person are numbered by `turn`: entries are odd and exits even, so the database itself refuses a
    second entry without an exit between. Present means: the latest turn is odd.
    """

    class Outcome(models.TextChoices):
        """What the door answers, in the API, on the console and in the docs alike."""

        ENTRY = "entry", _("entry")
        ALREADY_IN = "already_in", _("already in")
        EXIT = "exit", _("exit")
        NOT_IN = "not_in", _("not in")
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
    nonce = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16, choices=Outcome)
    turn = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()
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
                condition=(
                    Q(outcome="entry", attendee__isnull=False, turn__isnull=False)
                    & Q(turn=(F("turn") / 2) * 2 + 1)
                )
                | (
                    Q(outcome="exit", attendee__isnull=False, turn__isnull=False)
                    & Q(turn__gt=0)
                    & Q(turn=(F("turn") / 2) * 2)
                )
                | (~Q(outcome__in=["entry", "exit"]) & Q(turn__isnull=True)),
                name="checkin_entries_odd_exits_even",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.at:%H:%M:%S}"
