"""What the console may send about events."""

from __future__ import annotations

from rest_framework import serializers

from events.models import Event


class NewEvent(serializers.Serializer[Event]):
    """A new event."""

    title = serializers.CharField(max_length=120)
    slug = serializers.SlugField(max_length=60, required=False)


class EventChanges(serializers.Serializer[Event]):
    """Title and table sizes."""

    title = serializers.CharField(max_length=120, required=False)
    table_min = serializers.IntegerField(min_value=3, max_value=8, required=False)
    table_size = serializers.IntegerField(min_value=3, max_value=8, required=False)
    table_max = serializers.IntegerField(min_value=3, max_value=8, required=False)


class GuestListUpload(serializers.Serializer[Event]):
    """A guest list, to try or to take."""

    file = serializers.FileField(allow_empty_file=True)
    dry_run = serializers.BooleanField(default=False)
