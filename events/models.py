"""Series, Event, Interest, Attendee and Ticket."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events import names

# Crockford's base 32 without the letters that are read as digits.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def make_secret() -> str:
    """128 random bits in 22 letters: short enough for a sparse QR, too long to guess."""
    return secrets.token_urlsafe(16)


def make_code() -> str:
    """Eight letters that a person can read out and type, shown as K7QX-2M4P."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(8))


def make_poster_code() -> str:
    """Sixty random bits for the poster's link. It names the event and opens nothing else."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(12))


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
    poster_mode = models.CharField(max_length=8, choices=PosterMode, default=PosterMode.STATIC)
    poster_code = models.CharField(max_length=24, unique=True, default=make_poster_code)
    screen_token = models.CharField(max_length=40, unique=True, default=make_secret)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

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


class Attendee(models.Model):
    """One person at one event."""

    class Intent(models.TextChoices):
        """Why someone came: honest, chosen by themselves, never judged."""

        SELL = "sell", _("find clients")
        BUY = "buy", _("find a supplier")
        HIRE = "hire", _("find people to hire")
        FIND_WORK = "find_work", _("find work")
        PEERS = "peers", _("meet peers")
        LEARN = "learn", _("learn something")
        HELP = "help", _("help someone")

    class Need(models.TextChoices):
        """What a person needs of a table; `stay`: to keep the same one all evening."""

        STEP_FREE = "step_free", _("reachable without steps")
        QUIET = "quiet", _("in a quiet place")
        STAY = "stay", _("the same table all evening")

    class Status(models.TextChoices):
        """cancelled people keep their row and are refused kindly at the door; blocked ones the organiser keeps out."""

        REGISTERED = "registered", _("registered")
        CANCELLED = "cancelled", _("cancelled")
        BLOCKED = "blocked", _("blocked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendees")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    company = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.REGISTERED)
    intent = models.CharField(max_length=10, choices=Intent, blank=True)
    ask = models.CharField(max_length=140, blank=True)
    offer = models.CharField(max_length=140, blank=True)
    # What someone does for a living, in a word: for the picture of the room, and for mixing.
    trade = models.CharField(max_length=60, blank=True)
    # Values of Need; told to this person and to organisers alone.
    needs = models.JSONField(default=list, blank=True)
    host = models.BooleanField(default=False)
    first_timer = models.BooleanField(default=False)
    on_screen = models.BooleanField(default=True)
    interests = models.ManyToManyField(Interest, blank=True, related_name="attendees")
    source = models.CharField(max_length=20, blank=True)
    source_id = models.CharField(max_length=120, blank=True)
    # Names of facts (name, status) that this person or an organiser set here: an import leaves them alone.
    set_here = models.JSONField(default=list, blank=True)
    # Kept by checkin.services with the ledger, in the same transaction: when the entry that counts now was made.
    present_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name", "created_at"]
        indexes: ClassVar = [models.Index(fields=["event", "present_since"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "source", "source_id"],
                condition=~Q(source_id=""),
                name="attendee_unique_per_source_id",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="attendee_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """What tablemates call this person."""
        return names.first_name(self.name)

    @property
    def shown_name(self) -> str:
        """First name and initial, as the big screen shows it; a single name stands alone."""
        return names.shown_name(self.name)


class Ticket(models.Model):
    """Proof of a place. `secret` is the text of the QR; other systems' secrets are tickets too.

    `issuer` is "tablemates" for our own (it also opens its owner's page), "badge" for what is printed on a badge (it opens
    the door and nothing else, since everyone sees it), else the system that an import came from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tickets")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="tickets")
    secret = models.CharField(max_length=120, default=make_secret)
    # Typed at the poster instead of the secret; other systems' tickets have none.
    code = models.CharField(max_length=8, blank=True, default=make_code)
    issuer = models.CharField(max_length=20, default="tablemates")
    revoked_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "secret"], name="ticket_secret_unique_per_event"
            ),
            models.UniqueConstraint(
                fields=["event", "code"],
                condition=~Q(code=""),
                name="ticket_code_unique_per_event",
            ),
            models.UniqueConstraint(
                fields=["secret"],
                condition=Q(issuer__in=["tablemates", "badge"]),
                name="ticket_own_secret_unique",
            ),
            models.UniqueConstraint(
                fields=["attendee"],
                condition=Q(issuer="tablemates", revoked_at__isnull=True),
                name="one_valid_own_ticket_per_attendee",
            ),
        ]

    def __str__(self) -> str:
        return f"ticket of {self.attendee_id}"

    @property
    def opens_page(self) -> bool:
        """Whether its secret opens its owner's own page: our own ticket, not revoked."""
        return self.issuer == "tablemates" and self.revoked_at is None
