"""My own page after the talk: whom I sat with, what I would like, and what comes of it. Nobody else asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.response import Response

from tablemates.followup import services
from tablemates.followup.api.asking import filled_in, me, of_phone
from tablemates.followup.payloads import afterwards_for_phone, promise_for_phone
from tablemates.followup.serializers import (
    CardChanges,
    NewPromise,
    NewRequest,
    NoteText,
    PromiseChanges,
    RequestAnswer,
    Shares,
    Switch,
    TableFlags,
    Worth,
)

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request


@of_phone("GET")
def afterwards(request: Request) -> Response:
    """All of it."""
    return Response(afterwards_for_phone(me(request)))


@of_phone("PUT", "DELETE")
def pick(request: Request, attendee_id: UUID) -> Response:
    """Pick someone, or take it back. The answer is empty, always."""
    if request.method == "DELETE":
        services.withdraw(picker=me(request), picked_id=attendee_id)
    else:
        asked = filled_in(Shares, request)
        services.pick(picker=me(request), picked_id=attendee_id, **asked)
    return Response(status=204)


@of_phone("PATCH")
def card(request: Request) -> Response:
    """How I may be reached, by those I share it with."""
    changes = filled_in(CardChanges, request)
    return Response(services.change_card(attendee=me(request), changes=changes))


@of_phone("PUT")
def note(request: Request, attendee_id: UUID) -> Response:
    """What I want to remember of a conversation."""
    text = filled_in(NoteText, request)["text"]
    services.write_note(attendee=me(request), about_id=attendee_id, text=text)
    return Response(status=204)


@of_phone("PUT")
def flags(request: Request, table_id: UUID) -> Response:
    """How a table felt."""
    asked = filled_in(TableFlags, request)
    services.flag_table(reporter=me(request), table_id=table_id, kinds=asked.pop("flags"), **asked)
    return Response(status=204)


@of_phone("POST")
def promises(request: Request) -> Response:
    """Something I said I would do for somebody."""
    asked = filled_in(NewPromise, request)
    mine = me(request)
    promise = services.make_promise(owner=mine, to_id=asked.pop("to"), **asked)
    return Response(promise_for_phone(promise, mine), status=201)


@of_phone("PATCH")
def promise(request: Request, promise_id: UUID) -> Response:
    """What became of a promise of mine."""
    mine, changes = me(request), filled_in(PromiseChanges, request)
    changed = services.change_promise(owner=mine, promise_id=promise_id, changes=changes)
    return Response(promise_for_phone(changed, mine))


@of_phone("POST")
def thank(request: Request, promise_id: UUID) -> Response:
    """A promise to me has helped."""
    services.thank_for(attendee=me(request), promise_id=promise_id)
    return Response(status=204)


@of_phone("PUT", "DELETE")
def block(request: Request, attendee_id: UUID) -> Response:
    """Have nothing to do with somebody any more, or take that back."""
    if request.method == "DELETE":
        services.unblock(blocker=me(request), blocked_id=attendee_id)
    else:
        services.block(blocker=me(request), blocked_id=attendee_id)
    return Response(status=204)


@of_phone("PUT")
def worth(request: Request) -> Response:
    """Whether the evening was worth my time."""
    services.judge_evening(attendee=me(request), **filled_in(Worth, request))
    return Response(status=204)


@of_phone("PUT")
def quiet(request: Request) -> Response:
    """Leave me alone, or do not."""
    services.leave_alone(attendee=me(request), **filled_in(Switch, request))
    return Response(status=204)


@of_phone("POST")
def requests(request: Request) -> Response:
    """Introduce me to somebody. The answer is empty, whether the name is known or not."""
    services.ask_to_meet(asker=me(request), **filled_in(NewRequest, request))
    return Response({}, status=202)


@of_phone("POST", "DELETE")
def introduce_me(request: Request, request_id: UUID) -> Response:
    """Say yes or no to a request; or its asker takes it back."""
    if request.method == "DELETE":
        services.take_back_request(asker=me(request), request_id=request_id)
    else:
        answer = filled_in(RequestAnswer, request)
        services.answer_request(attendee=me(request), request_id=request_id, **answer)
    return Response(status=204)
