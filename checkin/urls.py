"""Routes of the door, below /api/v1/."""

from django.urls import path
from django.views.decorators.gzip import gzip_page

from checkin.api import poster, staff, station

urlpatterns = [
    path("posters/<str:code>", poster.poster),
    path("posters/<str:code>/check-in", poster.poster_check_in),
    path("posters/<str:code>/mail-code", poster.mail_code),
    path("posters/<str:code>/mail-code/check", poster.mail_code_check),
    path("me", poster.me),
    path("me/leave", poster.leave),
    path("me/ticket.svg", poster.ticket_qr),
    path("events/<uuid:event_id>/check-in", staff.staff_check_in),
    path("events/<uuid:event_id>/check-out", staff.staff_check_out),
    path("events/<uuid:event_id>/arrivals", staff.arrivals),
    path("events/<uuid:event_id>/search", staff.search),
    path("events/<uuid:event_id>/checkins/<uuid:checkin_id>/undo", staff.undo),
    path("events/<uuid:event_id>/conflicts/<int:conflict_id>/settle", staff.settle),
    path("events/<uuid:event_id>/attendees/<uuid:attendee_id>", staff.attendee),
    path("events/<uuid:event_id>/stations", staff.stations),
    path("events/<uuid:event_id>/stations/<uuid:station_id>/pairing", staff.pairing),
    path("events/<uuid:event_id>/stations/<uuid:station_id>/revoke", staff.revoke),
    path("stations/pair", station.pair),
    path("station", station.station),
    # A list of names that fetches itself again while people arrive: a fifth of the bytes.
    path("station/roster", gzip_page(station.roster)),
    path("station/search", station.search),
    path("station/check-in", station.check_in),
    path("station/sync", station.sync),
]
