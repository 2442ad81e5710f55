"""Events and their people in Django's admin pages. Secrets of tickets are not shown."""

from django.contrib import admin

from events.models import Attendee, Event, Interest, Series, Ticket
from tablemates.admin_pages import Undeletable

admin.site.register(Interest)
admin.site.register(Series, Undeletable)


@admin.register(Event)
class EventAdmin(Undeletable):
    """Events."""

    list_display = ("title", "team", "phase", "created_at")
    exclude = ("screen_token",)


@admin.register(Attendee)
class AttendeeAdmin(Undeletable):
    """People at events; presence belongs to the door, and who they are across a series to themselves."""

    list_display = ("name", "event", "status", "present_since")
    exclude = ("person",)
    readonly_fields = ("present_since",)


@admin.register(Ticket)
class TicketAdmin(admin.ModelAdmin):
    """Tickets without what opens the door."""

    list_display = ("attendee", "event", "issuer", "revoked_at")
    exclude = ("secret", "code")
