"""Events and their people in Django's admin pages. Secrets of tickets are not shown."""

from django.contrib import admin

from events.models import Attendee, Event, Interest, Series, Ticket

admin.site.register([Series, Interest])


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    """Events."""

    list_display = ("title", "team", "phase", "created_at")
    exclude = ("screen_token",)


@admin.register(Attendee)
class AttendeeAdmin(admin.ModelAdmin):
    """People at events; presence belongs to the door."""

    list_display = ("name", "event", "status", "present_since")
    readonly_fields = ("present_since",)


@admin.register(Ticket)
class TicketAdmin(admin.ModelAdmin):
    """Tickets without what opens the door."""

    list_display = ("attendee", "event", "issuer", "revoked_at")
    exclude = ("secret", "code")
