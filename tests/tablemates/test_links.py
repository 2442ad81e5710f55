"""Links and the QR codes that carry them."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tablemates.links import EVERYONE, absolute, address_for_phones, public

if TYPE_CHECKING:
    from django.test import RequestFactory
    from pytest_django.fixtures import SettingsWrapper


def test_without_a_public_address_a_link_is_where_the_request_came_to(
    rf: RequestFactory, settings: SettingsWrapper
) -> None:
    settings.PUBLIC_URL = ""
    request = rf.get("/any", headers={"Host": "192.168.0.7:8000"})
    assert public("/e/X") == "/e/X"
    assert absolute(request, "/e/X") == "http://192.168.0.7:8000/e/X"


def test_with_a_public_address_a_link_is_there_whatever_the_request_says(
    rf: RequestFactory, settings: SettingsWrapper
) -> None:
    settings.PUBLIC_URL = "https://tables.example.org"
    request = rf.get("/any", headers={"Host": "example.com"})
    assert public("/e/X") == "https://tables.example.org/e/X"
    assert absolute(request, "/e/X") == "https://tables.example.org/e/X"


def test_a_server_for_everyone_is_found_by_this_machines_own_address() -> None:
    assert address_for_phones("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    found = urlsplit(address_for_phones(EVERYONE, 8000))
    assert (found.scheme, found.port) == ("http", 8000)
    assert not ip_address(found.hostname or "").is_unspecified
