"""Free answers to set questions: why someone comes, what they need, and yes or no."""

import re

from events.importing.headers import fold_words

INTENTS = ("sell", "buy", "hire", "find_work", "peers", "learn", "help")

INTENT_PHRASES = {
    "sell": (
        "sell", "selling", "find customers", "find clients", "new customers", "new clients",
        "verkaufen", "kunden finden", "kunden gewinnen",
    ),
    "buy": (
        "buy", "buying", "find a supplier", "find suppliers", "find a vendor", "kaufen",
        "einkaufen", "anbieter finden",
    ),
    "hire": (
        "hire", "hiring", "recruit", "recruiting", "find staff", "find a teammate",
        "find teammates", "einstellen", "personal finden",
    ),
    "find_work": (
        "find work", "find a job", "looking for work", "looking for a job", "find a new role",
        "new job", "job", "arbeit finden", "arbeit suchen", "stelle finden",
    ),
    "peers": (
        "peers", "peer", "peer exchange", "meet people", "exchange ideas", "compare notes",
        "networking", "network", "austausch", "leute kennenlernen", "gleichgesinnte",
    ),
    "learn": ("learn", "learning", "get inspired", "inspiration", "lernen"),
    "help": ("help", "help others", "helping", "give back", "mentor", "mentoring", "helfen"),
}  # fmt: skip

NEED_PHRASES = {
    "step_free": (
        "step free", "step_free", "steps", "stairs", "wheelchair", "walker", "crutches",
        "stufenlos", "stufen", "treppe", "treppen", "rollstuhl", "rollator", "krücken", "marches",
        "fauteuil roulant", "escaleras", "escalones", "silla de ruedas", "rolstoel",
    ),
    "quiet": (
        "quiet", "noise", "hearing", "hearing aid", "ruhig", "leise", "lärm", "hörgerät",
        "schwerhörig", "calme", "bruit", "malentendant", "tranquilo", "tranquila", "ruido",
        "audífono", "rustig",
    ),
    "stay": (
        "stay", "same table", "same seat", "fixed table", "fixed seat", "fester platz",
        "fester tisch", "gleicher tisch", "sitzen bleiben", "même table", "place fixe",
        "misma mesa", "vaste plaats",
    ),
}  # fmt: skip
NEEDS = tuple(NEED_PHRASES)

BLANK_ANSWERS = frozenset(
    fold_words(word) for word in ("", "n/a", "na", "none", "null", "nil", "keine", "k.A.")
)
YES_ANSWERS = frozenset(
    ("1", "y", "yes", "true", "x", "j", "ja", "wahr", "oui", "si", "sí", "sì", "sim")
)
NO_ANSWERS = frozenset(("0", "n", "no", "false", "nein", "falsch", "non", "não", "nee"))


def is_blank(answer: str) -> bool:
    """Whether an answer says nothing: empty, a dash, "n/a"."""
    return fold_words(answer) in BLANK_ANSWERS


def is_yes(answer: str) -> bool:
    """Whether an answer starts with a yes ("Yes", "ja, gern") or is a tick."""
    return answer.strip() in ("✓", "✔") or _first_word(answer) in YES_ANSWERS


def is_no(answer: str) -> bool:
    """Whether an answer starts with a no ("No", "Nein")."""
    return _first_word(answer) in NO_ANSWERS


def _first_word(answer: str) -> str:
    return fold_words(answer).partition(" ")[0]


def read_intent(answer: str) -> str:
    """Return the intent the answer names first, or an empty string."""
    match = INTENT_PATTERN.search(fold_words(answer.replace("_", " ")))
    return INTENT_OF_PHRASE[match.group(1)] if match else ""


def read_needs(answer: str) -> tuple[str, ...]:
    """Return the needs that the answer names, in the order of `NEEDS`."""
    words = f" {fold_words(answer)} "
    return tuple(
        need
        for need, phrases in NEED_PHRASES.items()
        if any(f" {fold_words(phrase)} " in words for phrase in phrases)
    )


INTENT_OF_PHRASE = {
    phrase: intent for intent, phrases in INTENT_PHRASES.items() for phrase in phrases
}
INTENT_PATTERN = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, INTENT_OF_PHRASE), key=len, reverse=True)) + r")\b"
)
