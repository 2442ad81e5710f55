"""Links that people open: on posters, in consoles, in mails."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

EVERYONE = "0.0.0.0"
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


def address_for_phones(host: str, port: int) -> str:
    """Where the phones of this network find a server that listens on `host`.

    On all addresses (`EVERYONE`) it is this machine's own one: a poster that says localhost opens on no phone.
    """
    return f"http://{lan_address() if host == EVERYONE else host}:{port}"


def lan_address() -> str:
    """This machine's address as its neighbours see it; asking for a route sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def public(path: str) -> str:
    """A link as far as the server knows its own address: absolute with `PUBLIC_URL`, else only the path."""
    return f"{settings.PUBLIC_URL}{path}"


def absolute(request: HttpRequest, path: str) -> str:
    """The full link, with the address the request came by where `PUBLIC_URL` is not set."""
    return request.build_absolute_uri(public(path))


def opens_here_only(link: str) -> bool:
    """Whether a link leads nowhere but to the computer it is opened on: of no use to a phone."""
    return urlsplit(link).hostname in THIS_COMPUTER
