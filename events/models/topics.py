"""What attendees of an event are interested in, and how its spellings fold together."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from events.models.gathering import Event


class Interest(models.Model):
    """A topic that attendees of one event picked. `key` folds spellings together."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="interests")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["label"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "key"], name="interest_unique_per_event"),
            models.CheckConstraint(condition=~Q(key=""), name="interest_has_key"),
        ]

    def __str__(self) -> str:
        return self.label


class InterestSpelling(models.Model):
    """Another spelling that the organiser merged into an interest: whoever picks it later gets the merged one."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="interest_spellings")
    key = models.CharField(max_length=60)
    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="spellings")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "key"], name="interest_spelling_unique_per_event"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class InterestsApart(models.Model):
    """Two interests that look alike and are not: the organiser said so, and is not asked again. The keys are in order."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="interests_apart")
    key = models.CharField(max_length=60)
    other_key = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "key", "other_key"], name="interests_apart_once_per_event"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} | {self.other_key}"
