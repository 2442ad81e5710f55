"""What people do with a conversation once it is over, and what their organiser does."""

from tablemates.followup.services.blocking import block, unblock
from tablemates.followup.services.deleting import delete_event
from tablemates.followup.services.flagging import flag_table, settle_alert
from tablemates.followup.services.noting import (
    change_card,
    judge_evening,
    leave_alone,
    write_note,
)
from tablemates.followup.services.picking import pick, withdraw
from tablemates.followup.services.promising import change_promise, make_promise, thank_for
from tablemates.followup.services.remembering import (
    change_my_memory,
    correct_my_tie,
    forget_me,
    forget_my_tie,
    in_series,
    recognise_me,
    remember_evening,
    remember_me,
)
from tablemates.followup.services.reminding import events_to_remind, remind
from tablemates.followup.services.requesting import (
    answer_request,
    ask_to_meet,
    events_with_requests,
    forward_requests,
    take_back_request,
    tell_requests,
)
from tablemates.followup.services.targeting import set_targets
from tablemates.followup.services.writing import write_letter

__all__ = [
    "answer_request",
    "ask_to_meet",
    "block",
    "change_card",
    "change_my_memory",
    "change_promise",
    "correct_my_tie",
    "delete_event",
    "events_to_remind",
    "events_with_requests",
    "flag_table",
    "forget_me",
    "forget_my_tie",
    "forward_requests",
    "in_series",
    "judge_evening",
    "leave_alone",
    "make_promise",
    "pick",
    "recognise_me",
    "remember_evening",
    "remember_me",
    "remind",
    "set_targets",
    "settle_alert",
    "take_back_request",
    "tell_requests",
    "thank_for",
    "unblock",
    "withdraw",
    "write_letter",
    "write_note",
]
