"""The team over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from tablemates.accounts import team as service
from tablemates.accounts.models import Role
from tablemates.accounts.selectors import signed_in
from tablemates.links import absolute

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

    from tablemates.accounts.models import Organiser


class TeamChanges(serializers.Serializer[Any]):
    """The team's name."""

    name = serializers.CharField(max_length=120)


class NewInvitation(serializers.Serializer[Any]):
    """Whom to invite."""

    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(Role.choices)


class MemberChanges(serializers.Serializer[Any]):
    """What a member may do."""

    role = serializers.ChoiceField(Role.choices)


@api_view(["GET", "PATCH"])
def team(request: Request) -> Response:
    """Who runs events together, or another name for them."""
    if request.method == "PATCH":
        service.rename(by=signed_in(request), **_said(TeamChanges, request))
    return _answer(request)


@api_view(["POST"])
def invitations(request: Request) -> Response:
    """Invite somebody."""
    service.invite(by=signed_in(request), request=request, **_said(NewInvitation, request))
    return _answer(request, status=201)


@api_view(["DELETE"])
def invitation(request: Request, invitation_id: UUID) -> Response:
    """Withdraw an invitation."""
    service.withdraw(by=signed_in(request), invitation=invitation_id)
    return _answer(request)


@api_view(["PATCH", "DELETE"])
def member(request: Request, member_id: UUID) -> Response:
    """Change what a member may do, or take their account away."""
    by = signed_in(request)
    one = get_object_or_404(by.team.organisers.filter(is_active=True), pk=member_id)
    if request.method == "DELETE":
        service.remove(by=by, member=one)
    else:
        service.change_role(by=by, member=one, **_said(MemberChanges, request))
    return _answer(request)


def _said(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    filled = form(data=request.data)
    filled.is_valid(raise_exception=True)
    return dict(filled.validated_data)


def _answer(request: Request, status: int = 200) -> Response:
    me: Organiser = signed_in(request)
    me.refresh_from_db()
    return Response(
        {
            "name": me.team.name,
            "members": [
                {
                    "id": str(one.pk),
                    "name": one.name,
                    "email": one.email,
                    "role": one.role,
                    "you": one.pk == me.pk,
                }
                for one in service.members(me.team)
            ],
            "invitations": [
                {
                    "id": str(one.pk),
                    "email": one.email,
                    "role": one.role,
                    "url": absolute(request, service.link_of(one))
                    if me.role == Role.OWNER
                    else None,
                    "until": one.until.isoformat().replace("+00:00", "Z"),
                    "mailed": one.mailed_at is not None,
                }
                for one in service.open_invitations(me.team)
            ],
        },
        status=status,
    )
