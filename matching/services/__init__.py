"""What can be done with rounds: by organisers (`drafting`, `editing`,
`publishing`, `undoing`, `rounds`, `clock`, `venue`, `radar`, `remedies`), by people
themselves (`wishes`, `errands`) and by the matcher as people come and go (`rolling`, `retelling`)."""

from matching.services.clock import (
    end_evening,
    end_round,
    extend_round,
    pause_round,
    resume_round,
    start_round,
    tend_clock,
)
from matching.services.drafting import draft_round, resolve_round
from matching.services.editing import Move, move_person, pin_person, pin_table
from matching.services.errands import finish_errand
from matching.services.publishing import publish_round
from matching.services.radar import seat_now, send_host
from matching.services.remedies import preview_remedy, remedy_table
from matching.services.retelling import retell_people
from matching.services.rolling import seat_waiting
from matching.services.rounds import change_times, discard_draft, set_rolling
from matching.services.undoing import undo_publish
from matching.services.venue import set_venue
from matching.services.wishes import (
    events_with_wishes_over,
    make_wish,
    settle_wishes,
    sit_elsewhere,
)

__all__ = [
    "Move",
    "change_times",
    "discard_draft",
    "draft_round",
    "end_evening",
    "end_round",
    "events_with_wishes_over",
    "extend_round",
    "finish_errand",
    "make_wish",
    "move_person",
    "pause_round",
    "pin_person",
    "pin_table",
    "preview_remedy",
    "publish_round",
    "remedy_table",
    "resolve_round",
    "resume_round",
    "retell_people",
    "seat_now",
    "seat_waiting",
    "send_host",
    "set_rolling",
    "set_venue",
    "settle_wishes",
    "sit_elsewhere",
    "start_round",
    "tend_clock",
    "undo_publish",
]
