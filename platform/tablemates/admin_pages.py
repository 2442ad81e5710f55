"""What Django's admin pages do not do here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

if TYPE_CHECKING:
    from django.http import HttpRequest


class Undeletable(admin.ModelAdmin):
    """To look at and change. Before it deletes a row Django lists and counts all that hangs on it: what is private, too."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: events are deleted at the console, with all that is theirs."""
        return False
