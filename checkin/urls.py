"""Routes of the door, below /api/v1/."""

from django.urls import path

from checkin import api

urlpatterns = [
    path("posters/<str:code>", api.poster),
    path("posters/<str:code>/check-in", api.poster_check_in),
    path("posters/<str:code>/qr.svg", api.poster_qr),
    path("me", api.me),
    path("me/leave", api.leave),
    path("me/ticket.svg", api.ticket_qr),
    path("events/<uuid:event_id>/check-in", api.staff_check_in),
    path("events/<uuid:event_id>/check-out", api.staff_check_out),
]
