"""What a letter begins with is not its writer's own; what is left decides whether it may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tablemates.followup.letters.draft import (
    LEAST,
    Meeting,
    digest,
    draft,
    letters_missing,
    meeting_of,
    own_words,
)
from tablemates.followup.selectors import introduction_with
from tests.introductions import evening_of_two

if TYPE_CHECKING:
    from collections.abc import Callable

MET = Meeting(name="Bo", event="Spring evening", topic="ceramics", via="")
LINE = "We sat together at Spring evening and talked about ceramics."
any_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@pytest.mark.parametrize(
    ("met", "line"),
    [
        (MET, LINE),
        (MET._replace(via="Cleo D."), LINE),
        (MET._replace(topic="", via="Cleo D."), "Cleo D. introduced us at Spring evening."),
        (MET._replace(topic=""), "We met at Spring evening."),
    ],
)
def test_draft_greets_says_how_we_met_and_ends_with_the_note(met: Meeting, line: str) -> None:
    assert draft(met, " Her kiln \n") == f"Hello Bo,\n\n{line}\n\nHer kiln"
    assert draft(met, "") == f"Hello Bo,\n\n{line}"


@pytest.mark.django_db
def test_draft_knows_the_table_and_what_the_other_is_called() -> None:
    ada, bo = evening_of_two(title="Spring\n evening")
    bo.name = "Dr. Bo Diddley"
    bo.save()
    met = meeting_of(introduction_with(ada, bo.pk), ada.event)
    assert met == MET._replace(name="Dr. Bo")


def test_untouched_draft_holds_no_words_of_ones_own() -> None:
    assert own_words(draft(MET, ""), MET) == ""


def test_note_in_the_draft_is_of_ones_own() -> None:
    assert own_words(draft(MET, "The kiln in Delft!"), MET) == "the kiln in delft!"


@pytest.mark.parametrize(
    "text",
    [
        f"hello  bo,\r\n{LINE.upper()} See you",
        f"See you {LINE} {LINE}",
        f"See{' ' * 300}you\n\n\nHello Bo,",
        "\uff33\uff45\uff45 you",
    ],
)
def test_case_width_spaces_and_repeats_of_the_draft_add_nothing(text: str) -> None:
    assert own_words(text, MET) == "see you"


def test_draft_of_a_phone_that_speaks_another_language_is_not_of_ones_own_either() -> None:
    for language in ("en", "de", "fr", "es"):
        with translation.override(language):
            text = draft(MET, "")
        assert own_words(text, MET) == ""


@given(note=any_words)
@settings(max_examples=60, derandomize=True)
def test_whatever_is_added_to_a_draft_is_counted_as_if_it_stood_alone(note: str) -> None:
    assert own_words(draft(MET, note), MET) == own_words(note, MET)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("", 20),
        ("!?.,-  \n", 20),
        ("a1" * 9, 2),
        ("é" * LEAST, 0),
        ("陶芸の話をもっと聞きたいです。来週は", 3),
    ],
)
def test_letters_and_digits_are_counted_and_nothing_else(words: str, missing: int) -> None:
    assert letters_missing(words) == missing


@pytest.mark.parametrize(
    "change",
    [str.upper, str.title, lambda text: text.replace(" ", "\n"), lambda text: f"* {text}!!"],
)
def test_letters_that_differ_in_case_spaces_and_signs_are_the_same(
    change: Callable[[str], str],
) -> None:
    text = "shall we look at that kiln, on friday"
    assert digest(change(text), MET) == digest(text, MET)
    assert digest(f"{text} 2", MET) != digest(text, MET)


def test_another_name_makes_no_other_letter_and_part_of_a_word_is_no_name() -> None:
    def sent_to(name: str, text: str) -> str:
        return digest(text.format(name), MET._replace(name=name))

    assert sent_to("Bo", "Hi {0}, what a kiln!") == sent_to("Dr. Cleo", "Hi {0}, what a kiln!")
    assert sent_to("Bo", "what {0}ots!") != sent_to("Ro", "what {0}ots!")
