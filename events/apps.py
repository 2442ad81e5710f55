"""App of events and their people."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events, attendees, tickets, interests."""

    name = "events"
