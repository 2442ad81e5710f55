"""Team and Organiser: the accounts that run events. Attendees have no account."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


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
            email, password, team=team, is_staff=True, is_superuser=True, **fields
        )


class Organiser(AbstractBaseUser, PermissionsMixin):
    """Account that runs events; belongs to one team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="organisers")
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(max_length=120, blank=True)
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
