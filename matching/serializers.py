"""What the console may send about rounds."""

from __future__ import annotations

from rest_framework import serializers

from matching.models import Mixer


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
