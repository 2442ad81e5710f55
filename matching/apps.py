"""App of the mixer."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Mixers, rounds, tables, seats."""

    name = "matching"
