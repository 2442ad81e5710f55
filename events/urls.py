"""Routes of events, below /api/v1/."""

from django.urls import path

from events.api import events, tickets, topics

urlpatterns = [
    path("events", events.events),
    path("series", events.series),
    path("events/<uuid:event_id>/open", events.open_event),
    path("events/<uuid:event_id>/import", events.import_guests),
    path("events/<uuid:event_id>/topics", topics.topics),
    path("events/<uuid:event_id>/topics/merge", topics.merge_topics),
    path("events/<uuid:event_id>/topics/apart", topics.keep_topics_apart),
    path("events/<uuid:event_id>/attendees/<uuid:attendee_id>/ticket/reissue", tickets.reissue),
    path("events/<uuid:event_id>/attendees/<uuid:attendee_id>/ticket/revoke", tickets.revoke),
    path("events/<uuid:event_id>/attendees/<uuid:attendee_id>/ticket/mail", tickets.mail),
    path("events/<uuid:event_id>/tickets/mail", tickets.mail_next),
]
