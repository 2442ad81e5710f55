"""App of the demo and of simulated crowds."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """Commands `demo` and `simulate`."""

    name = "tablemates.rehearsal"
    label = "rehearsal"
