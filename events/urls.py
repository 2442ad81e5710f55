"""Routes of events, below /api/v1/."""

from django.urls import path

from events import api, api_tickets, api_topics

urlpatterns = [
    path("events", api.events),
    path("events/<uuid:event_id>/open", api.open_event),
    path("events/<uuid:event_id>/import", api.import_guests),
    path("events/<uuid:event_id>/topics", api_topics.topics),
    path("events/<uuid:event_id>/topics/merge", api_topics.merge_topics),
    path("events/<uuid:event_id>/topics/apart", api_topics.keep_topics_apart),
    path("events/<uuid:event_id>/attendees/<uuid:attendee_id>/ticket/reissue", api_tickets.reissue),
    path("events/<uuid:event_id>/attendees/<uuid:attendee_id>/ticket/revoke", api_tickets.revoke),
    path("events/<uuid:event_id>/attendees/<uuid:attendee_id>/ticket/mail", api_tickets.mail),
    path("events/<uuid:event_id>/tickets/mail", api_tickets.mail_next),
]
