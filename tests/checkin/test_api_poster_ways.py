"""The poster over HTTP: the rotating one, codes by mail, and devices that guess."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from checkin.models import CheckIn, MailCode, WrongTry
from checkin.poster import pass_for, scanned_path
from tests.rows import make_attendee, make_event, make_nonce

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from events.models import Attendee, Event

pytestmark = pytest.mark.django_db

SENT = (
    "If this address is on the guest list, a code is on its way. Nothing there after a minute? "
    "Look among the spam, or ask the people at the door."
)
MALFORMED = ["", "x", "\x00", "🎟️", "x" * 10_000, "1.2", "9" * 40, ["a"], {"a": 1}, 7, True, None]


@pytest.fixture
def event() -> Event:
    return make_event(title="Spring evening")


@pytest.fixture
def rotating() -> Event:
    return make_event(title="Rotating evening", poster_mode="rotating")


@pytest.fixture
def phone() -> Client:
    return Client()


def make_ada(event: Event) -> Attendee:
    return make_attendee(event, "Ada Lovelace", email="ada@example.org")


def post(phone: Client, event: Event, way: str, **body: Any) -> HttpResponse:
    if way != "mail-code":
        body.setdefault("nonce", make_nonce())
    return phone.post(
        f"/api/v1/posters/{event.poster_code}/{way}", body, content_type="application/json"
    )


def secret_of(attendee: Attendee) -> str:
    return attendee.tickets.get(issuer="tablemates").secret


def code_for(phone: Client, event: Event, email: str = "ada@example.org", **body: Any) -> str:
    assert post(phone, event, "mail-code", email=email, **body).status_code == 202
    return mail.outbox[-1].body.split()[0]


def stamp_of(event: Event, seconds_ago: int = 0) -> str:
    then = timezone.now() - timedelta(seconds=seconds_ago)
    return scanned_path(event=event, now=then).partition("#")[2]


def poster(phone: Client, event: Event, stamp: str) -> dict[str, Any]:
    path = f"/api/v1/posters/{event.poster_code}"
    told: dict[str, Any] = phone.get(path, {"stamp": stamp}).json()
    return told


# Rotating


def test_fresh_stamp_is_swapped_for_a_pass_that_lets_in(rotating: Event, phone: Client) -> None:
    told = poster(phone, rotating, stamp_of(rotating))
    assert told["mode"] == "rotating"
    answer = post(phone, rotating, "check-in", name="Grace", **{"pass": told["pass"]})
    assert answer.status_code == 201


@pytest.mark.parametrize("stamp", ["", "\x00", "🎟️", "x" * 10_000, "ABCDEFGHIJKL"])
def test_any_other_stamp_gets_no_pass(rotating: Event, phone: Client, stamp: str) -> None:
    assert poster(phone, rotating, stamp)["pass"] is None
    assert poster(phone, rotating, stamp_of(rotating, seconds_ago=60))["pass"] is None


WAYS: list[tuple[str, dict[str, Any]]] = [
    ("check-in", {"ticket": "{secret}"}),
    ("check-in", {"name": "Grace"}),
    ("mail-code", {"email": "ada@example.org"}),
    ("mail-code/check", {"email": "ada@example.org", "mail_code": "123456"}),
]


@pytest.mark.parametrize(("way", "body"), WAYS)
@pytest.mark.parametrize("given", MALFORMED)
def test_without_a_valid_pass_every_way_in_is_410(
    rotating: Event, phone: Client, way: str, body: dict[str, Any], given: Any
) -> None:
    secret = secret_of(make_ada(rotating))
    body = {name: text.format(secret=secret) for name, text in body.items()}
    answer = post(phone, rotating, way, **body, **{"pass": given})
    assert (answer.status_code, answer.json()) == (
        410,
        {
            "code": "poster_expired",
            "message": "This code has changed. Scan the screen at the door again.",
        },
    )
    assert (CheckIn.objects.count(), MailCode.objects.count(), len(mail.outbox)) == (0, 0, 0)


def test_pass_of_another_event_or_of_a_quarter_of_an_hour_ago_is_410(
    event: Event, rotating: Event, phone: Client
) -> None:
    other = make_event(title="Other", poster_mode="rotating")
    old = timezone.now() - timedelta(minutes=15)
    for whose, now in ((other, timezone.now()), (rotating, old)):
        stamp = scanned_path(event=whose, now=now).partition("#")[2]
        given = pass_for(event=whose, stamp=stamp, now=now)
        assert given
        answer = post(phone, rotating, "check-in", name="Grace", **{"pass": given})
        assert (answer.status_code, answer.json()["code"]) == (410, "poster_expired")


def test_attempt_that_was_answered_is_answered_alike_when_its_pass_has_run_out(
    rotating: Event, phone: Client
) -> None:
    given = poster(phone, rotating, stamp_of(rotating))["pass"]
    nonce = make_nonce()
    first = post(phone, rotating, "check-in", name="Grace", nonce=nonce, **{"pass": given})
    again = post(phone, rotating, "check-in", name="Grace", nonce=nonce, **{"pass": "old"})
    assert (first.status_code, first.content) == (again.status_code, again.content)


@pytest.mark.parametrize("given", MALFORMED)
def test_poster_on_paper_does_not_look_at_passes(event: Event, phone: Client, given: Any) -> None:
    assert post(phone, event, "check-in", name="Grace", **{"pass": given}).status_code == 201


# Codes by mail


def test_known_and_unknown_address_get_the_same_answer(event: Event, phone: Client) -> None:
    make_ada(event)
    answers = [
        post(phone, event, "mail-code", email=email)
        for email in ("ada@example.org", "eve@example.org")
    ]
    assert answers[0].content == answers[1].content
    assert [(a.status_code, a.json()) for a in answers] == [(202, {"message": SENT})] * 2
    assert len(mail.outbox) == 1


def test_fourth_mail_is_left_out_without_a_word(event: Event, phone: Client) -> None:
    make_ada(event)
    answers = [post(phone, event, "mail-code", email="ada@example.org") for _ in range(4)]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (202, answers[0].content)
    }
    assert len(mail.outbox) == 3


def test_code_from_the_mail_is_201_with_the_personal_ticket(event: Event, phone: Client) -> None:
    ada = make_ada(event)
    digits = code_for(phone, event)
    typed = f" {digits[:3]}-{digits[3:]} "
    answer = post(phone, event, "mail-code/check", email="ADA@example.org", mail_code=typed)
    row = CheckIn.objects.get()
    assert (answer.status_code, answer.json()) == (201, {**row.answer, "ticket": secret_of(ada)})


def test_digits_of_another_script_are_digits(event: Event, phone: Client) -> None:
    make_ada(event)
    digits = code_for(phone, event).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    answer = post(phone, event, "mail-code/check", email="ada@example.org", mail_code=digits)
    assert answer.status_code == 201


def test_wrong_code_of_a_known_and_of_an_unknown_address_get_the_same_404(
    event: Event, phone: Client
) -> None:
    make_ada(event)
    digits = code_for(phone, event)
    wrong = f"{(int(digits) + 1) % 10**6:06}"
    answers = [
        post(phone, event, "mail-code/check", email=email, mail_code=wrong)
        for email in ("ada@example.org", "eve@example.org")
    ]
    assert answers[0].content == answers[1].content
    assert (answers[0].status_code, answers[0].json()) == (
        404,
        {
            "code": "wrong_mail_code",
            "field": "mail_code",
            "message": "This code is not right, or too old. Check the digits, or ask for a new code.",
        },
    )
    assert CheckIn.objects.count() == 0


def test_friends_with_one_address_choose_who_they_are(event: Event, phone: Client) -> None:
    ada = make_ada(event)
    bo = make_attendee(event, "Bo Diddley", email="ada@example.org")
    body = {"email": "ada@example.org", "mail_code": code_for(phone, event)}
    asked = post(phone, event, "mail-code/check", **body)
    assert (asked.status_code, asked.json()) == (
        200,
        {
            "code": "choose",
            "people": [
                {"id": str(ada.pk), "name": "Ada Lovelace"},
                {"id": str(bo.pk), "name": "Bo Diddley"},
            ],
        },
    )
    answer = post(phone, event, "mail-code/check", **body, attendee=str(bo.pk))
    assert (answer.status_code, answer.json()["ticket"]) == (201, secret_of(bo))


def test_mail_server_out_of_reach_is_503_alike_for_known_and_unknown(
    event: Event, phone: Client, settings: Any
) -> None:
    make_ada(event)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answers = [
        post(phone, event, "mail-code", email=email)
        for email in ("ada@example.org", "eve@example.org")
    ]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(503, "mail_failed")] * 2
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("way", "body", "field"),
    [
        ("mail-code", {}, "email"),
        ("mail-code", {"email": ""}, "email"),
        ("mail-code", {"email": "ada"}, "email"),
        ("mail-code", {"email": "ada@example.org\x00"}, "email"),
        ("mail-code", {"email": "ada@example.org\nBcc: eve@example.org"}, "email"),
        ("mail-code", {"email": "🎟️@🎟️"}, "email"),
        ("mail-code", {"email": "\ud800@example.org"}, "email"),
        ("mail-code", {"email": "a" * 10_000 + "@example.org"}, "email"),
        ("mail-code", {"email": ["ada@example.org"]}, "email"),
        ("mail-code", {"email": None}, "email"),
        ("mail-code/check", {"mail_code": "123456"}, "email"),
        ("mail-code/check", {"email": "a@example.org"}, "mail_code"),
        ("mail-code/check", {"email": "a@example.org", "mail_code": "12345"}, "mail_code"),
        ("mail-code/check", {"email": "a@example.org", "mail_code": "1234567"}, "mail_code"),
        ("mail-code/check", {"email": "a@example.org", "mail_code": "x" * 10_000}, "mail_code"),
        ("mail-code/check", {"email": "a@example.org", "mail_code": "12\x00456"}, "mail_code"),
        ("mail-code/check", {"email": "a@example.org", "mail_code": "①②③④⑤⑥"}, "mail_code"),
        ("mail-code/check", {"email": "a@example.org", "mail_code": None}, "mail_code"),
        (
            "mail-code/check",
            {"email": "a@example.org", "mail_code": "123456", "nonce": "short"},
            "nonce",
        ),
        (
            "mail-code/check",
            {"email": "a@example.org", "mail_code": "123456", "attendee": "Bo"},
            "attendee",
        ),
    ],
)
def test_wrong_field_is_400_and_named(
    event: Event, phone: Client, way: str, body: dict[str, Any], field: str
) -> None:
    answer = post(phone, event, way, **body)
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == ("invalid", field)
    assert (MailCode.objects.count(), CheckIn.objects.count()) == (0, 0)


@pytest.mark.parametrize("way", ["check-in", "mail-code", "mail-code/check"])
@pytest.mark.parametrize("body", ["[]", "null", "7", '"x"', "{", "\x00", ""])
def test_body_that_is_no_form_is_400(event: Event, phone: Client, way: str, body: str) -> None:
    path = f"/api/v1/posters/{event.poster_code}/{way}"
    answer = phone.post(path, body, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json()) <= {"code", "message", "field"}


@pytest.mark.parametrize("way", ["mail-code", "mail-code/check"])
@pytest.mark.parametrize("code", ["nothing", "%00", "%F0%9F%8E%89", "x" * 500])
def test_unknown_poster_is_404(phone: Client, way: str, code: str) -> None:
    answer = phone.post(f"/api/v1/posters/{code}/{way}", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


# Devices that guess


@pytest.fixture
def guesser(event: Event, phone: Client) -> Client:
    """A phone that has tried twenty codes of nobody's within a minute."""
    phone.get(f"/e/{event.poster_code}")
    for n in range(20):
        answer = post(phone, event, "check-in", ticket=f"K7QX-2M{n:02}")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown")
    return phone


