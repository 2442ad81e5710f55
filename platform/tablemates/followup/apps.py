"""App of what follows a conversation."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Picks and introductions."""

    name = "tablemates.followup"
    label = "followup"
