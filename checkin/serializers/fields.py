"""What more than one form of the door asks for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework import serializers

from events.models import Attendee


def nonce_field() -> serializers.CharField:
    """A word the client makes up for one attempt, and keeps when it tries again."""
    return serializers.CharField(min_length=16, max_length=64)


def expect_visible(name: str) -> None:
    """Refuse a name that would stand on a screen as nothing, such as one of zero-width letters."""
    if not any(letter.isprintable() and not letter.isspace() for letter in name):
        raise serializers.ValidationError(_("Type a name that others can read."))


class TableFacts(serializers.Serializer[Attendee]):
    """What a person does for a living, and what they need of a table."""

    trade = serializers.CharField(max_length=60, allow_blank=True, required=False)
    needs = serializers.ListField(
        child=serializers.ChoiceField(choices=Attendee.Need.choices), max_length=20, required=False
    )

    def validate_trade(self, typed: str) -> str:
        """On one line."""
        return " ".join(typed.split())

    def validate_needs(self, needs: list[str]) -> list[str]:
        """Each once, in the order in which they are asked about."""
        return [need for need in Attendee.Need.values if need in needs]
