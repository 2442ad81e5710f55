"""Bytes to text: every encoding and delimiter that spreadsheets write, and what is no text at all."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.importing import UnreadableGuestList, read_guest_list
from events.importing.decode import decode

BOM = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-8": codecs.BOM_UTF8}
NAMES = st.text(
    st.characters(
        codec="utf-8", categories=("L", "Nd", "Pd", "Po", "Zs"), exclude_characters="\x85"
    ),
    min_size=1,
    max_size=30,
).map(lambda text: "x" + " ".join(text.split()))
COMPANIES = st.lists(NAMES, min_size=1, max_size=3).map("\n".join)


def written(table: list[tuple[str, str]], delimiter: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([("Name", "Company"), *table])
    return stream.getvalue()


def read(data: bytes) -> list[tuple[str, str]]:
    guest_list = read_guest_list(data)
    return [(guest.name, guest.company) for guest in guest_list.guests]


def expected(table: list[tuple[str, str]]) -> list[tuple[str, str]]:
    once = {name.casefold(): (name, " ".join(company.split())) for name, company in table[::-1]}
    return [once[key] for key in dict.fromkeys(name.casefold() for name, _ in table)]


TABLES = st.lists(st.tuples(NAMES, COMPANIES), min_size=1, max_size=6)


@given(TABLES, st.sampled_from(",;\t"), st.sampled_from(sorted(BOM)), st.booleans())
def test_any_table_of_names_survives_every_encoding_and_delimiter(
    table: list[tuple[str, str]], delimiter: str, encoding: str, bom: bool
) -> None:
    mark = BOM[encoding] if bom else b""
    assert read(mark + written(table, delimiter).encode(encoding)) == expected(table)


@given(st.lists(st.text("abcäöüßéñÿ ", min_size=1, max_size=20), min_size=1, max_size=6))
def test_any_western_name_survives_windows_1252(names: list[str]) -> None:
    # Some runs of letters beyond ASCII are UTF-8 as well; then UTF-8 it is.
    table = [("é" + "".join(name.split()) + "a€Žœ", "") for name in names]
    assert read(written(table, ";").encode("cp1252")) == expected(table)


@pytest.mark.parametrize("encoding", sorted(BOM))
@pytest.mark.parametrize("header", ["Name\tE-mail", "\u59d3\u540d\tE-mail\tName"])
def test_utf_16_is_known_by_its_separators(encoding: str, header: str) -> None:
    assert decode(f"{header}\r\n李 娜\tx\r\n".encode(encoding)).text.startswith(header)


def test_nul_bytes_alone_make_no_utf_16() -> None:
    text = "Name,Company\nAda,Loom\nBo,Mill\nCleo,Inn\n"
    assert decode(text.replace("Ada", "A\x00da").encode() + b"\x00").text == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(range(32)) * 40, "not_text"),
        (b"\x7fELF\x02\x01\x01" + bytes(57) + bytes(range(256)) * 8, "not_text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 8, "unknown_encoding"),
        (b"", "empty"),
        ("\ufeff".encode("utf-16-le"), "empty"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableGuestList) as caught:
        decode(data)
    assert caught.value.code in (code, "unknown_encoding")