def test_twenty_first_try_is_429_with_the_seconds_to_wait(event: Event, guesser: Client) -> None:
    answer = post(guesser, event, "check-in", ticket="K7QX-2M20")
    told = answer.json()
    assert (answer.status_code, told["code"]) == (429, "too_many_tries")
    assert 0 < told["retry_after"] <= 60
    assert answer["Retry-After"] == str(told["retry_after"])
    assert set(told) == {"code", "message", "retry_after"}


def test_right_codes_of_that_device_have_to_wait_too(event: Event, guesser: Client) -> None:
    ada = make_ada(event)
    digits = code_for(guesser, event)
    answers = [
        post(guesser, event, "check-in", ticket=secret_of(ada)),
        post(guesser, event, "mail-code/check", email="ada@example.org", mail_code=digits),
    ]
    assert [answer.status_code for answer in answers] == [429, 429]
    WrongTry.objects.update(at=timezone.now() - timedelta(seconds=60))
    assert post(guesser, event, "check-in", ticket=secret_of(ada)).status_code == 201


def test_walk_in_tries_no_code_and_need_not_wait(event: Event, guesser: Client) -> None:
    assert post(guesser, event, "check-in", name="Grace").status_code == 201


def test_neighbour_behind_the_same_address_comes_in_meanwhile(
    event: Event, guesser: Client
) -> None:
    neighbour = Client()
    neighbour.get(f"/e/{event.poster_code}")
    answer = post(neighbour, event, "check-in", ticket=secret_of(make_ada(event)))
    assert answer.status_code == 201


