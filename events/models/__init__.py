"""Series, events, their people, and what a series remembers of them."""

from events.models.codes import CODE_LETTERS, make_code, make_poster_code, make_secret
from events.models.gathering import Event, Series
from events.models.memory import Admiration, Evening, Person, Tie
from events.models.people import Attendee, Block, GoneLink, Ticket
from events.models.topics import Interest, InterestsApart, InterestSpelling

__all__ = [
    "CODE_LETTERS",
    "Admiration",
    "Attendee",
    "Block",
    "Evening",
    "Event",
    "GoneLink",
    "Interest",
    "InterestSpelling",
    "InterestsApart",
    "Person",
    "Series",
    "Ticket",
    "Tie",
    "make_code",
    "make_poster_code",
    "make_secret",
]
