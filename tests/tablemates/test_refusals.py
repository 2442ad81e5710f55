"""Every error has one shape."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions

from tablemates.refusals import Refusal, answer_refusal


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (
            Refusal("full", "Full.", field="table"),
            409,
            {"code": "full", "message": "Full.", "field": "table"},
        ),
        (Refusal("odd", "Odd.", status=400), 400, {"code": "odd", "message": "Odd."}),
        (
            Http404("secret"),
            404,
            {"code": "not_found", "message": "There is nothing here. Check the link."},
        ),
        (
            PermissionDenied(),
            403,
            {"code": "forbidden", "message": "You may not do this. Sign in with another account."},
        ),
        (
            exceptions.NotAuthenticated(),
            401,
            {"code": "not_authenticated", "message": "Sign in first, or open your own link again."},
        ),
        (
            RequestDataTooBig(),
            413,
            {"code": "too_large", "message": "That is more than 25 MB. Send less."},
        ),
        (
            exceptions.ValidationError({"name": ["Too long.", "Too odd."], "ask": ["x"]}),
            400,
            {"code": "invalid", "message": "Too long.", "field": "name"},
        ),
        (
            exceptions.ValidationError({"interests": {3: ["Not a word."]}}),
            400,
            {"code": "invalid", "message": "Not a word.", "field": "interests"},
        ),
        (
            exceptions.ValidationError({"non_field_errors": ["Not a form."]}),
            400,
            {"code": "invalid", "message": "Not a form."},
        ),
        (exceptions.ValidationError("No."), 400, {"code": "invalid", "message": "No."}),
        (
            exceptions.Throttled(wait=3),
            429,
            {
                "code": "throttled",
                "message": "Request was throttled. Expected available in 3 seconds.",
            },
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_error_is_answered_in_the_one_shape(
    error: Exception, status: int, body: dict[str, Any]
) -> None:
    answer = answer_refusal(error, {})
    assert answer is not None
    assert (answer.status_code, answer.data) == (status, body)


def test_error_of_our_own_making_is_not_hidden() -> None:
    assert answer_refusal(ZeroDivisionError(), {}) is None


def test_refusal_that_waiting_helps_says_how_long_twice() -> None:
    response = answer_refusal(Refusal("many", "Wait.", status=429, retry_after=7), {})
    assert response
    assert (response.status_code, response["Retry-After"]) == (429, "7")
    assert response.data == {"code": "many", "message": "Wait.", "retry_after": 7}
