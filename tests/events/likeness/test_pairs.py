"""Topics that may mean the same: the rules hold to the letter, and `-s` prints how good the guesses are."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from events.likeness import Why, likely_pairs
from events.likeness import meaning as meaning_module

PAIRS = Path(__file__).parents[2] / "data" / "topics" / "pairs.csv"
WITHOUT_THE_EXTRA = """
import sys
sys.modules["{missing}"] = None
from events.likeness import likely_pairs
labels = ["ML", "Machine learning", "Podcast", "Podcasts", "Movies", "Films"]
print([(pair.one, pair.other, pair.why) for pair in likely_pairs(labels)])
"""


def why(one: str, other: str) -> Why | None:
    """Why they are proposed, None if they are not; the order they come in makes no difference."""
    pairs = likely_pairs([one, other])
    assert [pair.why for pair in pairs] == [pair.why for pair in likely_pairs([other, one])]
    return pairs[0].why if pairs else None


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("ML", "Machine learning"),
        ("ai", "Artificial Intelligence"),
        ("UX design", "User experience design"),
        ("a11y", "Accessibility"),
        ("K8s", "Kubernetes"),
        ("HR", "Human resources"),
        ("B2B", "Business to business"),
        ("AI ethics", "Ethics of artificial intelligence"),
        ("R&D", "Research and development"),
        ("IoT", "Internet of Things"),
        ("SEO", "Search engine optimization"),
        ("PM", "Project management"),
        ("PM", "Product management"),
    ],
)
def test_short_form_stands_for_its_words(short: str, long: str) -> None:
    assert why(short, long) == "short_form"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Podcast", "Podcasts"),
        ("City", "Cities"),
        ("Urban farms", "urban farm"),
        ("Machine lerning", "Machine learning"),
        ("Sustainabilty", "Sustainability"),
        ("Colour theory", "Color theory"),
        ("Organisational culture", "Organizational culture"),
        ("Block chain technolgy", "Blockchain technology"),
        ("Public speaking", "Speaking in public"),
    ],
)
def test_plurals_slips_and_other_orders_are_spellings(one: str, other: str) -> None:
    assert why(one, other) == "spelling"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Java", "JavaScript"),
        ("Rust", "Trust"),
        ("C", "C++"),
        ("C++", "C#"),
        ("SEO", "CEO"),
        ("Food", "Foot"),
        ("UI design", "UX design"),
        ("AR games", "VR games"),
        ("B2B sales", "B2C sales"),
        ("Web3", "Web2"),
        ("Industry 4.0", "Industry 5.0"),
        ("2D animation", "3D animation"),
        ("Non-profit", "Profit"),
        ("Not for profit", "For profit"),
        ("No-code", "Low-code"),
        ("Formal logic", "Informal logic"),
        ("Online events", "Offline events"),
        ("Frontend", "Backend"),
        ("Inbound marketing", "Outbound marketing"),
        ("Imports", "Exports"),
        ("Farming", "Urban farming"),
        ("Photography", "Street photography"),
        ("German", "Germany"),
        ("Gastronomy", "Astronomy"),
        ("Baking", "Biking"),
        ("", "C"),
        ("🎲", "🎸"),
    ],
)
def test_what_must_not_be_one_is_never_proposed(one: str, other: str) -> None:
    assert why(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Movies", "Films"), ("Electric cars", "Electric vehicles"), ("Cooking", "Cookery")],
)
def test_other_words_for_the_same_thing_are_found_by_meaning(one: str, other: str) -> None:
    assert why(one, other) == "meaning"


def test_the_likeliest_come_first() -> None:
    labels = ["Movies", "Films", "Podcast", "Podcasts", "ML", "Machine learning"]
    found = [(pair.one, pair.other, pair.why) for pair in likely_pairs(labels)]
    assert found == [(4, 5, "short_form"), (2, 3, "spelling"), (0, 1, "meaning")]


@pytest.mark.parametrize("missing", ["tokenizers", "wordllama"])
def test_without_the_extra_the_other_looks_work_and_nothing_is_said(missing: str) -> None:
    command = [sys.executable, "-W", "error", "-c", WITHOUT_THE_EXTRA.format(missing=missing)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[(0, 1, 'short_form'), (2, 3, 'spelling')]\n", "")


def test_words_that_the_tokenizer_does_not_know_have_a_vector_or_none() -> None:
    vectors = meaning_module.vectors(["", "🎲", "ꙮ", "x" * 500])
    assert vectors is not None
    assert all(0 <= round(float(vector @ vector), 3) <= 1 for vector in vectors)


@pytest.mark.parametrize(
    ("rules", "same", "short_form", "spelling"),
    [("made with", 65, (18, 0), (15, 3)), ("held out", 30, (6, 0), (10, 1))],
)
def test_measured_on_hand_written_pairs(
    rules: str, same: int, short_form: tuple[int, int], spelling: tuple[int, int]
) -> None:
    """Right and wrong proposals; `-s` prints what the package's docstring quotes, by meaning too."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["rules"] == rules]
    counts = Counter((row["same"], why(row["one"], row["other"])) for row in rows)
    looks: tuple[Why, ...] = ("short_form", "spelling", "meaning")
    figures = {look: (counts["yes", look], counts["no", look]) for look in looks}
    right, wrong = (sum(column) for column in zip(*figures.values(), strict=True))
    precision, recall = right / (right + wrong), right / same
    print(  # noqa: T201
        f"\n{rules}: {len(rows)} pairs, {same} of them one topic;"
        f" precision {precision:.2f}, recall {recall:.2f}; right and wrong by look: {figures}"
    )
    assert right + counts["yes", None] == same
    assert (figures["short_form"], figures["spelling"]) == (short_form, spelling)
