"""Letters by a real mail server: no address is shown, none is lost without a word, and none comes twice."""

from __future__ import annotations

from datetime import timedelta
from email.utils import getaddresses, parseaddr
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.models import Attendee, Block, Person, Series, Tie
from tablemates.followup.models import Card, Letter, Quiet
from tests.introductions import evening_of_two, introduce, phone
from tests.mailserver import MailServer, mail_server
from tests.rows import make_attendee
from tests.threads import at_once, database_of_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

TEXT = "Hello Bo,\n\nthe kiln in Delft is open on Friday. Shall we go?"
HEADERS = {
    "content-type",
    "mime-version",
    "content-transfer-encoding",
    "subject",
    "from",
    "to",
    "date",
    "message-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "x-peer",
    "x-mailfrom",
    "x-rcptto",
}


@pytest.fixture
def mailbox(settings: SettingsWrapper) -> Iterator[MailServer]:
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.DEFAULT_FROM_EMAIL = "Evenings <tables@house.example>"
        settings.PUBLIC_URL = "https://tables.house.example"
        settings.SECURE_SSL_REDIRECT = False
        yield box


@pytest.fixture
def people(db: None) -> tuple[Attendee, Attendee]:
    return evening_of_two()


def write(
    sender: Attendee, recipient: Attendee, text: str = TEXT, channel: str = "mail", **headers: str
) -> HttpResponse:
    return phone(sender).post(
        f"/api/v1/me/introductions/{recipient.pk}/letter",
        {"channel": channel, "text": text},
        content_type="application/json",
        headers=headers,
    )


def code(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def text_of(mail: Any) -> str:
    text: str = mail.get_content()
    return text.replace("\r\n", "\n")


def whole(mail: Any) -> str:
    """All that a mail says, as it travels and as it is read."""
    return "\n".join([mail.as_string(), mail.get_content(), *map(str, mail.values())])


def test_letter_arrives_and_shows_nobodys_address(
    people: tuple[Attendee, Attendee], mailbox: MailServer
) -> None:
    ada, bo = people
    answer = write(ada, bo)
    letter = Letter.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "channel": "mail",
        "sent_at": letter.sent_at.isoformat().replace("+00:00", "Z"),
    }
    (mail,) = mailbox.mails
    assert mailbox.receivers == ["bo@example.org"]
    assert mail["From"] == "Ada Lovelace via Tablemates <tables@house.example>"
    assert mail["To"] == "bo@example.org"
    assert mail["Subject"] == "Ada Lovelace writes to you after Spring evening"
    assert {name.lower() for name in mail} <= HEADERS
    assert whole(mail).count("ada@example.org") == 0
    assert text_of(mail).startswith(f"{TEXT}\n\n---\nAda Lovelace wrote this to you")
    own = bo.tickets.get(issuer="tablemates").secret
    assert text_of(mail).count(f"\nhttps://tables.house.example/t#{own}\n") == 1
    seen = answer.text + phone(ada).get("/api/v1/me/afterwards").text
    assert seen.count("bo@example.org") == 0


@pytest.mark.parametrize(
    ("shares", "on_card", "address"),
    [
        (["email"], None, "ada@example.org"),
        (["email"], "ada@kiln.example", "ada@kiln.example"),
        # Wiped out on the card: what the guest list knows is not told instead.
        (["email"], "", None),
        (["phone", "words"], None, None),
        (["phone", "words"], "ada@kiln.example", None),
    ],
)
def test_answer_goes_to_the_sender_only_if_they_share_their_address(
    people: tuple[Attendee, Attendee],
    mailbox: MailServer,
    shares: list[str],
    on_card: str | None,
    address: str | None,
) -> None:
    ada, bo = people
    introduce(ada, bo, shares=shares, back=["email"])
    if on_card is not None:
        Card.objects.create(attendee=ada, email=on_card)
    write(ada, bo)
    (mail,) = mailbox.mails
    assert mail["Reply-To"] == (f"Ada Lovelace <{address}>" if address else None)
    answers = "Answer this mail, and it goes to Ada Lovelace."
    assert text_of(mail).count(answers) == bool(address)
    if not address:
        assert whole(mail).count("ada@") == 0


def test_letter_goes_to_the_address_on_the_card_without_the_link_that_opens_their_page(
    people: tuple[Attendee, Attendee], mailbox: MailServer
) -> None:
    ada, bo = people
    Card.objects.create(attendee=bo, email="office@kiln.example")
    assert write(ada, bo).status_code == 201
    (mail,) = mailbox.mails
    assert mailbox.receivers == ["office@kiln.example"]
    secret = bo.tickets.get(issuer="tablemates").secret
    assert whole(mail).count(secret) == whole(mail).count("bo@example.org") == 0


