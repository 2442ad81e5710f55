"""Accounts on the command line: the first team, and signing in by a link."""

from __future__ import annotations

from django.core import signing
from django.db import transaction

from tablemates.accounts.models import Organiser, Role, Team

LINK_SALT = "tablemates.sign-in-link"
LINK_HOURS = 12


@transaction.atomic
def ensure_organiser(*, email: str, team_name: str) -> Organiser:
    """Return the organiser with this e-mail, created with a team of their own if there is none."""
    if organiser := Organiser.objects.filter(email__iexact=email).first():
        return organiser
    team = Team.objects.create(name=team_name)
    return Organiser.objects.create_user(email, team=team, name=team_name, role=Role.OWNER)


def make_sign_in_token(organiser: Organiser) -> str:
    """Sign a token that lets its bearer in as this organiser for `LINK_HOURS` hours."""
    return signing.dumps(str(organiser.pk), salt=LINK_SALT, compress=True)


def read_sign_in_token(token: str) -> Organiser | None:
    """Return the organiser a token stands for; None if it is forged, expired or its account is gone."""
    try:
        pk = signing.loads(token, salt=LINK_SALT, max_age=LINK_HOURS * 3600)
    except signing.BadSignature:
        return None
    return Organiser.objects.filter(pk=pk, is_active=True).first()
