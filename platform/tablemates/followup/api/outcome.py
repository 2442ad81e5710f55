"""What an evening came to, over HTTP, for organisers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from events.gone import expect_not_gone
from matching.api.asking import filled_in, own_event
from tablemates.followup import services
from tablemates.followup.models import Measure, Target
from tablemates.followup.outcome.report import report_outcome
from tablemates.followup.outcome.sheet import write_sheet

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

    from events.models import Event


class RefusedSheet(JSONRenderer):
    """Lets a sheet be asked for as one; what is refused is said as everywhere."""

    media_type = "text/csv"
    format = "csv"


class Aim(serializers.Serializer[Target]):
    """A measure and the share to reach."""

    measure = serializers.ChoiceField(choices=Measure.choices)
    value = serializers.FloatField()

    def validate_value(self, value: float) -> float:
        if not 0 <= value <= 1:
            raise serializers.ValidationError(_("Choose a share from 0 to 100 %."))
        return value


class Aims(serializers.Serializer[Target]):
    """Things to reach."""

    targets = Aim(many=True)

    def validate_targets(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({aim["measure"] for aim in value}) < len(value):
            raise serializers.ValidationError(_("Choose each measure once."))
        return value


def _event(request: Request, event_id: UUID) -> Event:
    """The event of this id, if it is the organiser's team's; a deleted one is gone (410)."""
    try:
        return own_event(request, event_id)
    except Http404:
        expect_not_gone(event_id)
        raise


@api_view(["GET"])
def outcome(request: Request, event_id: UUID) -> Response:
    """Targets, figures, plots, and the series' earlier evenings."""
    return Response(report_outcome(_event(request, event_id)))


@api_view(["GET"])
@renderer_classes([JSONRenderer, RefusedSheet])
def outcome_sheet(request: Request, event_id: UUID) -> HttpResponse:
    """The figures as a table."""
    event = _event(request, event_id)
    name = f'attachment; filename="outcome-{event.slug}.csv"'
    return HttpResponse(
        write_sheet(event, report_outcome(event)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name},
    )


@api_view(["PUT"])
def targets(request: Request, event_id: UUID) -> Response:
    """Set out what the evening is to reach."""
    event, asked = _event(request, event_id), filled_in(Aims, request)
    wanted = {aim["measure"]: aim["value"] for aim in asked["targets"]}
    services.set_targets(event=event, targets=wanted)
    return Response(report_outcome(_event(request, event_id)))
