"""The team: inviting by mail, joining by a link that works once, roles, and who may do what."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.utils import timezone

from tablemates.accounts.models import Invitation, Organiser, Role
from tablemates.accounts.team import MOST_INVITATIONS, invitation_of, link_of
from tablemates.live.models import Message
from tests.mailserver import MailServer, mail_server
from tests.rows import make_event, make_organiser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

TEAM = "/api/v1/team"
GRACE = {"email": "grace@example.org", "role": "organiser"}
PASSWORD = "nine blue herons"


@pytest.fixture
def ada(client: Client) -> Organiser:
    """An owner, signed in."""
    ada = make_organiser("ada@example.org")
    client.force_login(ada)
    return ada


@pytest.fixture
def mailbox(settings: SettingsWrapper) -> Iterator[MailServer]:
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def send(client: Client, method: str, path: str = "", body: Any = None) -> HttpResponse:
    return client.generic(method, TEAM + path, json.dumps(body), content_type="application/json")


def invite(client: Client, **changes: str) -> HttpResponse:
    return send(client, "POST", "/invitations", GRACE | changes)


def link_in_mail() -> str:
    return re.search(r"http://testserver(/console/join/\S+)", str(mail.outbox[-1].body)).group(1)


def accept(client: Client, link: str, **changes: str) -> HttpResponse:
    return client.post(link, {"name": "Grace Hopper", "password": PASSWORD} | changes)


def said(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_team_tells_its_members_and_open_invitations(client: Client, ada: Organiser) -> None:
    invitation = invite(client).json()["invitations"][0]
    team = send(client, "GET").json()
    assert team == {
        "name": "Team of ada@example.org",
        "members": [
            {
                "id": str(ada.pk),
                "name": "",
                "email": "ada@example.org",
                "role": "owner",
                "you": True,
            }
        ],
        "invitations": [
            {
                "id": str(Invitation.objects.get().pk),
                "email": "grace@example.org",
                "role": "organiser",
                "url": f"http://testserver{link_of(Invitation.objects.get())}",
                "until": invitation["until"],
                "mailed": False,
            }
        ],
    }


def test_invitation_is_mailed_with_the_link_and_can_be_answered(
    client: Client, ada: Organiser, mailbox: MailServer
) -> None:
    assert [one["mailed"] for one in invite(client).json()["invitations"]] == [True]
    [letter] = mailbox.mails
    assert (letter["To"], letter["Reply-To"]) == ("grace@example.org", "ada@example.org")
    assert letter["Subject"] == "ada@example.org invites you to the team Team of ada@example.org"
    assert f"http://testserver{link_of(Invitation.objects.get())}" in letter.get_content()


def test_invited_person_chooses_name_and_password_and_is_in(client: Client, ada: Organiser) -> None:
    invite(client)
    link = link_in_mail()
    client.logout()
    assert client.get(link).templates[0].name == "accounts/join.html"
    answer = accept(client, link)
    assert (answer.status_code, answer["Location"]) == (302, "/console/")
    grace = Organiser.objects.get(email="grace@example.org")
    assert (grace.team, grace.role, grace.name) == (ada.team, "organiser", "Grace Hopper")
    assert client.session["_auth_user_id"] == str(grace.pk)
    assert grace.check_password(PASSWORD)


def test_link_works_once(client: Client, ada: Organiser) -> None:
    invite(client)
    link = link_in_mail()
    accept(client, link)
    again = [accept(client, link, name="Eve"), client.get(link)]
    assert [answer.status_code for answer in again] == [403, 403]
    assert again[0].templates[0].name == "accounts/stale_invitation.html"
    assert Organiser.objects.count() == 2


def test_link_lasts_seven_days(client: Client, ada: Organiser) -> None:
    invite(client)
    invitation = Invitation.objects.get()
    left = invitation.until - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    Invitation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert client.get(link_of(invitation)).status_code == 403
    assert send(client, "GET").json()["invitations"] == []


@pytest.mark.parametrize("token", ["x", "a:b", "%00", "🎉", "x" * 3000, ":" * 9, "a" * 32 + ":b"])
def test_forged_link_is_403(client: Client, token: str) -> None:
    assert client.get(f"/console/join/{token}").status_code == 403


def test_withdrawn_invitation_opens_nothing_and_withdrawing_twice_is_the_same(
    client: Client, ada: Organiser
) -> None:
    invite(client)
    invitation = Invitation.objects.get()
    path = f"/invitations/{invitation.pk}"
    answers = [send(client, "DELETE", path) for _ in range(2)]
    assert [(one.status_code, one.json()["invitations"]) for one in answers] == [(200, [])] * 2
    assert client.get(link_of(invitation)).status_code == 403


def test_invited_again_only_the_newest_link_works(client: Client, ada: Organiser) -> None:
    invite(client)
    first = link_in_mail()
    team = invite(client, email="GRACE@example.org", role="owner").json()
    assert [(one["email"], one["role"]) for one in team["invitations"]] == [
        ("GRACE@example.org", "owner")
    ]
    client.logout()
    assert [client.get(link).status_code for link in (first, link_in_mail())] == [403, 200]


@pytest.mark.parametrize(
    "changes",
    [{"password": "123"}, {"password": ""}, {"name": ""}, {"name": "x" * 121}, {"name": "a\x00b"}],
)
def test_bad_name_or_password_is_asked_for_again(
    client: Client, ada: Organiser, changes: dict[str, str]
) -> None:
    invite(client)
    link = link_in_mail()
    client.logout()
    answer = accept(client, link, **changes)
    assert (answer.status_code, answer.templates[0].name) == (200, "accounts/join.html")
    assert 'role="alert"' in answer.text
    assert (Organiser.objects.count(), Invitation.objects.count()) == (1, 1)


def test_markup_in_a_name_stays_letters(client: Client, ada: Organiser) -> None:
    send(client, "PATCH", body={"name": "<b>Team</b>\nBcc: eve@example.org"})
    invite(client)
    assert mail.outbox[0].subject.endswith("the team <b>Team</b> Bcc: eve@example.org")
    client.logout()
    assert "<b>Team" not in client.get(link_in_mail()).text


def test_address_of_another_teams_account_learns_it_on_joining_only(
    client: Client, ada: Organiser
) -> None:
    make_organiser("grace@example.org")
    assert invite(client, email="Grace@example.org").status_code == 201
    link = link_in_mail()
    client.logout()
    answer = accept(client, link)
    assert answer.status_code == 409
    assert "has an account in another team" in answer.text
    # What was refused has used nothing up.
    assert Invitation.objects.count() == 1


def test_member_is_not_invited_again(client: Client, ada: Organiser) -> None:
    assert said(invite(client, email="ADA@example.org")) == (409, "already_here")
    assert mail.outbox == []


def test_invitations_have_an_end(client: Client, ada: Organiser) -> None:
    for number in range(MOST_INVITATIONS):
        ada.team.invitations.create(email=f"guest{number}@example.org")
    assert said(invite(client)) == (409, "too_many_invitations")
    ada.team.invitations.update(until=timezone.now())
    assert invite(client).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"email": "x"},
        {"email": "grace@example.org"},
        {**GRACE, "role": "king"},
        {**GRACE, "email": "g\n@example.org"},
        {**GRACE, "email": 5},
        [],
        "grace@example.org",
        None,
    ],
)
def test_invitation_that_makes_no_sense_is_400(client: Client, ada: Organiser, wrong: Any) -> None:
    assert said(send(client, "POST", "/invitations", wrong)) == (400, "invalid")
    assert mail.outbox == []


def test_where_no_mail_gets_through_the_owner_hands_the_link_over(
    client: Client, ada: Organiser, mailbox: MailServer
) -> None:
    mailbox.unknown.add("grace@example.org")
    refused = invite(client).json()["invitations"]
    mailbox.room = 0
    down = invite(client).json()["invitations"]
    link = f"http://testserver{link_of(Invitation.objects.get())}"
    assert [(one["mailed"], one["url"] == link) for one in (*refused, *down)] == [
        (False, False),
        (False, True),
    ]


def test_organiser_sees_the_team_and_changes_nothing(client: Client, ada: Organiser) -> None:
    invite(client)
    grace = make_organiser("grace@example.com", ada.team)
    client.force_login(grace)
    team = send(client, "GET").json()
    assert [(one["email"], one["you"]) for one in team["members"]] == [
        ("ada@example.org", False),
        ("grace@example.com", True),
    ]
    assert [one["url"] for one in team["invitations"]] == [None]
    tried = [
        send(client, "PATCH", body={"name": "Ours"}),
        invite(client, email="eve@example.org"),
        send(client, "DELETE", f"/invitations/{Invitation.objects.get().pk}"),
        send(client, "PATCH", f"/members/{grace.pk}", {"role": "owner"}),
        send(client, "DELETE", f"/members/{ada.pk}"),
    ]
    assert [said(answer) for answer in tried] == [(403, "not_owner")] * 5
    assert (Organiser.objects.count(), Invitation.objects.count()) == (2, 1)


def test_owner_makes_another_owner_and_steps_back(client: Client, ada: Organiser) -> None:
    mine = f"/members/{ada.pk}"
    assert said(send(client, "PATCH", mine, {"role": "organiser"})) == (409, "last_owner")
    grace = make_organiser("grace@example.org", ada.team)
    send(client, "PATCH", f"/members/{grace.pk}", {"role": "owner"})
    team = send(client, "PATCH", mine, {"role": "organiser"}).json()
    assert [one["role"] for one in team["members"]] == ["organiser", "owner"]


def test_removed_member_is_signed_out_everywhere(client: Client, ada: Organiser) -> None:
    grace = make_organiser("grace@example.org", ada.team)
    event = make_event(ada.team)
    other = type(client)()
    other.force_login(grace)
    team = send(client, "DELETE", f"/members/{grace.pk}").json()
    assert [one["email"] for one in team["members"]] == ["ada@example.org"]
    assert other.get(f"/api/v1/events/{event.pk}/snapshot").status_code == 403
    told = Message.objects.get(stream_id=event.pk, type="organiser.removed").audiences
    assert told == {f"organiser:{grace.pk}": {"set": {}, "unset": [], "close": True}}


def test_nobody_removes_themselves(client: Client, ada: Organiser) -> None:
    assert said(send(client, "DELETE", f"/members/{ada.pk}")) == (409, "yourself")


def test_removed_member_can_be_invited_again(client: Client, ada: Organiser) -> None:
    grace = make_organiser("grace@example.org", ada.team)
    send(client, "DELETE", f"/members/{grace.pk}")
    invite(client)
    client.logout()
    assert accept(client, link_in_mail()).status_code == 302


def test_another_teams_member_and_invitation_are_out_of_reach(
    client: Client, ada: Organiser
) -> None:
    eve = make_organiser("eve@example.com")
    theirs = eve.team.invitations.create(email="x@example.com")
    gone = send(client, "DELETE", f"/members/{eve.pk}")
    assert gone.status_code == 404
    send(client, "DELETE", f"/invitations/{theirs.pk}")
    assert (Organiser.objects.count(), Invitation.objects.count()) == (2, 1)


def test_team_page_needs_a_signed_in_organiser(client: Client) -> None:
    assert client.get("/console/team/").status_code == 302
    assert said(send(client, "GET")) == (403, "not_authenticated")


def test_team_is_renamed(client: Client, ada: Organiser) -> None:
    assert send(client, "PATCH", body={"name": " Supper  club "}).json()["name"] == "Supper club"
    refused = [send(client, "PATCH", body={"name": name}) for name in ("", "x" * 121, None)]
    assert [said(answer) for answer in refused] == [(400, "invalid")] * 3


def test_invitation_of_nobody_reads_as_none() -> None:
    assert invitation_of("") is None


def test_superuser_owns_a_team() -> None:
    assert Organiser.objects.create_superuser("root@example.org", "x").role == Role.OWNER
