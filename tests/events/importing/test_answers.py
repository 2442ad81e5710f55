"""Intents and yes-or-no answers in free words."""

import pytest

from events.importing.answers import INTENTS, NEEDS, is_no, is_yes, read_intent, read_needs


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


@pytest.mark.parametrize(
    ("answer", "needs"),
    [
        ("I use a wheelchair", ("step_free",)),
        ("Somewhere quiet; no stairs, please", ("step_free", "quiet")),
        ("Hearing aid", ("quiet",)),
        ("the same table all evening", ("stay",)),
        ("Rollstuhl", ("step_free",)),
        ("No peanuts", ()),
        ("", ()),
    ],
)
def test_needs_that_a_table_can_meet_are_read(answer: str, needs: tuple[str, ...]):
    assert read_needs(answer) == needs


@pytest.mark.parametrize("need", NEEDS)
def test_every_need_is_read_by_its_own_code(need: str):
    assert read_needs(need) == (need,)


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
