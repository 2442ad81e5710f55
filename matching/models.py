"""Mixer, venue, rounds, tables and seats: who meets whom, where and when; and what people ask of it."""

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
    # Where people come in, on the plan of the room: percent of its width and height.
    entrance_x = models.PositiveSmallIntegerField(default=50)
    entrance_y = models.PositiveSmallIntegerField(default=100)
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
            models.CheckConstraint(
                condition=Q(entrance_x__lte=100) & Q(entrance_y__lte=100),
                name="mixer_entrance_on_the_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"mixer of {self.event_id}"


class VenueTable(models.Model):
    """A table of the venue: its number, chairs and place. Without any, there are as many alike tables as people need."""

    class Feature(models.TextChoices):
        """What a table offers to those who need it."""

        STEP_FREE = "step_free", _("reachable without steps")
        QUIET = "quiet", _("in a quiet place")

    mixer = models.ForeignKey(Mixer, on_delete=models.CASCADE, related_name="venue")
    number = models.PositiveSmallIntegerField()
    chairs = models.PositiveSmallIntegerField()
    # Percent of the room's width and height, from the top left of the plan.
    x = models.PositiveSmallIntegerField()
    y = models.PositiveSmallIntegerField()
    features = models.JSONField(default=list, blank=True)
    # Not to be used tonight: nobody is sent there.
    closed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mixer", "number"], name="venue_table_number_unique_per_mixer"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(chairs__gte=1) & Q(chairs__lte=16),
                name="venue_table_has_number_and_chairs",
            ),
            models.CheckConstraint(
                condition=Q(x__lte=100) & Q(y__lte=100), name="venue_table_on_the_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"table {self.number} of the venue"


class Change(models.Model):
    """One act on the mixer: what a colleague who looked at an older version is told.

    `kind` and `params` are facts, worded by whoever shows them; `by` is the organiser's name, "" for the clock.
    """

    mixer = models.ForeignKey(Mixer, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=254, blank=True)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mixer", "version"], name="one_change_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in version {self.version}"


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
    # The rolling round that was on until this one was published: what undoing the publish brings back.
    replaced = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    quality = models.JSONField(null=True, blank=True)
    random = models.JSONField(null=True, blank=True)
    # Facts for the organiser, worded by the console: `{code, n, ...}`.
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
    # Why it sits together, as facts that each surface words: `{holders, size, help}`.
    why = models.JSONField(default=dict)
    # Whether all who sit here picked the topic.
    shared = models.BooleanField()
    # Of a draft: solving again leaves it as it is.
    pinned = models.BooleanField(default=False)
    # Too few people sit here, and the organiser has said that it may stay so.
    left_short = models.BooleanField(default=False)

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
    """An attendee at a table in a round, from when until when: whoever changes tables has a row for each.

    Rows of seats that were given up stay, so that the evening is remembered.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="seats")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="seats")
    seated_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # Of a draft: solving again keeps this person at this table.
    pinned = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "attendee"],
                condition=Q(left_at=None),
                name="one_seat_at_a_time_per_attendee_and_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendee_id} at {self.table_id}"


class LeftOut(models.Model):
    """Somebody who was here when a round was published and got no seat in it: next time others come first to sit out.

    The row goes when they get a seat after all. Who asked to sit out has none.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="left_out")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="left_out")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "attendee"], name="left_out_once_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.attendee_id} without a seat in {self.round_id}"


class Wish(models.Model):
    """What a person asks of the mixer, without a reason: to sit out, or to be drawn in. One at a time."""

    class Kind(models.TextChoices):
        """sit_out: no seat until the round is over. draw_me_in: a seat at once, with a host where there is one."""

        SIT_OUT = "sit_out", _("sit this one out")
        DRAW_ME_IN = "draw_me_in", _("draw me in")

    attendee = models.OneToOneField(Attendee, on_delete=models.CASCADE, related_name="wish")
    kind = models.CharField(max_length=10, choices=Kind)
    # Of sit_out: the timed round that is sat out, set once it is on; the wish ends with it.
    round = models.ForeignKey(
        Round, on_delete=models.SET_NULL, null=True, blank=True, related_name="wishes"
    )
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attendee_id} wishes to {self.kind}"


class Errand(models.Model):
    """A host is asked to keep somebody company who waits for a seat."""

    mixer = models.ForeignKey(Mixer, on_delete=models.CASCADE, related_name="errands")
    host = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="errands")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="visits")
    sent_at = models.DateTimeField()
    # The host said so, or the person got a seat or left.
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["sent_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["host"], condition=Q(done_at=None), name="one_open_errand_per_host"
            ),
            models.UniqueConstraint(
                fields=["attendee"], condition=Q(done_at=None), name="one_open_errand_per_attendee"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host_id} looks after {self.attendee_id}"
