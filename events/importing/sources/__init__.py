"""The systems whose exports are recognised: one module each, told apart by their headers."""

from collections.abc import Sequence

from events.importing.headers import Columns, find_columns
from events.importing.sources.eventbrite import EVENTBRITE
from events.importing.sources.hi_events import HI_EVENTS
from events.importing.sources.luma import LUMA
from events.importing.sources.meetup import MEETUP
from events.importing.sources.plain import PLAIN
from events.importing.sources.pretix import PRETIX
from events.importing.sources.source import Source

SOURCES = (EVENTBRITE, PRETIX, LUMA, MEETUP, HI_EVENTS, PLAIN)
"""In the order in which they are tried; a plain list accepts any headers, so it comes last."""


def recognise(headers: Sequence[str]) -> tuple[Source, Columns]:
    """Return the first source that wrote these headers, and where its fields are."""
    for source in SOURCES:
        columns = find_columns(headers, source.aliases)
        if source.wrote(headers, columns):
            return source, columns
    raise AssertionError("PLAIN has no marks, so it accepts every header")
