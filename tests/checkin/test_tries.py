"""Guessing codes: twenty wrong ones a minute for each device, and nobody else is in its way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from checkin.models import WrongTry
from checkin.tries import device_of, name_device, note_wrong_try, too_many

pytestmark = pytest.mark.django_db

ADAS, BOS = "a" * 32, "b" * 32
SECOND = timedelta(seconds=1)


def tried(device: str, *seconds_ago: float) -> None:
    now = timezone.now()
    for ago in seconds_ago:
        row = WrongTry.objects.create(device=device)
        WrongTry.objects.filter(pk=row.pk).update(at=now - SECOND * ago)


def test_nineteen_wrong_tries_are_forgiven_and_the_twentieth_is_not() -> None:
    tried(ADAS, *[10] * 19)
    assert too_many(device=ADAS, now=timezone.now()) is None
    tried(ADAS, 0)
    assert too_many(device=ADAS, now=timezone.now()) is not None


def test_refusal_says_how_long_to_wait_until_the_oldest_try_is_a_minute_old() -> None:
    now = timezone.now()
    tried(ADAS, 45.5, *[10] * 19)
    refusal = too_many(device=ADAS, now=now)
    assert refusal
    assert refusal.status == 429
    assert refusal.body() == {
        "code": "too_many_tries",
        "message": "Those were too many wrong codes. Wait 15 seconds, then try again.",
        "retry_after": 15,
    }
    assert refusal.headers() == {"Retry-After": "15"}
    assert too_many(device=ADAS, now=now + SECOND * 15) is None


def test_tries_older_than_a_minute_do_not_count() -> None:
    tried(ADAS, *[61] * 30)
    assert too_many(device=ADAS, now=timezone.now()) is None


def test_neighbour_is_not_held_up() -> None:
    tried(ADAS, *[1] * 30)
    assert too_many(device=BOS, now=timezone.now()) is None


def test_device_without_a_cookie_is_neither_counted_nor_held_up() -> None:
    for _ in range(30):
        note_wrong_try(device="")
    assert too_many(device="", now=timezone.now()) is None
    assert WrongTry.objects.count() == 0


def test_old_tries_of_all_devices_are_deleted_with_the_next_one() -> None:
    tried(ADAS, 61, 3600)
    tried(BOS, 10)
    note_wrong_try(device=BOS)
    assert set(WrongTry.objects.values_list("device", flat=True)) == {BOS}
    assert WrongTry.objects.count() == 2


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "a" * 31,
        "a" * 33,
        "A" * 32,
        "x" * 10_000,
        "\uff41" * 32,
        "' OR 1=1 --",
        "\x00" * 32,
        "a" * 31 + "\n",
    ],
)
def test_malformed_cookie_is_like_none_and_a_new_one_is_handed_out(cookie: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["device"] = cookie
    response = HttpResponse()
    assert device_of(request) == ""
    name_device(request, response)
    given = response.cookies["device"]
    assert len(given.value) == 32
    assert (given["httponly"], given["samesite"], given["max-age"]) == (True, "Lax", 86_400)
    assert given["secure"] == ""


def test_device_that_has_a_cookie_keeps_it() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["device"] = ADAS
    response = HttpResponse()
    name_device(request, response)
    assert (device_of(request), len(response.cookies)) == (ADAS, 0)


def test_over_https_the_cookie_stays_there() -> None:
    response = HttpResponse()
    name_device(RequestFactory().get("/", secure=True), response)
    assert response.cookies["device"]["secure"] is True
