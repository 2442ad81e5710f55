"""What phones may say of what follows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from checkin.serializers.fields import expect_visible
from tablemates.followup.models import Card, Field, Flag, Note, Pick, Promise, Verdict

WEB_ADDRESS = URLValidator(schemes=["http", "https"])
LEAST_DIGITS = 3


class Line(serializers.CharField):
    """A text on one line, whatever was pasted."""

    def to_internal_value(self, data: Any) -> str:
        """The text with single spaces between its words."""
        return " ".join(super().to_internal_value(data).split())


class Shares(serializers.Serializer[Pick]):
    """What I share with somebody, if we both want to meet again."""

    shares = serializers.ListField(
        child=serializers.ChoiceField(choices=Field.choices), max_length=20, default=list
    )

    def validate_shares(self, shares: list[str]) -> list[str]:
        """Each once, in the order in which they are asked about."""
        return [field for field in Field.values if field in shares]


class CardChanges(serializers.Serializer[Card]):
    """How I may be reached; what is left out stays as it is."""

    email = serializers.EmailField(
        max_length=254,
        allow_blank=True,
        required=False,
        error_messages={"invalid": gettext_lazy("Check the address: it is like ada@example.org.")},
    )
    phone = Line(max_length=40, allow_blank=True, required=False)
    link = Line(max_length=200, allow_blank=True, required=False)
    company = Line(max_length=120, allow_blank=True, required=False)
    words = Line(max_length=140, allow_blank=True, required=False)

    def validate_phone(self, typed: str) -> str:
        """Something that can be dialled."""
        if typed and sum(sign.isdecimal() for sign in typed) < LEAST_DIGITS:
            raise serializers.ValidationError(_("Check the number: it is like +44 20 7946 0123."))
        return typed

    def validate_link(self, typed: str) -> str:
        """A page of the web, since whoever taps it must get nothing else; https where it was not said."""
        address = typed if not typed or "://" in typed else f"https://{typed}"
        try:
            if address:
                WEB_ADDRESS(address)
        except ValidationError as odd:
            message = _("Check the link: it is like example.org/ada.")
            raise serializers.ValidationError(message) from odd
        if len(address) > 200:
            raise serializers.ValidationError(_("This link is too long. Up to 200 letters fit."))
        return address


class NoteText(serializers.Serializer[Note]):
    """What I want to remember of a conversation; nothing erases it."""

    text = serializers.CharField(max_length=500, allow_blank=True)


class TableFlags(serializers.Serializer[Flag]):
    """All that went wrong at a table for me; words and name go with `unsafe` alone."""

    flags = serializers.ListField(
        child=serializers.ChoiceField(choices=Flag.Kind.choices), max_length=20
    )
    words = serializers.CharField(max_length=280, allow_blank=True, default="")
    named = serializers.BooleanField(default=False)


class NewPromise(serializers.Serializer[Promise]):
    """What I said I would do, for whom, and by when."""

    to = serializers.UUIDField()
    text = Line(max_length=140)
    due = serializers.DateField(default=None)


class PromiseChanges(serializers.Serializer[Promise]):
    """What became of a promise of mine, or another day for it."""

    status = serializers.ChoiceField(choices=Promise.Status.choices, required=False)
    due = serializers.DateField(required=False)


class Worth(serializers.Serializer[Verdict]):
    """Whether the evening was worth my time; null: I had rather not say."""

    worth = serializers.BooleanField(allow_null=True)


class Switch(serializers.Serializer[Verdict]):
    """Something to be so, or not."""

    on = serializers.BooleanField()


class NewRequest(Shares):
    """Whom I would like to be introduced to, and what I share with them."""

    name = Line(max_length=120, validators=[expect_visible])


class RequestAnswer(Shares):
    """Yes or no to a request; who says yes for themselves shares something of their own."""

    yes = serializers.BooleanField()
