"""App of the organisers' accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Teams and organisers."""

    name = "tablemates.accounts"
    label = "accounts"
