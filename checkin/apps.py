"""App of the door."""

from django.apps import AppConfig


class CheckinConfig(AppConfig):
    """Stations and check-ins."""

    name = "checkin"
