"""What attendees' own phones may say."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from checkin.serializers.fields import TableFacts, expect_visible, nonce_field
from events.models import Attendee


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


class OwnProfile(TableFacts, Profile):
    """The same on one's own page, where there is time for more."""


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


class MailCodeRequest(serializers.Serializer[Attendee]):
    """At the poster: the address a code shall go to."""

    email = serializers.EmailField(
        max_length=254,
        error_messages={"invalid": gettext_lazy("Check the address: it is like ada@example.org.")},
    )


class MailCodeCheck(MailCodeRequest):
    """At the poster: the code that came; which person it is, where an address stands for several."""

    nonce = nonce_field()
    mail_code = serializers.CharField(max_length=40)
    attendee = serializers.UUIDField(required=False)

    def validate_mail_code(self, typed: str) -> str:
        """The six digits, of whatever script, with spaces and dashes taken out."""
        digits = "".join(str(unicodedata.decimal(sign)) for sign in typed if sign.isdecimal())
        if len(digits) != 6:
            raise serializers.ValidationError(_("Type the six digits from the mail."))
        return digits


class Leave(serializers.Serializer[Attendee]):
    """On the phone: "I'm leaving"."""

    nonce = nonce_field()
