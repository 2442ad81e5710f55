"""Guessing codes is slowed down by device, never by address: a whole venue shares one."""

from __future__ import annotations

import math
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import ngettext

from checkin.models import WrongTry
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

MOST = 20
"""Wrong codes that one device may try in `WINDOW`."""
WINDOW = timedelta(seconds=60)
COOKIE = "device"
A_DAY = 24 * 60 * 60
DEVICE = re.compile(r"[0-9a-f]{32}")


def device_of(request: HttpRequest) -> str:
    """The device that asks, by its cookie; "" for one without a cookie of ours, which is not counted."""
    given = request.COOKIES.get(COOKIE, "")
    return given if DEVICE.fullmatch(given) else ""


def name_device(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give a device without a cookie of ours a random one. It says nothing of who holds the device."""
    if not device_of(request):
        response.set_cookie(
            COOKIE,
            secrets.token_hex(16),
            max_age=A_DAY,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


def note_wrong_try(*, device: str) -> None:
    """Remember that a device tried a code nobody has; what is older than a minute is forgotten with it."""
    WrongTry.objects.filter(at__lte=timezone.now() - WINDOW).delete()
    if device:
        WrongTry.objects.create(device=device)


def too_many(*, device: str, now: datetime) -> Refusal | None:
    """The refusal of a device that guessed too often, right codes included; it says how long to wait."""
    recent = WrongTry.objects.filter(device=device, at__gt=now - WINDOW).order_by("-at")
    tries = list(recent.values_list("at", flat=True)[:MOST]) if device else []
    if len(tries) < MOST:
        return None
    wait = math.ceil((tries[-1] + WINDOW - now).total_seconds())
    message = ngettext(
        "Those were too many wrong codes. Wait %(wait)d second, then try again.",
        "Those were too many wrong codes. Wait %(wait)d seconds, then try again.",
        wait,
    )
    return Refusal("too_many_tries", message % {"wait": wait}, status=429, retry_after=wait)
