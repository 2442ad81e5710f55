"""What organisers ask of scanners, and what scanners say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework import serializers

from checkin.models import CheckIn, Station
from checkin.serializers.fields import expect_visible, nonce_field
from checkin.sync import QueuedScan
from events.search import SHORTEST_QUERY

MOST_HOURS = 72
MOST_ENTRIES = 100
ACTS = ["in", "out"]


def queue_field(**more: Any) -> serializers.IntegerField:
    """How many scans a device has not sent yet."""
    return serializers.IntegerField(min_value=0, max_value=1_000_000, **more)


class NewStation(serializers.Serializer[Station]):
    """A scanner to be: its name, and for how many hours it may scan."""

    name = serializers.CharField(max_length=60, validators=[expect_visible])
    hours = serializers.IntegerField(min_value=1, max_value=MOST_HOURS)


class Pairing(serializers.Serializer[Station]):
    """The code that a device read from the organiser's screen."""

    pairing = serializers.CharField(max_length=200)


class SignOfLife(serializers.Serializer[Station]):
    """What a device says of itself now and then."""

    queue = queue_field(required=False)


class Search(serializers.Serializer[Station]):
    """Part of a name."""

    q = serializers.CharField(max_length=120)

    def validate_q(self, text: str) -> str:
        """One letter finds half of the list."""
        if len(text) < SHORTEST_QUERY:
            raise serializers.ValidationError(_("Type at least two letters of the name."))
        return text


class StationScan(serializers.Serializer[CheckIn]):
    """A live scan: what was read, or a person found by name."""

    nonce = nonce_field()
    act = serializers.ChoiceField(choices=ACTS)
    secret = serializers.CharField(max_length=12_000, required=False)
    attendee = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Either a scan or a person is needed."""
        if "secret" not in attrs and "attendee" not in attrs:
            raise serializers.ValidationError({"secret": _("Scan a ticket or choose a person.")})
        return attrs


class QueuePart(serializers.Serializer[CheckIn]):
    """A part of a device's queue. Its entries are read one by one, so that a bad one harms no other."""

    sent_at = serializers.DateTimeField()
    queue_length = queue_field()
    entries = serializers.ListField(max_length=MOST_ENTRIES)


class Words(serializers.CharField):
    """Text exactly as it was signed: nothing is trimmed, and a number is no text."""

    def __init__(self, **more: Any) -> None:
        super().__init__(trim_whitespace=False, **more)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and not isinstance(data, str):
            self.fail("invalid")
        return super().run_validation(data)


class _Entry(serializers.Serializer[CheckIn]):
    nonce = Words(min_length=16, max_length=64)
    act = serializers.ChoiceField(choices=ACTS)
    secret = Words(max_length=12_000, allow_blank=True, default="")
    attendee = Words(max_length=36, allow_blank=True, default="")
    at = Words(max_length=40)
    shown = serializers.ChoiceField(choices=CheckIn.Outcome.choices)
    mac = Words(max_length=44)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["secret"] and not attrs["attendee"]:
            raise serializers.ValidationError(_("Scan a ticket or choose a person."))
        return {**attrs, "device_at": _moment(attrs["at"])}

    def validate_attendee(self, text: str) -> str:
        if text:
            serializers.UUIDField().run_validation(text)
        return text


def read_entry(entry: Any) -> QueuedScan | None:
    """An entry of a queue; None if it makes no sense."""
    form = _Entry(data=entry)
    return QueuedScan(**form.validated_data) if form.is_valid() else None


def nonce_of(entry: Any) -> str:
    """The nonce of an entry that may make no sense; "" where there is none."""
    nonce = entry.get("nonce") if isinstance(entry, dict) else None
    field = Words(min_length=1, max_length=64)
    try:
        return str(field.run_validation(nonce))
    except serializers.ValidationError:
        return ""


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
        if moment is None or moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise serializers.ValidationError(_("This is no time with its zone.")) from None
