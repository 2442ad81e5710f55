"""Topics as people write them, and the key under which different spellings are one topic."""

import re
import unicodedata
from collections.abc import Callable

from events.importing.answers import is_blank

MAX_INTERESTS = 8
MAX_INTEREST_LENGTH = 60

SEPARATORS = re.compile(r"[;,|\n\r]")
ONE_LETTER_WITH_SIGNS = re.compile(r"[\W_]*([^\W\d_])([+#]+)[\W_]*")
VARIATION_SELECTORS = re.compile(r"[\ufe00-\ufe0f]")


def fold_interest(text: str) -> str:
    """Return the key under which spellings such as "ClimateTech" and " climate-tech " are one.

    Compatibility-normalised and case-folded, then only letters, digits and the marks that belong
    to letters (vowel signs of Indic scripts) stay. A lone letter keeps its signs: C, C++ and C#
    are three topics. At most 60 characters; empty when nothing is left. Folding a key again returns
    the same key.
    """
    normal = VARIATION_SELECTORS.sub("", _caseless(text))
    if lone_letter := ONE_LETTER_WITH_SIGNS.fullmatch(normal):
        return "".join(lone_letter.groups())
    kept = ""
    for char in normal:
        category = unicodedata.category(char)
        if category[0] in "LN" or (category in ("Mn", "Mc") and kept):
            kept += char
    return unicodedata.normalize("NFKC", kept)[:MAX_INTEREST_LENGTH]


def _caseless(text: str) -> str:
    """Unicode's compatibility caseless form: one pass of folding can undo the normalisation."""
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", text)


def split_interests(answer: str, *, warn: Callable[[str], None]) -> tuple[str, ...]:
    """Split one answer into at most 8 topics, keeping the first spelling of each."""
    topics: dict[str, str] = {}
    for part in SEPARATORS.split(answer):
        topic = " ".join(part.split())
        if len(topic) > MAX_INTEREST_LENGTH:
            warn(f"A topic was cut to {MAX_INTEREST_LENGTH} characters.")
            topic = topic[:MAX_INTEREST_LENGTH].rstrip()
        if (key := fold_interest(topic)) and not is_blank(topic):
            topics.setdefault(key, topic)
    if len(topics) > MAX_INTERESTS:
        warn(f"{len(topics)} topics given; the first {MAX_INTERESTS} are kept.")
    return tuple(topics.values())[:MAX_INTERESTS]
