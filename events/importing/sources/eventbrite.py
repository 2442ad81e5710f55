"""Eventbrite's attendee report."""

from events.importing.sources.source import Source

EVENTBRITE = Source(
    name="eventbrite",
    own_aliases={
        "order": ("Order #", "Order ID"),
        "position": ("Attendee #", "Attendee ID"),
        "secret": ("Barcode #", "Barcode number", "Barcode"),
        "status": ("Attendee Status",),
        "first_name": ("Attendee first name",),
        "last_name": ("Attendee last name", "Attendee surname"),
        "email": ("Attendee email",),
    },
    marks=frozenset({"order", "first_name"}),
)
