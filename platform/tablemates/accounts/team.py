"""Who runs events together: inviting, joining, roles, leaving. Only owners change the team."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from tablemates.accounts.models import Invitation, Organiser, Role, Team
from tablemates.links import absolute
from tablemates.live.publish import Facts, publish
from tablemates.post import PostDown, Undeliverable, hand_over, leaves_server, post_office
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest

SIGNER = signing.Signer(salt="tablemates.invitation")
# More than any team awaits at once: nobody shall send mail by the thousand from here.
MOST_INVITATIONS = 50


def link_of(invitation: Invitation) -> str:
    """The path that lets its bearer join. Nothing secret is kept: the signature makes it."""
    return f"/console/join/{SIGNER.sign(invitation.pk.hex)}"


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link stands for; None if it was used, withdrawn, has expired or is forged."""
    try:
        pk = uuid.UUID(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    waiting = Invitation.objects.filter(pk=pk, until__gt=timezone.now())
    return waiting.select_related("team").first()


def members(team: Team) -> list[Organiser]:
    """Everyone of the team who may sign in, by name."""
    return sorted(team.organisers.filter(is_active=True), key=lambda one: str(one).casefold())


def open_invitations(team: Team) -> list[Invitation]:
    """Those that can still be accepted, the latest first."""
    return list(team.invitations.filter(until__gt=timezone.now()).order_by("-created_at"))


@transaction.atomic
def rename(*, by: Organiser, name: str) -> None:
    """Give the team another name."""
    team = _owned(by)
    team.name = " ".join(name.split())
    team.save(update_fields=["name"])


def invite(*, by: Organiser, email: str, role: Role, request: HttpRequest) -> Invitation:
    """Ask somebody to join, by mail if it gets through. Asked again, the older link stops working."""
    with transaction.atomic():
        team = _owned(by)
        if team.organisers.filter(email__iexact=email, is_active=True).exists():
            raise Refusal(
                "already_here",
                _("%(email)s is in this team already.") % {"email": email},
                field="email",
            )
        team.invitations.filter(Q(email__iexact=email) | Q(until__lte=timezone.now())).delete()
        if team.invitations.count() >= MOST_INVITATIONS:
            raise Refusal(
                "too_many_invitations",
                _("%(count)s invitations are open. Withdraw some first.")
                % {"count": MOST_INVITATIONS},
            )
        invitation = team.invitations.create(email=email, role=role)
    # Outside the transaction: a slow mail server shall hold no lock. Who is not reached by mail is handed the link.
    with suppress(Undeliverable, PostDown), post_office() as office:
        hand_over(office, _mail(invitation, by, absolute(request, link_of(invitation))))
        if leaves_server():
            Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())
    return invitation


def _mail(invitation: Invitation, by: Organiser, link: str) -> EmailMessage:
    words = {"invitation": invitation, "organiser": by, "team": invitation.team, "link": link}
    # A name may hold line breaks; a header must not.
    name, team = (" ".join(str(one).split()) for one in (by, invitation.team))
    return EmailMessage(
        subject=_("%(name)s invites you to the team %(team)s") % {"name": name, "team": team},
        body=render_to_string("mail/invitation.txt", words),
        to=[invitation.email],
        reply_to=[by.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


@transaction.atomic
def withdraw(*, by: Organiser, invitation: uuid.UUID) -> None:
    """Take an invitation back. One that is gone already is no error."""
    _owned(by).invitations.filter(pk=invitation).delete()


@transaction.atomic
def join(*, invitation: Invitation, name: str, password: str) -> Organiser:
    """Make the account of who was invited, and use the invitation up."""
    # Who comes second finds no row any more.
    if not Invitation.objects.filter(pk=invitation.pk).delete()[0]:
        raise Refusal("invitation_used", _("This invitation has been used. Sign in instead."))
    fields: dict[str, Any] = {"team": invitation.team, "role": invitation.role}
    try:
        with transaction.atomic():
            return Organiser.objects.create_user(
                invitation.email, password, name=" ".join(name.split()), **fields
            )
    except IntegrityError as taken:
        raise Refusal(
            "account_exists",
            _("%(email)s has an account in another team. Ask to be invited by another address.")
            % {"email": invitation.email},
        ) from taken


@transaction.atomic
def change_role(*, by: Organiser, member: Organiser, role: Role) -> None:
    """Say what a member of the team may do."""
    team = _owned(by)
    if role != Role.OWNER:
        _keep_an_owner(team, member)
    team.organisers.filter(pk=member.pk).update(role=role)


@transaction.atomic
def remove(*, by: Organiser, member: Organiser) -> None:
    """Take an account away, and shut the consoles that are open in its name."""
    team = _owned(by)
    if member.pk == by.pk:
        raise Refusal("yourself", _("You cannot remove yourself. Another owner can."))
    _keep_an_owner(team, member)
    shut: dict[str, Facts] = {f"organiser:{member.pk}": {"close": True}}
    member.delete()
    for event in team.events.values_list("pk", flat=True):
        publish(stream=event, type="organiser.removed", audiences=shut)


def _owned(by: Organiser) -> Team:
    """The team, locked until the transaction ends, if this is one of its owners still."""
    team = Team.objects.select_for_update().get(pk=by.team_id)
    if not team.organisers.filter(pk=by.pk, role=Role.OWNER, is_active=True).exists():
        raise Refusal("not_owner", _("Only owners change the team. Ask one of them."), status=403)
    return team


def _keep_an_owner(team: Team, leaving: Organiser) -> None:
    others = team.organisers.filter(role=Role.OWNER, is_active=True).exclude(pk=leaving.pk)
    if not others.exists():
        raise Refusal("last_owner", _("A team needs an owner. Make somebody else an owner first."))
