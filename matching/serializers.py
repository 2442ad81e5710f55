"""What the console may send about rounds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from matching.models import Mixer, VenueTable, Wish
from matching.services.remedies import REMEDIES

if TYPE_CHECKING:
    from uuid import UUID


class Act(serializers.Serializer[Mixer]):
    """An organiser's act carries the version they saw."""

    version = serializers.IntegerField(min_value=0)


class Rolling(Act):
    """Let tables open by themselves, or stop that."""

    on = serializers.BooleanField()


class Extension(Act):
    """Minutes more."""

    minutes = serializers.IntegerField(min_value=1, max_value=30)


class Times(Act):
    """Length of a round and of the gap before it. The version is needed only to change these."""

    version = serializers.IntegerField(min_value=0, required=False)
    round_minutes = serializers.IntegerField(min_value=8, max_value=60, required=False)
    gap_minutes = serializers.IntegerField(min_value=0, max_value=15, required=False)


class NewWish(serializers.Serializer[Wish]):
    """On the phone: what is wished for; null takes it back."""

    kind = serializers.ChoiceField(choices=Wish.Kind.choices, allow_null=True)


class ErrandDone(serializers.Serializer[Wish]):
    """On a host's phone: which errand is done."""

    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class ActOnPerson(Act):
    """An act about somebody."""

    attendee = serializers.UUIDField()


class ShownMove(serializers.Serializer[Mixer]):
    """Somebody of whom an organiser was told that they would move to a table, by its number."""

    attendee = serializers.UUIDField()
    to = serializers.IntegerField()


class RemedyChoice(Act):
    """What to do about a short table; not confirmed, nothing is done. `moves`: what is confirmed, as it was shown."""

    remedy = serializers.ChoiceField(choices=REMEDIES)
    confirmed = serializers.BooleanField()
    moves = ShownMove(many=True, required=False)


class PersonMove(ActOnPerson):
    """Another place for a person: a table, or none. With `swap` the two change places."""

    table = serializers.UUIDField(allow_null=True)
    swap = serializers.UUIDField(required=False)
    confirmed = serializers.BooleanField(default=False)

    def validate_swap(self, value: UUID) -> UUID:
        if str(value) == str(self.initial_data.get("attendee")):
            raise serializers.ValidationError(_("Choose somebody else to change places with."))
        return value


class Pin(Act):
    """What solving again leaves as it is: a person's table, or a whole table."""

    on = serializers.BooleanField()
    attendee = serializers.UUIDField(required=False)
    table = serializers.UUIDField(required=False)

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if ("attendee" in asked) == ("table" in asked):
            raise serializers.ValidationError(_("Pin either a person or a table."))
        return asked


class Spot(serializers.Serializer[Mixer]):
    """A place on the plan of the room, in percent from the top left."""

    x = serializers.IntegerField(min_value=0, max_value=100)
    y = serializers.IntegerField(min_value=0, max_value=100)


class VenueTableForm(Spot):
    """A table of the room."""

    number = serializers.IntegerField(min_value=1, max_value=999)
    chairs = serializers.IntegerField(min_value=1, max_value=16)
    features = serializers.MultipleChoiceField(choices=VenueTable.Feature.choices)
    closed = serializers.BooleanField()

    def validate_features(self, value: set[str]) -> list[str]:
        return sorted(value)


class Venue(Act):
    """The plan of the room."""

    entrance = Spot()
    tables = serializers.ListField(child=VenueTableForm(), max_length=200)

    def validate_tables(self, tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
        numbers = Counter(table["number"] for table in tables)
        twice = [number for number, times in numbers.items() if times > 1]
        if twice:
            raise serializers.ValidationError(
                _("There are two tables with the number %d. Give one of them another.") % twice[0]
            )
        return tables