def test_attempt_that_was_answered_is_answered_alike_to_a_device_that_guessed_since(
    event: Event, phone: Client
) -> None:
    phone.get(f"/e/{event.poster_code}")
    body = {"ticket": secret_of(make_ada(event)), "nonce": make_nonce()}
    first = post(phone, event, "check-in", **body)
    for n in range(20):
        post(phone, event, "check-in", ticket=f"K7QX-2M{n:02}")
    again = post(phone, event, "check-in", **body)
    assert (first.status_code, first.content) == (again.status_code, again.content)


def test_wrong_mail_codes_count_as_wrong_tries_and_tickets_of_other_events_do_not(
    event: Event, phone: Client
) -> None:
    phone.get(f"/e/{event.poster_code}")
    elsewhere = secret_of(make_ada(make_event(title="Other")))
    post(phone, event, "check-in", ticket=elsewhere)
    post(phone, event, "mail-code/check", email="a@example.org", mail_code="123456")
    assert [row.device for row in WrongTry.objects.all()] == [phone.cookies["device"].value]


@pytest.mark.parametrize(
    "ask",
    [
        lambda phone, event: phone.get(f"/e/{event.poster_code}"),
        lambda phone, event: phone.get(f"/api/v1/posters/{event.poster_code}"),
        lambda phone, event: post(phone, event, "check-in", ticket="nobody's"),
    ],
)
def test_device_is_named_at_its_first_request_and_keeps_its_name(
    event: Event, phone: Client, ask: Callable[[Client, Event], HttpResponse]
) -> None:
    ask(phone, event)
    name = phone.cookies["device"].value
    assert len(name) == 32
    assert "device" not in ask(phone, event).cookies


