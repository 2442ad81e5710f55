"""What staff at the console may say."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework import serializers

from checkin.serializers.fields import TableFacts, nonce_field
from events.models import Attendee


class StaffCheckIn(serializers.Serializer[Attendee]):
    """At the console: what was scanned or typed, or a person found by name."""

    nonce = nonce_field()
    secret = serializers.CharField(max_length=12_000, required=False)
    attendee = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Either a scan or a person is needed."""
        if "secret" not in attrs and "attendee" not in attrs:
            raise serializers.ValidationError({"secret": _("Scan a ticket or choose a person.")})
        return attrs


class StaffCheckOut(serializers.Serializer[Attendee]):
    """At the console: a person who left."""

    nonce = nonce_field()
    attendee = serializers.UUIDField()


class Undo(serializers.Serializer[Attendee]):
    """At the console: a scan taken back."""

    nonce = nonce_field()


class GuestChanges(TableFacts):
    """At the console: whether a person may come in, and what else the organiser knows of them."""

    status = serializers.ChoiceField(choices=Attendee.Status.choices, required=False)
    host = serializers.BooleanField(required=False)
    first_timer = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Something must change."""
        if not attrs:
            raise serializers.ValidationError({"status": _("Say what shall change.")})
        return attrs
