"""Tickets: replaced, taken back, put on badges, and mailed through a real mail server."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from checkin.services import check_in, poster_station
from events import tickets
from events.models import Attendee, Event, Ticket
from events.selectors import valid_ticket
from events.services import end_event
from events.tickets import (
    Mailed,
    badge_tickets,
    mail_ticket,
    mail_tickets,
    reissue_ticket,
    revoke_ticket,
)
from tablemates.live.models import Message
from tablemates.post import PostDown
from tablemates.qr import Code
from tablemates.refusals import Refusal
from tests.mailserver import MailServer, mail_server
from tests.rows import badge_of, make_attendee, make_event, make_nonce, make_organiser
from tests.services import free_port
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tablemates.accounts.models import Organiser

pytestmark = pytest.mark.django_db

SITE = "https://tables.example.org"


@pytest.fixture
def post(settings: SettingsWrapper) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def organiser() -> Organiser:
    organiser = make_organiser("olga@example.org")
    organiser.name = "Olga Žena"
    organiser.save()
    return organiser


def own(person: Attendee) -> Ticket:
    return person.tickets.get(issuer="tablemates", revoked_at=None)


def guests(event: Event, *names: str) -> list[Attendee]:
    return [make_attendee(event, name, email=f"{name.lower()}@example.org") for name in names]


def outcome_of(person: Attendee, text: str) -> str:
    row = check_in(
        event=person.event, station=poster_station(person.event), nonce=make_nonce(), text=text
    )
    return row.outcome


def parts(mail: EmailMessage) -> dict[str, EmailMessage]:
    return {part.get_content_type(): part for part in mail.walk()}  # type: ignore[misc]


def test_old_ticket_is_cancelled_at_the_door_and_the_new_one_lets_in():
    ada = make_attendee(make_event())
    old = own(ada)
    new = reissue_ticket(attendee=ada)
    assert (outcome_of(ada, old.secret), outcome_of(ada, old.code)) == ("cancelled", "cancelled")
    assert outcome_of(ada, new.secret) == "entry"
    assert (valid_ticket(old.secret), valid_ticket(new.secret)) == (None, new)


def test_new_ticket_ends_the_badge_too_and_leaves_other_systems_tickets_alone():
    ada = make_attendee(make_event())
    badge = badge_of(ada)
    foreign = Ticket.objects.create(
        event=ada.event, attendee=ada, secret="k3j2h1", issuer="pretix", code=""
    )
    reissue_ticket(attendee=ada)
    assert outcome_of(ada, badge.secret) == "cancelled"
    assert outcome_of(ada, foreign.secret) == "entry"


def test_revoked_ticket_opens_neither_door_nor_page_and_revoking_twice_says_nothing_new():
    ada = make_attendee(make_event())
    ticket = own(ada)
    revoke_ticket(attendee=ada)
    revoke_ticket(attendee=ada)
    assert (outcome_of(ada, ticket.secret), valid_ticket(ticket.secret)) == ("cancelled", None)
    assert Message.objects.filter(stream=ada.event.pk, type="ticket.revoked").count() == 1


@pytest.mark.parametrize("status", ["cancelled", "blocked"])
def test_who_is_not_coming_gets_no_new_ticket(status: str):
    ada = make_attendee(make_event(), status=status)
    with pytest.raises(Refusal, match="Let them in again first"):
        reissue_ticket(attendee=ada)


def test_badge_opens_the_door_and_never_the_page():
    ada = make_attendee(make_event())
    badge = badge_of(ada)
    assert badge_of(ada) == badge
    assert valid_ticket(badge.secret) is None
    assert outcome_of(ada, badge.secret) == "entry"


def test_badge_of_another_event_is_told_as_such():
    stranger, event = make_attendee(make_event()), make_event()
    row = check_in(
        event=event,
        station=poster_station(event),
        nonce=make_nonce(),
        text=badge_of(stranger).secret,
    )
    assert row.outcome == "wrong_event"


def test_badges_of_many_are_made_once_and_only_where_there_is_none():
    event = make_event()
    ada, bob = guests(event, "Ada", "Bob")
    first = badge_of(ada)
    both = badge_tickets(event=event, people=[ada, bob])
    assert (both[ada.pk], both[bob.pk].attendee_id) == (first, bob.pk)
    assert badge_tickets(event=event, people=[ada, bob]) == both


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("s" * 22, 2),
        ("https://" + "x" * 29 + "/t#" + "s" * 22, 4),
        ("https://" + "x" * 30 + "/t#" + "s" * 22, 5),
        ("https://" + "x" * 51 + "/t#" + "s" * 22, 5),
        ("https://" + "x" * 52 + "/t#" + "s" * 22, 6),
        ("https://" + "x" * 73 + "/t#" + "s" * 22, 6),
        ("https://" + "x" * 74 + "/t#" + "s" * 22, 7),
    ],
)
def test_codes_are_as_sparse_as_the_module_says(text: str, version: int):
    assert Code(text).size == 17 + 4 * version


def test_mail_brings_code_link_and_the_way_in(post: MailServer, organiser: Organiser):
    event = make_event(
        title="Spring\nBcc: evil@example.org",
        starts_at=datetime(2026, 3, 14, 18, 5, tzinfo=UTC),
        time_zone="Europe/Berlin",
        place="Library, 2nd floor",
    )
    ada = make_attendee(event, "Ada Lovelace", email="ada@example.org")
    mail_ticket(attendee=ada, organiser=organiser, site=SITE)

    (mail,) = post.mails
    link, code = f"{SITE}/t#{own(ada).secret}", own(ada).code
    assert post.receivers == ["ada@example.org"]
    assert mail["Subject"] == "Your ticket for Spring Bcc: evil@example.org"
    assert (mail["To"], mail["Reply-To"]) == ("ada@example.org", "Olga Žena <olga@example.org>")
    assert mail["Bcc"] is None
    for kind in ("text/plain", "text/html"):
        body = parts(mail)[kind].get_content()
        for said in (
            link,
            f"{code[:4]}-{code[4:]}",
            "Saturday, 14 March 2026, 19:05 (Berlin time)",
            "Library, 2nd floor",
            "Ada",
            "Olga",
        ):
            assert body.count(said) >= 1, (kind, said)


@pytest.mark.parametrize(
    ("language", "subject", "start"),
    [
        ("de", "Ihr Ticket für Lenz", "Samstag, 14. März 2026, 19:05 (Berlin)"),
        ("es", "Su entrada para Lenz", "sábado, 14 de marzo de 2026, 19:05 (hora de Berlin)"),
    ],
)
def test_mail_speaks_the_language_of_the_event(
    post: MailServer, organiser: Organiser, language: str, subject: str, start: str
):
    event = make_event(
        title="Lenz",
        starts_at=datetime(2026, 3, 14, 18, 5, tzinfo=UTC),
        time_zone="Europe/Berlin",
        language=language,
    )
    ada = make_attendee(event, email="ada@example.org")
    mail_ticket(attendee=ada, organiser=organiser, site=SITE)

    (mail,) = post.mails
    assert mail["Subject"] == subject
    assert [
        parts(mail)[kind].get_content().count(start) for kind in ("text/plain", "text/html")
    ] == [1, 1]
    assert parts(mail)["text/html"].get_content().count(f'<html lang="{language}"') == 1


def test_picture_in_the_mail_is_the_tickets_code(post: MailServer, organiser: Organiser):
    (ada,) = guests(make_event(), "Ada")
    mail_ticket(attendee=ada, organiser=organiser, site=SITE)
    (mail,) = post.mails
    found = parts(mail)
    picture = found["image/png"]
    assert picture["Content-Disposition"].content_disposition == "inline"
    assert found["text/html"].get_content().count(f"cid:{picture['Content-ID'].strip('<>')}") == 1
    image = Image.open(io.BytesIO(picture.get_content()))
    assert zxingcpp.read_barcode(image).text == f"{SITE}/t#{own(ada).secret}"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/related",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
    ]


def test_names_and_titles_cannot_write_markup(post: MailServer, organiser: Organiser):
    event = make_event(title="<b>Spring</b> & more")
    ada = make_attendee(event, "<i>Ada</i>", email="ada@example.org")
    mail_ticket(attendee=ada, organiser=organiser, site=SITE)
    text, html = (parts(post.mails[0])[kind].get_content() for kind in ("text/plain", "text/html"))
    assert (html.count("<b>"), html.count("<i>")) == (0, 0)
    assert text.count("<b>Spring</b> & more") == 1
    assert (text.count("When:"), text.count("Where:")) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"email": ""}, "no_address"), ({"status": "cancelled"}, "not_registered")],
)
def test_mail_to_nobody_is_refused(
    post: MailServer, organiser: Organiser, changes: dict[str, str], code: str
):
    (ada,) = guests(make_event(), "Ada")
    Attendee.objects.update(**changes)
    with pytest.raises(Refusal) as refused:
        mail_ticket(attendee=ada, organiser=organiser, site=SITE)
    assert (refused.value.code, post.mails) == (code, [])


def test_revoked_ticket_is_not_mailed(post: MailServer, organiser: Organiser):
    (ada,) = guests(make_event(), "Ada")
    revoke_ticket(attendee=ada)
    with pytest.raises(Refusal, match="no valid ticket"):
        mail_ticket(attendee=ada, organiser=organiser, site=SITE)


def test_tickets_are_mailed_once_to_each_who_has_an_address(post: MailServer, organiser: Organiser):
    event = make_event()
    ada, bob, cleo = guests(event, "Ada", "Bob", "Cleo")
    make_attendee(event, "Guest of Bob")
    Attendee.objects.filter(pk=cleo.pk).update(status="cancelled")
    guests(make_event(), "Elsewhere")

    first = mail_tickets(event=event, organiser=organiser, site=SITE)
    assert (first.sent, first.left, first.failed) == (2, 0, [])
    again = mail_tickets(event=event, organiser=organiser, site=SITE)
    assert (again.sent, again.left) == (0, 0)
    assert sorted(post.receivers) == ["ada@example.org", "bob@example.org"]
    assert [own(person).mailed_at is None for person in (ada, bob, cleo)] == [False, False, True]


def test_nobody_is_invited_to_an_evening_that_is_over(post: MailServer, organiser: Organiser):
    event = make_event()
    guests(event, "Ada")
    with pytest.raises(Refusal, match="has ended"):
        mail_tickets(event=end_event(event=event), organiser=organiser, site=SITE)
    assert post.mails == []


def test_many_are_mailed_in_portions(
    post: MailServer, organiser: Organiser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tickets, "AT_ONCE", 2)
    event = make_event()
    guests(event, *(f"Person{n}" for n in range(5)))
    after, portions = None, []
    while not portions or portions[-1][1]:
        mailed = mail_tickets(event=event, organiser=organiser, site=SITE, after=after)
        after = mailed.after
        portions.append((mailed.sent, mailed.left))
    assert portions == [(2, 3), (2, 1), (1, 0)]
    assert len(set(post.receivers)) == 5


def test_address_that_fails_is_told_passed_by_and_tried_again_in_another_pass(
    post: MailServer, organiser: Organiser
):
    event = make_event()
    ada, bob = guests(event, "Ada", "Bob")
    post.unknown = {"ada@example.org"}
    mailed = mail_tickets(event=event, organiser=organiser, site=SITE)
    failure = {
        "id": str(ada.pk),
        "name": "Ada",
        "message": "The mail server says: 550 No such person here",
    }
    assert (mailed.sent, mailed.left, mailed.failed) == (1, 0, [failure])
    assert (own(ada).mailed_at, post.receivers) == (None, [bob.email])

    post.unknown = set()
    again = mail_tickets(event=event, organiser=organiser, site=SITE)
    assert (again.sent, again.failed, post.receivers) == (1, [], [bob.email, ada.email])


@pytest.mark.parametrize(
    "address", ["not-an-address", "a b@example.org", "ada@example.org, x@y.org"]
)
def test_address_that_is_none_stops_nobody_elses_mail(
    post: MailServer, organiser: Organiser, address: str
):
    event = make_event()
    ada, bob = guests(event, "Ada", "Bob")
    Attendee.objects.filter(pk=ada.pk).update(email=address)
    mailed = mail_tickets(event=event, organiser=organiser, site=SITE)
    assert (mailed.sent, [failure["name"] for failure in mailed.failed]) == (1, ["Ada"])
    assert (own(ada).mailed_at, post.receivers) == (None, [bob.email])


def test_single_mail_that_fails_says_so_and_may_be_tried_again(
    post: MailServer, organiser: Organiser
):
    (ada,) = guests(make_event(), "Ada")
    post.unknown = {"ada@example.org"}
    with pytest.raises(Refusal, match="550 No such person here"):
        mail_ticket(attendee=ada, organiser=organiser, site=SITE)
    assert own(ada).mailed_at is None
    post.unknown = set()
    mail_ticket(attendee=ada, organiser=organiser, site=SITE)
    mail_ticket(attendee=ada, organiser=organiser, site=SITE)
    assert len(post.mails) == 2


def test_nothing_is_marked_while_the_mail_server_is_down(
    organiser: Organiser, settings: SettingsWrapper
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    (ada,) = guests(make_event(), "Ada")
    for mail in (mail_ticket, lambda attendee, **more: mail_tickets(event=ada.event, **more)):
        with pytest.raises(PostDown):
            mail(attendee=ada, organiser=organiser, site=SITE)
    assert own(ada).mailed_at is None


def test_server_that_goes_away_in_the_middle_leaves_the_rest_for_later(
    post: MailServer, organiser: Organiser
):
    event = make_event()
    guests(event, "Ada", "Bob", "Cleo")
    post.room = 1
    mailed = mail_tickets(event=event, organiser=organiser, site=SITE)
    assert (mailed.sent, mailed.left, mailed.failed) == (1, 2, [])
    with pytest.raises(PostDown):
        mail_tickets(event=event, organiser=organiser, site=SITE, after=mailed.after)
    post.room = 10
    rest = mail_tickets(event=event, organiser=organiser, site=SITE, after=mailed.after)
    assert (rest.sent, rest.left, len(set(post.receivers))) == (2, 0, 3)


def test_console_hears_whose_ticket_was_mailed(post: MailServer, organiser: Organiser):
    event = make_event()
    ada, bob = guests(event, "Ada", "Bob")
    mail_tickets(event=event, organiser=organiser, site=SITE)
    message = Message.objects.get(stream=event.pk, type="ticket.mailed")
    told = message.audiences["console"]["set"]
    assert set(told) == {f"attendees/{person.pk}" for person in (ada, bob)}
    assert all(row["ticket"]["mailed_at"] for row in told.values())
    assert set(message.audiences) == {"console"}


@pytest.mark.django_db(transaction=True)
def test_two_organisers_who_press_at_once_mail_each_ticket_once(
    post: MailServer, organiser: Organiser, tmp_path: Path
):
    event = make_event()
    guests(event, *(f"Person{n}" for n in range(12)))
    press = partial(mail_tickets, event=event, organiser=organiser, site=SITE)
    with database_of_threads(tmp_path):
        both: list[Mailed] = at_once(press, press)
    assert sum(mailed.sent for mailed in both) == 12
    assert (len(post.receivers), len(set(post.receivers))) == (12, 12)
