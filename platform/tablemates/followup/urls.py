"""Routes of what follows, below /api/v1/."""

from django.urls import path

from tablemates.followup import api

urlpatterns = [
    path("me/tablemates", api.tablemates),
    path("me/picks/<uuid:attendee_id>", api.pick),
]
