"""What every view of this room asks for: a row of the organiser's own team, and a form that is filled in rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404

from events.selectors import events_of
from matching.models import Round, Table
from tablemates.accounts.selectors import signed_in

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request
    from rest_framework.serializers import Serializer

    from events.models import Event


def own_event(request: Request, event_id: UUID) -> Event:
    """The event of this id, if it is the organiser's team's."""
    return get_object_or_404(events_of(signed_in(request)), pk=event_id)


def own_round(request: Request, round_id: UUID) -> Round:
    """The round of this id, if it is the organiser's team's."""
    rounds = Round.objects.select_related("mixer__event")
    return get_object_or_404(rounds, pk=round_id, mixer__event__team=signed_in(request).team_id)


def own_table(request: Request, table_id: UUID) -> Table:
    """The table of this id, if it is the organiser's team's."""
    tables = Table.objects.select_related("round__mixer__event")
    team = signed_in(request).team_id
    return get_object_or_404(tables, pk=table_id, round__mixer__event__team=team)


def filled_in(form: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, as the form understands it."""
    filled = form(data=request.data)
    filled.is_valid(raise_exception=True)
    return dict(filled.validated_data)


def by(request: Request) -> str:
    """Who acts, as colleagues read it."""
    return str(signed_in(request))
