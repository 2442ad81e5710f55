"""What a scan means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.selectors import SECRET_MAX, read_scan


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("abc", "abc"),
        (" abc\n", "abc"),
        ("https://tables.example.org/t#abc", "abc"),
        ("/t#abc", "abc"),
        ("https://tables.example.org/t", "https://tables.example.org/t"),
        ("https://tables.example.org/t#", ""),
        ("http://[x#abc", ""),
        ("a\x00b", ""),
        ("a\nb", ""),
        ("x" * SECRET_MAX, "x" * SECRET_MAX),
        ("x" * (SECRET_MAX + 1), ""),
        ("", ""),
    ],
)
def test_scan_is_read_as_a_secret(text: str, secret: str) -> None:
    assert read_scan(text) == secret


@given(st.text())
def test_whatever_is_scanned_becomes_something_a_database_takes(text: str) -> None:
    secret = read_scan(text)
    assert len(secret) <= SECRET_MAX
    assert secret.isprintable()
