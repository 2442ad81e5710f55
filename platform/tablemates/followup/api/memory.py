"""What the series remembers of me, on my own phone: to see, correct and delete."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.response import Response

from checkin.serializers.fields import expect_visible
from events.memory.kinds import CHOSEN
from events.memory.payloads import memory_for_phone, tie_for_phone
from events.memory.services import MOST_ADMIRED
from events.models import Person, Tie
from tablemates.followup import services
from tablemates.followup.api.asking import filled_in, me, of_phone

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

NOON = time(12, tzinfo=UTC)
"""A day without an hour: the same day by nearly every clock."""


class Earlier(serializers.Serializer[Person]):
    """Secrets of earlier tickets that the phone still holds."""

    earlier = serializers.ListField(
        child=serializers.CharField(max_length=120, validators=[expect_visible]),
        max_length=20,
        default=list,
    )


class MemoryChanges(serializers.Serializer[Person]):
    """What I would like of the series."""

    askable = serializers.BooleanField(required=False)
    mix = serializers.DictField(
        child=serializers.IntegerField(min_value=-1, max_value=1), required=False
    )
    admires = serializers.ListField(
        child=serializers.CharField(max_length=120, validators=[expect_visible]),
        max_length=MOST_ADMIRED,
        required=False,
    )

    def validate_mix(self, mix: dict[str, int]) -> dict[str, int]:
        """Kinds we know; what comes as it comes is not kept."""
        if not set(mix) <= set(CHOSEN):
            raise serializers.ValidationError(_("Choose among the kinds that are shown."))
        return {kind: wish for kind, wish in mix.items() if wish}


class Day(serializers.DateField):
    """A day that has been."""

    default_error_messages: ClassVar = {
        "ahead": gettext_lazy("This day is still to come. Choose one that has been."),
        "long_ago": gettext_lazy("Choose a day after the year 2000."),
    }

    def to_internal_value(self, value: Any) -> Any:
        """The day at noon."""
        day: date = super().to_internal_value(value)
        if day.year <= 2000:
            self.fail("long_ago")
        now = timezone.now()
        if day > now.date():
            self.fail("ahead")
        return min(datetime.combine(day, NOON), now)


class TieChanges(serializers.Serializer[Tie]):
    """What is not right about a tie."""

    times = serializers.IntegerField(min_value=1, max_value=99, required=False)
    first_met = Day(required=False)
    last_met = Day(required=False)


@of_phone("GET", "POST", "PATCH", "DELETE")
def memory(request: Request) -> Response:
    """What the series remembers of me; my yes to it; what I would like; and all of it deleted."""
    attendee = services.in_series(me(request))
    if request.method == "DELETE":
        services.forget_me(attendee=attendee)
        return Response(status=204)
    if request.method == "POST":
        attendee = services.remember_me(attendee=attendee, **filled_in(Earlier, request))
    elif request.method == "PATCH":
        changes = filled_in(MemoryChanges, request)
        admires = changes.pop("admires", None)
        attendee = services.change_my_memory(attendee=attendee, changes=changes, admires=admires)
    return Response(memory_for_phone(attendee), status=201 if request.method == "POST" else 200)


@of_phone("POST")
def recognise(request: Request) -> Response:
    """Whether I said yes to being remembered on an earlier evening, as the tickets on my phone prove."""
    asked = filled_in(Earlier, request)
    return Response({"remembered": services.recognise_me(attendee=me(request), **asked)})


@of_phone("PATCH", "DELETE")
def tie(request: Request, tie_id: UUID) -> Response:
    """Correct what is remembered of somebody and me, or delete it on both sides."""
    if request.method == "DELETE":
        services.forget_my_tie(attendee=me(request), tie_id=tie_id)
        return Response(status=204)
    changes = filled_in(TieChanges, request)
    corrected = services.correct_my_tie(attendee=me(request), tie_id=tie_id, changes=changes)
    return Response(tie_for_phone(corrected, timezone.now()))
