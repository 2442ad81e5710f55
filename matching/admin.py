"""Rounds and tables in Django's admin pages, to look at."""

from django.contrib import admin

from matching.models import Mixer, Round, Table
from tablemates.admin_pages import Undeletable

admin.site.register([Mixer, Round, Table], Undeletable)
