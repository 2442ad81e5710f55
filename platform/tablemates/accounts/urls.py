"""Routes of the team, below /api/v1/."""

from django.urls import path

from tablemates.accounts import api

urlpatterns = [
    path("team", api.team),
    path("team/invitations", api.invitations),
    path("team/invitations/<uuid:invitation_id>", api.invitation),
    path("team/members/<uuid:member_id>", api.member),
]
