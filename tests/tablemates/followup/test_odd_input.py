"""Whatever a phone sends, it is refused with a reason or done: never an error of ours, and never half."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.phones import Phone, sat_down

pytestmark = pytest.mark.django_db

ODD: list[Any] = [
    None,
    [],
    "text",
    7,
    {},
    {"shares": None},
    {"shares": "email"},
    {"shares": [["email"]]},
    {"shares": ["email"] * 1000},
    {"flags": None, "words": None},
    {"flags": [{}], "named": "perhaps"},
    {"text": "\x00"},
    {"text": "\ud800"},
    {"text": ["a"], "to": "nobody"},
    {"to": str(uuid4()), "text": "t" * 100_000},
    {"text": "A book", "due": "0000-00-00"},
    {"text": "A book", "due": "9999-12-31", "status": "forgotten"},
    {"due": "2026-02-30", "status": None},
    {"worth": "yes please"},
    {"worth": {}},
    {"on": None},
    {"yes": None, "shares": 3},
    {"name": "\u200b", "shares": []},
    {"name": {"first": "Ada"}},
    {"email": ["a@b.c"], "phone": "\u202e555", "link": "//"},
    {"link": "http://[", "words": "\x07"},
    {"link": "https://user:pw@example.org:99999/"},
]


@pytest.fixture
def phone() -> Phone:
    ada, bo, *_ = sat_down()
    own = Phone(ada)
    own.post("promises", to=str(bo.pk), text="A book")
    return own


def routes(phone: Phone) -> list[tuple[str, str]]:
    page = phone.afterwards()
    other, table = page["tablemates"][0]["id"], page["tables"][0]["id"]
    promise = page["promises"][0]["id"]
    return [
        ("put", f"picks/{other}"),
        ("patch", "card"),
        ("put", f"notes/{other}"),
        ("put", f"tables/{table}/flags"),
        ("post", "promises"),
        ("patch", f"promises/{promise}"),
        ("post", f"promises/{promise}/thank"),
        ("put", "worth"),
        ("put", "quiet"),
        ("post", "requests"),
        ("post", f"requests/{uuid4()}"),
    ]


def test_odd_bodies_are_refused_with_a_reason_or_done(phone: Phone) -> None:
    for method, path in routes(phone):
        for body in ODD:
            sent = json.dumps(body)
            answer = getattr(phone.client, method)(
                f"/api/v1/me/{path}", sent, content_type="application/json"
            )
            assert answer.status_code < 500, (method, path, body)
            if answer.status_code >= 400:
                assert {"code", "message"} <= answer.json().keys()
    assert phone("get", "afterwards").status == 200


def test_no_other_way_of_asking_is_an_error(phone: Phone) -> None:
    for _method, path in routes(phone):
        for method in ("get", "post", "put", "patch", "delete", "options"):
            answer = getattr(phone.client, method)(f"/api/v1/me/{path}")
            assert answer.status_code < 500, (method, path)