@pytest.mark.parametrize(
    "cookie",
    [
        "device=x",
        "device=",
        "device",
        "=;;=",
        "device=\x01\x02",
        "device=" + "x" * 5_000,
        "device=ÿþ; device=🎟",
        "csrftoken=<; sessionid=\x7f",
    ],
)
def test_malformed_cookies_are_like_none(event: Event, phone: Client, cookie: str) -> None:
    raw = cookie.encode().decode("latin-1")
    page = phone.get(f"/e/{event.poster_code}", HTTP_COOKIE=raw)
    assert page.status_code == 200
    assert len(page.cookies["device"].value) == 32
    path = f"/api/v1/posters/{event.poster_code}/check-in"
    body = {"nonce": make_nonce(), "ticket": "nobody's"}
    answer = phone.post(path, body, content_type="application/json", HTTP_COOKIE=raw)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


class AnyBytes(TestCase):
    """Whatever comes as a pass, an address, a code or a stamp is answered in our words, and lets nobody in."""

    @settings(max_examples=80, deadline=None)
    @given(
        data=st.text(max_size=200) | st.binary(max_size=200) | st.integers() | st.none(),
        key=st.sampled_from(["ticket", "email", "mail_code", "attendee", "pass", "nonce"]),
        mode=st.sampled_from(["static", "rotating"]),
    )
    def test_any_value_gets_a_clear_answer(self, data: Any, key: str, mode: str) -> None:
        event = make_event(poster_mode=mode)
        make_ada(event)
        phone = Client()
        for way in ("check-in", "mail-code", "mail-code/check"):
            body: Any = {
                "nonce": make_nonce(),
                "email": "eve@example.org",
                "mail_code": "123456",
                "ticket": "nobody's",
            }
            body = data if isinstance(data, bytes) else {**body, key: data}
            path = f"/api/v1/posters/{event.poster_code}/{way}"
            answer = phone.post(path, body, content_type="application/json")
            assert (answer.status_code, answer.json().get("code", "sent")) in CLEAR_ANSWERS
        told = phone.get(f"/api/v1/posters/{event.poster_code}", {"stamp": repr(data)})
        assert told.json()["pass"] is None
        assert event.attendees.get().present_since is None
        assert mail.outbox == []


CLEAR_ANSWERS = {
    (202, "sent"),
    (400, "invalid"),
    (400, "parse_error"),
    (404, "unknown"),
    (404, "wrong_mail_code"),
    (410, "poster_expired"),
}
