"""Names and addresses as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.importing.people import tidy_email, tidy_name


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  Ada   Byron ", "Ada Byron"),
        ("MARGIT VAN DER HEIDEN", "Margit van der Heiden"),
        ("SEAN O'BRIEN-MCDONALD", "Sean O'Brien-McDonald"),
        ("DE LA CRUZ, MARÍA", "De la Cruz, María"),
        ("JP MORGENSTERN III", "JP Morgenstern III"),
        ("AL GREEN", "Al Green"),
        ("bell hooks", "bell hooks"),
        ("Ada BYRON", "Ada BYRON"),
        ("BO", "BO"),
        ("JD", "JD"),
        ("ОЛЕНА КОВАЛЬ", "ОЛЕНА КОВАЛЬ"),
        ("ليلى حداد", "ليلى حداد"),
        ("王晓明", "王晓明"),
    ],
)
def test_names_are_calmed_only_when_clearly_in_capitals(typed: str, tidied: str):
    assert tidy_name(typed) == tidied


@given(st.text())
def test_tidying_a_name_twice_changes_nothing(text: str):
    assert tidy_name(tidy_name(text)) == tidy_name(text)


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("o'brien+x@mail.example.co.uk", "o'brien+x@mail.example.co.uk"),
        ("jürgen@müller.example", "jürgen@müller.example"),
        ("ada@xn--mller-kva.xn--p1ai", "ada@xn--mller-kva.xn--p1ai"),
        ("not-an-email", ""),
        ("a@b", ""),
        ("a@@example.org", ""),
        ("ada@example.org, bo@example.org", ""),
        ("ada@-example.org", ""),
        ("ada@example..org", ""),
        ("a" * 250 + "@example.org", ""),
    ],
)
def test_addresses_are_lowered_or_refused(typed: str, email: str):
    assert tidy_email(typed) == email
