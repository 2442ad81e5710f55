"""A ticket and a ledger: the least that a door needs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FloorTicket(models.Model):
    """Who may come in, and since when they are."""

    objects: ClassVar[models.Manager[FloorTicket]] = models.Manager()

    secret = models.CharField(max_length=40, unique=True)
    present_since = models.DateTimeField(null=True)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.secret


class FloorCheckIn(models.Model):
    """One scan; its nonce makes it count once."""

    objects: ClassVar[models.Manager[FloorCheckIn]] = models.Manager()

    ticket = models.ForeignKey(FloorTicket, on_delete=models.CASCADE)
    nonce = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.nonce
