"""Hi.Events' attendee export, whose headers are in the language of who exported it.

The English headers are those of real exports. The German, French, Spanish, Dutch and Italian ones are our own translations:
where an export words one differently, the column can be named by hand in the preview. The QR holds the public id.
"""

from events.importing.sources.source import Source

HI_EVENTS = Source(
    name="hi.events",
    own_aliases={
        "position": ("ID",),
        "secret": (
            "Public ID", "Öffentliche ID", "ID public", "Identifiant public", "ID público",
            "Openbaar ID", "Openbare ID", "ID pubblico",
        ),
    },
    marks=frozenset({"position", "secret"}),
)  # fmt: skip
