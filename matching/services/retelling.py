"""What other rooms change, the matcher tells anew: seat cards, names at tables on the screen, who waits for a seat.

The door and the guest list do not know of tables. They say what they did, and this listens to what they said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from events.models import Event
from matching.models import Round
from matching.selectors import current_round, mixer_of, tables_with_people
from matching.services.acting import lock_mixer
from matching.services.telling import tell_console, tell_tables
from matching.services.wording import reword
from tablemates.live.publish import publish, said_since

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from matching.models import Mixer, Table
    from tablemates.live.models import Message

ABOUT_PEOPLE = (
    "attendee.arrived",
    "attendee.left",
    "attendee.changed",
    "guests.imported",
    "topics.merged",
)


def retell_people(*, event_id: UUID) -> bool:
    """Tell what follows for rounds and tables from all that was said of people since the last time.

    Says whether anything followed. Called by the matcher at every bell and tick.
    """
    event = Event.objects.filter(pk=event_id).first()
    if event is None or not _news(mixer_of(event)):
        return False
    with transaction.atomic():
        mixer = lock_mixer(event)
        news = _news(mixer)
        if not news:
            return False
        mixer.heard = news[-1].seq
        mixer.save(update_fields=["heard"])
        return _tell(mixer, _people(news))


def _news(mixer: Mixer) -> list[Message]:
    return said_since(stream=mixer.event_id, seq=mixer.heard, types=ABOUT_PEOPLE)


def _people(news: Iterable[Message]) -> set[str]:
    """Ids of the attendees whose records these messages hold."""
    paths = (path for message in news for path in message.audiences["console"]["set"])
    return {path.removeprefix("attendees/") for path in paths if path.startswith("attendees/")}


def _tell(mixer: Mixer, people: set[str]) -> bool:
    open_rounds = list(mixer.rounds.exclude(status=Round.Status.DONE))
    shown = current_round(mixer.event)
    tables = _reworded_tables_of(shown, people) if shown else []
    if not open_rounds and not tables:
        return False
    told = tell_tables(shown, tables) if shown and tables else {}
    told["console"] = tell_console(mixer, open_rounds, tables)
    publish(stream=mixer.event_id, type="people.retold", audiences=told)
    return True


def _reworded_tables_of(round: Round, people: set[str]) -> list[Table]:
    tables = round.tables.filter(
        pk__in=round.seats.filter(attendee__in=people, left_at=None).values("table")
    )
    if round.status != Round.Status.DONE:
        reword(round.mixer.event, round, set(tables.values_list("number", flat=True)))
    return list(tables_with_people(tables))
