"""What more than one form of the door asks for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework import serializers


def nonce_field() -> serializers.CharField:
    """A word the client makes up for one attempt, and keeps when it tries again."""
    return serializers.CharField(min_length=16, max_length=64)


def expect_visible(name: str) -> None:
    """Refuse a name that would stand on a screen as nothing, such as one of zero-width letters."""
    if not any(letter.isprintable() and not letter.isspace() for letter in name):
        raise serializers.ValidationError(_("Type a name that others can read."))
