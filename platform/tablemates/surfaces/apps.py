"""App of the three surfaces."""

from django.apps import AppConfig


class SurfacesConfig(AppConfig):
    """Pages, snapshots and sockets."""

    name = "tablemates.surfaces"
    label = "surfaces"
