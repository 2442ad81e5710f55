"""What the console may send about events."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from events.importing import FIELDS
from events.models import Event

COLUMN = re.compile(r"[0-9]{1,4}")
MOST_COLUMNS = 1000


@cache
def _time_zones() -> frozenset[str]:
    """Names of all zones, read from disk once."""
    return frozenset(available_timezones())


class NewEvent(serializers.Serializer[Event]):
    """A new event."""

    title = serializers.CharField(max_length=120)
    slug = serializers.SlugField(max_length=60, required=False)


class Start(serializers.DateTimeField):
    """A moment that says its own zone, in a year that every calendar can show."""

    default_error_messages: ClassVar = {
        "no_zone": _("Say the time zone too, as in 2026-03-14T18:05:00Z."),
        "far_away": _("Choose a day between the years 2000 and 2100."),
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        """Refuse what would have to be guessed."""
        if value.tzinfo is None:
            self.fail("no_zone")
        if not 2000 < value.year < 2100:
            self.fail("far_away")
        return value.astimezone(UTC)


class EventChanges(serializers.Serializer[Event]):
    """Title, when and where, language, the poster's mode, table sizes, how many one may pick, and the series."""

    title = serializers.CharField(max_length=120, required=False)
    starts_at = Start(required=False, allow_null=True)
    time_zone = serializers.CharField(max_length=64, required=False)
    place = serializers.CharField(max_length=160, required=False, allow_blank=True)
    language = serializers.ChoiceField(Event.Language.choices, required=False)
    poster_mode = serializers.ChoiceField(Event.PosterMode.choices, required=False)
    table_min = serializers.IntegerField(min_value=3, max_value=8, required=False)
    table_size = serializers.IntegerField(min_value=3, max_value=8, required=False)
    table_max = serializers.IntegerField(min_value=3, max_value=8, required=False)
    pick_limit = serializers.IntegerField(min_value=1, max_value=5, required=False)
    series = serializers.CharField(max_length=120, required=False, allow_null=True)

    def validate_time_zone(self, name: str) -> str:
        """Refuse a zone that our calendar does not know."""
        if name not in _time_zones():
            raise serializers.ValidationError(
                _("This time zone is not known. Choose one by its name, as in Europe/Berlin.")
            )
        return name


class GuestListUpload(serializers.Serializer[Event]):
    """A guest list, to try or to take."""

    file = serializers.FileField(allow_empty_file=True)
    dry_run = serializers.BooleanField(default=False)
    mapping = serializers.JSONField(default=dict)
    has_header = serializers.BooleanField(default=True)

    def validate_mapping(self, mapping: Any) -> dict[int, str]:
        """Column numbers from 0, each with one of our fields or with nothing."""
        wrong = _("Name columns by number, and give each a field we know or nothing.")
        if not isinstance(mapping, dict) or len(mapping) > MOST_COLUMNS:
            raise serializers.ValidationError(wrong)
        for column, field in mapping.items():
            if not COLUMN.fullmatch(column) or field not in ("", *FIELDS):
                raise serializers.ValidationError(wrong)
        return {int(column): field for column, field in mapping.items()}


class NextMails(serializers.Serializer[Event]):
    """Where mailing tickets goes on: `after`, as the answer before said it."""

    after = serializers.UUIDField(required=False, allow_null=True)


class TopicId(serializers.IntegerField):
    """A topic's id, as databases count."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **options)


class TopicMerge(serializers.Serializer[Event]):
    """Topics that become one."""

    keep = TopicId()
    merge = serializers.ListField(child=TopicId(), min_length=1, max_length=50)
    label = serializers.CharField(max_length=60, required=False)  # type: ignore[assignment]


class TwoTopics(serializers.Serializer[Event]):
    """Two topics that are not the same."""

    topics = serializers.ListField(child=TopicId(), min_length=2, max_length=2)