@pytest.mark.parametrize(
    "name",
    [
        "Ada\r\nBcc: eve@example.org",
        "Ada\n\nHello, <b>click</b>",
        'Ada" <eve@example.org>, "Eve',
        "Ada, eve@example.org",
        "=?utf-8?q?Ada=0D=0ABcc:_eve=40example.org?=",
        "Ада\x0b\x85\u2028Bcc: eve@example.org",
        "Ä" * 120,
        "👩‍🚀 Ada (eve@example.org)",
    ],
)
def test_names_and_titles_add_neither_headers_nor_receivers(
    people: tuple[Attendee, Attendee], mailbox: MailServer, name: str
) -> None:
    ada, bo = people
    introduce(ada, bo, shares=["email"])
    Attendee.objects.filter(pk=ada.pk).update(name=name)
    type(ada.event).objects.filter(pk=ada.event_id).update(title=name)
    assert write(ada, bo).status_code == 201
    (mail,) = mailbox.mails
    assert mailbox.receivers == ["bo@example.org"]
    assert {header.lower() for header in mail} <= {*HEADERS, "reply-to"}
    assert [address for _name, address in getaddresses([mail["From"]])] == ["tables@house.example"]
    assert [address for _name, address in getaddresses([mail["Reply-To"]])] == ["ada@example.org"]
    assert len(str(mail["Subject"]).splitlines()) == 1


def test_mail_speaks_the_language_of_the_evening(
    people: tuple[Attendee, Attendee], mailbox: MailServer
) -> None:
    ada, bo = people
    type(ada.event).objects.update(language="fr")
    write(ada, bo, **{"accept-language": "de"})
    with translation.override("fr"):
        names = {"name": ada.name, "title": ada.event.title}
        wanted = _("%(name)s writes to you after %(title)s") % names
    assert mailbox.mails[0]["Subject"] == wanted


def test_mail_program_can_leave_alone_by_itself(
    people: tuple[Attendee, Attendee], mailbox: MailServer
) -> None:
    ada, bo = people
    write(ada, bo)
    (mail,) = mailbox.mails
    link = mail["List-Unsubscribe"].strip(" \n<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert text_of(mail).count(f"\n{link}\n") == 1
    path = link.removeprefix("https://tables.house.example")
    assert phone(bo).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert code(write(ada, bo, f"{TEXT} Or on Monday?")) == (409, "unreachable")
    assert len(mailbox.mails) == 1


# ------------------------------------------------------------------------------------------- when it does not leave


def test_letter_that_the_mail_server_does_not_take_is_not_noted_and_may_be_sent_again(
    people: tuple[Attendee, Attendee], mailbox: MailServer, settings: SettingsWrapper
) -> None:
    ada, bo = people
    settings.EMAIL_PORT, port = 1, settings.EMAIL_PORT
    assert code(write(ada, bo)) == (503, "mail_down")
    settings.EMAIL_PORT = port
    mailbox.room = 0
    assert code(write(ada, bo)) == (503, "mail_down")
    assert (mailbox.mails, Letter.objects.count()) == ([], 0)
    mailbox.room = 1
    assert write(ada, bo).status_code == 201
    assert (len(mailbox.mails), Letter.objects.count()) == (1, 1)


def test_address_that_is_refused_is_not_told(
    people: tuple[Attendee, Attendee], mailbox: MailServer
) -> None:
    ada, bo = people
    mailbox.unknown.add("bo@example.org")
    answer = write(ada, bo)
    assert code(answer) == (409, "unreachable")
    assert answer.text.count("bo@") == 0
    assert Letter.objects.count() == 0


def test_without_a_mail_server_letters_are_sent_on_ones_own(
    people: tuple[Attendee, Attendee],
) -> None:
    ada, bo = people
    assert code(write(ada, bo)) == (409, "unreachable")
    assert write(ada, bo, channel="own").json()["channel"] == "own"


@pytest.mark.parametrize("why", ["quiet", "no address"])
def test_whom_no_mail_reaches_can_still_be_written_to_on_ones_own(
    people: tuple[Attendee, Attendee], mailbox: MailServer, why: str
) -> None:
    ada, bo = people
    if why == "quiet":
        Quiet.objects.create(attendee=bo)
    else:
        Attendee.objects.filter(pk=bo.pk).update(email="")
    assert code(write(ada, bo)) == (409, "unreachable")
    assert write(ada, bo, channel="own").status_code == 201
    assert mailbox.mails == []
    assert [letter.channel for letter in Letter.objects.all()] == ["own"]


# ------------------------------------------------------------------------------------------------- what may be sent


def test_letter_needs_twenty_letters_of_ones_own(people: tuple[Attendee, Attendee]) -> None:
    ada, bo = people
    line = "We sat together at Spring evening and talked about ceramics."
    answer = write(ada, bo, f"Hello Bo,\n\n{line}\n\nSee you on Friday!!", channel="own")
    assert answer.json() == {
        "code": "too_short",
        "message": "Add a few words of your own: 6 more letters.",
        "field": "text",
    }
    assert answer.status_code == 400
    assert write(ada, bo, "   See you on Friday, friend", channel="own").status_code == 201


def test_same_words_go_to_nobody_twice(people: tuple[Attendee, Attendee]) -> None:
    ada, bo = people
    cleo = make_attendee(ada.event, "Cleo Dane", email="cleo@example.org")
    introduce(ada, cleo)
    assert write(ada, bo, channel="own").status_code == 201
    for other, greeting in ((bo, "Bo"), (cleo, "Cleo"), (cleo, "CLEO")):
        text = TEXT.upper().replace("BO", greeting).replace("?", " !")
        assert code(write(ada, other, text, channel="own")) == (409, "same_again")
    assert write(bo, ada, TEXT, channel="own").status_code == 201


def test_fourth_letter_by_mail_is_refused_and_the_other_way_counts_by_itself(
    people: tuple[Attendee, Attendee], mailbox: MailServer
) -> None:
    ada, bo = people
    for day in ("Friday", "Saturday", "Sunday"):
        assert write(ada, bo, f"{TEXT} {day}").status_code == 201
    assert code(write(ada, bo, f"{TEXT} Monday")) == (409, "enough_letters")
    assert write(ada, bo, f"{TEXT} Monday", channel="own").status_code == 201
    assert write(bo, ada, TEXT).status_code == 201
    assert mailbox.receivers == ["bo@example.org"] * 3 + ["ada@example.org"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"channel": "mail"},
        {"channel": "pigeon", "text": TEXT},
        {"channel": "own", "text": "a" * 5001},
        {"channel": "own", "text": f"{TEXT}\x00"},
        {"channel": "own", "text": f"{TEXT}\ud800"},
        {"channel": "own", "text": ["a"] * 30},
        [],
    ],
)
def test_odd_letters_are_refused(people: tuple[Attendee, Attendee], body: Any) -> None:
    ada, bo = people
    path = f"/api/v1/me/introductions/{bo.pk}/letter"
    answer = phone(ada).post(path, body, content_type="application/json")
    assert code(answer) == (400, "invalid")
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    "why", ["one-sided", "before the reveal", "cancelled", "blocked", "blocks"]
)
def test_whom_one_is_not_introduced_to_is_unknown(
    people: tuple[Attendee, Attendee], mailbox: MailServer, why: str
) -> None:
    ada, bo = people
    stranger = make_attendee(ada.event, "Eve Other", email="eve@example.org")
    if why == "one-sided":
        bo.picks.all().delete()
    elif why == "before the reveal":
        type(ada.event).objects.update(ended_at=timezone.now() - timedelta(minutes=59))
    elif why == "cancelled":
        Attendee.objects.filter(pk=bo.pk).update(status="cancelled")
    else:
        pair = (ada, bo) if why == "blocks" else (bo, ada)
        Block.objects.create(blocker=pair[0], blocked=pair[1])
    answers = [write(ada, other) for other in (bo, stranger, ada)]
    assert [code(answer) for answer in answers] == [(404, "not_found")] * 3
    assert len({answer.content for answer in answers}) == 1
    assert (mailbox.mails, Letter.objects.count()) == ([], 0)


