"""Series and Event."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.codes import make_poster_code, make_secret


class Series(models.Model):
    """Events of one team that share memory."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="series")
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "name"], name="series_name_unique_per_team"),
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One gathering in real life."""

    class Phase(models.TextChoices):
        """planned: nobody checks in yet; open: the evening; ended: thanks and what follows."""

        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        ENDED = "ended", _("ended")

    class PosterMode(models.TextChoices):
        """static: a poster on paper; rotating: its code changes on a screen, so that a photograph of it opens nothing."""

        STATIC = "static", _("static")
        ROTATING = "rotating", _("rotating")

    class Language(models.TextChoices):
        """Languages that every page is translated into, each by its own name."""

        ENGLISH = "en", "English"
        GERMAN = "de", "Deutsch"
        FRENCH = "fr", "Français"
        SPANISH = "es", "Español"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="events")
    series = models.ForeignKey(
        Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    title = models.CharField(max_length=120)
    # When and where, as tickets and posters say it; both may be open.
    starts_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    place = models.CharField(max_length=160, blank=True)
    slug = models.SlugField(max_length=60, unique=True)
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.PLANNED)
    table_min = models.PositiveSmallIntegerField(default=3)
    table_size = models.PositiveSmallIntegerField(default=5)
    table_max = models.PositiveSmallIntegerField(default=6)
    # What the big screen, posters, print and mail speak; phones and consoles speak their owner's language.
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    # How many people each may pick for a longer talk.
    pick_limit = models.PositiveSmallIntegerField(default=2)
    poster_mode = models.CharField(max_length=8, choices=PosterMode, default=PosterMode.STATIC)
    poster_code = models.CharField(max_length=24, unique=True, default=make_poster_code)
    screen_token = models.CharField(max_length=40, unique=True, default=make_secret)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # When the ties of those who wish it were written down: once, after the evening.
    remembered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(table_min__gte=3)
                & Q(table_min__lte=F("table_size"))
                & Q(table_size__lte=F("table_max"))
                & Q(table_max__lte=8),
                name="event_table_sizes_in_order",
            ),
            models.CheckConstraint(
                # One or two people is what somebody can keep up with; more would be collecting.
                condition=Q(pick_limit__gte=1) & Q(pick_limit__lte=5),
                name="event_pick_limit_between_1_and_5",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["planned", "open", "ended"]), name="event_phase_known"
            ),
            models.CheckConstraint(
                condition=Q(phase="ended", ended_at__isnull=False)
                | (~Q(phase="ended") & Q(ended_at__isnull=True)),
                name="event_ended_at_with_phase",
            ),
            models.CheckConstraint(
                condition=Q(phase="planned", opened_at__isnull=True)
                | (~Q(phase="planned") & Q(opened_at__isnull=False)),
                name="event_opened_at_with_phase",
            ),
        ]

    def __str__(self) -> str:
        return self.title
