"""What the door accepts."""

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


class Profile(serializers.Serializer[Attendee]):
    """What people say of themselves; what is left out stays as it is."""

    name = serializers.CharField(max_length=120, required=False, validators=[expect_visible])
    interests = serializers.ListField(
        child=serializers.CharField(max_length=60, allow_blank=True), max_length=40, required=False
    )
    intent = serializers.ChoiceField(
        choices=Attendee.Intent.choices, allow_blank=True, required=False
    )
    ask = serializers.CharField(max_length=140, allow_blank=True, required=False)
    offer = serializers.CharField(max_length=140, allow_blank=True, required=False)
    on_screen = serializers.BooleanField(required=False)


class PosterCheckIn(Profile):
    """At the poster: a nonce with a ticket, or with a name."""

    nonce = nonce_field()
    ticket = serializers.CharField(max_length=12_000, required=False)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Either a ticket or a name is needed."""
        if "ticket" not in attrs and "name" not in attrs:
            raise serializers.ValidationError(
                {"name": _("Type your name, or the code of your ticket.")}
            )
        return attrs


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


class Leave(serializers.Serializer[Attendee]):
    """On the phone: "I'm leaving"."""

    nonce = nonce_field()
