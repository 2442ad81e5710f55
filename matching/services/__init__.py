"""What can be done with rounds: by organisers (`rounds`, `clock`) and by the matcher as people come and go (`rolling`, `retelling`)."""

from matching.services.clock import (
    end_evening,
    end_round,
    extend_round,
    pause_round,
    resume_round,
    start_round,
    tend_clock,
)
from matching.services.retelling import retell_people
from matching.services.rolling import seat_waiting
from matching.services.rounds import (
    change_times,
    discard_draft,
    draft_round,
    publish_round,
    set_rolling,
)

__all__ = [
    "change_times",
    "discard_draft",
    "draft_round",
    "end_evening",
    "end_round",
    "extend_round",
    "pause_round",
    "publish_round",
    "resume_round",
    "retell_people",
    "seat_waiting",
    "set_rolling",
    "start_round",
    "tend_clock",
]
