"""The floor as an app of its own settings. Ours do not know it."""

from django.apps import AppConfig


class FloorConfig(AppConfig):
    """Two tables without migrations, made for one measurement."""

    name = "checkin.bench.floor"
    label = "floor"
