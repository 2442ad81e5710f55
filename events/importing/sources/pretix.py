"""pretix: the check-in list and the order positions, in English and German."""

from events.importing.sources.source import Source

PRETIX = Source(
    name="pretix",
    own_aliases={
        "order": ("Order code", "Bestellnummer"),
        "position": ("Position ID", "Position"),
        "secret": ("Secret", "Ticket secret", "Geheimnis", "Geheimer Code", "Ticketcode"),
        "paid": ("Paid", "Bezahlt"),
        "name": ("Attendee name", "Name Teilnehmer*in", "Name des Teilnehmers", "Teilnehmername"),
        "email": ("Attendee email", "E-Mail Teilnehmer*in", "E-Mail des Teilnehmers"),
    },
    marks=frozenset({"order", "name"}),
)
