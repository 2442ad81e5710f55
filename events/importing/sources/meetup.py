"""Meetup's attendee export: tab-separated whatever its file is called, without e-mail addresses.

Headers as real exports have them. A second export holds the answers to questions, without the RSVP: the same person is found by
`User ID`, written "user 123" in older files. `Guests` counts people without a name. `Event Host` marks Meetup's
organisers, which says nothing of who hosts a table, so it is left alone.
"""

from events.importing.sources.source import Source

MEETUP = Source(
    name="meetup",
    own_aliases={"position": ("User ID", "Member ID"), "status": ("RSVP",)},
    marks=frozenset({"position", "name"}),
    telltales=("RSVPed on", "Joined Group on", "URL of Member Profile"),
)
