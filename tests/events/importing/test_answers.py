"""Intents and yes-or-no answers in free words."""

import pytest

from events.importing.answers import INTENTS, is_no, is_yes, read_intent


@pytest.mark.parametrize(
    ("answer", "intent"),
    [
        ("Find clients", "sell"),
        ("find people to hire", "hire"),
        ("To learn, and maybe help others", "learn"),
        ("Looking for a job", "find_work"),
        ("Austausch mit anderen", "peers"),
        ("find a supplier", "buy"),
        ("I want to help.", "help"),
        ("because of the soup", ""),
        ("", ""),
    ],
)
def test_the_first_reason_named_is_the_intent(answer: str, intent: str):
    assert read_intent(answer) == intent


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_read_by_its_own_code(intent: str):
    assert read_intent(intent) == intent


@pytest.mark.parametrize(
    ("answer", "yes", "no"),
    [
        ("Yes", True, False),
        ("Ja, gern!", True, False),
        ("✓", True, False),
        ("1", True, False),
        ("No", False, True),
        ("Nein", False, True),
        ("maybe", False, False),
        ("", False, False),
    ],
)
def test_yes_and_no_are_told_apart(answer: str, yes: bool, no: bool):
    assert (is_yes(answer), is_no(answer)) == (yes, no)
