"""Pick: a private wish for a longer talk. It is revealed only when it is mutual."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from events.models import Attendee


class Pick(models.Model):
    """One person would like a longer talk with another in the next week. Withdrawing deletes the row."""

    picker = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="picks")
    picked = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="picked_by")
    # How to reach the picker, in their own words; the other reads it only if the pick is mutual.
    contact = models.CharField(max_length=140, blank=True)
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
