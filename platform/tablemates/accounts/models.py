"""Team, Organiser and Invitation: the accounts that run events. Attendees have no account."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

INVITATION_DAYS = 7


class Role(models.TextChoices):
    """What an account may do in its team. Owners also change the team itself; there is always one."""

    OWNER = "owner", _("owner")
    ORGANISER = "organiser", _("organiser")


class Team(models.Model):
    """The people who run events together and see the same ones."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class OrganiserManager(BaseUserManager["Organiser"]):
    """Creates organisers by e-mail; a superuser gets a team of their own."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Organiser:
        """Create an organiser in the given `team`, without a usable password if none is given."""
        organiser = self.model(email=self.normalize_email(email), **fields)
        organiser.set_password(password)
        organiser.save(using=self._db)
        return organiser

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Organiser:
        """Create an organiser who may also open Django's admin pages (used by `createsuperuser`)."""
        team = fields.pop("team", None) or Team.objects.create(name=email)
        return self.create_user(
            email,
            password,
            team=team,
            role=Role.OWNER,
            is_staff=True,
            is_superuser=True,
            **fields,
        )


class Organiser(AbstractBaseUser, PermissionsMixin):
    """Account that runs events; belongs to one team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="organisers")
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.ORGANISER)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganiserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="organiser_email_ignores_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


def in_a_week() -> datetime:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class Invitation(models.Model):
    """Somebody is asked to join a team. The row goes when they do, or when it is withdrawn: its link works once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(max_length=10, choices=Role, default=Role.ORGANISER)
    until = models.DateTimeField(default=in_a_week)
    mailed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("team", Lower("email"), name="one_invitation_per_address"),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.email}"
