"""The ledger in Django's admin pages: to read, never to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from checkin.models import CheckIn, Station

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Station)
class StationAdmin(admin.ModelAdmin):
    """Stations without the digests of what opens them."""

    list_display = ("name", "event", "kind", "seen_at", "revoked_at")
    exclude = ("token_digest", "pairing_digest")


@admin.register(CheckIn)
class CheckInAdmin(admin.ModelAdmin):
    """Rows of the ledger."""

    list_display = ("at", "event", "outcome", "attendee", "station")
    list_filter = ("outcome",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the door writes."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are only ever added."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None is ever taken away."""
        return False
