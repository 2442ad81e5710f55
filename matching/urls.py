"""Routes of the mixer, below /api/v1/."""

from django.urls import path

from matching.api import events, people, rounds

urlpatterns = [
    path("events/<uuid:event_id>/end", events.end),
    path("events/<uuid:event_id>/rolling", events.rolling),
    path("events/<uuid:event_id>/venue", events.venue),
    path("events/<uuid:event_id>/rounds", rounds.draft),
    path("events/<uuid:event_id>/seat", people.seat),
    path("events/<uuid:event_id>/send-host", people.send_host),
    path("me/wish", people.wish),
    path("me/errand/done", people.errand_done),
    path("tables/<uuid:table_id>/remedy", people.remedy),
    path("rounds/<uuid:round_id>/move", rounds.move),
    path("rounds/<uuid:round_id>/pin", rounds.pin),
    path("rounds/<uuid:round_id>/resolve", rounds.resolve),
    path("rounds/<uuid:round_id>/publish", rounds.publish),
    path("rounds/<uuid:round_id>/undo", rounds.undo),
    path("rounds/<uuid:round_id>/discard", rounds.discard),
    path("rounds/<uuid:round_id>/start", rounds.start),
    path("rounds/<uuid:round_id>/pause", rounds.pause),
    path("rounds/<uuid:round_id>/resume", rounds.resume),
    path("rounds/<uuid:round_id>/extend", rounds.extend),
    path("rounds/<uuid:round_id>/end", rounds.end_round),
]
