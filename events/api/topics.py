"""Topics of an event over HTTP, for organisers: what people picked, and what is merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from rest_framework.decorators import api_view
from rest_framework.response import Response

from events.interests import keep_apart, merge_interests, topics_for_console
from events.selectors import events_of
from events.serializers import TopicMerge, TwoTopics
from tablemates.accounts.selectors import signed_in

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request


@api_view(["GET"])
def topics(request: Request, event_id: UUID) -> Response:
    """What people picked, and which of it may mean the same."""
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    return Response(topics_for_console(event))


@api_view(["POST"])
def merge_topics(request: Request, event_id: UUID) -> Response:
    """Make topics one."""
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    form = TopicMerge(data=request.data)
    form.is_valid(raise_exception=True)
    merge_interests(event=event, **form.validated_data)
    return Response(topics_for_console(event))


@api_view(["POST"])
def keep_topics_apart(request: Request, event_id: UUID) -> Response:
    """Remember that two topics are not the same."""
    event = get_object_or_404(events_of(signed_in(request)), pk=event_id)
    form = TwoTopics(data=request.data)
    form.is_valid(raise_exception=True)
    one, other = form.validated_data["topics"]
    keep_apart(event=event, one=one, other=other)
    return Response(topics_for_console(event))
