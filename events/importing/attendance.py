"""Whether a row stands for somebody who is coming."""

from events.importing.answers import is_no
from events.importing.headers import fold_words

COMING = frozenset((
    "attending", "checked in", "approved", "confirmed", "registered", "paid",
    "active", "complete", "completed", "going", "yes", "accepted",
    "bezahlt", "zugesagt", "bestätigt", "angemeldet", "ja",
))  # fmt: skip
NOT_COMING = frozenset((
    "refunded", "cancelled", "canceled", "declined", "rejected", "pending", "approval pending",
    "payment pending", "awaiting payment", "unpaid", "expired", "deleted", "transferred",
    "not attending", "not going", "no", "waitlist", "waitlisted", "on waitlist", "invited",
    "storniert", "erstattet", "abgesagt", "abgelehnt", "ausstehend", "unbezahlt", "nicht bezahlt",
    "abgelaufen", "warteliste", "nein",
))  # fmt: skip


def reason_for_absence(*, status: str, paid: str) -> str:
    """Return why the row is skipped, or an empty string when the person is coming."""
    if fold_words(status) in NOT_COMING:
        return f'Not coming: the status is "{status.strip()}".'
    if is_no(paid):
        return "Not coming: not paid yet."
    return ""


def is_known_status(status: str) -> bool:
    """Whether the status is empty or one of those that mean the person is coming."""
    return not fold_words(status) or fold_words(status) in COMING
