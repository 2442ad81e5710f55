"""Stream and Message: what was said about an event, in order, written with the change it tells of.

This is a transactional outbox: the channel layer only makes delivery fast, these rows make it certain.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Stream(models.Model):
    """The line of messages about one event. Its row is the lock that makes `seq` follow the order of commits."""

    id = models.UUIDField(primary_key=True)
    last_seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.pk} at {self.last_seq}"


class Message(models.Model):
    """One change, told to each audience in its own words.

    `audiences` maps "console", "screen", "phones" or "attendee:<id>" to `{"set": {...}, "unset": [...]}`.
    """

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="messages")
    seq = models.PositiveBigIntegerField()
    type = models.CharField(max_length=60)
    audiences = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "seq"], name="message_seq_unique_per_stream"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id} {self.seq} {self.type}"
