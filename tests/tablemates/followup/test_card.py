"""The card for an address book, read back by a library that did not write it."""

from __future__ import annotations

from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from tablemates.followup.letters.card import vcard
from tests.introductions import evening_of_two, introduce, phone

NASTY = [
    ";",
    ",",
    "\\",
    "\n",
    "\r\n",
    ":",
    '"',
    "\\n",
    "END:VCARD",
    "\u2028",
    "\x85",
    "👩‍🚀",
    "é" * 40,
]
letters = st.characters(exclude_categories=["Cs", "Cc"])
any_text = st.lists(st.text(letters, max_size=8) | st.sampled_from(NASTY), max_size=12).map("".join)
any_name = any_text.filter(lambda text: bool(text.split()))


def read(card: str) -> Any:
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    return vobject.readOne(card)


def in_lines(text: str) -> str:
    return "\n".join(text.splitlines())


@given(name=any_name, email=any_text, phone=any_text, company=any_text, words=any_text)
@settings(max_examples=120, derandomize=True, deadline=None)
def test_whatever_was_typed_is_read_back_as_it_was(name: str, **typed: str) -> None:
    card = read(vcard(name=name, shared=typed))
    assert card.fn.value == " ".join(name.split())
    whole = f"{card.n.value.given} {card.n.value.family}".split()
    assert whole == name.split()
    labels = {"email": "email", "phone": "tel", "words": "note"}
    for field, label in labels.items():
        found = [line.value for line in card.contents.get(label, [])]
        assert found == [in_lines(typed[field])] * bool(typed[field])
    companies = [line.value for line in card.contents.get("org", [])]
    assert companies == [[in_lines(typed["company"])]] * bool(typed["company"])


@given(link=any_text)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_link_leads_to_the_web_whatever_was_typed(link: str) -> None:
    (line,) = read(vcard(name="Ada", shared={"link": f"x{link}"})).contents["url"]
    assert line.value.startswith("https://x")
    assert line.value.isascii()
    assert line.value.split() == [line.value]


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://example.org/~ada?a=1&b=2#c", "https://example.org/~ada?a=1&b=2#c"),
        ("HTTP://example.org", "HTTP://example.org"),
        (" example.org/ada b ", "https://example.org/ada%20b"),
        ("javascript:alert(1)", "https://javascript:alert(1)"),
        ("https://example.org/%C3%A9t%C3%A9", "https://example.org/%C3%A9t%C3%A9"),
    ],
)
def test_link_is_kept_or_made_one(typed: str, link: str) -> None:
    assert read(vcard(name="Ada", shared={"link": typed})).url.value == link


def test_card_without_anything_shared_is_a_name() -> None:
    assert vcard(name="Ada  Lovelace", shared={"email": ""}) == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nN:Lovelace;Ada;;;\r\nEND:VCARD\r\n"
    )


@pytest.mark.django_db
def test_phone_is_given_what_is_shared_with_it_and_no_more() -> None:
    ada, bo = evening_of_two()
    introduce(ada, bo, shares=["email"], back=["company"])
    type(bo).objects.filter(pk=bo.pk).update(company="Kiln & Söhne, GmbH", name="Bo\nDiddley")
    answer = phone(ada).get(f"/api/v1/me/introductions/{bo.pk}/card.vcf")
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="Bo Diddley.vcf"'
    assert answer["Cache-Control"] == "no-store"
    card = read(answer.content.decode())
    assert {name: line[0].value for name, line in card.contents.items() if name != "n"} == {
        "version": "3.0",
        "fn": "Bo Diddley",
        "org": ["Kiln & Söhne, GmbH"],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["card.vcf", "talk.ics"])
def test_who_was_not_introduced_gets_no_file(file: str) -> None:
    ada, bo = evening_of_two()
    bo.picks.all().delete()
    answers = [
        phone(ada).get(f"/api/v1/me/introductions/{other}/{file}")
        for other in (bo.pk, ada.pk, "00000000-0000-4000-8000-000000000000")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
