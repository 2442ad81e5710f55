"""Whether a row stands for somebody who is coming."""

from events.importing.answers import is_no
from events.importing.headers import fold_words

COMING = frozenset((
    "attending", "checked in", "approved", "confirmed", "registered", "paid",
    "active", "complete", "completed", "going", "yes", "accepted",
    "bezahlt", "zugesagt", "bestätigt", "angemeldet", "aktiv", "ja",
    "payé", "payée", "confirmé", "confirmée", "actif", "active", "oui",
    "pagado", "pagada", "confirmado", "confirmada", "activo", "sí", "si",
    "betaald", "bevestigd", "actief",
    "pagato", "confermato", "attivo", "sì",
))  # fmt: skip
NOT_COMING = frozenset((
    "refunded", "cancelled", "canceled", "declined", "rejected", "pending", "approval pending",
    "pending approval", "payment pending", "pending payment", "awaiting payment", "unpaid",
    "expired", "deleted", "transferred", "not attending", "not going", "no", "waitlist",
    "waitlisted", "on waitlist", "waiting list", "invited",
    "storniert", "erstattet", "abgesagt", "abgelehnt", "ausstehend", "unbezahlt", "nicht bezahlt",
    "abgelaufen", "warteliste", "eingeladen", "nein",
    "annulé", "annulée", "remboursé", "remboursée", "refusé", "refusée", "en attente", "impayé",
    "expiré", "expirée", "liste d attente", "non",
    "cancelado", "cancelada", "reembolsado", "reembolsada", "rechazado", "rechazada", "pendiente",
    "caducado", "caducada", "lista de espera",
    "geannuleerd", "terugbetaald", "afgewezen", "openstaand", "in behandeling", "verlopen",
    "wachtlijst", "nee",
    "annullato", "annullata", "rimborsato", "rimborsata", "rifiutato", "rifiutata", "in attesa",
    "in sospeso", "scaduto", "scaduta", "lista d attesa",
))  # fmt: skip


def reason_for_absence(*, status: str, paid: str) -> str:
    """Return why the person is not coming, or an empty string when they are."""
    if fold_words(status) in NOT_COMING:
        return f'the status is "{status.strip()}"'
    if is_no(paid):
        return "not paid yet"
    return ""


def is_known_status(status: str) -> bool:
    """Whether the status is empty or one of those that mean the person is coming."""
    return not fold_words(status) or fold_words(status) in COMING
