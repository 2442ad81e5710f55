"""How tickets and posters say when, where and which: for people, on paper and in mails."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from events.models import Event, Ticket


def when(event: Event) -> str:
    """The start by the clocks of the place, with their zone; "" while it is open."""
    if event.starts_at is None:
        return ""
    local = event.starts_at.astimezone(ZoneInfo(event.time_zone))
    return _("%(time)s (%(zone)s)") % {
        "time": date_format(local, _("l, j F Y, H:i")),
        "zone": _zone(event.time_zone),
    }


def _zone(name: str) -> str:
    city = name.rpartition("/")[2].replace("_", " ")
    return _("%(city)s time") % {"city": city} if "/" in name else city


def short_code(ticket: Ticket) -> str:
    """The code as people read it out: K7QX-2M4P."""
    return f"{ticket.code[:4]}-{ticket.code[4:]}" if ticket.code else ""