def test_letter_is_a_contact_in_the_memory_of_both(people: tuple[Attendee, Attendee]) -> None:
    ada, bo = people
    series = Series.objects.create(team=ada.event.team, name="Salon")
    type(ada.event).objects.update(series=series)
    long_ago = timezone.now() - timedelta(days=200)
    for attendee in people:
        person = Person.objects.create(series=series, name=attendee.name)
        Attendee.objects.filter(pk=attendee.pk).update(person=person)
    one, other = Person.objects.all()
    for owner, of in ((one, other), (other, one)):
        dates = dict.fromkeys(["first_met", "last_met", "last_contact"], long_ago)
        Tie.objects.create(owner=owner, other=of, times=1, **dates)
    write(ada, bo, channel="own")
    assert set(Tie.objects.values_list("last_contact", flat=True)) == {Letter.objects.get().sent_at}


# ------------------------------------------------------------------------------------------------------------ races


@pytest.fixture
def side_by_side(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_of_threads(tmp_path):
        yield


def test_letter_that_is_sent_twice_at_once_arrives_once(
    side_by_side: None, mailbox: MailServer
) -> None:
    ada, bo = evening_of_two()
    answers = at_once(*[lambda: write(ada, bo).status_code] * 4)
    assert sorted(answers) == [201, 409, 409, 409]
    assert (len(mailbox.mails), Letter.objects.count()) == (1, 1)


def test_cap_holds_for_letters_sent_at_once(side_by_side: None, mailbox: MailServer) -> None:
    ada, bo = evening_of_two()

    def send(day: int) -> int:
        return write(ada, bo, f"{TEXT} On day {day}").status_code

    answers = at_once(*[lambda day=day: send(day) for day in range(5)])
    assert sorted(answers) == [201, 201, 201, 409, 409]
    assert parseaddr(mailbox.mails[0]["To"])[1] == "bo@example.org"
    assert (len(mailbox.mails), Letter.objects.count()) == (3, 3)
