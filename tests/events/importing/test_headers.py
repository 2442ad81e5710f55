"""Which column holds what."""

import pytest

from events.importing.headers import COMMON_ALIASES, find_columns, fold_words


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("  E-MAIL ", "email"),
        ("Full_Name", "name"),
        ("What are you interested in?", "interests"),
        ("Which topics would you like to talk about? (up to three)", "interests"),
        ("Why are you coming? Be honest", "intent"),
        ("I am looking for…", "ask"),
        ("What do you need help with?", "ask"),
        ("I can help with…", "offer"),
        ("Is this your first time with us?", "first_timer"),
        ("Would you like to host a table?", "host"),
        ("Profession", "trade"),
        ("What do you do for a living?", "trade"),
        ("Job title", "trade"),
        ("Do you have accessibility needs?", "needs"),
        ("Themen, über die du reden magst", "interests"),
    ],
)
def test_header_is_recognised(header: str, field: str):
    assert find_columns([header], COMMON_ALIASES) == {field: (0,)}


@pytest.mark.parametrize(
    "header", ["Are you interested in our newsletter?", "Special offers", "Order Date", "", "###"]
)
def test_other_headers_are_left_alone(header: str):
    assert find_columns([header], COMMON_ALIASES) == {}


def test_exact_header_comes_before_a_question_and_repeated_headers_are_all_kept():
    headers = ["Company", "Who are you looking for?", "Ask", "Company"]
    assert find_columns(headers, COMMON_ALIASES) == {"company": (0, 3), "ask": (2, 1)}


def test_trade_comes_before_a_job_title():
    assert find_columns(["Job Title", "Trade"], COMMON_ALIASES) == {"trade": (1, 0)}


def test_number_sign_is_a_word_of_its_own():
    assert (fold_words("Order #"), fold_words("ORDER#"), fold_words("Order")) == (
        "order #",
        "order #",
        "order",
    )
