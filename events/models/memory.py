"""What a series remembers of the people who want it to: Person, Tie, Admiration and Evening.

All of it belongs to the person: they see, correct and delete it. It outlives the events it comes from.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from events.models.gathering import Event, Series


class Person(models.Model):
    """The same human across a series. Made only with their consent; without it nothing is remembered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="people")
    # As they called themselves last.
    name = models.CharField(max_length=120)
    # Only an address that a ticket of theirs was mailed to: it is known to be theirs.
    email = models.EmailField(blank=True)
    # Whether others may ask to learn from this person.
    askable = models.BooleanField(default=False)
    # What kinds of people they would like at their tables: {kind: -1 rather not, 1 gladly}; what is missing: as it comes.
    mix = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "people"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "series", Lower("email"), condition=~Q(email=""), name="one_person_per_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tie(models.Model):
    """What a person has with another across the series, as they see it: each of two people has a row of their own.

    Both rows come from the same evenings; what a person corrects is on their own side, what one deletes goes on both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_of_others")
    # None of the two, and no times: only kept apart.
    first_met = models.DateTimeField(null=True, blank=True)
    last_met = models.DateTimeField(null=True, blank=True)
    # Evenings at one table.
    times = models.PositiveSmallIntegerField(default=0)
    # A meeting, a message or a kept promise: strength fades from here.
    last_contact = models.DateTimeField(null=True, blank=True)
    introduced_at = models.DateTimeField(null=True, blank=True)
    # Promises of the other that helped the owner.
    helped = models.PositiveSmallIntegerField(default=0)
    # The owner wants nothing to do with the other.
    apart = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "other"], name="one_tie_per_side"),
            models.CheckConstraint(condition=~Q(owner=F("other")), name="no_tie_to_oneself"),
            models.CheckConstraint(
                condition=Q(times=0) | Q(first_met__lte=F("last_met")), name="tie_met_in_order"
            ),
        ]

    def __str__(self) -> str:
        return "a tie"


class Admiration(models.Model):
    """Somebody a person would like to learn from, by the name they wrote.

    It counts where a person of that name accepts being asked, and tells nobody either way.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="admires")
    name = models.CharField(max_length=120)
    # The name with case, accents and spaces folded.
    key = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="admires_once"),
            models.CheckConstraint(condition=~Q(key=""), name="admires_a_name"),
        ]

    def __str__(self) -> str:
        return "an admiration"


class Evening(models.Model):
    """One event of a series in a person's own memory."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="evenings")
    # None once the event is deleted.
    event = models.ForeignKey(
        Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="evenings"
    )
    title = models.CharField(max_length=120)
    at = models.DateTimeField()
    # How many of each kind they sat with: {kind: n}.
    mix = models.JSONField(default=dict)
    # Whether it was worth their time; None: not said.
    worth = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "event"], name="one_evening_per_event"),
        ]

    def __str__(self) -> str:
        return self.title
