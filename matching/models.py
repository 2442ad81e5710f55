"""Mixer, Round, Table and Seat: who meets whom, and when."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models import Attendee, Event, Interest


class Mixer(models.Model):
    """The live activity inside an event. Whoever seats people locks the event first (`lock_event`)."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="mixer")
    round_minutes = models.PositiveSmallIntegerField(default=15)
    gap_minutes = models.PositiveSmallIntegerField(default=3)
    # Rises with every act of an organiser: two of them at once cannot overwrite each other.
    version = models.PositiveIntegerField(default=0)
    # Rises with every seat that is taken or given up: a plan made meanwhile is made again.
    seatings = models.PositiveIntegerField(default=0)
    # The last message about people whose consequences for tables have been told; see services.retelling.
    heard = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                # A shorter round is a card game, not a conversation.
                condition=Q(round_minutes__gte=8) & Q(round_minutes__lte=60),
                name="mixer_round_between_8_and_60_minutes",
            ),
            models.CheckConstraint(condition=Q(gap_minutes__lte=15), name="mixer_gap_up_to_15"),
        ]

    def __str__(self) -> str:
        return f"mixer of {self.event_id}"


class Round(models.Model):
    """One seating. `timed`: everyone at once, by the clock. `rolling`: tables open while people arrive."""

    class Kind(models.TextChoices):
        """How people come to sit."""

        ROLLING = "rolling", _("rolling")
        TIMED = "timed", _("timed")

    class Status(models.TextChoices):
        """draft: organisers only; published: on now; done: over."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        DONE = "done", _("done")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mixer = models.ForeignKey(Mixer, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    status = models.CharField(max_length=10, choices=Status)
    published_at = models.DateTimeField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    quality = models.JSONField(null=True, blank=True)
    random = models.JSONField(null=True, blank=True)
    notes = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mixer", "number"], condition=Q(kind="timed"), name="round_number_unique"
            ),
            models.UniqueConstraint(
                fields=["mixer"], condition=Q(status="draft"), name="one_draft_per_mixer"
            ),
            models.UniqueConstraint(
                fields=["mixer"], condition=Q(status="published"), name="one_round_on_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(kind="rolling", number=0, starts_at__isnull=True, ends_at__isnull=True)
                | Q(kind="timed", number__gte=1, status="draft", starts_at__isnull=True)
                | (
                    Q(kind="timed", number__gte=1, starts_at__isnull=False)
                    & ~Q(status="draft")
                    & Q(ends_at__gt=F("starts_at"))
                ),
                name="round_clock_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}" if self.number else "rolling tables"


class Table(models.Model):
    """One conversation in a round, with a topic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    topic = models.ForeignKey(
        Interest, on_delete=models.SET_NULL, null=True, blank=True, related_name="tables"
    )
    reason = models.CharField(max_length=400)
    # Whether all who sit here picked the topic.
    shared = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "number"], name="table_number_unique_per_round"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="table_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"table {self.number}"


class Seat(models.Model):
    """An attendee at a table in a round. Who leaves keeps the row, so that the evening is remembered."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="seats")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="seats")
    seated_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "attendee"], name="one_seat_per_attendee_and_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendee_id} at {self.table_id}"
