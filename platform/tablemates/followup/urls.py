"""Routes of what follows, below /api/v1/, by the file of their views."""

from django.urls import path

from tablemates.followup.api import afterwards, alerts, events, memory, outcome, writing

urlpatterns = [
    path("me/afterwards", afterwards.afterwards),
    path("me/picks/<uuid:attendee_id>", afterwards.pick),
    path("me/card", afterwards.card),
    path("me/notes/<uuid:attendee_id>", afterwards.note),
    path("me/tables/<uuid:table_id>/flags", afterwards.flags),
    path("me/promises", afterwards.promises),
    path("me/promises/<uuid:promise_id>", afterwards.promise),
    path("me/promises/<uuid:promise_id>/thank", afterwards.thank),
    path("me/blocks/<uuid:attendee_id>", afterwards.block),
    path("me/worth", afterwards.worth),
    path("me/quiet", afterwards.quiet),
    path("me/requests", afterwards.requests),
    path("me/requests/<uuid:request_id>", afterwards.introduce_me),
    path("events/<uuid:event_id>/alerts/<int:alert_id>/settle", alerts.settle),
    path("me/introductions/<uuid:attendee_id>/card.vcf", writing.card),
    path("me/introductions/<uuid:attendee_id>/talk.ics", writing.calendar),
    path("me/introductions/<uuid:attendee_id>/letter", writing.letter),
    path("me/memory", memory.memory),
    path("me/memory/recognise", memory.recognise),
    path("me/memory/ties/<uuid:tie_id>", memory.tie),
    path("events/<uuid:event_id>/outcome", outcome.outcome),
    path("events/<uuid:event_id>/outcome.csv", outcome.outcome_sheet),
    path("events/<uuid:event_id>/targets", outcome.targets),
    path("events/<uuid:event_id>", events.event),
]
