"""Routes of events, below /api/v1/."""

from django.urls import path

from events import api

urlpatterns = [
    path("events", api.events),
    path("events/<uuid:event_id>/open", api.open_event),
    path("events/<uuid:event_id>/import", api.import_guests),
]
