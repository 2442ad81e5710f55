"""Accounts in Django's admin pages."""

from django.contrib import admin

from tablemates.accounts.models import Organiser, Team
from tablemates.admin_pages import Undeletable

admin.site.register(Team, Undeletable)


@admin.register(Organiser)
class OrganiserAdmin(admin.ModelAdmin):
    """Organisers without their password hash."""

    list_display = ("email", "name", "team", "role", "is_active")
    exclude = ("password",)
