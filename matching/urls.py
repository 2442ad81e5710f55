"""Routes of the mixer, below /api/v1/."""

from django.urls import path

from matching import api

urlpatterns = [
    path("events/<uuid:event_id>", api.settings),
    path("events/<uuid:event_id>/end", api.end),
    path("events/<uuid:event_id>/rolling", api.rolling),
    path("events/<uuid:event_id>/rounds", api.draft),
    path("rounds/<uuid:round_id>/publish", api.publish),
    path("rounds/<uuid:round_id>/discard", api.discard),
    path("rounds/<uuid:round_id>/start", api.start),
    path("rounds/<uuid:round_id>/pause", api.pause),
    path("rounds/<uuid:round_id>/resume", api.resume),
    path("rounds/<uuid:round_id>/extend", api.extend),
    path("rounds/<uuid:round_id>/end", api.end_round),
]
