"""Attendee, what they hold, and whom they keep away from."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events import names
from events.models.codes import make_code, make_secret
from events.models.gathering import Event
from events.models.topics import Interest


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
    # Who this is across the series; only of those who want to be remembered.
    person = models.ForeignKey(
        "events.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="attendees"
    )
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
            models.UniqueConstraint(fields=["event", "person"], name="person_once_per_event"),
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


class Block(models.Model):
    """Somebody wants nothing to do with another: no shared table, no word of each other. No reason is asked.

    Nobody else is told. Across a series it is `Tie.apart`.
    """

    blocker = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_per_pair"),
            models.CheckConstraint(
                condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"
            ),
        ]

    def __str__(self) -> str:
        return "a block"


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
    # Where it went: the address of its owner may be another by now.
    mailed_to = models.EmailField(blank=True)
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


class GoneLink(models.Model):
    """A link that led to an event that has been deleted: whoever opens it is told that it is gone, and nothing else.

    Kept as the SHA-256 digest of what the link held (a secret, a code, an id), in hex.
    """

    digest = models.CharField(max_length=64, unique=True)
    gone_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return "a link that is gone"
