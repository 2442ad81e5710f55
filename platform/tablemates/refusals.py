"""How the house says no: one exception for the rules, one JSON shape for every error of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """A rule says no. `message` tells what to do next; `status` is the HTTP status that says the same.

    `retry_after` are the seconds to wait, where waiting helps; `changes` is what others did meanwhile.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 409,
        field: str = "",
        retry_after: int = 0,
        changes: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.field = field
        self.retry_after = retry_after
        self.changes = changes

    def body(self) -> dict[str, Any]:
        """The answer `{code, message, field?, retry_after?, changes?}`."""
        more = {"field": self.field, "retry_after": self.retry_after, "changes": self.changes}
        answer = {"code": self.code, "message": self.message}
        return answer | {name: value for name, value in more.items() if value}

    def headers(self) -> dict[str, str]:
        """What is said beside the answer."""
        return {"Retry-After": str(self.retry_after)} if self.retry_after else {}


def answer_refusal(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Exception handler of the API: `{code, message, field?}` for every refusal and every DRF error."""
    if isinstance(error, RequestDataTooBig):
        error = Refusal("too_large", _("That is more than 25 MB. Send less."), status=413)
    if isinstance(error, RecursionError):
        # Brackets within brackets by the thousand: the JSON parser gives up before our own code is asked.
        error = exceptions.ParseError(_("This JSON is nested too deeply."))
    if isinstance(error, Refusal):
        return Response(error.body(), status=error.status, headers=error.headers())
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    response.data = _body(error)
    return response


def _body(error: Exception) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        field, detail = _first_detail(error.detail)
        return Refusal("invalid", str(detail), field=field).body()
    if isinstance(error, Http404):
        return Refusal("not_found", _("There is nothing here. Check the link.")).body()
    if isinstance(error, exceptions.NotAuthenticated):
        return Refusal("not_authenticated", _("Sign in first, or open your own link again.")).body()
    if isinstance(error, exceptions.APIException):
        detail = error.detail if isinstance(error.detail, str) else error.default_detail
        code = getattr(detail, "code", error.default_code)
        return Refusal(str(code), str(detail)).body()
    return Refusal("forbidden", _("You may not do this. Sign in with another account.")).body()


def _first_detail(detail: Any, field: str = "") -> tuple[str, Any]:
    """The first thing that is wrong, and the field it is in: of a list in a field, the field and not the number."""
    while isinstance(detail, (dict, list)) and detail:
        if isinstance(detail, dict):
            key, detail = next(iter(detail.items()))
            field = field or ("" if key == "non_field_errors" else str(key))
        else:
            detail = detail[0]
    return field, detail
