"""App of the live feed."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Streams and their messages."""

    name = "tablemates.live"
    label = "live"
