"""Folding of topics and splitting of answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.importing import fold_interest
from events.importing.interests import split_interests


def split(answer: str) -> tuple[tuple[str, ...], list[str]]:
    warnings: list[str] = []
    return split_interests(answer, warn=warnings.append), warnings


@pytest.mark.parametrize(
    "spelling",
    ["ClimateTech", "climate tech", " Climate-tech ", "CLIMATE_TECH!", "\uff23limateTech"],
)
def test_spellings_of_one_topic_fold_together(spelling: str):
    assert fold_interest(spelling) == "climatetech"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Straßenbau", "strassenbau"),
        ("हिन्दी साहित्य", "हिन्दीसाहित्य"),
        ("城市 农业", "城市农业"),
        ("زراعة", "زراعة"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("c", "c"),
        ("#climate", "climate"),
        ("🧗\ufe0f", ""),
        ("--", ""),
    ],
)
def test_letters_of_any_script_stay_and_the_rest_goes(text: str, key: str):
    assert fold_interest(text) == key


@given(st.text())
def test_folding_twice_changes_nothing(text: str):
    assert fold_interest(fold_interest(text)) == fold_interest(text)


@given(st.text())
def test_key_is_never_longer_than_sixty(text: str):
    assert len(fold_interest(text)) <= 60


@given(st.text("abcdefgh XYZéß"))
def test_case_and_spacing_do_not_change_the_key(text: str):
    assert fold_interest(f" {text.swapcase().replace(' ', '-')} ") == fold_interest(text)


def test_answer_splits_at_comma_semicolon_bar_and_line_break():
    assert split("Tea, chess;radio|ceramics\nbikes;") == (
        ("Tea", "chess", "radio", "ceramics", "bikes"),
        [],
    )


def test_first_spelling_of_a_repeated_topic_is_kept():
    assert split("Climate tech; ClimateTech, climate-tech") == (("Climate tech",), [])


def test_ninth_topic_is_dropped_and_told():
    topics = tuple(f"topic {number}" for number in range(1, 10))
    assert split(";".join(topics)) == (topics[:8], ["9 topics given; the first 8 are kept."])


def test_long_topic_is_cut_and_told():
    assert split("a" * 61) == (("a" * 60,), ["A topic was cut to 60 characters."])


def test_topic_without_letters_in_its_first_sixty_characters_is_left_out():
    assert split("!" * 60 + "tea") == ((), ["A topic was cut to 60 characters."])


@pytest.mark.parametrize("answer", ["", " ; , ", "n/a", "none", "-"])
def test_answer_that_says_nothing_gives_no_topics(answer: str):
    assert split(answer) == ((), [])
